/** The number of an official letter: 500.2.3.5/1358/SE/DISKOMINFO/X/2025. Pure. */

/** What stays the same from letter to letter. */
export type NumberForm = { code: string; kind: string; office: string };

const romans = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"] as const;

/** The month of a local day in Roman figures. */
export const romanMonth = (day: string): string => romans[Number(day.slice(5, 7)) - 1]!;

/** Where the register's number is still to be written. */
export const openPlace = "…";

/** The number of a letter of that day; `sequence` null leaves its place open. Parts that are not used are left out. */
export const letterNumber = ({ code, kind, office }: NumberForm, sequence: string | null, day: string): string =>
  [code, sequence?.trim() || openPlace, kind, office, romanMonth(day), day.slice(0, 4)].filter((part) => part.trim() !== "").join("/");

/** Why a number cannot stand on a final report; null when it can. A person may have written it freely. */
export function numberProblem(number: string | null): "number-missing" | "number-open" | "number-form" | null {
  if (!number?.trim()) return "number-missing";
  if (number.includes(openPlace)) return "number-open";
  return /^[\p{L}\p{N}][\p{L}\p{N}./ -]*$/u.test(number) ? null : "number-form";
}
