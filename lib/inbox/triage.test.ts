import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Kind, kinds } from "./kinds.ts";
import { triage } from "./triage.ts";

type Row = { id: string; text: string; kind: string; needs_reply: string; urgent: string; sensitive: string };
const rows = parse<Row>(readFileSync("tests/data/comments-open.csv"), { columns: true });
const kindOf: Record<string, Kind> = {
  pengaduan: "complaint",
  aspirasi: "aspiration",
  masukan: "feedback",
  kritik: "criticism",
  apresiasi: "praise",
  pertanyaan: "question",
  permohonan_informasi: "information_request",
  hoaks: "hoax",
  ujaran_kebencian: "hate_speech",
  spam: "spam",
  lainnya: "other",
};

describe("single messages", () => {
  it.each<[string, Kind, boolean]>([
    ["Apakah pelayanan KTP hari Sabtu buka?", "question", true],
    ["lampu jalan depan pasar mati sudah 2 minggu", "complaint", true],
    ["usul: perbanyak taman bermain", "aspiration", true],
    ["saran min, captionnya jangan kepanjangan", "feedback", true],
    ["terima kasih, pelayanannya cepat dan ramah", "praise", false],
    ["mohon salinan dokumen anggaran untuk skripsi", "information_request", true],
    ["S L O T G4C0R maxw1n cek b1o", "spam", false],
    ["pencitraan mulu, rakyat butuh kerja nyata", "criticism", false],
    ["Kabarnya bendungan jebol, sebarkan!", "hoax", true],
    ["🙏🙏", "other", false],
    ["@budi @sinta_ ayo kesini", "other", false],
    ["Up", "other", false],
    ["👏👏 mantul", "praise", false],
  ])("%s → %s", (text, kind, needsReply) => {
    expect(triage(text)).toMatchObject({ kind, needsReply });
  });

  it("names the words that decided", () => {
    const { reasons } = triage("kebakaran lapak di belakang terminal, tolong damkar");
    expect(reasons).toContainEqual({ code: "danger", words: ["kebakaran", "tolong", "damkar"] });
  });

  it.each([
    ["ada kebakaran di pasar", true],
    ["banjir, tolong, ada lansia", true],
    ["kapan banjir di sini diurus?", false],
    ["terima kasih damkar, kebakaran cepat padam, salut", false],
  ])("%s: urgent is %s", (text, urgent) => {
    expect(triage(text).urgent).toBe(urgent);
  });

  it("sees personal data, masked or not", () => {
    expect(triage("NIK 9905014203650003 belum jadi").hasPii).toBe(true);
    expect(triage("NIK ⟦nik⟧ belum jadi").hasPii).toBe(true);
    expect(triage("belum jadi").hasPii).toBe(false);
  });

  it("does not call a message spam or hate speech on one stray word", () => {
    expect(triage("buku ini jual di mana?").kind).not.toBe("spam");
    expect(triage("anjing liar di pasar menggigit warga")).toMatchObject({ kind: "complaint", needsReply: true });
  });

  it("holds for any text: a kind, a confidence from 0 to 1, and low confidence is never spam", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constantFrom("jual", "promo", "slot", "dm saja", "tolong", "anjing")), { maxLength: 12 }),
        (parts) => {
          const result = triage(parts.join(" "));
          expect(kinds).toContain(result.kind);
          expect(result.confidence).toBeGreaterThanOrEqual(0);
          expect(result.confidence).toBeLessThanOrEqual(1);
          if (result.confidence < 0.45) expect(["spam", "hate_speech"]).not.toContain(result.kind);
        },
      ),
    );
  });
});

describe("the labelled comments", () => {
  const results = rows.map((row) => ({ row, ...triage(row.text) }));

  it("are sorted with a macro-F1 of at least 0.60", () => {
    const scores = kinds.map((kind) => {
      const right = results.filter((result) => result.kind === kind && kindOf[result.row.kind] === kind).length;
      const said = results.filter((result) => result.kind === kind).length;
      const are = rows.filter((row) => kindOf[row.kind] === kind).length;
      return { kind, f1: (2 * right) / (said + are) };
    });
    const macro = scores.reduce((sum, score) => sum + score.f1, 0) / kinds.length;
    console.info(`macro-F1 ${macro.toFixed(3)}: ${scores.map((score) => `${score.kind} ${score.f1.toFixed(2)}`).join(", ")}`);
    expect(macro).toBeGreaterThanOrEqual(0.6);
  });

  it.each([
    ["urgent", 0.95, 0.8],
    ["sensitive", 0.85, 0.8],
    ["needs_reply", 0.95, 0.85],
  ] as const)("%s: recall at least %f, precision at least %f", (column, recall, precision) => {
    const said = results.filter(
      (result) => ({ urgent: result.urgent, sensitive: result.sensitive, needs_reply: result.needsReply })[column],
    );
    const right = said.filter((result) => result.row[column] === "1").length;
    expect(right / rows.filter((row) => row[column] === "1").length).toBeGreaterThanOrEqual(recall);
    expect(right / said.length).toBeGreaterThanOrEqual(precision);
  });
});
