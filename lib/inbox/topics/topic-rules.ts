/** What a citizen speaks of, and where. Pure: words and names, which a person may correct. */
import { read, stem } from "../sorting/classifier/reading.ts";

type Words = {
  /** One of these is enough. */
  sure: string;
  /** Two of these are needed, or one of them beside a sure word, as they are said of other matters too. */
  hints: string;
};

// The specific before the general: of topics that are equally well named the first is taken.
// biome-ignore format: a table to read, not code
const table = {
  social_aid: {
    sure: "bansos, bantuan sosial, pkh, bpnt, blt, dtks, dtsen, sembako, kartu sembako, bantuan pangan, beras bantuan, raskin, rastra, kks, kpm, kursi roda, lansia terlantar, penerima manfaat, penerima bantuan, bantuan langsung, bantuan tunai, dinsos, tagana, odgj, anak yatim, rutilahu bantuan",
    hints: "bantuan, desil, miskin, disabilitas, penerima, lansia, terlantar, dicoret, cair, pencairan, penyaluran, tahap",
  },
  civil_registry: {
    sure: "ktp, e-ktp, ektp, kk, kartu keluarga, akta, akte, akta kelahiran, akta kematian, kia, ikd, dukcapil, disdukcapil, pindah domisili, surat pindah, blangko, adminduk, identitas kependudukan, nik, rekam ktp, perekaman",
    hints: "kependudukan, domisili, pindah, cetak, kelahiran, kematian, legalisir, capil",
  },
  lighting: {
    sure: "pju, lampu jalan, penerangan jalan, lampu penerangan, lampu pju, tiang lampu, jalan gelap, gelap gulita, lampu jalannya",
    hints: "lampu, gelap, penerangan, padam, nyala",
  },
  traffic: {
    sure: "macet, kemacetan, lampu merah, traffic light, parkir, tukang parkir, juru parkir, parkir liar, angkot, angkutan, terminal, halte, dishub, zebra cross, rambu, perlintasan, truk tambang, truk odol, bus sekolah, trayek, ojol, sim keliling, uji kir, knalpot brong, balap liar, lalu lintas, lalin, kantong parkir",
    hints: "bus, kendaraan, truk, jalur, marka, penyeberangan, pengendara, helm, tilang, jalan",
  },
  roads: {
    sure: "jalan rusak, jalan berlubang, jalan bolong, jalan hancur, jalan kabupaten, jalan provinsi, jalan desa, jalan poros, jalan lubang, perbaikan jalan, perbaiki jalan, aspal, trotoar, jembatan, gorong-gorong, gorong, drainase, selokan, got, bahu jalan, berlubang, cor jalan, dicor, betonisasi, galian, dpu, pupr, paving, jalan rusaknya, tambal sulam",
    hints: "jalan, lubang, bolong, rusak, ambles, becek, proyek, irigasi, licin, kerikil, pengaspalan, mulus",
  },
  water: {
    sure: "pdam, air bersih, ledeng, air mati, air keruh, air keran, krisis air, kekeringan, sumur, sumur bor, tangki air, air minum, pamsimas, perumda, tirta, air pam, air tidak mengalir, banyu mati",
    hints: "air, banyu, keruh, mengalir, pipa, bocor, kran, keran, meteran, debit",
  },
  waste: {
    sure: "sampah, tps, tpa, tpst, bank sampah, tempat sampah, truk sampah, dlh sampah, pengangkutan sampah, bak sampah",
    hints: "bau, menumpuk, numpuk, diangkut, buang, kotor, plastik",
  },
  disaster: {
    sure: "banjir, kebanjiran, longsor, tanah gerak, rob, gempa, puting beliung, angin kencang, kebakaran, pemadam, damkar, bpbd, pohon tumbang, tanggul, evakuasi, bencana, posko, sinkhole, erupsi, karhutla, mitigasi, pengungsi, pengungsian",
    hints: "hujan, tumbang, roboh, retak, hanyut, sungai, meluap, jebol, waduk, air naik, selutut, api",
  },
  levies: {
    sure: "pungli, pungutan liar, korupsi, koruptor, dikorupsi, suap, sogok, uang lelah, uang rokok, uang pelicin, calo, gratifikasi, inspektorat, nepotisme, mark up, jual beli jabatan, sumbangan wajib, uang keamanan, amplop, minta uang, minta duit, kpk",
    hints: "pungutan, dipungut, setoran, titipan, dipotong, potongan, sumbangan, lelang, dipersulit",
  },
  health: {
    sure: "puskesmas, pustu, rsud, rumah sakit, bpjs, igd, ugd, dokter, bidan, perawat, posyandu, imunisasi, vaksin, vaksinasi, obat, stunting, dbd, demam berdarah, fogging, ambulans, ambulan, rawat inap, poli, pasien, donor darah, tbc, dinkes, keracunan, bpjs pbi, jkn, klinik, kesehatan, rabies, gizi",
    hints: "sakit, antre, antrean, rujukan, kamar, lab, darah, hamil, melahirkan, bayi, periksa, dirawat",
  },
  jobs: {
    sure: "loker, lowongan, lowongan kerja, job fair, bursa kerja, phk, umk, umr, upah minimum, pelatihan kerja, blk, disnaker, pengangguran, kartu kuning, ak1, tki, pekerja migran, prakerja, cpns, pppk, outsourcing, magang, lapangan kerja, lapangan pekerjaan",
    hints: "kerja, pekerjaan, gaji, upah, melamar, pelatihan, buruh, menganggur, pabrik",
  },
  education: {
    sure: "sekolah, ppdb, spmb, guru, beasiswa, murid, siswa, siswi, sd negeri, sdn, smpn, sman, smkn, paud, madrasah, kip kuliah, kip, dikbud, disdik, zonasi, kepala sekolah, seragam, mbg, makan bergizi, guru honorer, kelas, wali murid, komite sekolah, ijazah, kuliah",
    hints: "smp, sma, smk, pendidikan, belajar, honorer, spp, lulus, daftar ulang, perpustakaan, buku",
  },
  family: {
    sure: "kdrt, kekerasan, pelecehan, melecehkan, dilecehkan, cabul, perundungan, bullying, dibully, uptd ppa, perlindungan anak, pernikahan dini, anak jalanan, diperkosa, dianiaya, kb gratis, keluarga berencana, daycare, penitipan anak",
    hints: "perempuan, anak, ibu, suami, istri, korban, trauma",
  },
  permits: {
    sure: "nib, oss, imb, pbg, perizinan, izin usaha, izin bangunan, izin keramaian, izin praktik, dpmptsp, mpp, mal pelayanan publik, pirt, sertifikat halal, reklame, siup, slf, izin mendirikan",
    hints: "izin, ijin, sertifikat, rekomendasi, investasi, pabrik",
  },
  tax: {
    sure: "pbb, pajak, sppt, nop, bphtb, retribusi, bapenda, samsat, pemutihan, pkb, njop, pajak daerah, wajib pajak, denda pajak",
    hints: "tagihan, denda, bayar, tunggakan, tarif",
  },
  farming: {
    sure: "pupuk, petani, sawah, panen, gagal panen, kartu tani, traktor, bibit, benih, hama, wereng, ternak, peternak, pmk, irigasi sawah, gabah, poktan, gapoktan, pertanian, tikus sawah, padi, bawang merah, ayam petelur, penyuluh",
    hints: "irigasi, tanam, subsidi, jagung, sapi, kambing, tani, lahan, kebun",
  },
  fishery: {
    sure: "nelayan, tambak, pelelangan ikan, tempat pelelangan, perahu nelayan, kapal ikan, solar nelayan, budidaya ikan, perikanan, dermaga nelayan, pompong, kub nelayan, pukat, cantrang, jaring ikan, garam",
    hints: "ikan, melaut, kapal, laut, solar, dermaga, muara, udang, pelabuhan",
  },
  prices: {
    sure: "pasar, harga beras, harga cabai, harga minyak, harga telur, harga naik, gas melon, lpg, elpiji, gas 3 kg, operasi pasar, pasar murah, umkm, kios, pedagang, bazar, koperasi, minyakita, inflasi, ukm, lapak, gas langka",
    hints: "harga, mahal, langka, jualan, dagang, beras, minyak, murah, minimarket, usaha",
  },
  order: {
    sure: "satpol, satpol pp, pkl, miras, preman, premanisme, pengemis, pengamen, gepeng, trantibum, karaoke, hiburan malam, petasan, begal, maling, pencurian, tawuran, geng motor, gangster, siskamling, judi, prostitusi, narkoba, siskamling, ronda, perokok, kawasan tanpa rokok",
    hints: "keamanan, ketertiban, berisik, bising, razia, rokok, resah, meresahkan, penertiban, patroli",
  },
  power: {
    sure: "pln, mati listrik, listrik padam, listrik mati, pemadaman, pemadaman bergilir, kabel listrik, gardu, trafo, tiang listrik, sambungan listrik, meteran listrik",
    hints: "listrik, kabel, tegangan, padam, lampu mati",
  },
  housing: {
    sure: "rtlh, rutilahu, rumah tidak layak huni, bedah rumah, perumahan, rusun, rusunawa, kawasan kumuh, fasum, fasos, sertifikat tanah, sengketa tanah, ptsl, bpn, tata ruang, makam, pemakaman, developer, pengembang",
    hints: "rumah, tanah, layak huni, lahan, bangunan, jamban, kumuh",
  },
  village: {
    sure: "kades, kepala desa, perangkat desa, dana desa, balai desa, kantor desa, bumdes, musrenbang, musdes, bpd, pilkades, lurah, kelurahan, pak rt, ketua rt, ketua rw, sekdes, pamong desa, kopdes, koperasi desa, apbdes",
    hints: "desa, dusun, rt, rw, camat, kampung, musyawarah",
  },
  environment: {
    sure: "limbah, pencemaran, tercemar, polusi, asap pabrik, tambang, galian c, penambangan, mangrove, hutan, penghijauan, reboisasi, sungai kotor, sungai tercemar, debu pabrik, abrasi, pohon ditebang, penebangan, taman kota, ruang terbuka hijau, rth, lingkungan hidup",
    hints: "sungai, kali, udara, debu, asap, pohon, taman, lingkungan, kebisingan",
  },
  tourism: {
    sure: "wisata, pariwisata, objek wisata, tiket masuk, guci, curug, pantai, cfd, car free day, festival, konser, karnaval, pawai, alun-alun, skatepark, lapangan basket, gor, stadion, kolam renang, turnamen, taman bermain, kesenian, wayang, museum, cagar budaya, budaya, olahraga, hari jadi, atlet, event",
    hints: "lomba, tiket, pengunjung, acara, seni, sepeda, turis, taman, stan",
  },
  digital: {
    sure: "wifi, sinyal, blank spot, internet, website, aplikasi, server down, link error, situs resmi, login gagal, otp, sp4n, lapor go id, call center, hotline, nomor darurat, antrean online, daftar online, siaran langsung, live streaming, admin medsos, hoaks, hoax, akun palsu, akun resmi",
    hints: "aplikasinya, error, link, tautan, online, akun, server, admin, caption, video, postingan, konten",
  },
  budget: {
    sure: "apbd, anggaran, dprd, lkpj, perda, perbup, transparansi anggaran, proyek mangkrak, mangkrak, efisiensi anggaran, studi banding, ppid, perjalanan dinas, lpse, tender, musrenbangkab, mutasi jabatan, kebijakan",
    hints: "dana, pejabat, bupati, dewan, proyek, realisasi, laporan, transparan, dinas, salinan, dokumen",
  },
  service: {
    sure: "pelayanan, pelayanannya, petugas judes, petugasnya judes, judes, jutek, tidak ramah, ramah, petugas loket, loket, antrean panjang, antre panjang, dipingpong, dilempar, dipersulit, jam pelayanan, jam buka, bolak-balik, bolak balik, dibentak, lambat dilayani, cs-nya, dilayani, melayani, resepsionis, nomor antrean",
    hints: "petugas, petugasnya, antre, antrean, antri, lambat, menunggu, ditunggu, layanan, kantor, buka, tutup, sopan",
  },
} as const satisfies Record<string, Words>;

