import { expect, test } from "vitest";
import { stepOf } from "./map-steps.ts";

test.each([
  [0, 10, 0],
  [29, 200, 1], // 14.5 % prints as 15 %
  [14, 100, 0],
  [15, 100, 1],
  [29, 100, 1],
  [30, 100, 2],
  [446, 1000, 3], // 44.6 % prints as 45 %
  [59, 100, 3],
  [60, 100, 4],
  [10, 10, 4],
])("%d of %d has colour %d: that of the percent that is printed", (active, units, step) => {
  expect(stepOf(active, units)).toBe(step);
});
