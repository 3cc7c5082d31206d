import { isLoopback, type LabRequest } from "../http.ts";
import type { Lab } from "../lab.ts";
import { postChanged } from "./changes.ts";
import { badVideo, invalid, rateLimited, videoNotReady } from "./errors.ts";
import type { Json } from "./fields.ts";
import { type Film, readFilm } from "./mp4.ts";
import { parameter } from "./parameters.ts";
import { findVideo, type PageRow, type VideoRow } from "./tables.ts";
import { insertPost } from "./writing.ts";

const DAY = 24 * 60 * 60_000;
const PROCESSING_MS = 250;
const LONGEST_DESCRIPTION = 63_206;
const MOST_BYTES = 1_000_000_000;
const MOST_CHUNK = 4_000_000;
const REELS_PER_DAY = 30;

type Session = { video_id: string; upload_session_id: string; start_offset: string; end_offset: string };

function openVideo(lab: Lab, page: PageRow, reel: boolean, size: number | null): VideoRow {
  const id = lab.store.nextId();
  const session = size === null ? null : lab.store.nextId();
  lab.store.run(
    "INSERT INTO fb_video (id, page, reel, session, size, state, description, created) VALUES (?, ?, ?, ?, ?, 'open', '', ?)",
    ...[id, page.id, reel ? 1 : 0, session, size, lab.now()],
  );
  return findVideo(lab.store, id)!;
}

/** Whole bytes, judged: a film that Facebook cannot play is the video's problem from now on. */
function fill(lab: Lab, video: VideoRow, bytes: Uint8Array): Film | null {
  const film = readFilm(bytes);
  const whole = film && (video.reel === 0 || fitsReel(film)) ? film : null;
  lab.store.run(
    "UPDATE fb_video SET state = 'whole', ready = ?, problem = ?, width = ?, height = ?, duration = ?, bytes = ? WHERE id = ?",
    ...[lab.now() + PROCESSING_MS, whole ? null : "The video file you selected is in a format that we don't support."],
    ...[film?.width ?? 0, film?.height ?? 0, film?.durationMs ?? 0, whole ? bytes : null, video.id],
  );
  lab.store.run("DELETE FROM fb_chunk WHERE video = ?", video.id);
  return whole;
}

/** 9 × 16, 3 to 90 seconds, 540 × 960 at least. */
const fitsReel = ({ width, height, durationMs }: Film): boolean =>
  Math.abs((width / height) * (16 / 9) - 1) < 0.02 && width >= 540 && height >= 960 && durationMs >= 3_000 && durationMs <= 90_000;

async function fetchFilm(url: string): Promise<Uint8Array | null> {
  try {
    if (!isLoopback(url)) return null;
    const answer = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(20_000) });
    return answer.ok && Number(answer.headers.get("content-length") ?? 0) <= MOST_BYTES ? new Uint8Array(await answer.arrayBuffer()) : null;
  } catch {
    return null;
  }
}

/** The video goes out: as a post of the page, which shows once it is processed. */
function publishVideo(lab: Lab, page: PageRow, video: VideoRow, request: LabRequest): void {
  const description = (parameter(request, "description") ?? "").trim();
  if (description.length > LONGEST_DESCRIPTION) throw invalid("Param description is too long");
  const post = insertPost(lab, page, description, null, true);
  lab.store.run(
    "UPDATE fb_video SET state = 'out', description = ?, ready = ?, post = ? WHERE id = ?",
    ...[description, lab.now() + PROCESSING_MS, post.id, video.id],
  );
  postChanged(lab, "add", post);
}

/** What became of bytes so far, and which are wanted next. A third of the video at most goes in one call. */
function progress(lab: Lab, video: VideoRow): { start_offset: string; end_offset: string } {
  const size = video.size ?? 0;
  const held = lab.store.get<{ n: number }>("SELECT sum(length(bytes)) AS n FROM fb_chunk WHERE video = ?", video.id)?.n ?? 0;
  const end = Math.min(size, held + Math.min(MOST_CHUNK, Math.ceil(size / 3)));
  return { start_offset: String(held), end_offset: String(end) };
}

function sessionOf(lab: Lab, page: PageRow, request: LabRequest): VideoRow {
  const session = parameter(request, "upload_session_id") ?? "";
  const video = lab.store.get<VideoRow>("SELECT * FROM fb_video WHERE session = ? AND page = ?", session, page.id);
  if (!video || video.state === "out" || video.created + DAY <= lab.now()) throw invalid("Invalid upload_session_id");
  return video;
}

