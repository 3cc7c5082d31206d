import { z } from "zod";
import { now } from "../core/clock.ts";
import { readKept } from "../core/storage.ts";
import { publicLink } from "../media/public-links.ts";
import type { Checkpoint, Content } from "../platforms/contract.ts";

const json: z.ZodType<import("../platforms/contract.ts").Json> = z.json();

/** What is to be sent, frozen when it was planned: later edits never change what was approved. */
export const frozenContent = z.object({
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
  replyTo: z.object({ remoteId: z.string(), postRemoteId: z.string(), ref: json }).nullable(),
});
export type FrozenContent = z.infer<typeof frozenContent>;

export const checkpointSchema = z.object({
  stage: z.enum(["new", "prepared", "committing"]),
  at: z.string().nullable(),
  data: z.record(z.string(), json),
});
export const newCheckpoint: Checkpoint = { stage: "new", at: null, data: {} };

export const toContent = (publicationId: string, frozen: FrozenContent): Content => ({
  ...frozen,
  key: publicationId,
  pictures: frozen.pictures.map((p) => ({
    ...p,
    read: () => readKept(p.digest),
    publicUrl: async () => publicLink(p.digest, p.mime, now()),
  })),
});
