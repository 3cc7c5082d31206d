import { z } from "zod";
import { checkpoints, pillars } from "./rules.ts";

const webLink = z
  .string()
  .trim()
  .max(500)
  .nullable()
  .transform((v) => v || null)
  .refine((v) => v === null || /^https?:\/\/[^\s.]+\.[^\s]+$/i.test(v), "link-form");

export const draftInput = z.object({
  postId: z.uuid().nullable(),
  /** The revision the form was opened with; 0 for a new post. */
  revision: z.number().int().min(0),
  unitId: z.uuid(),
  title: z
    .string()
    .trim()
    .max(300)
    .nullable()
    .default(null)
    .transform((v) => v || null),
  text: z.string().max(100_000),
  link: webLink,
  pillar: z.enum(pillars).nullable(),
  source: z.string().trim().max(300).nullable(),
  publishAt: z.iso.datetime({ offset: true }).nullable(),
  channels: z.array(z.object({ channelId: z.uuid(), text: z.string().max(100_000).nullable() })).max(30),
  /** Pictures, and at most one video. */
  media: z.array(z.object({ mediaId: z.uuid(), alt: z.string().max(1000) })).max(36),
  /** Kept for the channels that can carry it. */
  firstComment: z
    .string()
    .trim()
    .max(20_000)
    .nullable()
    .default(null)
    .transform((v) => v || null),
  /** Names without "@"; kept for the channels whose platform knows such invitations. */
  collaborators: z.array(z.string().trim().min(1).max(60)).max(10).default([]),
});
export type DraftInput = z.input<typeof draftInput>;

export const postRef = z.object({ postId: z.uuid(), revision: z.number().int().positive() });
export type PostRef = z.infer<typeof postRef>;

export const decisionInput = postRef.extend({
  decision: z.enum(["approve", "return", "reject"]),
  note: z.string().trim().max(2000),
  checklist: z.record(z.enum(checkpoints), z.boolean()),
});
export type DecisionInput = z.infer<typeof decisionInput>;

export const scheduleInput = postRef.extend({ publishAt: z.iso.datetime({ offset: true }).nullable() });
export type ScheduleInput = z.infer<typeof scheduleInput>;

export const confirmInput = z.object({ publicationId: z.uuid(), permalink: z.string().trim().min(1).max(1000) });
export const publicationRef = z.object({ publicationId: z.uuid() });

/** A table of posts for an account that is served by hand. */
export const csvInput = z.object({ channelId: z.uuid(), text: z.string().max(900_000, "file-too-long") });
export type CsvInput = z.infer<typeof csvInput>;