/** What citizens speak of; `other`: a person looked, and it is none of these. */
export type Topic = keyof typeof table | "other";
export const topics = [...(Object.keys(table) as (keyof typeof table)[]), "other"] as const;
export const isTopic = (value: string): value is Topic => (topics as readonly string[]).includes(value);

type Phrase = { topic: keyof typeof table; words: readonly string[]; shown: string; weight: number };
const SURE = 2;
const HINT = 1;

/** Every phrase under the stem of its first word. */
const phrases = new Map<string, Phrase[]>();
for (const [topic, { sure, hints }] of Object.entries(table))
  for (const [list, weight] of [
    [sure, SURE],
    [hints, HINT],
  ] as const)
    for (const shown of list.split(", ")) {
      const words = read(shown).words.map(stemmed);
      const key = words[0]!;
      // What is said in two words is rarely said of anything else.
      const phrase = { topic: topic as keyof typeof table, words, shown, weight: words.length > 1 ? weight + 1 : weight };
      phrases.set(key, [...(phrases.get(key) ?? []), phrase]);
    }

/** Short words keep their form: "kia" and "pbb" have no endings. */
function stemmed(word: string): string {
  return word.length > 4 ? stem(word) : word;
}

export type TopicFound = { topic: Topic; words: string[] };

/** What a text is about, with the words that decided; null when its words do not tell. Never fails. */
export function topicOf(text: string): TopicFound | null {
  const words = read(text).words.map(stemmed);
  const found = new Map<Phrase["topic"], Map<string, Phrase>>();
  for (const [at, word] of words.entries())
    for (const phrase of phrases.get(word) ?? []) {
      if (!phrase.words.every((one, i) => words[at + i] === one)) continue;
      const said = found.get(phrase.topic) ?? new Map<string, Phrase>();
      found.set(phrase.topic, said);
      // A word counts once, however often and in whatever form it is said.
      const key = phrase.words.join(" ");
      if ((said.get(key)?.weight ?? 0) < phrase.weight) said.set(key, phrase);
    }
  let best: { topic: Phrase["topic"]; said: Phrase[]; weight: number } | null = null;
  for (const topic of Object.keys(table) as Phrase["topic"][]) {
    const said = [...(found.get(topic)?.values() ?? [])];
    const weight = said.reduce((sum, phrase) => sum + phrase.weight, 0);
    if (weight >= SURE && weight > (best?.weight ?? 0)) best = { topic, said, weight };
  }
  return best && { topic: best.topic, words: best.said.sort((a, b) => b.weight - a.weight).map(({ shown }) => shown) };
}

