/**
 * Words that people who sort citizens' messages go by, readable by those whose inbox it is. They are hints: the model learns from
 * the labelled comments how much each list counts. Written as `read` of classifier/reading.ts leaves them: small letters, standard
 * spelling, `#` for a number; a trailing * stands for any ending.
 */

export type WordList = { code: string; words: readonly string[] };

const list = (text: string): readonly string[] => text.split(",").map((word) => word.trim());

// biome-ignore format: a table to read, not code
export const wordLists: readonly WordList[] = [
  // What is happening: harm to life, body or shelter.
  { code: "danger", words: list("kebakaran, terbakar, kebakar, api, meledak*, ledakan, terjebak, terkepung, kejepit, terjepit, tertimpa, tertimbun, ketimbun, menimpa, nimpa, tenggelam, ditenggelemin, hanyut, keli, terseret, longsor*, roboh, ambruk, ambrol, runtuh, rubuh, tsunami, meletus, megathrust, terendam, taendam, kelelep, klelep, kacaahan, jebol, dievakuasi, evakuasi, ngungsi, mengungsi, pengungsi*, kesetrum, tersetrum, disetrum, setrum, bocor gas, gas bocor, kebocoran gas, bau gas, bau solar, asap kuning, mengeluarkan gas, kimia, diracun, beracun, keracunan, muntah*, pingsan, sesak, susah napas, stroke, serangan jantung, sakit jantung, kejang, step, kritis, sekarat, berdarah, pendarahan, luka-luka, tertusuk, terluka, patah tulang, patah tangan, patah kaki, patah pinggul, jahitan, dijahit, kecekik, tercekik, sobek, robek, jarinya putus, tergeletak, tidak sadar, tidak respon, tidak nyaut, tidak keluar, tewas, kelindes, terlindas, rem blong, blong, terperosok, nyemplung, kejeblos, digigit, tergigit, menggigit, dicakar, melahirkan, bukaan, kontraksi, lahiran, prematur, melepuh, tidak makan, kelaparan, diculik, penculik*, dibawa kabur, disekap, dikurung, disandera, dibacok, ditikam, tawuran, celurit, golok, parang, samurai, senjata, begal, rampok, perampok*, mengamuk, bunuh diri, bom, demam berdarah, puting beliung, sinkhole, kobra, digigit ular, nicu, serum, stok darah, golongan darah, operasi besok, basarnas, aborsi paksa, dibuang, belum turun, belum ditemukan, orang hilang, masih hidup, menelan, nelen obat, oksigen, listrik belum diputus, dinikahkan, hancurkan, butuh cepat, potong nadi, " +
        "terjungkal, kejungkal, terpental, terpelanting, tergelincir, terpeleset, kepleset, terguling, nyungsep, ketabrak, adu banteng, remuk, luka parah, luka bakar, " +
        "ketiban, ketimpa, kejatuhan, reruntuhan, doyong, condong, amblas, amblong, jebolan, bergerak, tanah gerak, jurang, tebing, " +
        "dilarikan, kolaps, lemas, tak sadarkan, asma, kambuh, kumat, keguguran, ketuban, mules, overdosis, keselek, tersedak, gagal napas, icu, picu, hcu, ventilator, kantong darah, butuh darah, donor darah, trombosit, antibisa, insulin, infus, step, panas #, " +
        "dipukuli, memukuli, dihajar, diseret, ditendang, dikeroyok, keroyok, pengeroyokan, bentrok, rusuh, kerusuhan, air keras, dibuntuti, dikuntit, sembunyi, bersembunyi, perlindungan, memar, lebam, diperkosa, " +
        "anak hilang, terlantar, ditelantarkan, tersesat, sebatang kara, belum makan, kelaparan, kehausan, kedinginan, kolong, emperan, " +
        "banjir bandang, meluap, luapan, terisolasi, terisolir, terputus, angin ribut, lahar, awan panas, letusan, gempa susulan, terbalik, karam, mogok di laut, " +
        "nyetrum, korslet, korsleting, percikan, tabung bocor, tawon, disengat, harimau, buaya, serangan, gawat, kritis, nyawa, maut, sos, help") },
  { code: "danger-ahead", words: list("banjir, kebanjiran, gempa, kabel, tiang, pohon, jembatan, tanggul, sungai, kali, tembok, plafon, atap, pagar, galian, lubang, gas, asap, petasan, miring, retak, retakan, hampir, nyaris, ngeri, bahaya, berbahaya, keropos, lapuk, goyang, menganga, licin, tanpa rambu, rambu, menunggu korban, nunggu korban, korban, takut, kapan saja, naik, debit, rembes*, merembes, gemuruh, ketakutan, panik, trauma, terancam, jatuh, kecelakaan, tabrakan, nabrak, menabrak, tertabrak, nyerempet, menyerempet, terserempet, meninggal, luka, darah, patah, bengkak, mencret, diare, demam, panas tinggi, sakit, rujukan, dirujuk, dirawat, igd, rsud, bensin, minyak, bbm, berebut, tercemar, limbah, obat, narkoba, anjing gila, rabies, monyet, ular, buaya, badai, angin, ombak, hujan deras, gelap, putus, menjuntai, diracun, ditahan, paspor, majikan, agen, air minum, selimut, terpal, popok") },
  { code: "happening-now", words: list("sekarang, barusan, baru saja, tadi, tadi malam, semalam, semalem, malam ini, hari ini, detik ini, saat ini, sejak subuh, dari subuh, tadi pagi, pagi ini, setengah jam, lima belas menit, sedang, lagi, masih, segera, secepatnya, cepat, buruan, urgent, darurat, besok pagi, malam ini juga, sudah # jam") },
  { code: "calls-for-help", words: list("tolong, selamatkan, help, bantu, bantuan, minta tolong, jemput, dijemput, kirim, kirimkan, perahu, perahu karet, ambulans, ambulan, damkar, pemadam, bpbd, basarnas, sar, tagana, polisi, 112, 119, petugas") },
  { code: "people-at-risk", words: list("bayi, balita, lansia, nenek, kakek, mbah*, hamil, ibu hamil, janda, anak, adek, adik, siswa, siswi, murid, warga, korban, penumpang, jemaah, difabel, orang tua, keluarga, orang") },
  { code: "water-level", words: list("sedada, sepinggang, selutut, sedengkul, seleher, setinggi, sampai dada, sampai leher, sampai atap, masuk rumah, masuk kamar, mlebu rumah, lantai atas, atas atap, naik") },
  { code: "threatens", words: list("bunuh, gue bunuh, bacok, gorok, tikam, tusuk, gebuk*, bakar, dibakar, kubakar, hancurkan, ratakan, patahin, kupatahkan, injek, kepala lo, kepala kamu, leher, tunggu di, kutunggu, kucari, cari alamat, awas kamu, siap-siap, siap, tandai, darah dibalas, ganyang, serang, jarah, dijarah, rajam, dirajam, gantung, halal darahnya, parang") },
  { code: "despair", words: list("bunuh diri, mengakhiri hidup, akhiri hidup, tidak pengen hidup, tidak ingin hidup, ga pengen hidup, pengen mati, ingin mati, pamit, tidak kuat, nyilet, silet, gantung diri, loncat, lompat dari, nelen obat, overdosis, capek hidup, depresi") },
  { code: "violence", words: list("kdrt, memukul*, mukul*, dipukul*, pukul*, menyiksa, disiksa, siksa, dianiaya, lebam, menampar, nampar, ditampar, dibenturkan, diancam, mengancam, ancaman, dibully, bully, perundungan, disekap, dikurung, diintimidasi, preman, dihajar") },
  { code: "sexual-violence", words: list("melecehkan, dilecehkan, dilecehin, pelecehan, lecehin, perkosa*, memperkosa, diperkosa, cabul, dicabuli, pencabulan, mencabuli, dihamili, menghamili, alat vital, telanjang, prostitusi, pelacuran, dinikahkan, nikah paksa, pernikahan dini, ayah tiri, kekerasan seksual, pedofil*") },
  { code: "corruption", words: list("pungli, korupsi, dikorup, korup, koruptor, suap, menyuap, sogok*, nyogok, setoran, setor, kpk, ott, tipikor, minta uang, minta duit, dimintain, diminta uang, uang lelah, uang rokok, uang pelicin, pelicin, amplop, jatah preman, kroni, titipan, dipotong, memotong, potong, disunat, dimark up, mark up, fiktif, dijual ketua, jual beli jabatan, jual beli kursi, orang dalam, jalur khusus, calo, gratifikasi, sumbangan, dipatok, wajib bayar, dana desa, uang keamanan, tanda tangan, tarifnya, nepotisme, diatur, kongkalikong, main mata, rekamannya, bukti transfer, di atas het") },
  { code: "fears-reprisal", words: list("identitas, dirahasiakan, rahasiakan, anonim, takut dicoret, takut tidak dikasih, takut lapor, takut speak up, diminta diam, disuruh diam, disuruh damai, dimutasi, diteror, diintimidasi, tidak berani, lindungi") },
  { code: "ethnicity-religion", words: list("kafir, suku, etnis, ras, cina, china, aseng, asing, pribumi, pendatang, minoritas, mayoritas, golongan, kaum, agama, sesat, gereja, masjid, ibadah, jemaat, penganut, kepercayaan, islam, kristen, katolik, hindu, yahudi, onta, kadrun, pki, komunis, haram, halal darahnya, azab, dajjal, babi, sipit, papua, monyet, penjajah") },
  { code: "election", words: list("pemilu, pilkada, pilkades, pilpres, caleg, capres, calon, petahana, kampanye, kampanyein, tps, coblos, tercoblos, kpu, bawaslu, kpps, partai, netralitas, netral, tim sukses, timses, surat suara, nomor dua, pilih") },

  { code: "insults", words: list("anjing, anjg, anjir, anying, njing, asu, babi, monyet, bangsat, bajingan, keparat, brengsek, kampret, tolol, goblok, goblog, gobik, guoblok, bego, bodoh, dungu, idiot, autis, tai, taik, kontol, memek, pepek, pantek, pukimak, pukimai, kimak, telaso, jancok, lonte, pelacur, perek, gundik, jalang, banci, bencong, lesbi, iblis, setan, binatang, sampah masyarakat, manusia sampah, mampus, mati kamu, mati saja, modar, laknat, terkutuk*, biadab, dekil, jijik, najis, geli, buta, bisu, tuli, cacat, gendut, botak, kampungan, haram, bacot, jilat, penjilat, otak, muka kamu, raimu, sumpahin, kepala lo, enyah, usir, ganyang") },
  { code: "gambling", words: list("slot, gacor, maxwin, jackpot, jp, scatter, zeus, olympus, mahjong, rtp, toto, togel, bandar, parlay, sbobet, casino, poker, domino, qiu, depo, deposit, wd, withdraw, spin, x#, jitu, tembus, angka main, prediksi, hoki, pola, petir, situs, win*, bonus new, pecah, sabung, bola online, taruhan, judi, judol, cuan") },
  { code: "sells", words: list("jual, dijual, menjual, promo, diskon, order, ready, stok, cod, grosir, reseller, harga, murah, murce, nego, minat, dm saja, dm aku, inbox, inbok, klik, link di bio, cek bio, bio, profil, feed, katalog, keranjang, jasa, melayani, menerima, sewa, rental, kredit, cicilan, dp, pinjaman, tanpa agunan, tanpa jaminan, tanpa survey, limit, cair hari ini, dana cepat, investasi, profit, trading, signal, crypto, bitcoin, airdrop, garansi, amanah, fast respon, testi, testimoni, terbukti, herbal, pelangsing, obat kuat, pemutih, pelet, dukun, gaib, follower*, subscribe, sub, mampir, follow, follback, folback, mutualan, channel, endorse, open bo, bo, vcs, loker, lowongan, gaji, join, gabung, daftar sekarang, tele, telegram, hubungi, hub, wa, chat, giveaway, gratis ongkir, premium, joki, open jasa, preloved, titip, paket") },
  { code: "spreads", words: list("sebarkan, sebar, sebarin, share, bagikan, viralkan, teruskan, dibagikan, info valid, info a1, info penting, info dari, peringatan, awas, waspada, hati-hati, sudah banyak korban, sebelum dihapus, ditutup, ditutup-tutupi, nutup-nutupi, media dibungkam, dibungkam, fakta, elit global, proyek, disembunyikan, menyembunyikan, jangan mau, jangan keluar, dari grup, grup sebelah, kata grup, grup keluarga, pesan berantai") },
  { code: "heard", words: list("katanya, kabarnya, dikabarkan, kabar, isu, beredar, ramai, rame, viral, dengar, disebut-sebut, di grup, grup wa, dari grup, wa berantai, kata teman, kata orang, kata tetangga, temen gw, tetangga") },
  { code: "true-or-false", words: list("hoax, hoaks, asli, palsu, benarkah, benar tidak, benar gak, apa benar, apakah benar, resmi, resmi kah, penipuan, penipu, tipu, scam, phishing, klarifikasi, mohon klarifikasi, kebenarannya, editan, setingan, gadungan, abal-abal, mengaku, ngaku, modus, apk, otp, link, transfer, aman tidak, beneran") },
  { code: "asks", words: list("apakah, berapa, bagaimana, kapan, di mana, ke mana, siapa, syarat, biaya, cara, caranya, prosedur, prosedurnya, jadwal, jam berapa, tanya, bertanya, boleh, bisa tidak, wajib, perlu, daftar, minimal, maksimal, apa saja, dokumen, berkas, masih buka, dibuka, lokasi, alamat, nomor berapa, tanggal berapa, konsultasi") },
  { code: "reports-fault", words: list("rusak, hancur, bolong, berlubang, lubang, mampet, tersumbat, bocor, mati, padam, gelap, macet, bau, kotor, becek, keruh, kosong, habis, telat, terlambat, lambat, error, gagal, ditolak, dilempar, dipingpong, bolak balik, bolak-balik, ditutup, tutup, tidak dibalas, tidak diangkat, tidak diangkut, tidak mengalir, tidak nyala, belum, sampai sekarang, tidak ada petugas, ditunggu, menunggu, antre, antri, sudah lapor, sudah melapor, ditagih, dipotong, hilang, salah, tertukar, nyasar, mangkrak, terbengkalai, judes, dibentak, disuruh, padahal, dipersulit, ganggu, terganggu, bising, menumpuk, numpuk, longsor, roboh, jebol, diabaikan, didiamkan, tidak digubris, nonaktif, hangus, dobel, ganda") },
  { code: "since-when", words: list("sudah # hari, sudah # minggu, sudah # bulan, sudah # tahun, # hari, # minggu, # bulan, # tahun, # kali, #x, sejak, dari tanggal, seminggu, sebulan, setahun, semalam, kemarin, berhari-hari, berminggu-minggu, berbulan-bulan, dari senin, dari subuh") },
  { code: "wishes", words: list("usul, mengusulkan, usulan, semoga, berharap, harap, harapan, mengharapkan, mendambakan, mengidamkan, ingin, andai, dibangun, dibangunkan, dibuatkan, bikin, buat, buatin, buatkan, adakan, adain, diadakan, disediakan, sediakan, sediain, tambah, ditambah, perbanyak, diperbanyak, bangun, pasang, dianggarkan, gratis, dong, beasiswa, pelatihan, butuh, coba, bagaimana kalau, mohon dipertimbangkan, kapan ya, dibukakan, diprioritaskan, perjuangkan") },
  { code: "suggests", words: list("saran, sarannya, masukan, sebaiknya, lebih baik, alangkah, mending, mungkin bisa, lain kali, lain waktu, ke depannya, caption, takarir, font, huruf, audio, suara, volume, mic, musik, backsound, subtitle, teks, video, durasi, poster, pamflet, infografis, slide, gambar, format, tombol, aplikasi, website, notifikasi, papan, jangan, kasih, diberi, ditulis, ditempel, ditampilkan, dicantumkan, cantumin, diperjelas, perbesar, dirapikan, ditambah keterangan, biar, supaya, agar") },
  { code: "reproaches", words: list("janji, omong, omdo, bohong, pencitraan, seremonial, slogan, jargon, baliho, percuma, formalitas, konten, joget, pidato, rapat, studi banding, anggaran, apbd, pejabat, dprd, dewan, bupati, wali, gubernur, menteri, penguasa, rakyat, kebijakan, dinasti, proyek, penghargaan, piala, prestasi, giliran, katanya, di atas kertas, gimmick, memalukan, kecewa, malu, becus, tidak becus, mundur, gagal, luar biasa, hebat ya, efisiensi, dimana mana, cuma, mulu, hanya, sibuk, doyan, pandai, pinter, katanya pro, selalu, setiap tahun, begitu terus, sama saja, tetap, wkwk, prioritas, transparan") },
  { code: "praises", words: list("terima kasih, mantap, mantul, keren, bagus, hebat, salut, respect, respek, bangga, bravo, luar biasa, the best, terbaik, terbaek, jos, joss, top, cakep, kece, gokil, ramah, sabar, sigap, telaten, santun, sopan, bersih, rapi, nyaman, mulus, lancar, puas, memuaskan, membantu, terbantu, pertahankan, lanjutkan, semangat, sukses, alhamdulillah, sehat selalu, berkah, akhirnya, tidak ribet, tidak menyangka, nyangka, kagum, apresiasi, hormat, pahlawan, istimewa, senang, bahagia, terharu, haru, suka, tahniah, matur, hatur, good job, kudos, selamat, jempol, recommended, adem, cepat") },
  { code: "requests-document", words: list("ppid, keterbukaan informasi, informasi publik, uu kip, salinan, dokumen, data, dataset, minta data, meminta data, mohon data, permohonan informasi, permohonan data, permintaan informasi, notulen, notulensi, risalah, rincian, laporan, realisasi, arsip, file, softfile, softcopy, shapefile, peta, kontrak, berita acara, amdal, dpa, rka, lhkpn, lpj, rapbs, excel, csv, pdf, skripsi, tesis, disertasi, penelitian, riset, tugas akhir, tugas kuliah, jurnal, kkn, lsm, hak kami, uu nomor #, pasal #, pemohon") },
  { code: "animals", words: list("anjing liar, anjing gila, anjing, monyet liar, kera, babi hutan, babi, sapi, kambing, ayam, kucing, ternak, hewan, ular, menggigit, digigit, rabies, gigit, kandang, liar") },
  { code: "contact", words: list("nomor wa, wa resmi, wa dinas, nomor telepon, nomor darurat, hotline, call center, layanan # jam, telepon, telpon, ditelp, dihubungi, nyambung, centang, tautan, link, profil, resmi, aktif") },
  { code: "polite", words: list("selamat pagi, selamat siang, selamat sore, selamat malam, assalamualaikum, permisi, mohon, terima kasih, izin, maaf, salam, sebelumnya, hormat") },
  { code: "chats", words: list("wkwk*, haha*, hehe*, ngakak, lol, nyimak, hadir, absen, pertama, pertamax, first, fyp, up, jejak, salfok, otw, kangen, rindu, laper, gabut, siapa disini, mimpi, mantan, jomblo, ayang, salam, pagi semua, malam semua, innalillahi, turut berduka, aamiin, amin, lagu, musik, sound") },
];

