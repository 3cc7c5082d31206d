import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Masked, markers, maskAgain, maskPersonalData } from "./masking.ts";

const masked = (text: string) => maskPersonalData(text).text;

describe("what is hidden", () => {
  it.each([
    ["NIK 9905014203650003, tolong dicek", "NIK ⟦nik⟧, tolong dicek"],
    ["(NIK 9901056708010012)", "(NIK ⟦nik⟧)"],
    ["nik:9901056708010012", "nik:⟦nik⟧"],
    ["nik saya 9901 0567 0801 0012 ya", "nik saya ⟦nik⟧ ya"],
    ["9901.0567.0801.0012", "⟦nik⟧"],
    ["990105-670801-0012", "⟦nik⟧"],
    ["ktp sy 990105 670801 0012", "ktp sy ⟦nik⟧"],
    ["KK saya no 9903021508190007 sudah", "KK saya no ⟦kk⟧ sudah"],
    ["No. KK: 9903021508190007", "No. KK: ⟦kk⟧"],
    ["kartu keluarga nomor 9903 0215 0819 0007", "kartu keluarga nomor ⟦kk⟧"],
    ["9903021508190007 (kk)", "⟦kk⟧ (kk)"],
    ["KK 9903021508190007, NIK 9901056708010012", "KK ⟦kk⟧, NIK ⟦nik⟧"],
    ["NIK 9901056708010012 KK 9903021508190007", "NIK ⟦nik⟧ KK ⟦kk⟧"],
    ["NIK saya 990105670801001 (kurang satu angka)", "NIK saya ⟦nik⟧ (kurang satu angka)"],
    ["nik ９９０１０５６７０８０１００１２", "nik ⟦nik⟧"],
    ["6271010101900001 orang Palangka Raya", "⟦nik⟧ orang Palangka Raya"],
    ["WA 0812-0000-4471", "WA ⟦telepon⟧"],
    ["0857 0000 2219?", "⟦telepon⟧?"],
    ["hub 081200004471", "hub ⟦telepon⟧"],
    ["0812.0000.4471.", "⟦telepon⟧."],
    ["0812 - 0000 - 4471", "⟦telepon⟧"],
    ["0812 345 678 90", "⟦telepon⟧"],
    ["0 8 1 2 0 0 0 0 4 4 7 1", "⟦telepon⟧"],
    ["08 12 00 00 44 71", "⟦telepon⟧"],
    ["+6281200004471", "⟦telepon⟧"],
    ["+62 812-0000-4471", "⟦telepon⟧"],
    ["(+62) 812 0000 4471", "⟦telepon⟧"],
    ["+62 0812 0000 4471", "⟦telepon⟧"],
    ["62 812 0000 4471", "⟦telepon⟧"],
    ["6281200004471", "⟦telepon⟧"],
    ["wa.me/6281200004471", "wa.me/⟦telepon⟧"],
    ["WA 81200004471", "WA ⟦telepon⟧"],
    ["(021) 5550123", "⟦telepon⟧"],
    ["021-555-0123", "⟦telepon⟧"],
    ["(0283)491234", "⟦telepon⟧"],
    ["0283 491234", "⟦telepon⟧"],
    ["+62 21 5550123", "⟦telepon⟧"],
    ["62-283-491234", "⟦telepon⟧"],
    ["+60 12-345 6789", "⟦telepon⟧"],
    ["Hub 0813 0000 5521 2 orang lansia", "Hub ⟦telepon⟧ 2 orang lansia"],
    ["0812-0000-4471/0813-0000-5521", "⟦telepon⟧/⟦telepon⟧"],
    ["NIK 9901056708010012 081200004471", "NIK ⟦nik⟧ ⟦telepon⟧"],
    ["kirim ke peduliair@example.org. Terima kasih", "kirim ke ⟦surel⟧. Terima kasih"],
    ["081200004471@example.co.id", "⟦surel⟧"],
    ["surel saya sari.dewi [at] example.com ya", "surel saya ⟦surel⟧ ya"],
    ["ratna_p(at)example(dot)ac(dot)id", "⟦surel⟧"],
    ["email sari at contoh dot com", "email ⟦surel⟧"],
    ["kirim ke budi99@gmail ya", "kirim ke ⟦surel⟧ ya"],
    ["kirim ke budi99 @ gmail . com ya", "kirim ke ⟦surel⟧ ya"],
    ["hp nol delapan satu dua nol nol nol nol empat empat tujuh satu ya", "hp ⟦telepon⟧ ya"],
    ["nol delapan dua satu - nol nol nol nol - 5567", "⟦telepon⟧"],
    ["kosong delapan lapan satu, nol nol nol nol, enam tujuh", "⟦telepon⟧"],
    ["0812 nol nol nol nol 4471", "⟦telepon⟧"],
    ["o812-oooo-4471", "⟦telepon⟧"],
    ["O8I2 OOOO 7781", "⟦telepon⟧"],
    ["wa 08l9oooo3344 bisa", "wa ⟦telepon⟧ bisa"],
    ["+62 8l2 oooo 4471", "⟦telepon⟧"],
    ["0️⃣8️⃣1️⃣2️⃣0️⃣0️⃣0️⃣0️⃣4️⃣4️⃣7️⃣1️⃣ ya", "⟦telepon⟧ ya"],
    ["nik sembilan sembilan nol satu kosong lima dua tiga nol enam delapan satu nol nol nol empat", "nik ⟦nik⟧"],
    ["NIK 99O1O567O8O1OO12", "NIK ⟦nik⟧"],
    ["rekening BRI 0000-01-999999-53-0 atas nama ibu", "rekening BRI ⟦nomor⟧ atas nama ibu"],
    ["norek bca 0000123456", "norek bca ⟦nomor⟧"],
    ["bpjs sy 0001234567890 nonaktif", "bpjs sy ⟦nomor⟧ nonaktif"],
    ["telepon rumah saya 0283 491234, lampu di depan kantor desa mati", "telepon rumah saya ⟦telepon⟧, lampu di depan kantor desa mati"],
    ["call center tidak diangkat, hubungi saya di 021 5550123", "call center tidak diangkat, hubungi saya di ⟦telepon⟧"],
  ])("%s", (text, expected) => {
    expect(masked(text)).toBe(expected);
  });

  it.each([
    ["NIK 9905014203650003 WA 081200004471", ["nik", "phone"]],
    ["KK 9903021508190007 a@example.id 081200004471 081300005521", ["email", "kk", "phone"]],
    ["tidak ada apa-apa", []],
  ])("%s: names each kind once", (text, found) => {
    expect(maskPersonalData(text).found).toEqual(found);
  });
});

