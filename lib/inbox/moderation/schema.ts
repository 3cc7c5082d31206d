import { z } from "zod";
import { moderations } from "../../platforms/contract.ts";
import { hideReasons } from "./rules.ts";

export const moderationInput = z.object({
  caseId: z.uuid(),
  revision: z.number().int().positive(),
  messageId: z.uuid(),
  action: z.enum(moderations),
  reason: z.enum(hideReasons).nullable(),
  note: z.string().trim().max(2000),
});
export type ModerationInput = z.infer<typeof moderationInput>;
export const moderationDecisionInput = z.object({
  moderationId: z.uuid(),
  revision: z.number().int().positive(),
  decision: z.enum(["approve", "refuse"]),
  note: z.string().trim().max(2000),
});
export type ModerationDecisionInput = z.infer<typeof moderationDecisionInput>;
export const moderationRef = z.object({ moderationId: z.uuid() });
export type ModerationRef = z.infer<typeof moderationRef>;
