import { describe, expect, it } from "vitest";
import type { Labelled } from "./comments.ts";
import file from "./data/model.json" with { type: "json" };
import { crossedLeeway, figuresOf, knownLeeway, losses, measureOf, type Said } from "./figures.ts";
import { gate, readComments } from "./gate.ts";
import type { MeasuredFile } from "./model.ts";
import { sourceOf } from "./training.ts";

const row = (text: string, kind: Labelled["kind"], more: Partial<Labelled> = {}): Labelled => {
  return { text, kind, alt: null, scenario: text.slice(0, 3), needsReply: false, urgent: false, hasPii: false, sensitive: false, ...more };
};
const said = (kind: Said["kind"], more: Partial<Said> = {}): Said => {
  return { kind, confidence: 1, needsReply: false, urgent: false, hasPii: false, sensitive: false, ...more };
};

const lessons = [
  ...["jalan rusak parah", "lampu jalan mati", "sampah tidak diangkut", "air mati seminggu", "got mampet bau"].map((text) =>
    row(text, "complaint"),
  ),
  ...["terima kasih petugas ramah", "mantap pelayanan cepat", "keren bagus sekali", "alhamdulillah lancar", "salut hebat"].map((text) =>
    row(text, "praise"),
  ),
  ...["ada kebakaran di pasar tolong", "tolong warga terjebak banjir sedada"].map((text) => row(text, "complaint", { urgent: true })),
];
const held = [
  row("jalan di desa rusak", "complaint"),
  row("sampah di got bau", "complaint"),
  row("pelayanan bagus dan cepat", "praise"),
  row("petugas hebat, salut", "praise"),
  row("kebakaran, tolong warga terjebak", "complaint", { urgent: true }),
];

describe("the gate", () => {
  const first = gate(lessons, held, null);
  const model = JSON.parse(first.written) as MeasuredFile;

  it("takes the first model", () => {
    expect(first.refused).toEqual([]);
    expect(model.version).toBe(1);
  });

  it("makes the same bytes of the same comments", () => {
    expect(gate(lessons, held, model).written).toBe(first.written);
  });

  it("keeps in the file what the next model is measured against", () => {
    expect(Object.keys(model.crossed)).toEqual(["macroF1", "urgentRecall", "piiRecall", "piiPrecision"]);
  });

  it("measures a model where it did not learn, whatever it does on the known comments", () => {
    const { refused } = gate(lessons, held, { ...model, crossed: { ...model.crossed, macroF1: model.crossed.macroF1 + 0.02 } });
    expect(refused.join()).toMatch(/^macro-F1 falls from/);
  });

  it("refuses a model that was taught the wrong way round", () => {
    const wrong = lessons.map((one) => ({
      ...one,
      kind: one.kind === "praise" ? ("complaint" as const) : ("praise" as const),
      urgent: false,
    }));
    const { refused, report } = gate(wrong, held, model);
    expect(refused.join()).toMatch(/on the known comments macro-F1 falls from 1\.000 to 0\.\d+/);
    expect(report).toContain("Version 1 on the known comments");
    expect(report).toContain("Version 2 on the known comments");
  });

  it("does not learn from the known comments", () => {
    expect(gate([...lessons, ...held], held, null).written).toBe(first.written);
  });
});

describe("what counts as a loss", () => {
  const rows = [row("a", "complaint", { urgent: true, hasPii: true }), row("b", "praise"), row("c", "question", { alt: "complaint" })];
  const good = [said("complaint", { urgent: true, hasPii: true }), said("praise"), said("complaint")];
  const changed = (change: Partial<Said>, at: number) =>
    measureOf(
      figuresOf(
        rows,
        good.map((one, i) => (i === at ? { ...one, ...change } : one)),
      ),
    );
  const old = measureOf(figuresOf(rows, good));

  it.each<[string, Partial<Said>, number, string[]]>([
    ["nothing", {}, 0, []],
    ["the other label of the same comment", { kind: "question" }, 2, []],
    ["a kind missed", { kind: "other" }, 1, ["macro-F1 falls from 1.000 to 0.333"]],
    ["an urgent one missed", { urgent: false }, 0, ["urgent recall falls from 1.000 to 0.000"]],
    ["personal data missed", { hasPii: false }, 0, ["has_pii recall falls from 1.000 to 0.000"]],
    ["personal data seen where there is none", { hasPii: true }, 1, ["has_pii precision falls from 1.000 to 0.500"]],
    ["an alarm in vain", { urgent: true }, 1, []],
  ])("%s", (_, change, at, expected) => {
    expect(losses(old, changed(change, at), crossedLeeway)).toEqual(expected);
  });

  it.each([
    [0.009, 0, []],
    [0.011, 0.011, ["macro-F1 falls from 1.000 to 0.989"]],
    [0.021, 0.021, ["macro-F1 falls from 1.000 to 0.979"]],
  ])("a fall of macro-F1 by %f is weighed by where it is seen", (fall, onKnown, expected) => {
    const fresh = { ...old, macroF1: 1 - fall };
    expect(losses(old, fresh, crossedLeeway)).toEqual(expected);
    expect(losses(old, fresh, knownLeeway)).toEqual(onKnown > 0.02 ? expected : []);
  });

  it("an alarm where fewer than nine in ten of the known urgent ones are found, also of the first model", () => {
    expect(losses(old, { ...old, urgentRecall: 0.9 }, knownLeeway)).toEqual([]);
    expect(losses(null, { ...old, urgentRecall: 0.89 }, knownLeeway)).toEqual(["urgent recall is 0.890, less than 0.9"]);
  });
});

describe("the model in the repository", () => {
  const comments = readComments(["lib/inbox/sorting/classifier/data/comments.csv"]);

  it("was made from the comments and word lists as they are; after a change: npm run classify -- --train", () => {
    expect(file.source).toBe(sourceOf(comments));
  });

  it("sorts what it did not learn from as well as is promised", () => {
    expect(file.crossed.macroF1).toBeGreaterThanOrEqual(0.8);
    expect(file.crossed.urgentRecall).toBeGreaterThanOrEqual(0.9);
    expect(file.crossed.piiRecall).toBe(1);
    expect(file.crossed.piiPrecision).toBeGreaterThanOrEqual(0.95);
  });

  it("is small", () => {
    expect(JSON.stringify(file).length).toBeLessThan(1_000_000);
  });

  it("learned from at least 2,000 comments, none twice, and from none of the known", () => {
    const plain = ({ text }: Labelled) => text.trim().toLowerCase();
    const texts = comments.map(plain);
    expect(texts.length).toBeGreaterThanOrEqual(2000);
    expect(new Set(texts).size).toBe(texts.length);
    const kept = readComments(["tests/data/comments-open.csv", "tests/data/comments-held.csv"]).map(plain);
    expect(kept.filter((text) => texts.includes(text))).toEqual([]);
  });
});
