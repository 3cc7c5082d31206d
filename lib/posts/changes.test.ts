import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changesBetween } from "./changes.ts";

describe("what changed between two texts", () => {
  it("is told word by word, in reading order", () => {
    expect(changesBetween("Loket buka Senin pagi", "Loket tutup Senin")).toEqual([
      { kind: "same", text: "Loket " },
      { kind: "removed", text: "buka" },
      { kind: "added", text: "tutup" },
      { kind: "same", text: " Senin" },
      { kind: "removed", text: " pagi" },
    ]);
  });

  it("is nothing between equal texts", () => {
    expect(changesBetween("Loket buka", "Loket buka")).toEqual([{ kind: "same", text: "Loket buka" }]);
    expect(changesBetween("", "")).toEqual([]);
  });

  it("loses no character: without what was added it is the old text, without what was removed the new one", () => {
    const text = fc.string({ unit: fc.constantFrom("loket", " ", "  ", "buka", ".", "\n", "08", "é", "🎉", "⟦nik⟧"), maxLength: 30 });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const without = (kind: string) =>
          changesBetween(before, after)
            .filter((change) => change.kind !== kind)
            .map((change) => change.text)
            .join("");
        expect(without("added")).toBe(before);
        expect(without("removed")).toBe(after);
      }),
    );
  });

  it("shows texts that are too long to compare as new", () => {
    const long = "kata ".repeat(5_000);
    expect(changesBetween(long, `${long}baru`)).toEqual([{ kind: "added", text: `${long}baru` }]);
  });
});
