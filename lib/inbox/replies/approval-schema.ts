import { z } from "zod";
import { kinds } from "../kinds.ts";

/** Which answers wait for approval: those to the kinds named, and those to cases marked sensitive. */
export const replyApprovalSchema = z.object({ kinds: z.array(z.enum(kinds)), sensitive: z.boolean() });
export type ReplyApproval = z.infer<typeof replyApprovalSchema>;

/** `approval` null: from that day on as those above have it. */
export const replyApprovalInput = z.object({
  unitId: z.uuid(),
  validFrom: z.iso.date("day-form"),
  approval: replyApprovalSchema.nullable(),
});
export type ReplyApprovalInput = z.infer<typeof replyApprovalInput>;

const replyRef = z.object({ replyId: z.uuid() });
/** `revision`: the thread as the person who decides has read it. */
export const replyDecisionInput = replyRef.extend({
  revision: z.number().int().positive(),
  decision: z.enum(["approve", "return", "reject"]),
  note: z.string().trim().max(2000),
});
export type ReplyDecisionInput = z.infer<typeof replyDecisionInput>;
export const replyWithdrawInput = replyRef;
export type ReplyWithdrawInput = z.infer<typeof replyWithdrawInput>;
