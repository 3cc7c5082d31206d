import sharp from "sharp";
import type { Problem } from "../core/errors.ts";

const MAX_PIXELS = 50_000_000;
const MIN_SIDE = 100;

export type PictureMime = "image/jpeg" | "image/png" | "image/webp";
export type DecodedPicture = { bytes: Uint8Array; mime: PictureMime; width: number; height: number };
type Decoded = { ok: true; picture: DecodedPicture } | { ok: false; problems: Problem[] };

/** Decodes a picture to its end, turns it upright and writes it anew without its metadata, in its own kind and in sRGB. */
export async function decodePicture(bytes: Uint8Array): Promise<Decoded> {
  const refuse = (code: string, params?: Record<string, number>): Decoded => ({ ok: false, problems: [{ field: "file", code, params }] });
  if (!bytes.length) return refuse("file-empty");
  const kind = kindOf(bytes);
  if (kind === "gif") return refuse("file-animated");
  if (!kind) return refuse("file-no-picture");
  try {
    const { width, height, pages = 1 } = await sharp(bytes, { limitInputPixels: false }).metadata();
    if (width * height > MAX_PIXELS) return refuse("file-pixels", { width, height, limit: MAX_PIXELS / 1_000_000 });
    if (pages > 1 || (kind === "png" && isMovingPng(bytes))) return refuse("file-animated");
    const { data, info } = await sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: "truncated" })
      .rotate()
      .toColourspace("srgb")
      .toFormat(kind, kind === "png" ? {} : { quality: 90 })
      .toBuffer({ resolveWithObject: true });
    if (info.width < MIN_SIDE || info.height < MIN_SIDE) return refuse("file-too-small", { limit: MIN_SIDE });
    return { ok: true, picture: { bytes: data, mime: `image/${kind}`, width: info.width, height: info.height } };
  } catch {
    return refuse("file-no-picture");
  }
}

/** By the first bytes, so that a decoder for anything else (SVG, PDF, TIFF) is never started. */
function kindOf(bytes: Uint8Array): "jpeg" | "png" | "webp" | "gif" | null {
  const head = Buffer.from(bytes.subarray(0, 12)).toString("latin1");
  if (head.startsWith("\xff\xd8\xff")) return "jpeg";
  if (head.startsWith("\x89PNG\r\n\x1a\n")) return "png";
  if (head.startsWith("RIFF") && head.slice(8) === "WEBP") return "webp";
  return head.startsWith("GIF8") ? "gif" : null;
}

/** A PNG that moves has a chunk `acTL` before its pixels. */
function isMovingPng(bytes: Uint8Array): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; at + 8 <= file.length; at += 12 + file.readUInt32BE(at)) {
    const chunk = file.toString("latin1", at + 4, at + 8);
    if (chunk === "acTL") return true;
    if (chunk === "IDAT") return false;
  }
  return false;
}
