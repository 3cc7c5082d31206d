import { describe, expect, test } from "vitest";
import { readRange } from "./serving.ts";

describe("the part of a file that is asked for", () => {
  test.each<[string | null, ReturnType<typeof readRange>]>([
    [null, null],
    ["bytes=0-", [0, 999]],
    ["bytes=0-0", [0, 0]],
    ["bytes=200-499", [200, 499]],
    ["bytes=990-2000", [990, 999]],
    ["bytes=-10", [990, 999]],
    ["bytes=-5000", [0, 999]],
    ["bytes=999-", [999, 999]],
    ["bytes=1000-", "unsatisfiable"],
    ["bytes=-0", "unsatisfiable"],
    ["bytes=5-4", null],
    ["bytes=0-1,5-6", null],
    ["bytes=-", null],
    ["items=0-1", null],
    ["bytes=a-b", null],
    ["bytes=99999999999999999999-", null],
  ])("%s of 1,000", (header, part) => expect(readRange(header, 1_000)).toEqual(part));
});
