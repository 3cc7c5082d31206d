import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maskPersonalData } from "./masking.ts";

describe("numbers and addresses as people write them", () => {
  it.each([
    "NIK: 9901 05 670801 0012",
    "nik ku 99 01 05 67 08 01 00 12",
    "n.i.k 9901056708010012",
    "KTP no. 9901056708010012 hilang",
    "no ktp 990105-670801-0012",
    "nomor kk 9903021508190007",
    "KK saya (9903021508190007)",
    "hub o812 oooo 4471",
    "wa o8l2-oooo-4471",
    "0812.0000.4471 wa",
    "0812 00 00 44 71",
    "+62812 0000 4471",
    "+62-812-0000-4471",
    "62812-0000-4471",
    "wa.me/6281200004471",
    "WA:081200004471",
    "telp 0 8 1 2 0 0 0 0 4 4 7 1",
    "nol delapan satu dua nol nol nol nol empat empat tujuh satu",
    "kosong delapan satu dua tiga empat lima enam tujuh delapan sembilan",
    "kosong8lima7 nol nol nol nol dua dua satu sembilan",
    "0812_0000_4471",
    "0812*0000*4471",
    "0812~0000~4471",
    "081 200 004 471",
    "(0812) 0000-4471",
    "no hp saya 81200004471",
    "hp: 0857-0000-2219",
    "call 0819 0000 3456 pak RT",
    "rek BRI 0021 0100 0123 456",
    "no rek 1234567890 a.n. Sari",
    "rekening saya 7712345678",
    "norek bca 1230045678",
    "transfer ke rekening mandiri 1370012345678",
    "nomor rekening: 123-00-4567890-1",
    "budi@example.com",
    "budi.s@mail.example.co.id",
    "budi (at) example (dot) com",
    "budi[at]example[dot]com",
    "budi at gmail dot com",
    "budi@gmail",
    "budi @ gmail.com",
    "budi et yahoo titik com",
    "budi(a)gmail.com",
    "sari_dewi {at} example.org",
    "b.u.d.i@example.id",
    "BUDI@EXAMPLE.COM",
    "email: budi-99@example.id.",
    "bpjs 0001234567890",
    "no kartu bpjs 0001 2345 67890",
    "(0283) 491234 rumah saya",
    "telepon rumah 021-5550123",
    "+6012-345 6789",
    "+65 8123 4567",
    "0️⃣8️⃣1️⃣2️⃣0️⃣0️⃣0️⃣0️⃣4️⃣4️⃣7️⃣1️⃣",
    "０８１２００００４４７１",
    "0812\u200b0000\u200b4471",
    "0812 0000 4471/0813 0000 5521",
    "nik9901056708010012",
    "NIK=9901056708010012",
    "nik saya:9901.0567.0801.0012",
    "wa saya 0812 - 0000 - 4471 ya",
    "0812…0000…4471",
    "0812 0000 44 71",
    "+62 (812) 0000 4471",
    "08-12-00-00-44-71",
    "nmr wa nol lapan satu dua 0000 4471",
    "no telp 085700002219 atas nama Dewi",
    "E-KTP 9905116204880001",
    "nik istri 9905116204880001",
    "kk an budi 9902040711150003",
    "081200004471",
    "0812/0000/4471",
    "0812,0000,4471",
    "wa 812/0000/4471 ya",
    "08 1200 004 471",
    "budi @example.com",
    "sari.dewi @mail.example.co.id ya min",
    "[0812] 0000 4471",
    "0812[0000]4471",
    "0812, 0000, 4471",
    "0812\\0000\\4471",
    "0812+0000+4471",
    "0812:0000:4471",
    "0812;000;4471",
    "0812=0000=4471",
    "0812'0000'4471",
    "0812x0000x4471",
    "0812 x 0000 x 4471",
    "0812//0000//4471",
    "0812 // 0000 // 4471",
    "0812<0000>4471",
    "0812\n0000\n4471",
    "WA👉0812👈0000👉4471",
    "0,8,1,2,0,0,0,0,4,4,7,1",
    "0/8/1/2/0/0/0/0/4/4/7/1",
    "0 812 0000 4471",
    "chat ke 8120000 4471",
    "hape 812-0000-4471",
    "٠٨١٢٠٠٠٠٤٤٧١",
    "०८१२००००४४७१",
    "꧐꧘꧑꧒꧐꧐꧐꧐꧔꧔꧗꧑",
    "⁰⁸¹²⁰⁰⁰⁰⁴⁴⁷¹",
    "⓪⑧①②⓪⓪⓪⓪④④⑦①",
    "０８１２－００００－４４７１",
    "nol-delapan-satu-dua-tiga-empat-lima-enam-tujuh-delapan",
    "noldelapansatuduatigaempatlimaenamtujuhdelapan",
    "nol wolu siji loro telu papat limo enem pitu wolu",
    "nol dalapan hiji dua tilu opat lima genep tujuh dalapan",
    "nol delapan dua belas tiga empat lima enam tujuh delapan sembilan",
    "nol delapan lima puluh tujuh nol nol nol nol dua dua satu sembilan",
    "zero eight one two zero zero zero zero four four seven one",
    "https://api.whatsapp.com/send?phone=6281200004471",
    "tiket saya belum dijawab, telp 081200004471",
    "332801/120385/0001",
    "990105/670801/0012",
    "9901/0567/0801/0012",
    "9901,0567,0801,0012",
    "٩٩٠١٠٥٦٧٠٨٠١٠٠١٢",
    "budi at gmail.com",
    "budi AT gmail.com",
    "budi[@]example.com",
    "budi(@)example(.)com",
    "budi＠example．com",
    "budi@ gmail.com",
    "budi-at-gmail-dot-com",
    "budi_at_gmail.com",
    "budi a@t gmail.com",
    "budi_s keong gmail titik com",
    "b u d i @ e x a m p l e . c o m",
    "transfer ke bca 1230045678 an Budi",
    "tf ke 1230045678 (BRI) a.n. Budi",
    "BRI 0123-01-012345-50-1 a/n Siti",
    "bni 1230045678 atas nama budi",
  ])("hides %j", (text) => {
    expect(maskPersonalData(text).found).not.toEqual([]);
  });
});

