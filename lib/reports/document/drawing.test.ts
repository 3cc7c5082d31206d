import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { barDrawing, lineDrawing, linePath, svgOf } from "./drawing.ts";

const ink = { accent: "#0a5c78", line: "#ccc", sunken: "#eee", text: "#000", quiet: "#666" };

describe("a line", () => {
  it("is a path from point to point", () => {
    expect(
      linePath([
        { x: 0, y: 10 },
        { x: 5.123, y: 2.5 },
        { x: 10, y: 0 },
      ]),
    ).toBe("M0 10 L5.12 2.5 L10 0");
  });

  it("tells its first and last value and stays inside its drawing, whatever the values", () => {
    const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(values, (list) => {
        const drawing = lineDrawing(
          list.map((value, index) => ({ label: `d${index}`, value, text: `v${index}` })),
          "garis",
        );
        const texts = drawing.shapes.flatMap((shape) => (shape.kind === "text" ? [shape.text] : []));
        expect(texts).toContain("v0");
        expect(texts).toContain(`v${list.length - 1}`);
        for (const shape of drawing.shapes)
          if (shape.kind === "dot") {
            expect(shape.x).toBeGreaterThanOrEqual(0);
            expect(shape.x).toBeLessThanOrEqual(drawing.width);
            expect(shape.y).toBeGreaterThanOrEqual(0);
            expect(shape.y).toBeLessThanOrEqual(drawing.height);
          }
      }),
    );
  });
});

describe("bars", () => {
  it("are as long as their values, the longest fills the room, and an unknown value has words instead of a bar", () => {
    const { shapes } = barDrawing(
      [
        { label: "Facebook", value: 40, text: "40" },
        { label: "Instagram", value: 10, text: "10" },
        { label: "TikTok", value: null, text: "data tidak tersedia" },
        { label: "X", value: 0, text: "0" },
      ],
      "batang",
    );
    const lengths = shapes.flatMap((shape) => (shape.kind === "rect" && shape.colour === "accent" ? [shape.width] : []));
    expect(lengths).toHaveLength(2);
    expect(lengths[1]! * 4).toBeCloseTo(lengths[0]!);
    expect(shapes.filter((shape) => shape.kind === "rect" && shape.colour === "sunken")).toHaveLength(3);
  });
});

describe("a drawing as SVG", () => {
  it("has no picture and no mark-up of its words", () => {
    const svg = svgOf(barDrawing([{ label: '<image href="x">&', value: 1, text: "1" }], ""), ink, "Font");
    expect(svg).not.toContain("<image");
    expect(svg).toContain("&lt;image href=&quot;x&quot;&gt;&amp;");
  });
});
