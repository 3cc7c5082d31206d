import { describe, expect, it } from "vitest";
import type { KeyFigure, Part, ReportDocument } from "../document/model.ts";
import { longestMessage, messageOf } from "./message.ts";

const say = (key: string) => (key.endsWith("advice") ? "Tindak lanjut:" : key);
const figure = (label: string, text: string): KeyFigure => ({
  ...{ label, text, value: 1, kind: "count", note: "", change: null, changeText: "naik 3 dari 12" },
});
const part = (key: string, more: Partial<Part>): Part => ({
  ...{ key, heading: key, sentences: [], figures: [], charts: [], tables: [], points: [] },
  ...more,
});
const document = (advice: string[], subject = "Kabupaten Tegal"): ReportDocument => ({
  ...{ title: "Laporan Bulanan", subject, period: "Oktober 2026", asOf: "Angka benar per …", basis: [], annexes: [] },
  parts: [
    part("summary", { figures: [figure("Unit aktif", "15")] }),
    part("recommendations", { points: advice.map((text) => ({ text, reason: "" })) }),
  ],
});

describe("the text for WhatsApp", () => {
  it("has its title and figures in bold, and three pieces of advice", () => {
    const text = messageOf(document(["satu", "dua", "tiga", "empat"]), say);
    expect(text.split("\n").slice(0, 3)).toEqual(["*Laporan Bulanan*", "*Kabupaten Tegal*", "Oktober 2026"]);
    expect(text).toContain("Unit aktif: *15* (naik 3 dari 12)");
    expect(text).toContain("*Tindak lanjut:*\n1. satu\n2. dua\n3. tiga\n");
    expect(text).not.toContain("empat");
  });

  it("never has more than 1000 characters: advice that does not fit is left out whole", () => {
    const text = messageOf(document(["a".repeat(300), "b".repeat(300), "c".repeat(600)]), say);
    expect(text.length).toBeLessThanOrEqual(longestMessage);
    expect(text).toContain("b".repeat(300));
    expect(text).not.toContain("c");
    expect(messageOf(document(["x".repeat(2000)], "y".repeat(3000)), say).length).toBeLessThanOrEqual(longestMessage);
  });

  it("takes the marks out of names, so that none of them turns a text bold", () => {
    expect(messageOf(document([], "Dinas *Sosial*_"), say)).toContain("*Dinas Sosial*\n");
  });
});