describe("what only looks like personal data", () => {
  it.each([
    "hotline 112",
    "telepon 119",
    "polisi 110",
    "call center 1500400",
    "halo kemkes 1500567",
    "PLN 123",
    "LAPOR 1708",
    "kring pajak 1500200",
    "0800 1 234 567",
    "harga 1.500.000",
    "Rp 12.500.000.000",
    "rp1250000000",
    "Rp. 1.234.567.890.123",
    "anggaran 1.250.000.000 rupiah",
    "12.000.000.000",
    "tanggal 12-05-2025",
    "12/05/2025 08.30",
    "08.00-16.00",
    "08.12-09.30",
    "pukul 08.15 sampai 11.45",
    "tahun 2020-2025",
    "2019/2020 sampai 2024/2025",
    "nomor izin 503/1234/PTSP/2025",
    "berkas 3328/PBG/2025/0091",
    "No. 500.2.3.5/1358/SE/DISKOMINFO/X/2025",
    "tiket LAPOR 12345678",
    "nomor tiket 2025112200123",
    "resi JNE 0123456789012345",
    "nomor registrasi 0147",
    "NOP 33.28.010.004.012-0098.0",
    "NPWP 01.234.567.8-901.000",
    "NIB 1234567890123",
    "NIP 198001012005011001",
    "antrean A-0817",
    "koordinat -6.869412, 109.140212",
    "-6.869412,109.140212",
    "lat -6.8694 long 109.1402",
    "RT 04 RW 06",
    "RT 02/RW 11",
    "Jl. Cempaka No. 27",
    "kode pos 52419",
    "G 1234 AB",
    "plat G 5678 XY",
    "B 1234 ABC",
    "TPS 07",
    "Perpres 21/2023",
    "UU No. 14 Tahun 2008",
    "UU 27/2022",
    "pasal 28 ayat 3",
    "jarak 1,2 km 640 meter",
    "pelanggan 530012345678",
    "id pelanggan PLN 530012345678",
    "faktur 010.000-25.12345678",
    "kode bayar 8801 2345 6789 0123",
    "@budi_99",
    "@pemkab.official_giveaway",
    "cek www.example.go.id",
    "https://example.go.id/berita/2025/11/22/0812",
    "0283-491000 kantor kecamatan",
    "telepon kantor dinas (0283) 491234",
    "call center 021-500454",
    "skor 2-1 menit 08",
    "10/10",
    "24/7",
    "5-10-15-20",
    "1 2 3 4 5 6 7 8 9",
    "100.000 200.000 300.000",
    "naik 0,3%",
    "no 8 dari 12",
    "kelas 1-6",
    "nomor urut 02",
    "data 2020 2021 2022 2023",
    "angka main 1234 5678",
    "depo 10000 jadi 5000000",
    "kwh 12345678901",
    "nomor meter 32123456789",
    "ISBN 978-602-1234-56-7",
    "versi 1.2.3",
    "tambah 081",
    "dari 0 sampai 100",
    "Rp 150.000 - Rp 250.000",
    "ketemu at rumah dot",
    "ppid buka at kantor",
    "0812/503/2025",
    "surat 0812/2025/001",
    "08/12/2025 - 10/12/2025",
    "tgl 08 12 2025 1030",
    "pukul 08,12,15",
    "harga 8,120,000,447",
    "Rp 0812,000,000",
    "harga 812,0000",
    "SK 0857/2024/1111/X",
    "NIP 19800101 200501 1 001",
    "cek @example.com",
    "lihat di @example.co.id",
    "ikuti @dinsos.kabtegal",
    "makasih min @pemkab.tegal",
    "nomor tiket 812345678901",
    "tiket: 0812345678",
    "tiket LAPOR! #8123456789",
    "NIB 0812345678901",
    "kode booking 8123456789",
    "https://youtu.be/08123456789",
    "https://www.instagram.com/p/0812345678",
    "PBG-332801-17082025-01",
    "2019/2020/2021/2022",
    "2021,2022,2023,2024",
    "luas 120 m² dan 45 m², tinggi 8¹ lantai",
    "① daftar ② unggah ③ tunggu ④ ambil ⑤ selesai ⑥ ulangi ⑦ foto ⑧ cetak ⑨ pulang",
    "satu dua tiga empat lima enam tujuh",
    "dua belas anak, lima puluh tujuh orang, sebelas rumah, dua puluh lima",
    "bank BRI 1500017",
    "call center BCA 1500888",
    "transfer 150.000 ke bank",
    "NIP 19850312 201001 1 005",
    "balasan: a.n. Kepala Dinas, Budi, S.Sos., NIP. 197001011995031001",
    "rapat at gedung dprd",
    "0812 orang, 0934 kursi",
    "pukul 08:12:34",
    "08:00-12:00, 13:00-16:00",
    "81.234 : 56.789 suara",
  ])("leaves %j", (text) => {
    expect(maskPersonalData(text)).toEqual({ text, found: [] });
  });
});

