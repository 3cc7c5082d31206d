import type { Checklist } from "#lib/posts/rules.ts";

/** What a verifier has ticked and written of one post, kept in this tab until he decides. */
export type KeptReview = { checklist: Checklist; note: string };

/** Of another revision or step nothing is kept: what was ticked then was another text. */
export const reviewKey = (post: { id: string; revision: number }, step: number) => `garda-review:${post.id}:${post.revision}:${step}`;

export const keepReview = (key: string, kept: KeptReview) => {
  try {
    sessionStorage.setItem(key, JSON.stringify(kept));
  } catch {}
};

export const recallReview = (key: string): KeptReview | null => {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
};

export const forgetReview = (key: string) => {
  try {
    sessionStorage.removeItem(key);
  } catch {}
};
