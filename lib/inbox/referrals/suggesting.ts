/** Which agency a citizen's words are probably for. Pure: a proposal from words and names, which a person confirms. */

/** What citizens speak of, and how the names of the agencies that see to it are written. */
const matters: readonly { spoken: readonly string[]; named: readonly string[] }[] = [
  {
    spoken: ["jalan", "berlubang", "jembatan", "aspal", "drainase", "selokan", "irigasi", "got", "trotoar"],
    named: ["pekerjaan umum", "pupr", "bina marga"],
  },
  {
    spoken: ["puskesmas", "imunisasi", "dokter", "obat", "bpjs", "posyandu", "dbd", "vaksin", "stunting", "rumah sakit", "rsud"],
    named: ["kesehatan", "dinkes", "rumah sakit", "rsud"],
  },
  { spoken: ["ktp", "kk", "akta", "kartu keluarga", "e-ktp", "dukcapil", "kia"], named: ["kependudukan", "disdukcapil"] },
  {
    spoken: ["bansos", "sembako", "pkh", "blt", "dtsen", "dtks", "kursi roda", "lansia", "disabilitas", "bpnt"],
    named: ["sosial", "dinsos"],
  },
  { spoken: ["sekolah", "guru", "ppdb", "spmb", "beasiswa", "murid", "siswa", "seragam"], named: ["pendidikan", "disdik", "dikbud"] },
  { spoken: ["sampah", "limbah", "polusi", "tps", "sungai kotor", "pencemaran"], named: ["lingkungan hidup", "dlh"] },
  { spoken: ["lampu jalan", "parkir", "angkot", "terminal", "macet", "lampu merah", "pju", "bus"], named: ["perhubungan", "dishub"] },
  { spoken: ["izin", "perizinan", "oss", "nib", "imb", "pbg"], named: ["penanaman modal", "perizinan", "dpmptsp"] },
  { spoken: ["banjir", "longsor", "kebakaran", "bencana", "angin kencang", "gempa"], named: ["penanggulangan bencana", "bpbd", "pemadam"] },
  { spoken: ["pdam", "air bersih", "ledeng", "air mati"], named: ["air minum", "pdam", "perumda"] },
  { spoken: ["pajak", "pbb", "retribusi", "bphtb"], named: ["pendapatan", "bapenda", "keuangan"] },
  { spoken: ["pupuk", "petani", "sawah", "panen", "ternak"], named: ["pertanian", "peternakan", "ketahanan pangan"] },
  { spoken: ["pasar", "umkm", "pedagang", "koperasi", "harga"], named: ["perdagangan", "koperasi", "umkm"] },
  { spoken: ["lowongan", "kerja", "phk", "upah", "umk", "pelatihan kerja"], named: ["tenaga kerja", "ketenagakerjaan", "disnaker"] },
  { spoken: ["pungli", "korupsi", "potongan", "suap"], named: ["inspektorat"] },
  { spoken: ["pkl", "trantib", "satpol", "miras"], named: ["polisi pamong praja", "satpol"] },
];

export type Agency = { id: string; name: string; shortName: string };

/** Words that every name shares. */
const common = new Set(["dinas", "badan", "kabupaten", "kota", "dan", "bidang", "kecamatan", "kantor", "unit", "daerah", "pelayanan"]);

/** The agencies that the words fit, best first, three at most; none rather than a guess without any word. */
export function agenciesFor(words: string, agencies: readonly Agency[]): Agency[] {
  const spoken = plain(words);
  const fitting = matters.map(({ spoken: terms, named }) => ({ named, hits: terms.filter((term) => says(spoken, term)).length }));
  return agencies
    .map((agency) => ({ agency, weight: weightOf(agency, spoken, fitting) }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight || a.agency.name.localeCompare(b.agency.name))
    .slice(0, 3)
    .map(({ agency }) => agency);
}

function weightOf({ name, shortName }: Agency, spoken: string, fitting: readonly { named: readonly string[]; hits: number }[]): number {
  const written = plain(`${name} ${shortName}`);
  const matter = Math.max(0, ...fitting.filter(({ named }) => named.some((one) => says(written, one))).map(({ hits }) => 2 * hits));
  const called = written.split(" ").filter((word) => word.length > 3 && !common.has(word) && says(spoken, word)).length;
  return matter + called;
}

const plain = (text: string) =>
  ` ${text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}-]+/gu, " ")
    .trim()} `;
/** As a whole word, endings like -nya aside. */
const says = (text: string, term: string) => [" ", "nya ", "ku "].some((end) => text.includes(` ${term.trim()}${end}`));
