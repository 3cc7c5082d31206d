import { invalid } from "../facebook/errors.ts";
import { inspectPicture } from "../facebook/pictures.ts";
import { isLoopback } from "../http.ts";
import { fetchFailed, fetchTimedOut, pictureAspect, pictureFormat, pictureTooBig } from "./errors.ts";

const MOST_BYTES = 8 * 1024 * 1024;
const WITHIN_MS = 10_000;

export type Picture = { width: number; height: number; bytes: Uint8Array };

async function download(url: string): Promise<Uint8Array> {
  if (!isLoopback(url)) throw fetchFailed();
  let answer: Response;
  let bytes: Uint8Array;
  try {
    answer = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(WITHIN_MS) });
    bytes = new Uint8Array(await answer.arrayBuffer());
  } catch (error) {
    throw error instanceof Error && error.name === "TimeoutError" ? fetchTimedOut() : fetchFailed();
  }
  if (!answer.ok) throw fetchFailed();
  if (bytes.length > MOST_BYTES) throw pictureTooBig();
  return bytes;
}

/** Fetches a picture as Instagram does, from this machine only, and judges it by its bytes. Throws Instagram's refusals. */
export async function fetchPicture(url: string): Promise<Picture> {
  const bytes = await download(url);
  const { mime, width, height } = judge(bytes);
  if (mime !== "image/jpeg") throw pictureFormat();
  if (width < 320 || width > 1_440) throw invalid("The image must be 320 to 1440 pixels wide");
  // A pixel of tolerance: 4:5 of an odd width is no whole number.
  if (width / (height - 1) < 4 / 5 || (width - 1) / height > 1.91) throw pictureAspect();
  return { width, height, bytes };
}

function judge(bytes: Uint8Array) {
  try {
    return inspectPicture(bytes, MOST_BYTES);
  } catch {
    throw pictureFormat();
  }
}
