/** Requests for public information (UU 14/2008): their time, their number and how they end. Pure. */

export const requestStates = ["incomplete", "registered", "extended", "granted", "partly_granted", "refused", "withdrawn"] as const;
export type RequestState = (typeof requestStates)[number];
export const requestOutcomes = ["granted", "partly_granted", "refused", "withdrawn"] as const;
export type RequestOutcome = (typeof requestOutcomes)[number];

/** Working days to answer, and those added once with a written reason: UU 14/2008, article 22 (7) and (8). */
export const requestDays = 10;
export const extensionDays = 7;

export const isOpenRequest = (state: RequestState): boolean => state === "registered" || state === "extended";

/** The ways to look at the register. */
export const requestViews = ["open", "incomplete", "closed"] as const;
export type RequestView = (typeof requestViews)[number];
export const statesOf: Record<RequestView, readonly RequestState[]> = {
  open: ["registered", "extended"],
  incomplete: ["incomplete"],
  closed: requestOutcomes,
};

/** How the applicant wants to get it. */
export const waysToGet = ["see", "copy", "email", "post", "collect"] as const;

/**
 * The number to propose: the unit's last one counted on in its own form ("012/PPID/2026" → "013/PPID/2026"), from one again in
 * a new year that it names. `year` as the unit's calendar has it.
 */
export function nextNumber(last: string | null, year: string): string {
  const first = `001/PPID/${year}`;
  const named = last?.match(/(?<!\d)20\d\d(?!\d)/)?.[0];
  const digits = last?.match(/^\D*?(\d+)/);
  if (!last || !digits?.[1]) return first;
  const fresh = named !== undefined && named < year;
  const count = String(fresh ? 1 : Number(digits[1]) + 1).padStart(digits[1].length, "0");
  const start = digits[0].length - digits[1].length;
  const counted = last.slice(0, start) + count + last.slice(digits[0].length);
  return fresh ? counted.replace(new RegExp(`(?<!\\d)${named}(?!\\d)`), year) : counted;
}