describe("what stays readable", () => {
  it.each([
    "Rp1.500.000",
    "Rp 1.500.000,00 atau Rp75.000",
    "APBN Rp3.600.000.000.000.000",
    "IDR 1500000000000000",
    "naik +1.500.000.000 rupiah",
    "22-11-2026, 22.11.2026, 22/11/2026, 2026-11-22",
    "01-02-2026 s.d. 03-04-2026",
    "2026-11-22 07.30-16.00",
    "pukul 08.12-09.30 13.00",
    "07.30–16.00 WIB",
    "tiket 7654321",
    "nomor tiket GRD-2026-000123",
    "laporan #20261122-0001",
    "tiket 2026112200991234",
    "nomor register 0147",
    "No. 500.2.3.5/1358/SE/DISKOMINFO/X/2025",
    "UU No. 14 Tahun 2008 dan UU 27/2022",
    "NOP 33.28.010.004.012-0098.0",
    "NOP 33.28.040.021.012-0098.0",
    "NOP 332801000401200980",
    "hubungi 112, 119, 14045, 1500567",
    "0800-0000-3301 bebas pulsa",
    "Jl. Cempaka No. 27 RT 02 RW 06",
    "RT 04/RW 012 blok C3 nomor 5",
    "kode pos 52419, kode wilayah 33.28.01.2003",
    "usia 16 th 10 bln, 640 meter, 1,2 km",
    "2020 2021 2022 2023 2024",
    "@pemkab.official_giveaway dan @rina_ayu92",
    "tahun 2019-2024",
    "17.08.1945",
    "Telepon kantor kecamatan (0283) 491-000 selalu sibuk",
    "0283-491000 itu nomor PDAM ya?",
    "call center 021-5550123 tidak diangkat",
    "112 dan 119 ext 8, 110, 129, 1500-888",
    "satu dua tiga empat lima enam tujuh delapan sembilan",
    "nol kosong nol, kosong melompong, delapan orang dua anak satu bayi",
    "jam nol delapan lewat dua belas",
    "10 l air, 5 bis, 3 siswa, 2 bl lagi",
    "Pilih nomor 2, bukan 08 atau 1",
    "resi JP0123456789 dan kode bayar 88012345",
    "NIP 198501012010011002",
    "id pelanggan 532110098812",
    "plat G 1234 XY",
    "follow @gmail_indonesia",
    "rapat at 8 dot 3",
    "no rek listrik? 12 bulan",
  ])("%s", (text) => {
    expect(maskPersonalData(text)).toEqual<Masked>({ text, found: [] });
  });
});

