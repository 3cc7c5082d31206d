import { describe, expect, it } from "vitest";
import { letterNumber, numberProblem, romanMonth } from "./numbering.ts";

const form = { code: "500.2.3.5", kind: "SE", office: "DISKOMINFO" };

describe("the number of a letter", () => {
  it("is written as offices write it, with a Roman month", () => {
    expect(letterNumber(form, "1358", "2025-10-07")).toBe("500.2.3.5/1358/SE/DISKOMINFO/X/2025");
  });

  it("leaves the place of the register's number open until somebody fills it in", () => {
    expect(letterNumber(form, null, "2026-11-02")).toBe("500.2.3.5/…/SE/DISKOMINFO/XI/2026");
    expect(letterNumber({ ...form, kind: "" }, " ", "2026-11-02")).toBe("500.2.3.5/…/DISKOMINFO/XI/2026");
  });

  it.each([
    ["01", "I"],
    ["04", "IV"],
    ["09", "IX"],
    ["12", "XII"],
  ])("month %s is %s", (month, roman) => {
    expect(romanMonth(`2026-${month}-01`)).toBe(roman);
  });

  it.each([
    [null, "number-missing"],
    ["  ", "number-missing"],
    ["500.2.3.5/…/SE/DISKOMINFO/X/2025", "number-open"],
    ["500.2.3.5/1358/SE/DISKOMINFO/X/2025", null],
    ["B-12/Dinas Kominfo/2026", null],
    ["<b>1</b>", "number-form"],
  ])("%s on a final report: %s", (number, problem) => {
    expect(numberProblem(number)).toBe(problem);
  });
});
