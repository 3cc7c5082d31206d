/**
 * What kind of post a text is, by explainable rules that a person can correct. A post is substantive when it tells
 * citizens something of use: service, policy, programme, result, public information, warning, an answer.
 */

export const postCategories = ["substantive", "greeting", "ceremony", "repost", "other"] as const;
export type PostCategory = (typeof postCategories)[number];

export type PostReason = { code: string; words: string[] };
export type Classified = { category: PostCategory; reasons: PostReason[] };

/** Classifies a caption. A greeting or ceremony that also informs at length is substantive. */
export function classifyPost(text: string): Classified {
  const plain = text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
  const repost = find(plain, repostRules);
  if (repost.length > 0) return { category: "repost", reasons: repost };

  const useful = find(plain, substanceRules);
  const greeting = find(plain, greetingRules);
  const ceremony = find(plain, ceremonyRules);
  const length = plain.match(/\p{L}+/gu)?.length ?? 0;
  const informs = useful.length >= 2 || (useful.length === 1 && length >= 40);
  // The hour and the outcome of a ceremony are no service to anybody.
  const serves = informs && useful.some((reason) => serving.has(reason.code));
  if (greeting.length > 0 && !informs) return { category: "greeting", reasons: greeting };
  if (ceremony.length > 0 && !serves) return { category: "ceremony", reasons: ceremony };
  if (useful.length > 0) return { category: "substantive", reasons: useful };
  if (length >= explains) return { category: "substantive", reasons: [{ code: "explains", words: [] }] };
  return { category: "other", reasons: [] };
}

/** Where a citizen can turn to next: an address, a telephone number, a web site, a way to answer. */
export function hasContactOrLink(text: string): boolean {
  return contactPattern.test(text);
}

/** A text of this many words, neither greeting nor ceremony, is taken to explain something. */
const explains = 14;

const serving: ReadonlySet<string> = new Set(["cost", "service", "warning", "answers"]);

const contactPattern =
  /https?:\/\/|\bwww\.|\b[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,4}\.(?:id|com|org|net|info|example)\b|[\w.+-]{1,64}@[\w-]{1,63}\.\w|(?<!\d)(?:\+62|62|0)(?:[ -]?\d){8,12}(?!\d)|\(0\d{2,3}\) ?\d{5,8}|\b(?:1[145]\d{3}|1500\d{3}|11[02389])\b(?![.,]\d|\s*(?:ribu|orang|kg|meter|posisi|unit))|pesan langsung|kolom komentar|\b(?:link|tautan) (?:di|ada di) bio\b/iu;

type Rule = { code: string; pattern: RegExp };

/** One alternation per line of words; `\b` before, any ending after. */
const words = (...lines: string[]): RegExp => new RegExp(`(?<!\\p{L})(?:${lines.join("|")})`, "gu");

const repostRules: readonly Rule[] = [
  {
    code: "passes-on",
    pattern:
      /^(?:rt @|repost\b|re-post|membagikan ulang|dibagikan ulang|diteruskan dari|meneruskan (?:unggahan|informasi|dari)|via @|dari (?:akun|ditjen|kementerian|kemen\p{L}+|diskominfo|humas|pemprov|bmkg|polres|dinas \p{L}+ provinsi)[^.:!?]{0,40}:)/gu,
  },
];

const greetingRules: readonly Rule[] = [
  {
    code: "greets",
    pattern:
      /^[^\p{L}]*(?:(?:segenap|keluarga besar|jajaran|kami)\b[^.!?]{0,90})?(?:selamat (?:hari|tahun|memperingati|menunaikan|menyambut|pagi|siang|sore|malam|ulang tahun|natal|idul\p{L}*|berbuka|dan sukses|atas|jalan|datang|merayakan|bertugas|berakhir pekan)|dirgahayu|sugeng|marhaban|minal aidin|happy|barakallah|met \p{L}+)/gu,
  },
  { code: "condoles", pattern: /turut ber(?:duka|belasungkawa)|duka cita|innalillahi|bela ?sungkawa/gu },
  { code: "asks-forgiveness", pattern: /mohon maaf lahir (?:dan|&) batin/gu },
];

