import { expect, test } from "vitest";
import outlines from "./map-outlines.json" with { type: "json" };
import { type Spot, walk, westToEast } from "./map-walk.ts";

const spotsOf = (map: keyof typeof outlines): Spot[] =>
  westToEast(Object.entries(outlines[map].places).map(([code, [x = 0, y = 0]]) => ({ code, x, y })));

test.each(Object.keys(outlines) as (keyof typeof outlines)[])(
  "every place of map %s is reached by the right arrow from the first, and back by the left one",
  (map) => {
    const spots = spotsOf(map);
    const walked = [spots[0]!.code];
    for (let next = walk(spots, walked[0]!, "ArrowRight"); next; next = walk(spots, next, "ArrowRight")) walked.push(next);
    expect(walked).toEqual(spots.map(({ code }) => code));
    expect(new Set(walked).size).toBe(Object.keys(outlines[map].places).length);
    for (let back = walked.length - 1; back > 0; back--) expect(walk(spots, walked[back]!, "ArrowLeft")).toBe(walked[back - 1]);
  },
);

test("up and down lead north and south, Home and End to the ends, other keys nowhere", () => {
  const spots = westToEast([
    { code: "west", x: 0, y: 50 },
    { code: "middle", x: 50, y: 50 },
    { code: "north", x: 55, y: 20 },
    { code: "far north", x: 50, y: 0 },
    { code: "south", x: 40, y: 80 },
    { code: "east", x: 100, y: 50 },
  ]);
  expect(walk(spots, "middle", "ArrowUp")).toBe("north");
  expect(walk(spots, "middle", "ArrowDown")).toBe("south");
  expect(walk(spots, "far north", "ArrowUp")).toBe(null);
  expect(walk(spots, "middle", "Home")).toBe("west");
  expect(walk(spots, "middle", "End")).toBe("east");
  expect(walk(spots, "east", "ArrowRight")).toBe(null);
  expect(walk(spots, "middle", "a")).toBe(null);
  expect(walk(spots, "nowhere", "ArrowLeft")).toBe(null);
});
