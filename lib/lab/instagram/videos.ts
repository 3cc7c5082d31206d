import { readFilm } from "../facebook/mp4.ts";
import { isLoopback } from "../http.ts";
import type { Lab } from "../lab.ts";
import type { VideoRow } from "./tables.ts";

const MOST_BYTES = 300 * 1024 * 1024;
const WITHIN_MS = 20_000;
const SHORTEST_MS = 3_000;
const LONGEST_MS = 15 * 60_000;

export type Video = Pick<VideoRow, "width" | "height" | "duration" | "bytes">;

/** What a container says that Instagram could not fill. */
const spoiled = (subcode: number): string => `Error: Media upload has failed with error code ${subcode}`;

/**
 * Fetches a video as Instagram does, from this machine only, and judges it by its bytes. Instagram names the container first and
 * looks at the video later: what is wrong with it is the container's problem, not a refusal.
 */
export async function fetchVideo(url: string): Promise<Video | { problem: string }> {
  let bytes: Uint8Array;
  try {
    if (!isLoopback(url)) throw new Error("not of this machine");
    const answer = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(WITHIN_MS) });
    if (!answer.ok) throw new Error(`answered ${answer.status}`);
    if (Number(answer.headers.get("content-length") ?? 0) > MOST_BYTES) return { problem: spoiled(2207026) };
    bytes = new Uint8Array(await answer.arrayBuffer());
  } catch {
    return { problem: spoiled(2207052) };
  }
  const film = readFilm(bytes);
  const ratio = film ? film.width / film.height : 0;
  if (!film || bytes.length > MOST_BYTES || ratio < 0.01 || ratio > 10) return { problem: spoiled(2207026) };
  if (film.durationMs < SHORTEST_MS || film.durationMs > LONGEST_MS) return { problem: spoiled(2207026) };
  return { width: film.width, height: film.height, duration: film.durationMs, bytes };
}

/** Keeps a container's video. */
export function insertVideo(lab: Lab, container: string, { width, height, duration, bytes }: Video): void {
  lab.store.run(
    "INSERT INTO ig_video (id, container, width, height, duration, bytes) VALUES (?, ?, ?, ?, ?, ?)",
    ...[lab.store.nextId(), container, width, height, duration, bytes],
  );
}
