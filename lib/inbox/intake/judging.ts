import { cut, storable } from "../../core/text.ts";
import type { RemoteComment } from "../../platforms/contract.ts";
import { maskPersonalData } from "../sorting/masking.ts";
import { type Triage, triage } from "../sorting/triage.ts";
import { type Topic, topicOf } from "../topics/topic-rules.ts";

/** What a comment says as far as it may be kept, and what it is taken for; `triaged` null: the account's own words. */
export type Judgement = {
  text: string;
  masked: string[];
  authorName: string;
  triaged: Triage | null;
  /** Somebody should answer it, or look at it. */
  needsReply: boolean;
  /** What a citizen's words are about; null when they do not tell. */
  topic: Topic | null;
};

/** Masks and judges a comment. Needs nothing but its words, so that it can be done before anything is locked. */
export function judge(comment: RemoteComment): Judgement {
  const { text, found } = maskPersonalData(storable(comment.text));
  const triaged = comment.own ? null : triage(text);
  // A voice or a picture sent to us alone has no words to sort it by: a person has to look.
  const isWordless = comment.postRemoteId === null && text.trim() === "";
  return {
    text,
    masked: found,
    authorName: cut(maskPersonalData(storable(comment.author.name)).text, 120),
    triaged,
    needsReply: triaged !== null && (triaged.needsReply || triaged.unsure || isWordless),
    topic: triaged && triaged.kind !== "spam" ? (topicOf(text)?.topic ?? null) : null,
  };
}
