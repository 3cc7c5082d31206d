/** A publication's way to TikTok. Its id is saved as soon as TikTok has named it, and from then on tells how it stands. */

import { z } from "zod";
import { commit, firstCommit } from "../commit.ts";
import { type Account, type Checkpoint, type Content, PlatformFailure, type Published } from "../contract.ts";
import { isRejected } from "../rejections.ts";
import { planChunks } from "./chunks.ts";
import { type TikTokApi, uploadGone } from "./client.ts";
import { findListed, published, readStanding, type Standing } from "./status.ts";
import { creatorSchema, failReason, photoRequest, refusalOf, videoRequest } from "./transform.ts";

export type Tools = {
  api: TikTokApi;
  save: (next: Checkpoint) => Promise<void>;
  now: () => Date;
  pause: (ms: number) => Promise<void>;
};

/** What the checkpoint knows: TikTok's id of the publication, and for a video where its bytes go and until when. */
const keptSchema = z.object({
  publishId: z.string().nullable().catch(null),
  upload: z.object({ url: z.string(), until: z.string() }).nullable().catch(null),
});
const initSchema = z.object({ publish_id: z.string().min(1), upload_url: z.string().optional() });

/** TikTok takes bytes for an hour; the last minutes of it are not used. */
const uploadLife = 55 * 60_000;
/** The waits between two looks at a publication that TikTok works on, in ms: after sending, and in a look-up. */
const waits = [1_000, 2_000, 4_000, 8_000, 15_000, 20_000];
export const lookUpWaits = [1_000, 2_000, 4_000, 8_000];

export const keptIn = (checkpoint: Checkpoint) => keptSchema.parse(checkpoint.data);

/** The same without TikTok's publication: the next attempt begins another. */
function without(checkpoint: Checkpoint): Checkpoint {
  const { publishId: _, upload: __, ...data } = checkpoint.data;
  return { stage: "prepared", at: checkpoint.at, data };
}

/** Publishes photos or a video and waits for its id. Ends as ambiguous while TikTok still works on it: a look-up takes over. */
export async function publishMedia(tools: Tools, account: Account, content: Content, checkpoint: Checkpoint): Promise<Published> {
  const { save } = tools;
  const begun = await resume(tools, content, checkpoint);
  const sent = content.video ? await sendVideo(tools, content, begun) : await sendPhotos(tools, content, begun.checkpoint);
  await save(sent);
  const outcome = await awaitPost(tools, account, content, sent, waits);
  if (outcome.state === "failed") {
    await save(without(sent));
    throw new PlatformFailure(failReason(outcome.reason, tools.now()), `tiktok: publishing failed: ${outcome.reason}`);
  }
  if (outcome.state === "found") return outcome.published;
  throw new PlatformFailure({ kind: "ambiguous" }, "tiktok: the post has no id yet");
}

type Begun = { checkpoint: Checkpoint; bytes: number };

/** How far an earlier attempt got. One that is out, or may be, ends as ambiguous; one that failed tells why. */
async function resume(tools: Tools, content: Content, checkpoint: Checkpoint): Promise<Begun> {
  const { api, save, now } = tools;
  const { publishId, upload } = keptIn(checkpoint);
  if (publishId === null) return { checkpoint, bytes: 0 };
  const standing = await readStanding(api, publishId, content.video?.bytes ?? null);
  if (standing.state === "uploading") {
    const alive = upload !== null && new Date(upload.until) > now();
    return alive && standing.bytes !== null ? { checkpoint, bytes: standing.bytes } : { checkpoint: without(checkpoint), bytes: 0 };
  }
  if (standing.state === "failed") {
    await save(without(checkpoint));
    throw new PlatformFailure(failReason(standing.reason, now()), `tiktok: publishing failed: ${standing.reason}`);
  }
  if (standing.state === "gone" && !firstCommit(checkpoint)) return { checkpoint: without(checkpoint), bytes: 0 };
  await save({ ...checkpoint, stage: "committing", at: checkpoint.at ?? now().toISOString() });
  throw new PlatformFailure({ kind: "ambiguous" }, "tiktok: an earlier attempt may be out");
}

async function readCreator(tools: Tools, content: Content) {
  const creator = await tools.api.post("post/publish/creator_info/query", {}, creatorSchema);
  const refusal = refusalOf(creator, content);
  if (refusal) throw new PlatformFailure(refusal, "tiktok: the account may not publish this now");
  return creator;
}

