import { expect, test } from "vitest";
import { planChunks } from "./chunks.ts";

const MB = 1_000_000;

test.each([
  ["a small video goes as a whole", 22_990, 1],
  ["less than 5 MB must", 4_999_999, 1],
  ["one of a part and a half too", 15_999_999, 1],
  ["then two parts", 16_000_000, 2],
  ["the last one takes what remains", 25_000_123, 3],
  ["TikTok's own example", 50_000_123, 6],
  ["the largest of all", 4_294_967_296, 536],
])("%s: %i bytes", (_, size, count) => {
  const plan = planChunks(size);
  expect(plan).toMatchObject({ size, count });
  expect(plan.count, "as TikTok computes it").toBe(Math.floor(size / plan.chunkSize));
  expect(plan.count).toBeLessThanOrEqual(1_000);
  let at = 0;
  plan.chunks.forEach(({ from, to }, i) => {
    expect(from).toBe(at);
    if (i < count - 1) expect(to - from).toBe(plan.chunkSize);
    expect(to - from).toBeLessThanOrEqual(i < count - 1 ? 64 * MB : 128 * MB);
    if (count > 1) expect(to - from, "5 MB, also where a MB has 1,024 kilobytes").toBeGreaterThanOrEqual(5 * 1_048_576);
    at = to;
  });
  expect(at).toBe(size);
});
