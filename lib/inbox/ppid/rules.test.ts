import { expect, it } from "vitest";
import { nextNumber } from "./rules.ts";
import { closeRequestInput } from "./schema.ts";

it.each([
  [null, "001/PPID/2026"],
  ["012/PPID/2026", "013/PPID/2026"],
  ["099/PPID/2026", "100/PPID/2026"],
  ["PI-7/Diskominfo/XI/2026", "PI-8/Diskominfo/XI/2026"],
  ["41", "42"],
  ["tanpa angka", "001/PPID/2026"],
])("after %s comes %s", (last, next) => expect(nextNumber(last, "2026")).toBe(next));

it("a new year that the number names begins with one again, as wide as before", () => {
  expect(nextNumber("087/PPID/2026", "2027")).toBe("001/PPID/2027");
  expect(nextNumber("87", "2027")).toBe("88");
});

it("a refusal names its legal ground; other outcomes need no words", () => {
  const given = (outcome: string, note: string) =>
    closeRequestInput.safeParse({ requestId: "0194b5c0-0000-7000-8000-000000000001", revision: 1, outcome, note });
  expect(given("refused", "tidak").error?.issues).toMatchObject([{ path: ["note"], message: "legal-ground" }]);
  expect(given("refused", "Pasal 17 huruf h UU 14/2008").success).toBe(true);
  expect(given("granted", "").success).toBe(true);
});
