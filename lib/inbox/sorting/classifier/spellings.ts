/**
 * Spoken, abbreviated and regional forms of everyday words, each line the standard word and how else people write it: Jakarta and
 * texting Indonesian, Betawi, Javanese (Tegal, krama), Sundanese, Malay of Riau, Minang, Banjar, Medan, Manado, Papua, Makassar, Bali.
 */
const table = `
yang: yg nyang sing ingkang nu nan sane
tidak: ga gak nggak ngga enggak engga kagak kaga tak ora gk ndak indak nda nyanda tra trada mboten teu henteu kada ndk tdk gada gaada ngak ra tara dak katek teing tida
tidak ada: gaada ga'ada tiada kadada euweuh ra'ono mboten'wonten trada
sudah: udh udah sdh ude dah wis uwis tos parantos sampun su udeh dh uda wayahini
belum: blm blom belom dereng durung tacan teuacan acan belon alun durung
berapa: brp brapa pira pinten sabaraha barapa brpa bara
di mana: dmn dimana dima nangendi dimane dmana ngendi endi
ke mana: kmn kemana
bagaimana: gmn gimana pimen kumaha bgmn kepriben kepriwe gmana cemana cemananya baa piye pie gmna macam'mane kayapa pripun
kapan: kpn pabila bilo bila bilamana iraha
kenapa: knp napa ngapa kok'bisa mengapa kunaon opo'o knpa
apa: ape opo naon nopo menapa napa apaan apo napi
apakah: apkh naha
siapa: sapa spa saha sape sopo siape
tolong: tlg tlong tulung plis pliss please pls tulungan tolonglah tlng plisss plz
terima kasih: makasih makasi terimakasih trims suwun nuwun trimakasih mksh makaseh thanks thx thank tengkyu tararengkyu nuhun tarimo'kasih makasihh makasihhh tks suksma trmksh
jangan: jgn aja'kaya ojo ulah jan
bisa: bs bise iso tiasa biso saged dapat'kah isa bsa
harus: hrs kudu musti mesti kedah harusnya
untuk: utk kanggo kagem nggo kangge untk bwt
dengan: dgn sareng sama ama ame karo kalian dg
dari: dr ti saka sko saking dri
karena: krn soalnya gara2 gara-gara karna sbb sebab lantaran gegara
tapi: tp tetapi namun ning nanging tpi
terus: trs teros tarus lalu trus terosss
juga: jg jga juo ugi
jadi: jd dadi dados jdi
kalau: kl kalo klo nek upami menawi mun kalok lek nak bila jika apabila pami kalu
saja: aja doang bae wae aje haja mung weh
sekali: bgt banget bngt nemen pisan banar sangat bana sanget skali
orang: org urang wong uwong oang
tahun: thn taun taon warsa
setiap: tiap tiap2 saban unggal saben tiap-tiap
minggu: mgg mg minggon
bulan: bln wulan bulanan
kemarin: kmrn kemaren wingi kamari patang kmarin kemaren2
sekarang: skrg skrng saiki ayeuna sakarang skr kini skg
sampai: smp sampe nganti dugi sampek ampe smpe
masih: msh isih keneh taksih msih
tanggal: tgl
dapat: dpt dapet angsal kenging meunang
bukan: bkn dudu sanes dede
ayo: kuy yuk gaskeun
bikin: gawe buat'in ngadamel beking bikinin buatin bikinkan
ingin: pengen pgn pengin handak kepengin pingin hoyong kepengen nak mao mau pengennya mo
lihat: liat tengok deleng tingali caliak delok liatin ningali
seperti: kaye kyk kayak kaya sperti koyo spt kek kayaknya
saya: sy gw gue gua aku aq ane aye ambo ulun abdi nyong kulo kula kita'pe saye sayah sya ak gwe gwa inyong beta dalem titiang awak torang urang'awak
kami: kite kita qta
kamu: lo lu elu loe kau engkau ente kowe maneh ang kelen kalian
dia: die doi manehna
ini: ni nih kiye iki ieu kyeh kih iko
itu: tu tuh kae itu'lah
ada: ado aya ana wonten ade onok
datang: dateng teka datang2 tumeka
jalan: jln dalan jl dalane margi
air: aer banyu cai aie aia
rumah: rmh umah omah griya bumi uma rumeh imah
banyak: byk akeh sampun'akeh banyk okeh seueur
anak: bocah budak barudak murangkalih lare kakanak
besar: gede ageng gedhe bsr
kecil: cilik leutik alit
bagus: apik sae rancak cakep bgs sip'banget alus
benar: bener leres bujur betul iyo temenan bnr beneran
katanya: ktnya jarene kate'orang cenah kabarnya dengernya denger-denger denger2 konon
admin: min mimin adm minn atmin
kakak: kak ka kk'min kakk sis
bapak: pak bpk pa
ibu: bu bunda mak emak
bantu: bantuin bntu tulungi tolongi
informasi: inpo inf
pelayanan: yanlik pelayanannya
tanya: nanya tanglet tangled tangkled naros tumaros tnya nanyak bertanya nanglet naroskeun
mohon: mhn moga nyuwun nyuhunkeun punten'pisan moho
permisi: punten nuwun'sewu nyuwun'sewu tabe tabik ngapunten nuwunsewu misi maaf
semoga: moga mugi mugia muga mugi-mugi moga2 muga-muga smoga mugiya
cepat: cpt cepet gercep cepat2 hancap sat'set satset gancang
lambat: lelet lemot lama'banget leled
rusak: rusek rosak ruksak rusakk ancua ajur
bangga: bangge proud
mati: pejah pareum modar matek mate
sampah: uwuh runtah smpah
uang: duit duwit wang dana'nya
nomor: no nomer nmr nomernya
pemerintah: pemerentah pemrintah pmrintah govt
kabupaten: kab
kecamatan: kec
kelurahan: kel
puskesmas: pkm pusk
sekolah: skolah sekola sklh
daftar: pendaftaran daptar registrasi regis
syarat: syaratnya persyaratan syarate sarat
`;

const split = (line: string): [string, string][] => {
  const [standard = "", forms = ""] = line.split(": ");
  return forms.split(" ").map((form) => [form.replaceAll("'", " "), standard]);
};

/** One written word to its standard form; the first line that names it wins. */
export const spellings: ReadonlyMap<string, string> = new Map(
  table
    .trim()
    .split("\n")
    .flatMap(split)
    .filter(([form, standard]) => !form.includes(" ") && form !== standard)
    .reverse(),
);