/** A district, as its government's units name it ("Kecamatan Slawi", "Kec. Slawi"). */
export type District = { code: string; name: string };

const title = /^(?:kecamatan|kec\.?|distrik|kapanewon|kemantren)\s+/i;
const before = String.raw`(?:kec(?:amatan)?\.?|distrik|di|ke|dari|daerah|wilayah|warga|desa|arah|puskesmas|terminal|pasar|polsek|koramil|sekitar|kantor)\s+`;
/** Names that are everyday words too count only after a word of place. */
const everyday = new Set([
  "talang",
  "kramat",
  "bojong",
  "kota",
  "pangkah",
  "baru",
  "lama",
  "utara",
  "selatan",
  "timur",
  "barat",
  "tengah",
  "jatinegara",
]);
/** What is said of these is not said of a district of the same name. */
const elsewhere = /(?:kabupaten|kab\.?|provinsi|prov\.?|dr\.?|jl\.?|jln\.?|jalan|stasiun)\s+$/i;

type Finder = { pattern: RegExp; codes: ReadonlyMap<string, string> };
const finders = new WeakMap<readonly District[], Finder | null>();

function finderOf(districts: readonly District[]): Finder | null {
  const known = finders.get(districts);
  if (known !== undefined) return known;
  const codes = new Map(
    districts.map(({ code, name }) => [plain(name.replace(title, "")), code] as const).filter(([name]) => name.length > 2),
  );
  // The longest first: "Bintan Timur" before a district called "Bintan".
  const parts = [...codes.keys()]
    .sort((a, b) => b.length - a.length)
    .map((name) => `${everyday.has(name) ? `(?<=${edge}${before})` : ""}${escaped(name).replaceAll(" ", String.raw`\s*`)}`);
  const finder = parts.length ? { pattern: new RegExp(`${edge}(${parts.join("|")})(?![\\p{L}\\p{N}])`, "giu"), codes } : null;
  finders.set(districts, finder);
  return finder;
}

const edge = String.raw`(?<![\p{L}\p{N}])`;
const plain = (name: string) => name.toLowerCase().replace(/\s+/g, " ").trim();
const escaped = (name: string) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** The code of the first district of the government that a text names, by whole words; null when it names none. */
export function placeOf(text: string, districts: readonly District[]): string | null {
  const finder = finderOf(districts);
  if (!finder) return null;
  for (const match of text.matchAll(finder.pattern)) {
    if (elsewhere.test(text.slice(Math.max(0, match.index - 12), match.index))) continue;
    const said = plain(match[1]!).replaceAll(" ", "");
    for (const [name, code] of finder.codes) if (name.replaceAll(" ", "") === said) return code;
  }
  return null;
}
