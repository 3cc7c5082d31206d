import { z } from "zod";
import { kinds } from "./kinds.ts";
import { longestAnswer } from "./rules.ts";

const ref = z.object({ caseId: z.uuid(), revision: z.number().int().positive() });
export const answerInput = ref.extend({ text: z.string().trim().min(1, "answer-empty").max(longestAnswer) });
export const noteInput = z.object({
  caseId: z.uuid(),
  text: z.string().trim().min(1, "note-empty").max(4000),
  /** Whom it calls upon. */
  mentions: z.array(z.uuid()).max(20).default([]),
});
export type NoteInput = z.input<typeof noteInput>;
export const assignInput = z.object({ caseId: z.uuid(), personId: z.uuid().nullable() });
export const kindInput = z.object({ caseId: z.uuid(), kind: z.enum(kinds) });
export const markInput = z.object({ caseId: z.uuid(), mark: z.enum(["urgent", "sensitive"]), on: z.boolean() });
export type MarkInput = z.infer<typeof markInput>;
/** A notification that could not be read. */
export const unreadRef = z.object({ deliveryId: z.uuid() });
export type UnreadRef = z.infer<typeof unreadRef>;
/** An answer on its way, by its publication. */
export const replyRef = z.object({ publicationId: z.uuid() });
export const caseRef = ref;
export const attendInput = z.object({ caseId: z.uuid(), writing: z.boolean() });
export type AttendInput = z.infer<typeof attendInput>;
export const draftInput = z.object({ caseId: z.uuid(), text: z.string().max(longestAnswer) });
export type DraftInput = z.infer<typeof draftInput>;
export const keepCannedInput = z.object({
  cannedId: z.uuid().nullable(),
  unitId: z.uuid(),
  name: z.string().trim().min(1, "name-empty").max(80),
  text: z.string().trim().min(1, "answer-empty").max(longestAnswer),
  kind: z.enum(kinds).nullable(),
});
export type KeepCannedInput = z.infer<typeof keepCannedInput>;
export const cannedRef = z.object({ cannedId: z.uuid(), archived: z.boolean() });
export type CannedRef = z.infer<typeof cannedRef>;
export const referInput = ref.extend({
  unitId: z.uuid(),
  instruction: z.string().trim().min(1, "instruction-empty").max(2000),
  days: z.number().int().min(1).max(60),
  /** What the citizen is told; empty: nothing. */
  tell: z.string().trim().max(longestAnswer),
});
export type ReferInput = z.infer<typeof referInput>;
export const referralRef = z.object({ referralId: z.uuid(), revision: z.number().int().positive() });
export type ReferralRef = z.infer<typeof referralRef>;
export const bounceInput = referralRef.extend({ reason: z.string().trim().min(10, "reason-short").max(2000) });
export type BounceInput = z.infer<typeof bounceInput>;
export const deliverInput = referralRef.extend({ result: z.string().trim().min(1, "result-empty").max(longestAnswer) });
export type DeliverInput = z.infer<typeof deliverInput>;
export const decideReferralInput = referralRef.extend({
  decision: z.enum(["upheld", "returned", "redirected"]),
  note: z.string().trim().max(2000),
  /** Who is asked instead; only when redirected. */
  unitId: z.uuid().nullable(),
});
export type DecideReferralInput = z.infer<typeof decideReferralInput>;
export type AnswerInput = z.infer<typeof answerInput>;
export type CaseRef = z.infer<typeof caseRef>;