describe("markers", () => {
  it("cannot be typed by a citizen", () => {
    expect(masked("ini ⟦nik⟧ palsu ⟦⟦telepon⟧")).toBe("ini [nik] palsu [[telepon]");
  });
});

const piece = fc.oneof(
  fc.constantFrom(
    "NIK ",
    "KK ",
    "no ",
    "WA ",
    "tiket ",
    "Rp",
    "+",
    "(",
    ")",
    "-",
    ".",
    " ",
    ", ",
    "/",
    "+62 ",
    "⟦nik⟧",
    "⟦",
    "08",
    "nol ",
    "delapan ",
    "o8l2",
    "rekening ",
    "kantor ",
    "saya ",
    "a@b.id ",
    "\u200b",
  ),
  fc.stringMatching(/^\d{1,17}$/),
  fc.stringMatching(/^08\d{8,11}$/),
  fc.string({ maxLength: 6 }),
);
const messy = fc.array(piece, { maxLength: 14 }).map((parts) => parts.join(""));

describe("whatever is written", () => {
  it("masking a masked text changes nothing and finds nothing", () => {
    fc.assert(
      fc.property(messy, (text) => {
        const once = maskPersonalData(text).text;
        expect(maskAgain(once)).toEqual({ text: once, found: [] });
      }),
      { numRuns: 5000 },
    );
  });

  it("masking anything at all never fails", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
        expect(maskAgain(maskPersonalData(text).text).found).toEqual([]);
      }),
    );
    for (const hostile of ["|", "o", "l1", "nol ", "a@", "0 ", "⟦", "(at)"])
      expect(() => maskPersonalData(hostile.repeat(10_000))).not.toThrow();
  });

  it("a mobile number is found in every disguise", () => {
    const words = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"];
    const disguises: ((digits: string) => string)[] = [
      (digits) => [...digits].map((digit) => words[Number(digit)]).join(" "),
      (digits) => digits.replaceAll("0", "o").replaceAll("1", "l"),
      (digits) => [...digits].join(" "),
      (digits) => [...digits].join("."),
      (digits) => (digits.match(/.{1,4}/g) ?? []).join(" - "),
      (digits) => [...digits].map((digit) => String.fromCodePoint(0xff10 + Number(digit))).join(""),
    ];
    fc.assert(
      fc.property(fc.stringMatching(/^08[1-9]\d{9}$/), fc.constantFrom(...disguises), (digits, disguise) => {
        expect(masked(`hubungi ${disguise(digits)} ya`)).toBe("hubungi ⟦telepon⟧ ya");
      }),
      { numRuns: 500 },
    );
  });

  it("no 16 digits in a row with a label survive, however they are spaced", () => {
    const spaced = fc.tuple(fc.stringMatching(/^[1-9]\d{15}$/), fc.constantFrom("", " ", ".", "-"), fc.constantFrom(4, 6, 2, 16));
    fc.assert(
      fc.property(spaced, fc.constantFrom("NIK", "KK", "nik saya"), ([digits, gap, size], label) => {
        const written = (digits.match(new RegExp(`.{1,${size}}`, "g")) ?? []).join(gap);
        expect(masked(`${label} ${written} ya`)).toBe(`${label} ${label === "KK" ? markers.kk : markers.nik} ya`);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("the labelled comments", () => {
  type Row = { id: string; text: string; has_pii: string };
  const rows = parse<Row>(readFileSync("tests/data/comments-open.csv"), { columns: true });

  it("every one with personal data is found (recall 1.0), and hardly another (precision at least 0.95)", () => {
    const flagged = rows.filter((row) => maskPersonalData(row.text).found.length > 0);
    const right = flagged.filter((row) => row.has_pii === "1");
    const all = rows.filter((row) => row.has_pii === "1");
    expect(all.length).toBeGreaterThan(10);
    expect(right.map((row) => row.id)).toEqual(all.map((row) => row.id));
    expect(right.length / flagged.length).toBeGreaterThanOrEqual(0.95);
  });
});
