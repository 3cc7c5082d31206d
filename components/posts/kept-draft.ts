import type { MergeableDraft } from "#lib/posts/draft-merging.ts";
import type { Draft } from "./draft.ts";

/** What the browser keeps until the server has it: the form, and the state of the draft that it began from. */
export type KeptDraft = {
  draft: Partial<Draft>;
  base: MergeableDraft | null;
  revision: number | null;
  /** The id that a draft which the server may not have yet is to have. */
  newId?: string;
  /** What went to the server without an answer. */
  sent?: MergeableDraft[];
};

export const keyOf = ({ postId, unitId }: { postId: string | null; unitId: string }) => `garda-draft:${postId ?? `new:${unitId}`}`;

export const remember = (key: string, kept: KeptDraft) => {
  try {
    localStorage.setItem(key, JSON.stringify(kept));
  } catch {}
};

export const recall = (key: string): KeptDraft | null => {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? "null");
    // An older version of the form kept the draft alone.
    return kept && !kept.draft ? { draft: kept, base: null, revision: null } : kept;
  } catch {
    return null;
  }
};

export const forget = (...keys: string[]) => {
  try {
    for (const key of keys) localStorage.removeItem(key);
  } catch {}
};
