import { randomBytes } from "node:crypto";
import { json, type LabRequest, type Reply } from "../http.ts";
import type { Lab } from "../lab.ts";
import { bad, forbidden, notFound } from "./errors.ts";
import { type ChannelRow, findVideo } from "./tables.ts";
import { type About, addVideo, readAbout } from "./videos.ts";
import { listOf, videoView } from "./view.ts";

const UNIT = 262_144;
const SESSION_MS = 7 * 86_400_000;
const MOST_THUMBNAIL_BYTES = 2_097_152;

type SessionRow = {
  id: string;
  channel: string;
  about: string;
  mime: string;
  total: number | null;
  received: number;
  video: string | null;
  created: number;
};

const partsOf = (request: LabRequest) => listOf(request.url.searchParams, "part");

/** POST /upload/youtube/v3/videos?uploadType=resumable: opens a session; its address is in `Location` and works without a token. */
export function openSession(lab: Lab, channel: ChannelRow, request: LabRequest): Reply {
  const about = readAbout(request.fields, partsOf(request));
  const total = Number(request.headers["x-upload-content-length"] ?? Number.NaN);
  const id = randomBytes(24).toString("base64url");
  lab.store.run(
    "INSERT INTO yt_session (id, channel, about, mime, total, created) VALUES (?, ?, ?, ?, ?, ?)",
    ...[id, channel.id, JSON.stringify(about), String(request.headers["x-upload-content-type"] ?? "video/*")],
    ...[Number.isInteger(total) ? total : null, lab.now()],
  );
  const address = new URL(`${lab.settings.origin}/google/upload/youtube/v3/videos`);
  address.search = new URLSearchParams({ uploadType: "resumable", part: partsOf(request).join(","), upload_id: id }).toString();
  return { status: 200, headers: { location: address.href, "x-guploader-uploadid": id }, body: "" };
}

const sessionId = (request: LabRequest): string => request.url.searchParams.get("upload_id") ?? "";

/** Ends the request's session, as Google does of itself after a week. */
export function forgetSession(lab: Lab, request: LabRequest): Reply {
  lab.store.run("DELETE FROM yt_session WHERE id = ?", sessionId(request));
  return gone();
}

const gone = (): Reply => ({ status: 404, headers: { "content-type": "text/plain; charset=utf-8" }, body: "Not Found" });

/** Google's "go on": `Range` names what it has; where it has nothing there is no `Range`. */
export const incomplete = (received: number): Reply => ({
  status: 308,
  headers: received > 0 ? { range: `bytes=0-${received - 1}` } : {},
  body: "",
});

const range = /^bytes (?:(\d+)-(\d+)|\*)\/(\d+|\*)$/;

/** What a request to a session is: a question, the piece that completes the video, or one before it. */
export function purpose(request: LabRequest): "status" | "last" | "chunk" {
  const [, , last, total] = range.exec(String(request.headers["content-range"] ?? "")) ?? [];
  if (request.headers["content-range"] === undefined) return "last";
  if (last === undefined) return "status";
  return Number(last) + 1 === Number(total) ? "last" : "chunk";
}

/** Google has everything and is not done with it yet. */
export const unfinished = (request: LabRequest): Reply =>
  incomplete(Number(/\d+$/.exec(String(request.headers["content-range"] ?? ""))?.[0] ?? request.bytes.length));

/** PUT to a session's address: a piece of the video, the whole of it, or a question how far it got. */
export function resume(lab: Lab, request: LabRequest): Reply {
  const row = lab.store.get<SessionRow>("SELECT * FROM yt_session WHERE id = ?", sessionId(request));
  if (!row || row.created + SESSION_MS <= lab.now()) return gone();
  const { bytes, headers } = request;
  if (row.video !== null) return finished(lab, row.video, request, 200);
  const given = headers["content-range"];
  const found = range.exec(String(given ?? `bytes 0-${bytes.length - 1}/${bytes.length}`));
  if (!found) throw bad("badContent", `Failed to parse Content-Range header: ${given}`);
  const [, from, to, all] = found;
  if (from === undefined) return incomplete(row.received);
  const [start, end] = [Number(from), Number(to) + 1];
  if (end - start !== bytes.length) throw bad("badContent", "Content-Range does not match the length of the body.");
  const total = all === "*" ? null : Number(all);
  if (total !== null && ((row.total !== null && total !== row.total) || end > total)) throw bad("badContent", "Invalid total size.");
  if (end !== total && bytes.length % UNIT !== 0) throw bad("badContent", `All pieces but the last must be multiples of ${UNIT} bytes.`);
  // A piece from another place is not taken; the answer tells where to go on.
  if (start !== row.received) return incomplete(row.received);
  return lab.store.transaction(() => {
    lab.store.run("INSERT OR REPLACE INTO yt_chunk (session, start, bytes) VALUES (?, ?, ?)", row.id, start, bytes);
    lab.store.run("UPDATE yt_session SET received = ? WHERE id = ?", end, row.id);
    if (end !== total) return incomplete(end);
    const pieces = lab.store.all<{ bytes: Uint8Array }>("SELECT bytes FROM yt_chunk WHERE session = ? ORDER BY start", row.id);
    const whole = Buffer.concat(pieces.map((piece) => piece.bytes));
    const video = addVideo(lab, row.channel, JSON.parse(row.about) as About, { mime: row.mime, bytes: whole });
    lab.store.run("UPDATE yt_session SET video = ? WHERE id = ?", video, row.id);
    lab.store.run("DELETE FROM yt_chunk WHERE session = ?", row.id);
    return finished(lab, video, request, 201);
  });
}

