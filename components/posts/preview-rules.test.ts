import { describe, expect, it } from "vitest";
import { foldedAt, isSwiped, layoutOf } from "./preview-rules.ts";

describe("where a platform folds a text", () => {
  it("folds after the last whole word that has room", () => {
    const text = `${"kata ".repeat(24)}panjangsekali akhir`;
    expect(foldedAt("instagram", text)).toBe("kata ".repeat(24).trimEnd());
    expect(foldedAt("facebook", text)).toBeNull();
  });
  it("folds many short lines earlier", () => {
    expect(foldedAt("instagram", "satu\ndua\ntiga\nempat")).toBe("satu\ndua\ntiga");
    expect(foldedAt("instagram", "satu\ndua\ntiga\n")).toBeNull();
  });
  it("shows all on platforms that do not fold", () => {
    for (const platform of ["x", "threads", "bluesky", "telegram"] as const) expect(foldedAt(platform, "a".repeat(5000))).toBeNull();
  });
  it("never cuts an emoji in half", () => {
    expect(foldedAt("tiktok", "😀".repeat(90))?.isWellFormed()).toBe(true);
    expect(foldedAt("tiktok", `a${"😀".repeat(90)}`)?.isWellFormed()).toBe(true);
  });
});

it("lays words and pictures out as each platform does", () => {
  expect([layoutOf("facebook"), layoutOf("instagram"), layoutOf("youtube"), layoutOf("tiktok")]).toEqual([
    "plain",
    "below",
    "titled",
    "overlay",
  ]);
  expect([isSwiped("instagram"), isSwiped("facebook")]).toEqual([true, false]);
});
