import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CheckedPicture } from "../platforms/checked.ts";
import { platforms } from "../platforms/contract.ts";
import { checkContent } from "../platforms/problems.ts";
import { fitOf, type PictureKind } from "./fit-rules.ts";

const jpeg = (width: number, height: number, bytes = 500_000): PictureKind => ({ mime: "image/jpeg", width, height, bytes });

describe("a picture is changed no more than the channels ask", () => {
  test("not at all where all take it", () => {
    expect(fitOf(jpeg(1080, 1350), ["facebook", "instagram", "x"], "crop")).toBeNull();
    expect(fitOf(jpeg(4000, 1000), ["facebook"], "crop")).toBeNull();
  });

  test.each<[string, PictureKind, Parameters<typeof fitOf>[1], "crop" | "pad", object]>([
    [
      "a phone's picture for Instagram is made smaller",
      jpeg(4000, 3000),
      ["instagram"],
      "crop",
      { width: 1440, height: 1080, reshape: false },
    ],
    ["a story is cut to 4:5", jpeg(1080, 1920), ["instagram"], "crop", { width: 1080, height: 1350, reshape: true }],
    ["or given margins", jpeg(1080, 1920), ["instagram"], "pad", { width: 1440, height: 1800, reshape: true }],
    ["a banner is cut to 1.91:1", jpeg(1440, 400), ["instagram"], "crop", { width: 764, height: 400, reshape: true }],
    ["or given margins above and below", jpeg(1200, 300), ["instagram"], "pad", { width: 1200, height: 629, reshape: true }],
    [
      "PNG becomes JPEG where it must",
      { ...jpeg(1080, 1080), mime: "image/png" },
      ["instagram", "facebook"],
      "crop",
      { mime: "image/jpeg", width: 1080 },
    ],
    [
      "WebP becomes JPEG for Facebook and X together",
      { ...jpeg(1080, 1080), mime: "image/webp" },
      ["facebook", "x"],
      "crop",
      { mime: "image/jpeg" },
    ],
    ["a narrow one is enlarged", jpeg(300, 300), ["instagram"], "crop", { width: 320, height: 320 }],
    ["one too heavy keeps its size", jpeg(1080, 1080, 2_000_000), ["bluesky"], "crop", { width: 1080, height: 1080, maxBytes: 1_000_000 }],
    ["TikTok's sides", jpeg(3000, 3000), ["tiktok"], "crop", { width: 1080, height: 1080 }],
  ])("%s", (_, picture, on, how, expected) => expect(fitOf(picture, on, how)).toMatchObject(expected));

  test("what would only be a blur is not enlarged", () => expect(fitOf(jpeg(150, 150), ["instagram"], "crop")).toBe("impossible"));
});

test("what was fitted has no problem of size, kind or ratio on any of the channels", () => {
  const anyPicture = fc.record({
    mime: fc.constantFrom("image/jpeg" as const, "image/png" as const, "image/webp" as const),
    width: fc.integer({ min: 100, max: 7_000 }),
    height: fc.integer({ min: 100, max: 7_000 }),
    bytes: fc.integer({ min: 1_000, max: 15_000_000 }),
  });
  fc.assert(
    fc.property(
      anyPicture,
      fc.subarray([...platforms], { minLength: 1 }),
      fc.constantFrom("crop" as const, "pad" as const),
      (picture, on, how) => {
        const fit = fitOf(picture, on, how);
        if (fit === "impossible") return;
        const after: CheckedPicture = fit ? { ...fit, bytes: fit.maxBytes, alt: "a" } : { ...picture, alt: "a" };
        for (const platform of on) {
          const content = {
            title: "Judul",
            text: "Halo",
            link: null,
            pictures: [after],
            video: null,
            firstComment: null,
            collaborators: [],
          };
          expect(checkContent(platform, content).filter((problem) => problem.code.startsWith("picture-"))).toEqual([]);
        }
        if (fit) expect(Number.isInteger(fit.width) && Number.isInteger(fit.height) && fit.width > 0 && fit.height > 0).toBe(true);
      },
    ),
    { numRuns: 1_000 },
  );
});
