/** What becomes of a further account of a unit. Pure. */

export const verdicts = ["merge", "close", "keep"] as const;
export type Verdict = (typeof verdicts)[number];
export const verdictStates = ["proposed", "agreed", "done", "withdrawn"] as const;
export type VerdictState = (typeof verdictStates)[number];

/** Keeping an account changes nothing, so that nobody has to agree to it. */
export const firstState = (verdict: Verdict): VerdictState => (verdict === "keep" ? "done" : "proposed");