function finished(lab: Lab, id: string, request: LabRequest, status: number): Reply {
  const video = findVideo(lab.store, id);
  return video ? json(status, videoView(lab, video, partsOf(request))) : gone();
}

/** The parts of a multipart/related body: what is said of the video, then the video. */
function readRelated({ bytes, headers }: LabRequest): { about: unknown; mime: string; media: Uint8Array } {
  const whole = Buffer.from(bytes);
  const boundary = /boundary="?([^";]+)"?/i.exec(headers["content-type"] ?? "")?.[1] ?? "";
  const parts: { type: string; body: Buffer }[] = [];
  const mark = Buffer.from(`--${boundary}`);
  for (let at = whole.indexOf(mark); at >= 0; ) {
    const next = whole.indexOf(mark, at + mark.length);
    const head = whole.indexOf("\r\n\r\n", at);
    if (next < 0 || head < 0 || head > next) break;
    const type = /content-type:\s*(\S+)/i.exec(whole.subarray(at, head).toString("latin1"))?.[1] ?? "";
    parts.push({ type, body: whole.subarray(head + 4, next - 2) });
    at = next;
  }
  const [first, second] = parts;
  if (boundary === "" || !first || !second) throw bad("badContent", "Malformed multipart body.");
  try {
    return { about: JSON.parse(first.body.toString("utf8")), mime: second.type, media: second.body };
  } catch {
    throw bad("parseError", "Parse Error");
  }
}

/** POST /upload/youtube/v3/videos?uploadType=multipart: the video in one request. */
export function uploadWhole(lab: Lab, channel: ChannelRow, request: LabRequest): Reply {
  const { about, mime, media } = readRelated(request);
  if (media.length === 0) throw bad("mediaBodyRequired", "The request does not include the video content.");
  const fields = typeof about === "object" && about !== null ? (about as { [name: string]: unknown }) : {};
  const id = addVideo(lab, channel.id, readAbout(fields, partsOf(request)), { mime, bytes: media });
  return finished(lab, id, request, 200);
}

/** POST /upload/youtube/v3/thumbnails/set?videoId=…: a JPEG or PNG of at most 2 MB. */
export function setThumbnail(lab: Lab, channel: ChannelRow, request: LabRequest): Reply {
  const video = findVideo(lab.store, request.url.searchParams.get("videoId") ?? "");
  if (!video) throw notFound("videoNotFound", "The video that you are trying to insert a thumbnail image for cannot be found.");
  if (video.channel !== channel.id) throw forbidden("forbidden", "The thumbnail can't be set for the specified video.");
  const { bytes } = request;
  if (bytes.length === 0) throw bad("mediaBodyRequired", "The request does not include the image content.");
  if (bytes.length > MOST_THUMBNAIL_BYTES) throw bad("invalidImage", "The provided image content is too large.");
  const head = Buffer.from(bytes.subarray(0, 8)).toString("latin1");
  const mime = head.startsWith("\x89PNG\r\n\x1a\n") ? "image/png" : head.startsWith("\xff\xd8\xff") ? "image/jpeg" : null;
  if (mime === null) throw bad("invalidImage", "The provided image content is invalid.");
  lab.store.run("UPDATE yt_video SET thumbnail = ?, thumbnail_mime = ? WHERE id = ?", bytes, mime, video.id);
  const url = `${lab.settings.origin}/media/youtube/${video.id}/thumbnail`;
  return json(200, { kind: "youtube#thumbnailSetResponse", etag: "e", items: [{ default: { url }, high: { url } }] });
}