/** Which lists make a message urgent or sensitive when the model says it is: the words to show for it. */
export const dangerLists: readonly string[] = ["danger", "threatens", "despair", "violence", "sexual-violence"];
export const dangerAheadLists: readonly string[] = ["danger-ahead", "water-level"];
export const sensitiveLists: readonly string[] = [
  "corruption",
  "fears-reprisal",
  "violence",
  "sexual-violence",
  "threatens",
  "despair",
  "ethnicity-religion",
  "election",
];

type Phrase = { list: number; words: readonly string[] };

/** Every phrase by its first word, the longest first, so that "bunuh diri" is not taken for "bunuh". */
const phrases = new Map<string, Phrase[]>();
/** The beginnings that stand for any ending, by their first three letters. */
const openings = new Map<string, { list: number; opening: string }[]>();
for (const [i, { words }] of wordLists.entries())
  for (const phrase of [...words].sort((x, y) => y.length - x.length)) {
    const opening = phrase.endsWith("*") ? phrase.slice(0, -1) : null;
    const [first = "", ...rest] = phrase.split(" ");
    if (opening === null) phrases.set(first, [...(phrases.get(first) ?? []), { list: i, words: [first, ...rest] }]);
    else openings.set(opening.slice(0, 3), [...(openings.get(opening.slice(0, 3)) ?? []), { list: i, opening }]);
  }

/** The words of each list that stand in a message, each once; lists without any are left out. */
export function wordsFound(words: readonly string[]): Map<string, string[]> {
  const hits = new Map<number, string[]>();
  /** Up to where a list has read: a word belongs to one phrase of a list. */
  const read = new Map<number, number>();
  const hit = (list: number, at: number, length: number, phrase: string) => {
    if (at < (read.get(list) ?? 0)) return;
    read.set(list, at + length);
    const known = hits.get(list);
    if (known === undefined) hits.set(list, [phrase]);
    else if (!known.includes(phrase)) known.push(phrase);
  };
  for (const [at, word] of words.entries()) {
    for (const phrase of phrases.get(word) ?? [])
      if (phrase.words.every((part, i) => words[at + i] === part)) hit(phrase.list, at, phrase.words.length, phrase.words.join(" "));
    for (const { list, opening } of openings.get(word.slice(0, 3)) ?? [])
      if (word.startsWith(opening) && /^\p{L}+$/u.test(word)) hit(list, at, 1, word);
  }
  return new Map([...hits].sort(([x], [y]) => x - y).map(([list, found]) => [wordLists[list]!.code, found]));
}
