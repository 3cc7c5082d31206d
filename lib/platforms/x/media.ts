/** Brings a publication's pictures or its video to X, segment by segment, and waits until X has worked on them. */

import { z } from "zod";
import { type Checkpoint, type Content, PlatformFailure } from "../contract.ts";
import type { XApi } from "./client.ts";

/** Bytes of one segment; X takes up to 5 MB in each and 1,000 of them. */
const segment = 4_000_000;
/** A medium is not used in the last hour of its life. */
const margin = 3_600;
/** How long one attempt waits for X's work, in ms, within the lease that a saved checkpoint renews. */
const patience = 60_000;

const mediaSchema = z.object({
  data: z.object({
    id: z.string(),
    expires_after_secs: z.number().optional(),
    processing_info: z
      .object({
        state: z.string(),
        check_after_secs: z.number().optional(),
        error: z.object({ message: z.string() }).optional().catch(undefined),
      })
      .optional(),
  }),
});
type Media = z.output<typeof mediaSchema>["data"];

/**
 * How far a medium got. `until`: when X forgets it unless a post has it. `sent`: segments that X has. `open` takes segments,
 * `processing` is X's work, `finished` lacks its alternative text at most.
 */
const keptSchema = z.object({
  id: z.string(),
  until: z.iso.datetime(),
  sent: z.int(),
  state: z.enum(["open", "processing", "finished", "ready"]),
});
type Kept = z.output<typeof keptSchema>;
const allKept = (checkpoint: Checkpoint) => z.record(z.string(), keptSchema).catch({}).parse(checkpoint.data.media);

/** What is sent, picture or video. X has no alternative texts for videos. */
type Item = {
  digest: string;
  mime: string;
  bytes: number;
  alt: string;
  category: "tweet_image" | "tweet_video";
  refused: "picture-refused" | "video-refused";
  slice: (from: number, to: number) => Promise<Uint8Array>;
};

function itemsOf({ pictures, video }: Content): Item[] {
  const images = pictures.map(({ digest, mime, bytes, alt, read }): Item => {
    const slice = async (from: number, to: number) => (await read()).subarray(from, to);
    return { digest, mime, bytes, alt, slice, category: "tweet_image", refused: "picture-refused" };
  });
  return video ? [...images, { ...video, alt: "", category: "tweet_video", refused: "video-refused" }] : images;
}

/** The media ids of the content, in its order. */
export function mediaIds(content: Content, checkpoint: Checkpoint): string[] {
  const kept = allKept(checkpoint);
  return itemsOf(content).flatMap(({ digest }) => kept[digest]?.id ?? []);
}

type Tools = {
  api: XApi;
  save: (next: Checkpoint) => Promise<void>;
  now: () => Date;
  pause: (ms: number) => Promise<void>;
};

/**
 * Uploads what the checkpoint does not know yet and goes on with what was interrupted; every step is saved. Ends as rejected
 * for what X refuses to take, and as retryable while X still works on it.
 */
export async function uploadMedia(tools: Tools, content: Content, checkpoint: Checkpoint): Promise<Checkpoint> {
  let current = checkpoint;
  for (const item of itemsOf(content)) {
    const known = allKept(current)[item.digest];
    const alive = known !== undefined && new Date(known.until) > tools.now() ? known : null;
    const put = async (kept: { [digest: string]: Kept }) => {
      current = { stage: "prepared", at: current.at, data: { ...current.data, media: kept } };
      await tools.save(current);
    };
    const keep = async (kept: Kept) => {
      await put({ ...allKept(current), [item.digest]: kept });
      return kept;
    };
    try {
      await upload(tools, item, alive, keep);
    } catch (error) {
      if (!isInvalid(error)) throw error;
      const { [item.digest]: _, ...others } = allKept(current);
      await put(others);
      // X may have forgotten what an earlier attempt began: that is begun anew. What it refuses at once it refuses for good.
      if (alive) throw new PlatformFailure({ kind: "retryable" }, "x: an upload could not be continued", { cause: error });
      throw new PlatformFailure({ ...error.failure, code: item.refused }, error.message, { cause: error });
    }
  }
  return current;
}

/** Walks one medium from where it stands until a post can have it. */
async function upload({ api, now, pause }: Tools, item: Item, known: Kept | null, keep: (kept: Kept) => Promise<Kept>): Promise<void> {
  let at = known ?? (await keep(await begin(api, item, now())));
  if (at.state === "open") {
    while (at.sent * segment < item.bytes) {
      const from = at.sent * segment;
      await append(api, at, await item.slice(from, Math.min(from + segment, item.bytes)));
      at = await keep({ ...at, sent: at.sent + 1 });
    }
    const { data } = await api.post(`media/upload/${at.id}/finalize`, null, mediaSchema, false);
    at = await keep({ ...at, state: isDone(data, item) ? "finished" : "processing" });
  }
  for (let left = patience; at.state === "processing"; ) {
    const media = (await api.get("media/upload", { command: "STATUS", media_id: at.id }, mediaSchema)).data;
    const wait = Math.max(1, media.processing_info?.check_after_secs ?? 5) * 1000;
    if (isDone(media, item)) {
      at = await keep({ ...at, state: "finished" });
    } else if (wait > left) {
      throw new PlatformFailure({ kind: "retryable", after: new Date(now().getTime() + wait) }, "x: the upload is still being processed");
    } else {
      await keep(at);
      await pause(wait);
      left -= wait;
    }
  }
  if (at.state === "ready") return;
  if (item.alt !== "") await api.post("media/metadata", { id: at.id, metadata: { alt_text: { text: item.alt } } }, z.unknown(), false);
  await keep({ ...at, state: "ready" });
}

async function begin(api: XApi, { mime, bytes, category }: Item, now: Date): Promise<Kept> {
  const body = { media_type: mime, total_bytes: bytes, media_category: category };
  const { id, expires_after_secs = 86_400 } = (await api.post("media/upload/initialize", body, mediaSchema, false)).data;
  return { id, until: new Date(now.getTime() + (expires_after_secs - margin) * 1000).toISOString(), sent: 0, state: "open" };
}

async function append(api: XApi, { id, sent }: Kept, bytes: Uint8Array): Promise<void> {
  const form = new FormData();
  form.set("segment_index", String(sent));
  form.set("media", new Blob([new Uint8Array(bytes)], { type: "application/octet-stream" }), "segment");
  await api.post(`media/upload/${id}/append`, form, z.unknown(), false);
}

/** Without a word about processing there is none. Throws where X could make nothing of the bytes. */
function isDone({ processing_info: info }: Media, { refused }: Item): boolean {
  if (info?.state !== "failed") return info === undefined || info.state === "succeeded";
  const detail = info.error?.message;
  throw new PlatformFailure({ kind: "rejected", code: refused, ...(detail ? { detail } : {}) }, "x: the upload could not be processed");
}

type Refusal = PlatformFailure & { failure: { kind: "rejected" } };
const isInvalid = (error: unknown): error is Refusal =>
  error instanceof PlatformFailure && error.failure.kind === "rejected" && ["invalid", "not-found"].includes(error.failure.code);