/** POST /{page}/videos with `upload_phase`: bytes in turns, then the post. Without it, one call with the file or its address. */
export async function createVideo(lab: Lab, page: PageRow, request: LabRequest): Promise<object> {
  switch (parameter(request, "upload_phase")) {
    case undefined: {
      const url = parameter(request, "file_url");
      const bytes = request.files.source?.bytes ?? (url ? await fetchFilm(url) : null);
      return lab.store.transaction(() => {
        const video = openVideo(lab, page, false, null);
        if (!bytes || !fill(lab, video, bytes)) throw badVideo();
        publishVideo(lab, page, video, request);
        return { id: video.id };
      });
    }
    case "start": {
      const size = Number(parameter(request, "file_size"));
      if (!Number.isInteger(size) || size < 1 || size > MOST_BYTES) throw invalid("Param file_size must be a positive integer");
      const video = openVideo(lab, page, false, size);
      return { video_id: video.id, upload_session_id: video.session, ...progress(lab, video) } as Session;
    }
    case "transfer": {
      const video = sessionOf(lab, page, request);
      const bytes = request.files.video_file_chunk?.bytes;
      const { start_offset } = progress(lab, video);
      if (!bytes || bytes.length === 0 || parameter(request, "start_offset") !== start_offset) throw invalid("Invalid start_offset");
      if (Number(start_offset) + bytes.length > (video.size ?? 0)) throw invalid("Param video_file_chunk is too long");
      lab.store.run("INSERT INTO fb_chunk (video, start, bytes) VALUES (?, ?, ?)", video.id, Number(start_offset), bytes);
      return progress(lab, video);
    }
    case "finish":
      return lab.store.transaction(() => {
        const video = sessionOf(lab, page, request);
        const chunks = lab.store.all<{ bytes: Uint8Array }>("SELECT bytes FROM fb_chunk WHERE video = ? ORDER BY start", video.id);
        const bytes = Buffer.concat(chunks.map((chunk) => chunk.bytes));
        if (bytes.length !== video.size) throw videoNotReady();
        if (video.problem || !fill(lab, video, bytes)) throw badVideo();
        publishVideo(lab, page, video, request);
        return { success: true };
      });
  }
  throw invalid("Param upload_phase must be one of {start, transfer, finish}");
}

/** POST /{page}/video_reels: `start` names the place for the video, `finish` publishes it once it is whole. */
export function createReel(lab: Lab, page: PageRow, request: LabRequest): object {
  const phase = parameter(request, "upload_phase");
  if (phase === "start") {
    const { id } = openVideo(lab, page, true, null);
    return { video_id: id, upload_url: `${lab.settings.origin}/meta/video-upload/v26.0/${id}` };
  }
  if (phase !== "finish") throw invalid("Param upload_phase must be one of {start, finish}");
  const video = findVideo(lab.store, parameter(request, "video_id") ?? "");
  if (video?.page !== page.id || video.reel === 0 || video.state === "out") throw invalid("Invalid video_id");
  if (parameter(request, "video_state") !== "PUBLISHED") throw invalid("Param video_state must be PUBLISHED here");
  if (video.problem) throw badVideo();
  if (video.state !== "whole") throw videoNotReady();
  const recent = "SELECT count(*) AS n FROM fb_video WHERE page = ? AND reel = 1 AND state = 'out' AND created > ?";
  if ((lab.store.get<{ n: number }>(recent, page.id, lab.now() - DAY)?.n ?? 0) >= REELS_PER_DAY) throw rateLimited(613);
  publishVideo(lab, page, video, request);
  return { success: true };
}

/** POST to the upload address of a reel: the bytes themselves, or the header `file_url` from which Facebook fetches them. */
export async function uploadReel(lab: Lab, page: string, id: string, request: LabRequest): Promise<{ success: true }> {
  const video = findVideo(lab.store, id);
  if (video?.page !== page || video.reel === 0 || video.state !== "open") throw invalid("Invalid video_id");
  const url = request.headers.file_url;
  if (typeof url === "string") {
    const bytes = await fetchFilm(url);
    if (bytes) fill(lab, video, bytes);
    else lab.store.run("UPDATE fb_video SET problem = 'The video could not be fetched.' WHERE id = ?", id);
    return { success: true };
  }
  if (request.bytes.length === 0 || request.headers.offset !== "0" || Number(request.headers.file_size) !== request.bytes.length)
    throw invalid("The headers offset and file_size do not fit the bytes");
  fill(lab, video, request.bytes);
  return { success: true };
}

/** How far a video is, as the field `status` tells it; asking counts against a video that is held back. */
export function statusOf(lab: Lab, video: VideoRow): Json {
  const held = video.held > 0;
  if (held) lab.store.run("UPDATE fb_video SET held = held - 1 WHERE id = ?", video.id);
  const busy = held || lab.now() < (video.ready ?? 0);
  const done = { status: "complete" };
  const idle = { status: "not_started" };
  const running = { status: "in_progress" };
  if (video.problem) {
    const failed = { status: "error", errors: [{ code: 1363024, message: video.problem }] };
    const fetched = video.state !== "open";
    return {
      video_status: "error",
      uploading_phase: fetched ? done : failed,
      processing_phase: fetched ? failed : idle,
      publishing_phase: idle,
    };
  }
  switch (video.state) {
    case "open":
      if (video.created + DAY <= lab.now())
        return { video_status: "expired", uploading_phase: idle, processing_phase: idle, publishing_phase: idle };
      return { video_status: "uploading", uploading_phase: running, processing_phase: idle, publishing_phase: idle };
    case "whole":
      return {
        video_status: busy ? "processing" : "upload_complete",
        uploading_phase: held ? running : done,
        processing_phase: busy ? running : done,
        publishing_phase: idle,
      };
    case "out":
      return {
        video_status: busy ? "processing" : "ready",
        uploading_phase: done,
        processing_phase: busy ? running : done,
        publishing_phase: busy ? running : { ...done, publish_status: "published" },
      };
  }
}
