import { diffWordsWithSpace } from "diff";

export type Change = { kind: "same" | "added" | "removed"; text: string };

/** What changed from one text to the next, word by word, in reading order. Texts beyond 20,000 characters show as new. */
export function changesBetween(before: string, after: string): Change[] {
  if (before.length + after.length > 40_000) return [{ kind: "added", text: after }];
  return diffWordsWithSpace(before, after).map((part) => ({
    kind: part.added ? "added" : part.removed ? "removed" : "same",
    text: part.value,
  }));
}
