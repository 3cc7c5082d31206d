import mediaInfo from "mediainfo.js";
import type { Problem } from "../core/errors.ts";
import { readContainer } from "./containers.ts";

const MAX_HOURS = 12;
const MIN_DURATION_MS = 100;
const MIN_SIDE = 100;
const MAX_SIDE = 8_192;
/** What platforms decode; by the names that MediaInfo gives them. */
const codecs = new Set(["AVC", "HEVC", "VP9"]);

export type VideoFacts = {
  mime: "video/mp4" | "video/quicktime";
  width: number;
  height: number;
  durationMs: number;
  /** Null where the file does not tell. */
  frameRate: number | null;
};
type Judged = { ok: true; facts: VideoFacts } | { ok: false; problem: Problem };
type Slice = (from: number, to: number) => Promise<Uint8Array>;

/** Judges a video by its bytes, whatever its name: kind, wholeness, coding, length and size as it is seen (turned upright). */
export async function probeVideo(bytes: number, slice: Slice): Promise<Judged> {
  const refuse = (code: string, params?: Record<string, string | number>): Judged => ({
    ok: false,
    problem: { field: "file", code, params },
  });
  if (bytes === 0) return refuse("file-empty");
  const container = await readContainer(bytes, slice);
  if (container.kind === "other") return refuse("file-no-video");
  if (container.kind === "cut-off") return refuse("file-cut-off");

  const track = await videoTrack(bytes, slice);
  if (!track) return refuse("file-no-picture-track");
  if (!codecs.has(track.codec)) return refuse("file-codec", { codec: track.codec.replace(/[^\w .-]/g, "").slice(0, 20) || "?" });
  const { durationMs, width, height } = track;
  if (!(durationMs >= MIN_DURATION_MS && durationMs <= MAX_HOURS * 3_600_000)) return refuse("file-duration", { limit: MAX_HOURS });
  if (Math.min(width, height) < MIN_SIDE || Math.max(width, height) > MAX_SIDE)
    return refuse("file-sides", { width, height, min: MIN_SIDE, max: MAX_SIDE });
  const frameRate = track.frameRate && track.frameRate > 0 && track.frameRate < 1_000 ? track.frameRate : null;
  return { ok: true, facts: { mime: `video/${container.kind}`, width, height, durationMs, frameRate } };
}

async function videoTrack(bytes: number, slice: Slice) {
  const reader = await mediaInfo({ format: "object" });
  try {
    const { media } = await reader.analyzeData(bytes, (size, from) => slice(from, from + size));
    const found = media?.track.find((track) => track["@type"] === "Video");
    if (found?.["@type"] !== "Video") return null;
    const turned = Math.round(Math.abs(Number(found.Rotation ?? 0)) / 90) % 2 === 1;
    const [width = 0, height = 0] = turned ? [found.Height, found.Width] : [found.Width, found.Height];
    return {
      codec: found.Format ?? "",
      durationMs: Math.round((found.Duration ?? 0) * 1000),
      frameRate: found.FrameRate ?? null,
      width,
      height,
    };
  } catch {
    return null; // what the reader cannot make sense of is no video to anybody
  } finally {
    reader.close();
  }
}
