import sharp from "sharp";
import { isLoopback, type LabRequest } from "../http.ts";
import type { Lab } from "../lab.ts";
import { BotError, bad } from "./errors.ts";
import type { PhotoRow } from "./tables.ts";

const MOST_BYTES = 10 * 1024 * 1024;
const MOST_SIDES = 10_000;
const MOST_RATIO = 20;
const formats: { [format: string]: string } = { jpeg: "image/jpeg", png: "image/png", webp: "image/webp" };

/** Fetches a picture as the platform would, but from this machine only. */
async function fetchBytes(url: string): Promise<Uint8Array> {
  if (!isLoopback(url)) throw bad("failed to get HTTP URL content");
  try {
    const answer = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(10_000) });
    if (!answer.ok) throw new Error(String(answer.status));
    return new Uint8Array(await answer.arrayBuffer());
  } catch {
    throw bad("failed to get HTTP URL content");
  }
}

/** Judges a picture by its bytes: at most 10 MB, width and height together at most 10,000, one at most 20 times the other. */
async function inspect(bytes: Uint8Array): Promise<Omit<PhotoRow, "id">> {
  if (bytes.length === 0) throw bad("file must be non-empty");
  if (bytes.length > MOST_BYTES) throw new BotError(413, "Request Entity Too Large");
  const {
    format = "",
    width = 0,
    height = 0,
  } = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch(() => ({ format: "" }) as { format: string; width?: number; height?: number });
  const mime = formats[format];
  if (!mime) throw bad("IMAGE_PROCESS_FAILED");
  if (width + height > MOST_SIDES || Math.max(width, height) > MOST_RATIO * Math.min(width, height)) throw bad("PHOTO_INVALID_DIMENSIONS");
  return { width, height, mime, bytes };
}

/** The picture that a value names: an upload (`attach://part`), an address to fetch, or the id of one that is here already. */
export async function takePicture(lab: Lab, request: LabRequest, value: string): Promise<string> {
  const part = /^attach:\/\/(.+)$/.exec(value)?.[1];
  if (part === undefined && !/^https?:/i.test(value)) {
    if (!lab.store.get("SELECT id FROM tg_photo WHERE id = ?", value))
      throw bad("wrong remote file identifier specified: Wrong string length");
    return value;
  }
  const upload = part === undefined ? undefined : request.files[part];
  if (part !== undefined && !upload) throw bad("wrong file identifier/HTTP URL specified");
  const { width, height, mime, bytes } = await inspect(upload ? upload.bytes : await fetchBytes(value));
  const id = `AgACAgUAAx${lab.store.nextId()}`;
  lab.store.run("INSERT INTO tg_photo (id, width, height, mime, bytes) VALUES (?, ?, ?, ?, ?)", id, width, height, mime, bytes);
  return id;
}
