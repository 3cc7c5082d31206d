import { z } from "zod";
import { postCategories } from "../../posts/substance.ts";
import { decisions, disputable, excuseCauses } from "./rules.ts";

const words = (least: number, short: string, most = 3000) => z.string().trim().min(least, short).max(most);
const revision = z.number().int().positive();

export const accountRef = z.object({ channelId: z.uuid() });
export type AccountRef = z.infer<typeof accountRef>;

export const correctPostInput = z.object({
  postId: z.uuid(),
  from: z.enum(postCategories),
  to: z.enum(postCategories),
  reason: words(10, "reason-short", 1000),
});
export type CorrectPostInput = z.infer<typeof correctPostInput>;

const days = { fromDay: z.iso.date(), toDay: z.iso.date(), cause: z.enum(excuseCauses) };

export const excuseInput = z.object({
  ...days,
  unitId: z.uuid(),
  /** Null: every account of the unit. */
  channelId: z.uuid().nullable(),
  evidence: words(5, "evidence-short", 1000),
});
export type ExcuseInput = z.infer<typeof excuseInput>;

export const revokeExcuseInput = z.object({ spanId: z.uuid(), reason: words(10, "reason-short", 1000) });
export type RevokeExcuseInput = z.infer<typeof revokeExcuseInput>;

export const fileObjectionInput = z.object({
  /** The snapshot that stood on `day` when the page was opened. */
  snapshotId: z.uuid(),
  day: z.iso.date(),
  component: z.enum(disputable),
  statement: words(20, "statement-short"),
  evidence: z.string().trim().max(2000),
  postIds: z.array(z.uuid()).max(50),
});
export type FileObjectionInput = z.infer<typeof fileObjectionInput>;

export const decideObjectionInput = z.object({
  objectionId: z.uuid(),
  revision,
  decision: z.enum(decisions),
  note: words(10, "note-short"),
  corrections: z.array(z.object({ postId: z.uuid(), from: z.enum(postCategories), to: z.enum(postCategories) })).max(50),
  excused: z.object(days).nullable(),
});
export type DecideObjectionInput = z.infer<typeof decideObjectionInput>;

export const withdrawObjectionInput = z.object({ objectionId: z.uuid(), revision });
export type WithdrawObjectionInput = z.infer<typeof withdrawObjectionInput>;
