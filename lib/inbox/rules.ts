import type { Kind } from "./kinds.ts";

/** So much of a citizen's first words is kept with the case, for lists. */
export const excerptLength = 200;
/** Those words as they are quoted: cut off, they end with a whole word and an ellipsis. */
export const quotation = (excerpt: string): string => (excerpt.length < excerptLength - 1 ? excerpt : `${excerpt.replace(/\s+\S*$/, "")}…`);

/** Longest answer, in UTF-16 units, where the platform does not set a tighter limit. */
export const longestAnswer = 8000;

/** The ways to look at the inbox. `referred`: other agencies ask us; `away`: we asked another agency. */
export const caseViews = [
  "open",
  "mine",
  "unassigned",
  "soon",
  "overdue",
  "referred",
  "away",
  "snoozed",
  "answered",
  "done",
  "all",
] as const;
export type CaseView = (typeof caseViews)[number];

/** What may narrow a view down. `words` are looked for in what was said during the last twelve months. */
export type CaseFilters = { kind: Kind | null; channelIds: readonly string[] | null; urgent: boolean; unitId: string | null };
export const noFilters: CaseFilters = { kind: null, channelIds: null, urgent: false, unitId: null };

/** Views whose cases come by deadline, the nearest first; the others come by their last message. */
export const comesByDeadline = (view: CaseView): boolean => !["snoozed", "answered", "done", "all"].includes(view);

/**
 * Whether the answer settles the matter: a question is, a complaint is not until something was done, and a hoax or a crisis not
 * until it is over.
 */
export const resolvedByAnswer = ({ kind, urgent }: { kind: Kind; urgent: boolean }): boolean =>
  !urgent && kind !== "complaint" && kind !== "hoax";