describe("whatever the number", () => {
  const digit = fc.integer({ min: 0, max: 9 });
  const digits = (count: number) => fc.array(digit, { minLength: count, maxLength: count }).map((all) => all.join(""));
  const prefix = fc.constantFrom("0812", "0813", "0821", "0857", "0878", "0896");

  it("a mobile number is hidden with a slash, a comma, a dot, a dash or a space between its parts", () => {
    fc.assert(
      fc.property(prefix, digits(4), digits(4), fc.constantFrom("/", ",", ".", "-", " "), (a, b, c, sign) => {
        fc.pre(!/^(?:19|20)/.test(b));
        expect(maskPersonalData(`wa ${[a, b, c].join(sign)} ya`).text).toBe("wa ⟦telepon⟧ ya");
      }),
    );
  });

  it("a mobile number is hidden with whatever sign between its parts", () => {
    const sign = fc.constantFrom(
      " ",
      "-",
      ".",
      "/",
      ",",
      "_",
      "*",
      "~",
      "|",
      ":",
      ";",
      "=",
      "+",
      "\\",
      "x",
      " x ",
      " - ",
      "--",
      "•",
      "…",
      "👉",
      "\u200b",
      "\n",
      "",
    );
    fc.assert(
      fc.property(prefix, digits(4), digits(4), sign, (a, b, c, between) => {
        fc.pre(!/^(?:19|20)/.test(b));
        expect(maskPersonalData(`tolong wa ${[a, b, c].join(between)} ya`).text).toBe("tolong wa ⟦telepon⟧ ya");
      }),
    );
  });

  const scripts = ["0", "０", "٠", "०", "𝟎", "𝟬", "꧐", "᭐", "᮰"].map((zero) => zero.codePointAt(0)!);
  const names = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"];
  const disguise = fc.oneof(
    fc.constantFrom(...scripts).map((zero) => (all: string) => [...all].map((one) => String.fromCodePoint(zero + Number(one))).join("")),
    fc.constantFrom(" ", "-", ", ", "").map((between) => (all: string) => [...all].map((one) => names[Number(one)]).join(between)),
    fc.constant((all: string) => all.replaceAll("0", "o").replaceAll("1", "l")),
    fc.constant((all: string) => [...all].map((one) => `${one}\ufe0f\u20e3`).join("")),
    fc.constantFrom(" ", "-", ".", "/", ",").map((between) => (all: string) => [...all].join(between)),
  );

  it("a mobile number is hidden in other scripts, in words, with letters for digits, one digit at a time", () => {
    fc.assert(
      fc.property(prefix, digits(7), disguise, (a, b, written) => {
        expect(maskPersonalData(`tolong wa ${written(a + b)} ya`).text).toBe("tolong wa ⟦telepon⟧ ya");
      }),
    );
  });

  it("a NIK is hidden however its digits are grouped and written", () => {
    const nik = fc
      .tuple(
        fc.integer({ min: 11, max: 94 }),
        digits(4),
        fc.integer({ min: 1, max: 31 }),
        fc.boolean(),
        fc.integer({ min: 1, max: 12 }),
        digits(6),
      )
      .map(
        ([province, rest, day, isWoman, month, end]) =>
          `${province}${rest}${`${isWoman ? day + 40 : day}`.padStart(2, "0")}${`${month}`.padStart(2, "0")}${end}`,
      );
    const cut = (all: string, sizes: readonly number[]) =>
      sizes.map((size, i) => all.slice(sizes.slice(0, i).reduce((sum, one) => sum + one, 0)).slice(0, size));
    const grouped = fc.tuple(fc.constantFrom([16], [4, 4, 4, 4], [6, 6, 4], [2, 2, 2, 6, 4]), fc.constantFrom(" ", "-", ".")).map(
      ([sizes, between]) =>
        (all: string) =>
          cut(all, sizes).join(between),
    );
    fc.assert(
      fc.property(nik, fc.oneof(grouped, disguise), fc.constantFrom("NIK ", "nik saya: ", "no ktp "), (number, written, label) => {
        expect(maskPersonalData(`${label}${written(number)} ya`).found).toEqual(["nik"]);
      }),
    );
  });

  it("an address of electronic mail is hidden however it is written", () => {
    const name = fc.constantFrom("budi", "sari.dewi", "budi_99", "a-z", "rt05rw02");
    const at = fc.constantFrom("@", " @ ", " [at] ", "(at)", " at ", "＠", "[@]", " et ");
    const dot = fc.constantFrom(".", " dot ", " titik ", "(dot)", "[.]");
    fc.assert(
      fc.property(name, at, fc.constantFrom("gmail", "yahoo"), dot, (who, sign, host, point) => {
        expect(maskPersonalData(`kirim ke ${who}${sign}${host}${point}com ya`).found).toEqual(["email"]);
      }),
    );
  });

  it("a number of an official or of a service is not", () => {
    const day = (from: number, to: number) =>
      fc
        .date({ min: new Date(`${from}-01-01`), max: new Date(`${to}-01-01`), noInvalidDate: true })
        .map((at) => at.toISOString().slice(0, 10).replaceAll("-", ""));
    const nip = fc
      .tuple(day(1965, 2002), day(1990, 2026), fc.constantFrom("1", "2"), digits(3), fc.constantFrom("", " "))
      .map(([born, since, sex, end, between]) => `NIP ${[born, since.slice(0, 6), sex, end].join(between)}`);
    const service = fc.oneof(
      fc.constantFrom("110", "112", "119", "117", "129", "1708", "14000").map((number) => `hubungi ${number}`),
      digits(3).map((end) => `call center 1500${end}`),
      digits(3).map((end) => `hotline 1500-${end}`),
      digits(7).map((end) => `bebas pulsa 0800${end}`),
    );
    const paper = fc.oneof(
      fc.tuple(digits(3), fc.integer({ min: 2015, max: 2035 })).map(([number, year]) => `Permendagri Nomor ${number} Tahun ${year}`),
      fc.tuple(digits(4), fc.integer({ min: 2015, max: 2035 })).map(([number, year]) => `No. 500.2.3.5/${number}/SE/DISKOMINFO/X/${year}`),
      digits(12).map((number) => `tiket ${number}`),
      fc.tuple(digits(4), fc.constantFrom("AB", "XY", "QZ")).map(([number, end]) => `plat G ${number} ${end}`),
    );
    fc.assert(
      fc.property(fc.oneof(nip, service, paper), (text) => {
        expect(maskPersonalData(text)).toEqual({ text, found: [] });
      }),
    );
  });

  it("a date, a ticket number, the number of a letter or a sum is not", () => {
    const day = fc.date({ min: new Date("2015-01-01"), max: new Date("2035-01-01"), noInvalidDate: true });
    const written = fc.oneof(
      day.map((at) => at.toISOString().slice(0, 10).split("-").reverse().join("/")),
      day.map((at) => `${at.toISOString().slice(0, 10).replaceAll("-", "/")} pukul 08,15`),
      fc.tuple(digits(3), fc.integer({ min: 2015, max: 2035 })).map(([number, year]) => `surat 0${number}/PPID/${year}`),
      digits(5).map((number) => `tiket ${number}/2026`),
      fc.integer({ min: 1000, max: 999_999_999 }).map((sum) => `Rp${sum.toLocaleString("en-US")}`),
      fc.integer({ min: 1000, max: 999_999_999 }).map((sum) => `harga ${sum.toLocaleString("id-ID")}`),
    );
    fc.assert(
      fc.property(written, (text) => {
        expect(maskPersonalData(text)).toEqual({ text, found: [] });
      }),
    );
  });
});
