import { z } from "zod";
import { kinds } from "./kinds.ts";
import { longestAnswer } from "./rules.ts";

const ref = z.object({ caseId: z.uuid(), revision: z.number().int().positive() });
export const answerInput = ref.extend({ text: z.string().trim().min(1, "answer-empty").max(longestAnswer) });
export const noteInput = z.object({ caseId: z.uuid(), text: z.string().trim().min(1, "note-empty").max(4000) });
export const assignInput = z.object({ caseId: z.uuid(), personId: z.uuid().nullable() });
export const kindInput = z.object({ caseId: z.uuid(), kind: z.enum(kinds) });
/** An answer on its way, by its publication. */
export const replyRef = z.object({ publicationId: z.uuid() });
export const caseRef = ref;
export type AnswerInput = z.infer<typeof answerInput>;
export type CaseRef = z.infer<typeof caseRef>;
