import { inspectPicture } from "../facebook/pictures.ts";
import { isLoopback } from "../http.ts";

const MOST_BYTES = 20_000_000;
const WITHIN_MS = 10_000;
const LONGEST_SIDE = 1_920;
const SHORTEST_SIDE = 1_080;

type Photo = { mime: string; width: number; height: number; bytes: Uint8Array };

/** Width and height of a WebP by its first chunk, lossy, lossless or extended; null for anything else. */
function webpSize(bytes: Uint8Array): { width: number; height: number } | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = (at: number) => Buffer.from(bytes.subarray(at, at + 4)).toString("latin1");
  if (bytes.length < 30 || text(0) !== "RIFF" || text(8) !== "WEBP") return null;
  const kind = text(12);
  if (kind === "VP8 ") return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  if (kind === "VP8L") {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  const wide = (at: number) => (view.getUint32(at, true) & 0xffffff) + 1;
  return kind === "VP8X" ? { width: wide(24), height: wide(27) & 0xffffff } : null;
}

function judge(bytes: Uint8Array): Photo | null {
  const webp = webpSize(bytes);
  if (webp) return { mime: "image/webp", ...webp, bytes };
  try {
    const picture = inspectPicture(bytes, MOST_BYTES);
    return picture.mime === "image/jpeg" ? picture : null;
  } catch {
    return null;
  }
}

/** Fetches a photo as TikTok does, from this machine only: JPEG or WebP, at most 1080p and 20 MB. A text is the reason why it fails. */
export async function fetchPhoto(url: string): Promise<Photo | string> {
  if (!isLoopback(url)) return "photo_pull_failed";
  let bytes: Uint8Array;
  try {
    const answer = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(WITHIN_MS) });
    bytes = new Uint8Array(await answer.arrayBuffer());
    if (!answer.ok) return "photo_pull_failed";
  } catch {
    return "photo_pull_failed";
  }
  const photo = judge(bytes);
  if (!photo || bytes.length > MOST_BYTES) return "file_format_check_failed";
  const [short, long] = [Math.min(photo.width, photo.height), Math.max(photo.width, photo.height)];
  return short > SHORTEST_SIDE || long > LONGEST_SIDE ? "picture_size_check_failed" : photo;
}
