import { readFilm } from "../facebook/mp4.ts";
import { inspectPicture } from "../facebook/pictures.ts";
import { isLoopback } from "../http.ts";
import { fetchFailed, pictureAspect, pictureFormat, pictureTooBig } from "./errors.ts";
import type { FileRow } from "./tables.ts";

const MOST_PICTURE_BYTES = 8 * 1024 * 1024;
const MOST_VIDEO_BYTES = 1024 * 1024 * 1024;
const LONGEST_VIDEO_MS = 300_000;
const WITHIN_MS = 20_000;

export type MediaFile = Pick<FileRow, "mime" | "width" | "height"> & { bytes: Uint8Array };

/** The bytes at an address of this machine; null when they cannot be had, or are too many. */
async function download(url: string, most: number): Promise<Uint8Array | null> {
  if (!isLoopback(url)) return null;
  try {
    const answer = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(WITHIN_MS) });
    if (!answer.ok || Number(answer.headers.get("content-length") ?? 0) > most) return null;
    return new Uint8Array(await answer.arrayBuffer());
  } catch {
    return null;
  }
}

/** Fetches a picture as Threads does and judges it by its bytes; throws its refusals. Its width is Threads' to change. */
export async function fetchPicture(url: string): Promise<MediaFile> {
  const bytes = await download(url, 4 * MOST_PICTURE_BYTES);
  if (!bytes) throw fetchFailed();
  if (bytes.length > MOST_PICTURE_BYTES) throw pictureTooBig();
  const { mime, width, height } = judge(bytes);
  if (width / height > 10 || height / width > 10) throw pictureAspect();
  return { mime, width, height, bytes };
}

function judge(bytes: Uint8Array) {
  try {
    return inspectPicture(bytes, MOST_PICTURE_BYTES);
  } catch {
    throw pictureFormat();
  }
}

/** The same for a video. Threads names the container first and looks at the video later: what is wrong is the container's error. */
export async function fetchVideo(url: string): Promise<MediaFile | { problem: string }> {
  const bytes = await download(url, MOST_VIDEO_BYTES);
  if (!bytes) return { problem: "FAILED_DOWNLOADING_VIDEO" };
  const film = readFilm(bytes);
  if (!film) return { problem: "FAILED_PROCESSING_VIDEO" };
  if (film.durationMs > LONGEST_VIDEO_MS) return { problem: "INVALID_DURATION" };
  const ratio = film.width / film.height;
  if (ratio < 0.01 || ratio > 10) return { problem: "INVALID_ASPEC_RATIO" };
  return { mime: "video/mp4", width: film.width, height: film.height, bytes };
}