const ceremonyRules: readonly Rule[] = [
  {
    code: "reports-event",
    pattern: words(
      "menghadiri",
      "apel (?:pagi|gabungan|kesiapan|hari)",
      "upacara",
      "membuka (?:acara|kegiatan|secara resmi|rapat|rakor|bimtek|sosialisasi|turnamen|kejuaraan|pelatihan)",
      "pembukaan ",
      "penutupan ",
      "menutup (?:acara|kegiatan|secara resmi)",
      "menerima (?:kunjungan|audiensi|penghargaan|silaturahmi)",
      "kunjungan kerja",
      "menyerahkan (?:piagam|penghargaan|trofi|piala|bantuan secara simbolis)",
      "penyerahan (?:piagam|penghargaan|piala)",
      "penandatanganan",
      "menandatangani",
      "pelantikan",
      "melantik",
      "serah terima jabatan",
      "peletakan batu pertama",
      "(?:rapat|rakor) (?:koordinasi|paripurna)",
      "silaturahmi",
      "halal ?bihalal",
      "senam bersama",
      "ramah tamah",
      "memimpin (?:apel|upacara|rapat)",
      "mendampingi (?:bupati|wali ?kota|gubernur|menteri)",
      "studi (?:tiru|banding)",
      "gladi bersih",
      "peringatan (?:hari|hut)",
    ),
  },
];

const substanceRules: readonly Rule[] = [
  { code: "cost", pattern: /rp ?\d|(?<!\p{L})(?:gratis|tanpa biaya|tidak dipungut biaya|tidak ada biaya|bebas denda|biaya)(?!\p{L})/gu },
  {
    code: "when-where",
    pattern:
      /\d{1,2}[.:]\d{2}(?: ?[–-] ?\d{1,2}[.:]\d{2})? ?(?:wib|wita|wit)?|(?<!\p{L})(?:jam layanan|loket|buka (?:setiap|sampai|pukul|hari|lagi)|berlaku sampai|mulai (?:hari|pekan|minggu|bulan|senin|selasa|rabu|kamis|jumat|sabtu)|jatuh tempo)/gu,
  },
  {
    code: "service",
    pattern: words(
      "syarat",
      "cara(?:nya)?(?!\\p{L})",
      "daftar",
      "formulir",
      "bawa ",
      "ajukan",
      "unduh",
      "cek ",
      "urus(?:an)?(?!\\p{L})",
      "melayani",
      "pelayanan (?:minggu|pekan|tutup|buka|pindah|online|daring|keliling)",
      "jadwal",
      "lowongan",
      "pendaftaran",
      "beasiswa",
      "konsultasi",
      "perekaman",
      "imunisasi",
      "vaksin",
      "kuota",
      "dilayani",
      "antrean",
      "kirim (?:foto|lokasi|lewat|ke)",
      "hubungi",
      "lapor",
    ),
  },
  {
    code: "warning",
    pattern: words(
      "waspada",
      "hindari",
      "jangan",
      "bahaya",
      "peringatan dini",
      "siaga",
      "ditutup",
      "dialihkan",
      "banjir",
      "longsor",
      "gempa",
      "gelombang",
      "padam",
      "bocor",
      "penipuan",
      "palsu",
      "hoaks",
      "tidak benar",
      "demam",
      "wereng",
      "hujan lebat",
    ),
  },
  {
    code: "result",
    pattern: words(
      "selesai",
      "sudah (?:dibersihkan|ditambal|diperbaiki|mengalir|diganti|jadi|ditarik)",
      "hasil",
      "rata-rata",
      "tahun ini",
      "bulan ini",
      "minggu ini",
      "pekan ini",
      "naik ",
      "turun ",
      "sebanyak",
      "realisasi",
      "diterbitkan",
      "disalurkan",
      "diperbaiki",
      "dibangun",
      "dipasang",
      "\\d+ (?:rumah|desa|orang|keluarga|unit|titik|persen|ton|km|kader|sekolah|tangki)",
    ),
  },
  {
    code: "policy-programme",
    pattern: words(
      "program",
      "bantuan",
      "pelatihan",
      "perda",
      "peraturan",
      "kebijakan",
      "apbd",
      "anggaran",
      "musrenbang",
      "sosialisasi",
      "tarif",
      "subsidi",
      "pajak",
      "bansos",
      "pendampingan",
      "uji coba",
      "survei",
    ),
  },
  {
    code: "answers",
    pattern: words(
      "menjawab",
      "tindak lanjut",
      "ralat",
      "klarifikasi",
      "penjelasan",
      "laporan warga",
      "banyak yang tanya",
      "yang sering ditanya",
      "fakta",
    ),
  },
];

function find(plain: string, rules: readonly Rule[]): PostReason[] {
  return rules.flatMap(({ code, pattern }) => {
    const found = [...new Set([...plain.matchAll(pattern)].map((match) => match[0].trim()))];
    return found.length > 0 ? [{ code, words: found }] : [];
  });
}
