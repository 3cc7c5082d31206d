import { z } from "zod";
import { now } from "../core/clock.ts";
import { readKept, readPart } from "../core/storage.ts";
import { publicLink } from "../media/public-links.ts";
import type { Checkpoint, Content } from "../platforms/contract.ts";

const json: z.ZodType<import("../platforms/contract.ts").Json> = z.json();

/** What is to be sent, frozen when it was planned: later edits never change what was approved. */
export const frozenContent = z.object({
  title: z.string().nullable().default(null),
  text: z.string(),
  link: z.string().nullable(),
  pictures: z.array(
    z.object({
      digest: z.string(),
      mime: z.enum(["image/jpeg", "image/png", "image/webp"]),
      width: z.number(),
      height: z.number(),
      bytes: z.number(),
      alt: z.string(),
    }),
  ),
  video: z
    .object({
      digest: z.string(),
      mime: z.enum(["video/mp4", "video/quicktime"]),
      width: z.number(),
      height: z.number(),
      bytes: z.number(),
      durationMs: z.number(),
      frameRate: z.number().nullable(),
      alt: z.string(),
    })
    .nullable()
    .default(null),
  collaborators: z.array(z.string()).default([]),
  /** Posted under the post as soon as it stands. */
  firstComment: z.string().nullable().default(null),
  replyTo: z.object({ remoteId: z.string(), postRemoteId: z.string().nullable(), ref: json }).nullable(),
});
export type FrozenContent = z.infer<typeof frozenContent>;

/** A text alone, as an answer to somebody. */
export const answerContent = (text: string, replyTo: NonNullable<FrozenContent["replyTo"]>): FrozenContent => ({
  title: null,
  text,
  link: null,
  pictures: [],
  video: null,
  collaborators: [],
  firstComment: null,
  replyTo,
});

export const checkpointSchema = z.object({
  stage: z.enum(["new", "prepared", "committing"]),
  at: z.string().nullable(),
  data: z.record(z.string(), json),
});
export const newCheckpoint: Checkpoint = { stage: "new", at: null, data: {} };

export const toContent = (publicationId: string, { firstComment: _, ...frozen }: FrozenContent): Content => ({
  ...frozen,
  key: publicationId,
  pictures: frozen.pictures.map((p) => ({
    ...p,
    read: () => readKept(p.digest),
    publicUrl: async () => publicLink(p.digest, p.mime, now()),
  })),
  video: frozen.video && {
    ...frozen.video,
    slice: (from, to) => readPart(frozen.video!.digest, from, to),
    publicUrl: async () => publicLink(frozen.video!.digest, frozen.video!.mime, now()),
  },
});
