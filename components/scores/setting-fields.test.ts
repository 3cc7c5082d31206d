import { describe, expect, it } from "vitest";
import { locales } from "#lib/core/text.ts";
import { ska1 } from "#lib/scores/settings.ts";
import { payloadOf, typedOf } from "./setting-fields.ts";

describe("the numbers of the score as they are typed", () => {
  it("come back as the record that they were read from", () => {
    for (const locale of locales) expect(payloadOf(ska1, typedOf(ska1, locale))).toEqual(ska1);
  });

  it("are read in posts, percent and points", () => {
    expect(typedOf(ska1, "en")["caps.active.limit"]).toBe("69.9");
    expect(typedOf(ska1, "id")).toMatchObject({
      "weeklyTarget.B": "3",
      lateAnswer: "50",
      "levels.veryActive": "85",
      "caps.active.limit": "69,9",
    });
    const typed = { ...typedOf(ska1, "id"), "weeklyTarget.B": "4", "quality.substantiveTarget": "60,1", "caps.active.limit": "69,8" };
    expect(payloadOf(ska1, typed)).toEqual({
      ...ska1,
      weeklyTarget: { ...ska1.weeklyTarget, B: 4 },
      quality: { ...ska1.quality, substantiveTarget: 6_010 },
      caps: { ...ska1.caps, active: { ...ska1.caps.active, limit: 698 } },
    });
  });

  it("stay as they are typed where they are none", () => {
    expect(payloadOf(ska1, { ...typedOf(ska1, "id"), "weights.a": "tiga", "weights.b": "" })).toMatchObject({
      weights: { a: "tiga", b: "" },
    });
  });
});
