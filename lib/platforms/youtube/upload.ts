/** Brings a video to YouTube piece by piece, through a session that remembers how far it got. */

import { z } from "zod";
import { commit } from "../commit.ts";
import { type Checkpoint, type Content, PlatformFailure, type Video } from "../contract.ts";
import type { HttpAnswer } from "../http.ts";
import { outgoingText } from "../outgoing.ts";
import type { YoutubeApi } from "./client.ts";

/** Google takes pieces in multiples of 256 KiB. Source: YouTube Data API, "Resumable Uploads". */
const unit = 262_144;
/** Small enough for a slow line to bring one within the time of one call. */
export const usualPiece = 16 * unit;
const pieceTimeout = 75_000;

/** "News & Politics", where YouTube files what a government tells its citizens; "People & Blogs" (22) is for private persons. */
const category = "25";

/** Google's word that a session is finished, has so much, or is no more. */
type Progress = { kind: "done"; video: Uploaded } | { kind: "received"; bytes: number } | { kind: "gone" };
const uploadedSchema = z.object({ id: z.string(), status: z.object({ privacyStatus: z.string().optional() }).optional() });
export type Uploaded = z.output<typeof uploadedSchema>;

type Save = (next: Checkpoint) => Promise<void>;
type Uploading = { api: YoutubeApi; save: Save; now: () => Date; piece: number };

/** The address of the session; whoever has it may write to the video, so it stays in the checkpoint. */
export function sessionOf({ data }: Checkpoint): string | null {
  return typeof data.session === "string" ? data.session : null;
}

/** The checkpoint as if no session had been opened. */
export function withoutSession({ at, data: { session: _, ...data } }: Checkpoint): Checkpoint {
  return { stage: "prepared", at, data };
}

/** The description as it is published. */
export const descriptionOf = ({ text, link, pictures }: Content): string =>
  outgoingText("youtube", { text, link, withPictures: pictures.length > 0 });

/**
 * Uploads the video, going on where an earlier try stopped. The last piece is the one call that cannot be taken back; with it
 * the video is out.
 */
export async function uploadVideo(uploading: Uploading, content: Content, video: Video, checkpoint: Checkpoint): Promise<Uploaded> {
  const { api, save, now, piece } = uploading;
  const known = sessionOf(checkpoint);
  const progress: Progress = known === null ? { kind: "gone" } : await askSession(api, known, video.bytes);
  if (progress.kind === "done") return progress.video;
  if (isWhole(progress, video)) throw unfinished();
  if (progress.kind === "gone" && checkpoint.stage === "committing")
    throw new PlatformFailure({ kind: "ambiguous" }, "youtube: the session of an earlier try is gone");

  let current = checkpoint;
  let session = known ?? "";
  if (progress.kind === "gone") {
    session = await openSession(api, content, video);
    current = { stage: "prepared", at: current.at, data: { ...current.data, session } };
    await save(current);
  }
  for (let from = progress.kind === "received" ? progress.bytes : 0; ; ) {
    const to = Math.min(from + piece, video.bytes);
    const bytes = await video.slice(from, to);
    if (to === video.bytes) {
      return commit(current, save, now(), async () => {
        const last = await sendPiece(api, session, { bytes, from, video }, true);
        if (last.kind === "done") return last.video;
        if (isWhole(last, video)) throw unfinished();
        throw new PlatformFailure({ kind: "retryable" }, "youtube: the last piece was not taken");
      });
    }
    const next = await sendPiece(api, session, { bytes, from, video }, false);
    if (next.kind === "done") return next.video;
    if (next.kind === "gone" || next.bytes <= from) throw new PlatformFailure({ kind: "retryable" }, "youtube: a piece was not taken");
    from = next.bytes;
    // Nothing new to remember, but a long upload keeps its claim.
    await save(current);
  }
}

/** Whether Google has every byte, though it has not finished: the video may come out by itself. */
export const isWhole = (progress: Progress, video: Video): boolean => progress.kind === "received" && progress.bytes >= video.bytes;
const unfinished = () => new PlatformFailure({ kind: "ambiguous" }, "youtube: everything has arrived, and nothing is out yet");

/** Opens a session for the video; nobody sees anything of it before its last piece. */
async function openSession(api: YoutubeApi, content: Content, video: Video): Promise<string> {
  const body = {
    snippet: { title: content.title ?? "", description: descriptionOf(content), categoryId: category },
    status: { privacyStatus: "public", selfDeclaredMadeForKids: false },
  };
  const answer = await api.exchange(
    {
      method: "POST",
      url: `${api.baseUrl}/upload/youtube/v3/videos?${new URLSearchParams({ uploadType: "resumable", part: "snippet,status" })}`,
      headers: {
        "content-type": "application/json",
        "x-upload-content-length": String(video.bytes),
        "x-upload-content-type": video.mime,
      },
      body: JSON.stringify(body),
    },
    [],
    false,
  );
  const location = answer.headers.get("location");
  if (location === null || !URL.canParse(location)) throw new PlatformFailure({ kind: "retryable" }, "youtube: no session was opened");
  return location;
}

/** Asks how far a session got. A session that Google no longer speaks about is gone. */
export async function askSession(api: YoutubeApi, session: string, total: number): Promise<Progress> {
  const headers = { "content-range": `bytes */${total}` };
  return progressOf(await api.exchange({ method: "PUT", url: session, headers }, [308, 404, 410], false), false);
}

type Piece = { bytes: Uint8Array; from: number; video: Video };

async function sendPiece(api: YoutubeApi, session: string, { bytes, from, video }: Piece, committing: boolean): Promise<Progress> {
  const headers = { "content-type": video.mime, "content-range": `bytes ${from}-${from + bytes.length - 1}/${video.bytes}` };
  const request = { method: "PUT", url: session, headers, body: bytes, timeout: pieceTimeout } as const;
  try {
    return progressOf(await api.exchange(request, [308, 404, 410], committing), committing);
  } catch (error) {
    // The token opened the session, so it ended meanwhile: the next try brings a fresh one.
    if (error instanceof PlatformFailure && error.failure.kind === "needs-reauth")
      throw new PlatformFailure({ kind: "retryable" }, error.message, { cause: error });
    throw error;
  }
}

/** 308 without `Range`: nothing has arrived. */
function progressOf({ status, headers, body }: HttpAnswer, committing: boolean): Progress {
  if (status === 404 || status === 410) return { kind: "gone" };
  if (status === 308) {
    const [, last] = /^bytes=0-(\d+)$/.exec(headers.get("range") ?? "") ?? [];
    return { kind: "received", bytes: last === undefined ? 0 : Number(last) + 1 };
  }
  const video = uploadedSchema.safeParse(body).data;
  if (video) return { kind: "done", video };
  throw new PlatformFailure({ kind: committing ? "ambiguous" : "retryable" }, "youtube: answer of an unknown form");
}

/** Sets the picture as the video's thumbnail, or leaves it: the video is out, and nothing here may make it a failure. */
export async function setThumbnail(api: YoutubeApi, id: string, { pictures: [picture] }: Content): Promise<void> {
  if (!picture) return;
  const query = new URLSearchParams({ videoId: id, uploadType: "media" });
  const url = `${api.baseUrl}/upload/youtube/v3/thumbnails/set?${query}`;
  try {
    await api.exchange({ method: "POST", url, headers: { "content-type": picture.mime }, body: await picture.read() }, [], false);
  } catch {
    // A channel that is not verified by telephone may not set one, say.
  }
}
