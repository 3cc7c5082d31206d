/** Brings a publication's pictures to X, segment by segment. */

import { z } from "zod";
import { type Checkpoint, type Content, type Picture, PlatformFailure } from "../contract.ts";
import type { XApi } from "./client.ts";

const segment = 1_000_000;
/** A picture is not used in the last hour of its life. */
const margin = 3_600;

const mediaSchema = z.object({
  data: z.object({
    id: z.string(),
    expires_after_secs: z.number().optional(),
    processing_info: z.object({ state: z.string(), check_after_secs: z.number().optional() }).optional(),
  }),
});
type Media = z.output<typeof mediaSchema>["data"];

/** `until`: when X forgets the picture unless a post has it. */
const keptSchema = z.record(z.string(), z.object({ id: z.string(), until: z.string(), ready: z.boolean() }));
type Kept = z.output<typeof keptSchema>;

const keptIn = (checkpoint: Checkpoint): Kept => keptSchema.catch({}).parse(checkpoint.data.media);

/** The media ids of the content's pictures, in their order. */
export function mediaIds(content: Content, checkpoint: Checkpoint): string[] {
  const kept = keptIn(checkpoint);
  return content.pictures.flatMap((picture) => kept[picture.digest]?.id ?? []);
}

type Save = (next: Checkpoint) => Promise<void>;

/** Uploads the pictures that the checkpoint does not know yet, with their alternative texts, and saves the id of each at once. */
export async function uploadPictures(
  api: XApi,
  content: Content,
  checkpoint: Checkpoint,
  save: Save,
  now: () => Date,
): Promise<Checkpoint> {
  let current = checkpoint;
  const keep = async (picture: Picture, { id, expires_after_secs = 86_400 }: Media, ready: boolean) => {
    const known = keptIn(current)[picture.digest];
    const until = known?.id === id ? known.until : new Date(now().getTime() + (expires_after_secs - margin) * 1000).toISOString();
    const media = { ...keptIn(current), [picture.digest]: { id, until, ready } };
    current = { stage: "prepared", at: current.at, data: { ...current.data, media } };
    await save(current);
  };
  for (const picture of content.pictures) {
    const known = keptIn(current)[picture.digest];
    const alive = known !== undefined && new Date(known.until) > now();
    if (alive && known.ready) continue;
    const media = alive ? await readStatus(api, known.id) : await upload(api, picture);
    if (!alive && picture.alt !== "") await describe(api, media.id, picture.alt);
    const { state, check_after_secs = 5 } = media.processing_info ?? { state: "succeeded" };
    if (state === "failed")
      throw new PlatformFailure({ kind: "rejected", code: "picture-refused" }, "x: the picture could not be processed");
    await keep(picture, media, state === "succeeded");
    if (state !== "succeeded") {
      const after = new Date(now().getTime() + check_after_secs * 1000);
      throw new PlatformFailure({ kind: "retryable", after }, "x: the picture is still being processed");
    }
  }
  return current;
}

async function upload(api: XApi, picture: Picture): Promise<Media> {
  const bytes = await picture.read();
  const begin = { media_type: picture.mime, total_bytes: bytes.length, media_category: "tweet_image" };
  const { data } = await refusable(api.post("media/upload/initialize", begin, mediaSchema, false));
  for (let n = 0; n * segment < bytes.length; n += 1) {
    const form = new FormData();
    form.set("segment_index", String(n));
    form.set(
      "media",
      new Blob([new Uint8Array(bytes.subarray(n * segment, (n + 1) * segment))], { type: "application/octet-stream" }),
      "segment",
    );
    await refusable(api.post(`media/upload/${data.id}/append`, form, z.unknown(), false));
  }
  return (await refusable(api.post(`media/upload/${data.id}/finalize`, null, mediaSchema, false))).data;
}

const describe = (api: XApi, id: string, text: string) =>
  refusable(api.post("media/metadata", { id, metadata: { alt_text: { text } } }, z.unknown(), false));

const readStatus = async (api: XApi, id: string) => (await api.get("media/upload", { command: "STATUS", media_id: id }, mediaSchema)).data;

/** What X refuses here, it refuses for the picture's sake. */
async function refusable<T>(call: Promise<T>): Promise<T> {
  return call.catch((error: unknown) => {
    if (error instanceof PlatformFailure && error.failure.kind === "rejected" && error.failure.code === "invalid")
      throw new PlatformFailure({ ...error.failure, code: "picture-refused" }, error.message, { cause: error });
    throw error;
  });
}
