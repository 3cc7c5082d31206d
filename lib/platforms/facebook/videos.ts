/** Videos on their way to a page: uploaded first, published by one call of its own, and a post once Facebook has processed them. */

import { z } from "zod";
import { commit, firstCommit } from "../commit.ts";
import {
  type Account,
  type Checkpoint,
  type Content,
  type Failure,
  type Found,
  PlatformFailure,
  type Published,
  type Video,
} from "../contract.ts";
import { outgoingText } from "../outgoing.ts";
import { isRejected, unlessGone } from "../rejections.ts";
import type { Graph } from "./client.ts";
import { readPermalink } from "./graph.ts";

/**
 * What the checkpoint knows of the upload. A reel is fetched by Facebook from an address that it is told (`handed`); of another
 * video the bytes from `from` to `to` are wanted next, and all are there when both are its length.
 */
const keptSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("reel"), id: z.string(), uploadUrl: z.string(), handed: z.boolean() }),
  z.object({ kind: z.literal("video"), id: z.string(), session: z.string(), from: z.number(), to: z.number() }),
]);
type Kept = z.output<typeof keptSchema>;

const offset = z.coerce.number().int().min(0);
const reelSchema = z.object({ video_id: z.string(), upload_url: z.url() });
const sessionSchema = z.object({ video_id: z.string(), upload_session_id: z.string(), start_offset: offset, end_offset: offset });
const progressSchema = z.object({ start_offset: offset, end_offset: offset });
const doneSchema = z.object({ success: z.literal(true) });
const phase = z
  .object({ status: z.string().optional(), errors: z.array(z.object({ message: z.string().optional() })).optional() })
  .optional();
const videoSchema = z.object({
  post_id: z.string().optional(),
  status: z
    .object({ video_status: z.string().optional(), uploading_phase: phase, processing_phase: phase, publishing_phase: phase })
    .optional(),
});
type Status = z.output<typeof videoSchema>;

/** The waits between two looks at a video that Facebook fetches, in ms, then at one that it publishes. */
const fetchWaits = [1_000, 2_000, 4_000, 8_000, 15_000, 15_000];
const publishWaits = [1_000, 2_000, 4_000, 8_000];
const again = 60_000;
/** Facebook names larger pieces than this for a long video; it takes smaller ones. */
const mostBytes = 16 * 1024 * 1024;

export type Tools = {
  graph: Graph;
  save: (next: Checkpoint) => Promise<void>;
  now: () => Date;
  pause: (ms: number) => Promise<void>;
};

/** Whether Facebook takes a video as a reel: 9 × 16, 3 to 90 seconds, 540 × 960 at least, 24 to 60 frames a second. Source: Meta, "Reels Publishing API". */
export function isReel({ width, height, durationMs, frameRate }: Video): boolean {
  const upright = Math.abs((width / height) * (16 / 9) - 1) < 0.01;
  const frames = frameRate === null || (frameRate >= 24 && frameRate <= 60);
  return upright && frames && width >= 540 && height >= 960 && durationMs >= 3_000 && durationMs <= 90_000;
}

/**
 * Uploads the video, unless an earlier attempt has, and publishes it once. Ends as retryable while Facebook has not fetched it yet:
 * the checkpoint keeps what there is.
 */
export async function publishVideo(tools: Tools, account: Account, content: Content, checkpoint: Checkpoint): Promise<Published> {
  const { graph, save, now } = tools;
  const video = content.video!;
  const { kept, current } = await (isReel(video) ? prepareReel : prepareVideo)(tools, account, video, checkpoint);
  const about = { upload_phase: "finish", description: descriptionOf(content) };
  const [edge, body] =
    kept.kind === "reel"
      ? ["video_reels", { ...about, video_id: kept.id, video_state: "PUBLISHED" }]
      : ["videos", { ...about, upload_session_id: kept.session }];
  await commit(current, save, now(), () =>
    graph.post(`${account.remoteId}/${edge}`, new URLSearchParams(body), doneSchema, true).catch((error: unknown) => {
      // After an earlier try, an upload that can no longer be published may be the one that we did publish: then it is looked up.
      if (firstCommit(checkpoint) && (isRejected(error, "duplicate") || isRejected(error, "invalid")))
        throw new PlatformFailure({ kind: "ambiguous" }, "facebook: the video of an earlier try is refused", { cause: error });
      throw error;
    }),
  );
  const settled = await settle(tools, account, kept.id);
  if (settled !== "refused") return settled;
  await save(without(current));
  throw new PlatformFailure({ kind: "rejected", code: "video-refused" }, "facebook: the video could not be processed");
}

/** The video itself tells whether it was published; where it is not known any more, nothing is certain. */
export async function findVideo(tools: Tools, account: Account, checkpoint: Checkpoint): Promise<Found> {
  const kept = keptOf(checkpoint);
  if (!kept) return { kind: "absent" };
  const status = await look(tools.graph, kept.id);
  if (status === null) return { kind: "unknown" };
  const publishing = status.status?.publishing_phase?.status;
  if (publishing === "not_started") return { kind: "absent" };
  if (publishing === undefined && status.post_id === undefined) return { kind: "unknown" };
  const settled = await settle(tools, account, kept.id);
  return settled === "refused" ? { kind: "absent" } : { kind: "found", published: settled };
}

