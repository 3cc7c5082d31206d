/** States of a report and what may be done in each. Pure. */

export const papers = ["f4", "a4"] as const;
export type Paper = (typeof papers)[number];

export const runScopes = ["governments", "units"] as const;
export type RunScope = (typeof runScopes)[number];

export const deliveries = ["attached", "link"] as const;
/** With the PDF, or with the way to it. */
export type Delivery = (typeof deliveries)[number];

export type ReportState = "draft" | "waiting" | "making" | "ready" | "failed";
export const moves = ["make", "save", "refresh", "finalise"] as const;
export type ReportMove = (typeof moves)[number];

/** What a move leads to; what is not named is not possible. Files that no longer say what the report says are made again at once. */
const transitions: Record<ReportState, Partial<Record<ReportMove, ReportState>>> = {
  draft: { make: "waiting", save: "draft", refresh: "draft" },
  waiting: {},
  making: {},
  ready: { save: "waiting", refresh: "waiting", finalise: "ready" },
  failed: { make: "waiting", save: "waiting", refresh: "waiting" },
};

/** The state after a move; null when it is not possible. A final report stays as it is. */
export const nextState = (state: ReportState, move: ReportMove, isFinal: boolean): ReportState | null =>
  isFinal ? null : (transitions[state][move] ?? null);
