import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { placeOf, topicOf, topics } from "./topic-rules.ts";

const topic = (text: string) => topicOf(text)?.topic ?? null;

describe("what a citizen speaks of", () => {
  it.each([
    ["Bansos bulan ini kok belum cair ya pak?", "social_aid"],
    ["cetak kia anak udh 5 bln, tiap dm dibales mohon ditunggu", "civil_registry"],
    ["Lampu jalan sepanjang ringroad timur mati total, gelap bgt kak", "lighting"],
    ["mantap pak, jalan rusak 3 taun didiemin bae", "roads"],
    ["Air PDAM keruh sejak senin, kapan dibenahi", "water"],
    ["Sampah di TPS Pasar Wage sudah seminggu tidak diangkut", "waste"],
    ["Banjir di kampung kami sudah selutut, belum ada perahu", "disaster"],
    ["Ini pungli kan namanya? Diminta uang lelah di loket", "levies"],
    ["Antri obat di RSUD dari jam 8", "health"],
    ["ppdb jalur afirmasi dibuka tgl brp?", "education"],
    ["NIB saya nyangkut di OSS udah 26 hari kerja", "permits"],
    ["Bayar PBB bisa via e-wallet?", "tax"],
    ["pupuk subsidi langka, petani bingung", "farming"],
    ["Kami nelayan berharap ada bantuan cold storage", "fishery"],
    ["Info loker dong min, lulusan SMK", "jobs"],
    ["harga beras naik terus, di pasar sudah 16 ribu", "prices"],
    ["petugasnya judes banget di loket, padahal antre panjang", "service"],
  ])("%s", (text, expected) => expect(topic(text)).toBe(expected));

  it("is not guessed from words that are said of anything", () => {
    for (const text of ["", "🙏🙏", "mantap", "Tolong dong min", "Kapan dibuka?", "ga habis pikir sama jalan pikirannya"])
      expect(topic(text)).toBeNull();
  });

  it("is found through affixes and everyday spellings, with the words that told it", () => {
    expect(topicOf("kpn ada imunisasinya di puskesmasnya?")).toEqual({ topic: "health", words: ["imunisasi", "puskesmas"] });
    expect(topic("pelayanannya lambat")).toBe("service");
  });

  it("reads anything without failing, always alike, and names known topics only", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => {
        const found = topicOf(text);
        expect(topicOf(text)).toEqual(found);
        if (found) expect(topics).toContain(found.topic);
      }),
    );
  });
});

describe("where it is", () => {
  const districts = ["Slawi", "Talang", "Kramat", "Balapulang", "Bintan", "Bintan Timur", "Lebaksiu"].map((name) => ({
    code: name.toLowerCase(),
    name: `Kecamatan ${name}`,
  }));
  it.each([
    ["jalan rusak di balapulang arah margasari", "balapulang"],
    ["Lebaksiu kapan diaspal?", "lebaksiu"],
    ["Warga Bintan Timur menunggu air", "bintan timur"],
    ["kec. talang banjir lagi", "talang"],
    ["banjir di Kramat", "kramat"],
    ["macet dari SLAWI sampai Lebaksiu", "slawi"],
  ])("%s", (text, code) => expect(placeOf(text, districts)).toBe(code));

  it.each([
    "talang air rumah saya bocor",
    "makam kramat itu dirawat dong",
    "Kabupaten Tegal hebat",
    "Jl. Slawi nomor 3 berlubang",
    "Kabupaten Bintan juara",
    "slawian banget",
    "",
  ])("not in: %s", (text) => expect(placeOf(text, districts)).toBeNull());

  it("is nowhere for a government without districts, whatever is said", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        expect(placeOf(text, [])).toBeNull();
        const place = placeOf(text, districts);
        if (place) expect(text.toLowerCase()).toContain(place.split(" ")[0]);
      }),
    );
  });
});