/** Nothing is published before the last part has come: until then everything may be tried again. */
async function sendVideo(tools: Tools, content: Content, begun: Begun): Promise<Checkpoint> {
  const { api, save, now } = tools;
  const video = content.video!;
  const plan = planChunks(video.bytes);
  let current = begun.checkpoint;
  const keep = async (data: Checkpoint["data"]) => {
    current = { stage: "prepared", at: current.at, data: { ...current.data, ...data } };
    await save(current);
  };
  if (keptIn(current).publishId === null) {
    const creator = await readCreator(tools, content);
    const until = new Date(now().getTime() + uploadLife).toISOString();
    const init = await api.post("post/publish/video/init", videoRequest(content, creator, plan), initSchema);
    if (init.upload_url === undefined) throw new PlatformFailure({ kind: "retryable" }, "tiktok: no address for the video");
    await keep({ publishId: init.publish_id, upload: { url: init.upload_url, until } });
  }
  const url = keptIn(current).upload?.url ?? "";
  const left = plan.chunks.filter((chunk) => chunk.to > begun.bytes);
  try {
    for (const chunk of left) {
      const last = chunk.to === video.bytes;
      const from = Math.max(chunk.from, begun.bytes);
      const part = { bytes: await video.slice(from, chunk.to), mime: video.mime, from, total: video.bytes };
      if (last) return await committed(current, now(), (at) => commit(current, save, at, () => api.put(url, part, true).then(() => ({}))));
      await api.put(url, part, false);
      await keep({});
    }
  } catch (error) {
    if (!isRejected(error, uploadGone)) throw error;
    await save(without(current));
    throw new PlatformFailure({ kind: "retryable" }, "tiktok: the upload is gone", { cause: error });
  }
  throw new PlatformFailure({ kind: "ambiguous" }, "tiktok: nothing is left to send");
}

/** TikTok fetches the photos after this one call: it cannot be taken back, and its answer alone names the publication. */
async function sendPhotos(tools: Tools, content: Content, current: Checkpoint): Promise<Checkpoint> {
  const { api, save, now } = tools;
  const creator = await readCreator(tools, content);
  const addresses: string[] = [];
  for (const picture of content.pictures) addresses.push(await picture.publicUrl());
  const body = photoRequest(content, creator, addresses);
  return committed(current, now(), async (at) => {
    const { publish_id } = await commit(current, save, at, () => api.post("post/publish/content/init", body, initSchema, true));
    return { publishId: publish_id };
  });
}

/** The checkpoint after the irreversible call, with what it told. */
async function committed(before: Checkpoint, now: Date, call: (at: Date) => Promise<Checkpoint["data"]>): Promise<Checkpoint> {
  const at = now.toISOString();
  const told = await call(now);
  return { stage: "committing", at, data: { ...before.data, firstAt: before.data.firstAt ?? at, ...told } };
}

export type Outcome =
  | { state: "found"; published: Published }
  | Extract<Standing, { state: "failed" | "uploading" }>
  | { state: "unknown" };

/** Looks until TikTok has an id for the post, for as long as the waits last. Trouble on the way decides nothing. */
async function awaitPost(tools: Tools, account: Account, content: Content, sent: Checkpoint, pauses: number[]): Promise<Outcome> {
  const tolerant = (error: unknown): Outcome => {
    if (error instanceof PlatformFailure) return { state: "unknown" };
    throw error;
  };
  return lookFor(pauses, tools.pause, (last) => look(tools.api, account, content, sent, last).catch(tolerant));
}

/** Looks, and looks again after each of the waits, until something is known. `last`: there is no further look. */
export async function lookFor(pauses: number[], pause: Tools["pause"], once: (last: boolean) => Promise<Outcome>): Promise<Outcome> {
  for (const wait of pauses) {
    const outcome = await once(false);
    if (outcome.state !== "unknown") return outcome;
    await pause(wait);
  }
  return once(true);
}

/**
 * What became of a publication whose irreversible call was made, as far as TikTok tells now. TikTok gives out no id before its
 * moderation is done, and sometimes never: on the `last` look the post is sought in the account's list.
 */
export async function look(api: TikTokApi, account: Account, content: Content, sent: Checkpoint, last: boolean): Promise<Outcome> {
  const { publishId } = keptIn(sent);
  const standing = publishId === null ? null : await readStanding(api, publishId, content.video?.bytes ?? null);
  if (standing?.state === "out" && standing.postId !== null)
    return { state: "found", published: published(account, content, standing.postId) };
  if (standing?.state === "failed" || standing?.state === "uploading") return standing;
  if (standing?.state === "working" || standing?.state === "gone" || !last) return { state: "unknown" };
  const listed = await findListed(api, account, content, firstCommit(sent) ?? new Date(sent.at ?? 0));
  return listed ? { state: "found", published: listed } : { state: "unknown" };
}
