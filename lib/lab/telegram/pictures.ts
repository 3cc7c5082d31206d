import sharp from "sharp";
import { readFilm } from "../facebook/mp4.ts";
import { isLoopback, type LabRequest } from "../http.ts";
import type { Lab } from "../lab.ts";
import { BotError, bad } from "./errors.ts";
import { findVideo, type PhotoRow } from "./tables.ts";

const MOST_BYTES = 10 * 1024 * 1024;
const MOST_VIDEO_BYTES = 50 * 1024 * 1024;
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

/** The bytes that a value names: an upload (`attach://part`) or an address to fetch; null for the id of what is here already. */
async function bytesOf(request: LabRequest, value: string): Promise<Uint8Array | null> {
  const part = /^attach:\/\/(.+)$/.exec(value)?.[1];
  if (part === undefined) return /^https?:/i.test(value) ? fetchBytes(value) : null;
  const upload = request.files[part];
  if (!upload) throw bad("wrong file identifier/HTTP URL specified");
  return upload.bytes;
}

const unknownFile = () => bad("wrong remote file identifier specified: Wrong string length");

/** The picture that a value names, new or known; answers with its id. */
export async function takePicture(lab: Lab, request: LabRequest, value: string): Promise<string> {
  const given = await bytesOf(request, value);
  if (!given) {
    if (!lab.store.get("SELECT id FROM tg_photo WHERE id = ?", value)) throw unknownFile();
    return value;
  }
  const { width, height, mime, bytes } = await inspect(given);
  const id = `AgACAgUAAx${lab.store.nextId()}`;
  lab.store.run("INSERT INTO tg_photo (id, width, height, mime, bytes) VALUES (?, ?, ?, ?, ?)", id, width, height, mime, bytes);
  return id;
}

/** The video that a value names, new or known; answers with its id. An MP4 of at most 50 MB. */
export async function takeVideo(lab: Lab, request: LabRequest, value: string): Promise<string> {
  const bytes = await bytesOf(request, value);
  if (!bytes) {
    if (!findVideo(lab.store, value)) throw unknownFile();
    return value;
  }
  if (bytes.length === 0) throw bad("file must be non-empty");
  if (bytes.length > MOST_VIDEO_BYTES) throw new BotError(413, "Request Entity Too Large");
  const film = readFilm(bytes);
  if (!film) throw bad("VIDEO_CONTENT_TYPE_INVALID");
  const id = `BAACAgUAAx${lab.store.nextId()}`;
  const values = [id, film.width, film.height, Math.round(film.durationMs / 1000), bytes];
  lab.store.run("INSERT INTO tg_video (id, width, height, seconds, bytes) VALUES (?, ?, ?, ?, ?)", ...values);
  return id;
}