const descriptionOf = ({ text, link }: Content): string => outgoingText("facebook", { text, link, withPictures: true });
const keptOf = (checkpoint: Checkpoint): Kept | null => keptSchema.safeParse(checkpoint.data.video).data ?? null;
const look = (graph: Graph, id: string): Promise<Status | null> =>
  unlessGone(graph.get(id, { fields: "status,post_id" }, videoSchema), null);

const keep = async (save: Tools["save"], checkpoint: Checkpoint, kept: Kept): Promise<Checkpoint> => {
  const next: Checkpoint = { stage: "prepared", at: checkpoint.at, data: { ...checkpoint.data, video: kept } };
  await save(next);
  return next;
};

/** The same without an upload: it is begun anew by the next attempt. */
function without(checkpoint: Checkpoint): Checkpoint {
  const { video: _, ...data } = checkpoint.data;
  return { stage: "prepared", at: checkpoint.at, data };
}

type Prepared = { kept: Kept; current: Checkpoint };

/** The bytes in the pieces that Facebook asks for, the checkpoint saved after each. */
async function prepareVideo({ graph, save }: Tools, account: Account, video: Video, checkpoint: Checkpoint): Promise<Prepared> {
  const path = `${account.remoteId}/videos`;
  const known = keptOf(checkpoint);
  let current = checkpoint;
  let kept = known?.kind === "video" ? known : null;
  if (!kept) {
    const body = new URLSearchParams({ upload_phase: "start", file_size: String(video.bytes) });
    const begun = await graph.post(path, body, sessionSchema, false);
    kept = { kind: "video", id: begun.video_id, session: begun.upload_session_id, from: begun.start_offset, to: begun.end_offset };
    current = await keep(save, current, kept);
  }
  while (kept.from < video.bytes) {
    const bytes = new Uint8Array(await video.slice(kept.from, Math.min(kept.to, kept.from + mostBytes)));
    const form = new FormData();
    form.set("upload_phase", "transfer");
    form.set("upload_session_id", kept.session);
    form.set("start_offset", String(kept.from));
    form.set("video_file_chunk", new Blob([bytes], { type: video.mime }), "video.mp4");
    const next = await graph.upload(path, form, progressSchema).catch(async (error: unknown) => {
      if (!known || !isRejected(error, "invalid")) throw error;
      await save(without(current));
      throw new PlatformFailure({ kind: "retryable" }, "facebook: the upload of an earlier try is gone", { cause: error });
    });
    if (next.start_offset <= kept.from) throw new PlatformFailure({ kind: "retryable" }, "facebook: the upload stands still");
    kept = { ...kept, from: next.start_offset, to: next.end_offset };
    current = await keep(save, current, kept);
  }
  return { kept, current };
}

/** Facebook is told where the video is, and fetches it. */
async function prepareReel(tools: Tools, account: Account, video: Video, checkpoint: Checkpoint): Promise<Prepared> {
  const { graph, save, now, pause } = tools;
  const known = keptOf(checkpoint);
  let current = checkpoint;
  let kept = known?.kind === "reel" ? known : null;
  if (!kept) {
    const begun = await graph.post(`${account.remoteId}/video_reels`, new URLSearchParams({ upload_phase: "start" }), reelSchema, false);
    kept = { kind: "reel", id: begun.video_id, uploadUrl: begun.upload_url, handed: false };
    current = await keep(save, current, kept);
  }
  if (!kept.handed) {
    await graph.handOver(kept.uploadUrl, await video.publicUrl(), doneSchema);
    kept = { ...kept, handed: true };
    current = await keep(save, current, kept);
  }
  for (const wait of [...fetchWaits, null]) {
    const status = await look(graph, kept.id);
    const failure = lost(status);
    if (failure) {
      await save(without(current));
      throw new PlatformFailure(failure, `facebook: the video is ${status?.status?.video_status ?? "gone"}`);
    }
    if (status?.status?.uploading_phase?.status === "complete") return { kept, current };
    if (wait !== null) await pause(wait);
  }
  throw new PlatformFailure({ kind: "retryable", after: new Date(now().getTime() + again) }, "facebook: the video is not fetched yet");
}

/** Why a video cannot be published any more; null while it can. What Facebook could not fetch it may fetch another time. */
function lost(video: Status | null): Failure | null {
  if (video === null || video.status?.video_status === "expired") return { kind: "retryable" };
  const { uploading_phase: uploading, processing_phase: processing, video_status } = video.status ?? {};
  if (uploading?.status === "error") return { kind: "retryable" };
  if (video_status !== "error" && processing?.status !== "error") return null;
  return { kind: "rejected", code: "video-refused", detail: processing?.errors?.[0]?.message };
}

/**
 * The post of a video that is being published. Facebook names it once the video is processed; until then a post is known by its
 * video's number too.
 */
async function settle({ graph, pause }: Tools, account: Account, id: string): Promise<Published | "refused"> {
  const idOf = (post: string) => (post.includes("_") ? post : `${account.remoteId}_${post}`);
  for (const wait of [...publishWaits, null]) {
    const status = await look(graph, id).catch(() => null);
    if (status?.post_id !== undefined) {
      const remoteId = idOf(status.post_id);
      return { remoteId, permalink: await readPermalink(graph, remoteId), ref: null };
    }
    if (status?.status?.video_status === "error") return "refused";
    if (wait !== null) await pause(wait);
  }
  return { remoteId: idOf(id), permalink: null, ref: null };
}
