import { z } from "zod";
import { pieceKinds } from "./piece-kinds.ts";
import { recurrenceSchema } from "./recurrence.ts";
import { checkpoints, mostPlanBytes, pillars } from "./rules.ts";
import { longestTag, mostTags } from "./tags.ts";

const webLink = z
  .string()
  .trim()
  .max(500)
  .nullable()
  .transform((v) => v || null)
  .refine((v) => v === null || /^https?:\/\/[^\s.]+\.[^\s]+$/i.test(v), "link-form");

export const draftInput = z.object({
  postId: z.uuid().nullable(),
  /** The id that a new post is to have: a save whose answer was lost, sent again, then makes no second one. */
  newId: z.uuid().optional(),
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
  /** Who said it. */
  source: z.string().trim().max(300).nullable(),
  sourceLink: webLink.default(null),
  /** Number or name of the document. */
  sourceDocument: z
    .string()
    .trim()
    .max(300)
    .nullable()
    .default(null)
    .transform((v) => v || null),
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
  tags: z.array(z.string().trim().max(longestTag)).max(mostTags, "too-many-tags").default([]),
});
export type DraftInput = z.input<typeof draftInput>;

export const postRef = z.object({ postId: z.uuid(), revision: z.number().int().positive() });
export type PostRef = z.infer<typeof postRef>;

export const decisionInput = postRef.extend({
  decision: z.enum(["approve", "return", "reject"]),
  note: z.string().trim().max(2000),
  checklist: z.record(z.enum(checkpoints), z.boolean()),
  /** The step that was on the screen; a vote never slips into a later one. */
  step: z.int().min(0).max(3).optional(),
});
export type DecisionInput = z.infer<typeof decisionInput>;

const reason = z.string().trim().min(10, "reason-short").max(500);

export const overrideInput = postRef.extend({ reason });
export type OverrideInput = z.infer<typeof overrideInput>;

export const emergencyInput = postRef.extend({ reason });
export type EmergencyInput = z.infer<typeof emergencyInput>;

export const seenInput = z.object({ postId: z.uuid(), note: z.string().trim().max(2000) });
export type SeenInput = z.infer<typeof seenInput>;

export const remarkInput = postRef.extend({
  /** Null: the main text. */
  channelId: z.uuid().nullable(),
  quote: z.string().min(1).max(1000),
  /** UTF-16 units into the text. */
  from: z.int().min(0),
  text: z.string().trim().min(1).max(1000),
});
export type RemarkInput = z.infer<typeof remarkInput>;
export const remarkRef = z.object({ remarkId: z.uuid() });

export const scheduleInput = postRef.extend({ publishAt: z.iso.datetime({ offset: true }).nullable() });
export type ScheduleInput = z.infer<typeof scheduleInput>;

/** Another time for a post on the calendar. */
export const moveInput = postRef.extend({ publishAt: z.iso.datetime({ offset: true }) });
export type MoveInput = z.infer<typeof moveInput>;

/** One thing done to several posts; `days` counts for a shift alone. */
export const bulkInput = z.object({
  act: z.enum(["shift", "unschedule", "cancel"]),
  days: z.number().int().min(-366).max(366),
  posts: z.array(postRef).min(1).max(100),
});
export type BulkInput = z.infer<typeof bulkInput>;

export const pauseInput = z.object({ unitId: z.uuid(), reason: z.string().trim().min(1).max(500) });

const resumeHow = z.enum(["time", "now", "new", "back"]);
/** What becomes of a post that a pause held: at its time if that lies ahead, now, at a new time, or back among the approved. */
const resumeChoice = z.object({ postId: z.uuid(), how: resumeHow, publishAt: z.iso.datetime({ offset: true }).nullable() });
export type ResumeChoice = z.infer<typeof resumeChoice>;
/** `otherwise`: for posts that nobody chose for. */
export const endPauseInput = z.object({
  pauseId: z.uuid(),
  otherwise: resumeHow.exclude(["new"]).default("time"),
  choices: z.array(resumeChoice).max(500).default([]),
});
export type EndPause = z.infer<typeof endPauseInput>;

/** A table of planned posts as a file: at most so many bytes. */
/** CSV or .xlsx, as it is. */
export const planInput = z.object({
  unitId: z.uuid(),
  file: z.custom<Uint8Array>((file) => file instanceof Uint8Array).refine((file) => file.length <= mostPlanBytes, "file-too-large"),
});
export type PlanInput = z.infer<typeof planInput>;

export const confirmInput = z.object({ publicationId: z.uuid(), permalink: z.string().trim().min(1).max(1000) });
export const publicationRef = z.object({ publicationId: z.uuid() });

export const draftRef = z.object({ postId: z.uuid() });

/** What is held against the posts of the last 30 days. */
export const duplicatesInput = z.object({ postId: z.uuid().nullable(), unitId: z.uuid(), text: z.string().max(100_000) });
export type DuplicatesInput = z.infer<typeof duplicatesInput>;

export const listPiecesInput = z.object({
  unitId: z.uuid(),
  search: z.string().trim().max(100),
  archived: z.boolean(),
  /** Null: of every pillar. */
  pillar: z.enum(pillars).nullable().default(null),
});
export type ListPiecesInput = z.input<typeof listPiecesInput>;

/** A piece of the content bank; `pieceId` null: a new one. */
export const keepPieceInput = z.object({
  pieceId: z.uuid().nullable(),
  unitId: z.uuid(),
  kind: z.enum(pieceKinds),
  name: z.string().trim().min(1).max(80),
  text: z.string().trim().min(1).max(5_000),
  pillar: z.enum(pillars).nullable().default(null),
});
export type KeepPieceInput = z.input<typeof keepPieceInput>;
export const pieceRef = z.object({ pieceId: z.uuid(), archived: z.boolean() });
export type PieceRef = z.infer<typeof pieceRef>;

/** A series of what the post says now. */
export const seriesInput = z.object({ postId: z.uuid(), rule: recurrenceSchema });
export type SeriesInput = z.infer<typeof seriesInput>;
export const changeSeriesInput = z.object({ seriesId: z.uuid(), to: z.enum(["active", "paused", "ended"]) });
export type ChangeSeriesInput = z.infer<typeof changeSeriesInput>;

export const mentionsInput = z.object({ unitId: z.uuid(), search: z.string().trim().max(100) });
export type MentionsInput = z.infer<typeof mentionsInput>;

/** `correctsId` null: it corrects nothing after all. */
export const correctionInput = z.object({ postId: z.uuid(), correctsId: z.uuid().nullable() });
export type CorrectionInput = z.infer<typeof correctionInput>;
export const correctableInput = z.object({ postId: z.uuid(), search: z.string().trim().max(100) });
export type CorrectableInput = z.infer<typeof correctableInput>;
