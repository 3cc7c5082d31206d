import { type Film, readFilm } from "../facebook/mp4.ts";
import type { LabRequest } from "../http.ts";
import type { Lab } from "../lab.ts";
import { invalid } from "./errors.ts";
import { isVideo, type MediaRow, mediaKey, snowflake, type UserRow } from "./tables.ts";

/** What X takes, by the use that the upload names. */
const uses: { [category: string]: { types: RegExp; bytes: number } } = {
  tweet_image: { types: /^image\/(png|jpeg|webp)$/, bytes: 5_000_000 },
  tweet_video: { types: /^video\/(mp4|quicktime)$/, bytes: 512_000_000 },
};
const MOST_SEGMENT = 5_242_880;
const SHORTEST_MS = 500;
const LONGEST_MS = 140_000;
const MOST_ALT = 1_000;
const EXPIRES_MS = 86_400_000;
/** Two looks of the second that X names: one while a video waits, one while it is worked on. */
const PROCESSING_MS = 1_500;

/** The kind of a picture by its first bytes; null for anything else. */
function judge(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, 12)).toString("latin1");
  if (head.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  if (head.startsWith("\xff\xd8\xff")) return "image/jpeg";
  return head.startsWith("RIFF") && head.endsWith("WEBP") ? "image/webp" : null;
}

/** What is wrong with a video; null when nothing is. Source: X, "Media best practices". */
function faultOf(film: Film | null): string | null {
  if (!film) return "Unsupported video format";
  if (film.durationMs < SHORTEST_MS) return "Video is too short";
  if (film.durationMs > LONGEST_MS) return "Video is too long";
  const ratio = film.width / film.height;
  return ratio < 1 / 3 || ratio > 3 ? "Unsupported aspect ratio" : null;
}

const find = (lab: Lab, owner: UserRow, id: string): MediaRow => {
  const row = lab.store.get<MediaRow>("SELECT * FROM x_media WHERE id = ? AND owner = ?", id, owner.id);
  if (!row || row.created + EXPIRES_MS <= lab.now()) throw invalid("id", id, "The media id is not valid.");
  return row;
};

const answer = (lab: Lab, { id, mime, created }: Pick<MediaRow, "id" | "mime" | "created">, more: object = {}) => ({
  data: { id, media_key: mediaKey({ id, mime }), expires_after_secs: Math.floor((created + EXPIRES_MS - lab.now()) / 1000), ...more },
});

/** POST /2/media/upload/initialize {media_type, total_bytes, media_category}. */
export function initialize(lab: Lab, owner: UserRow, { fields }: LabRequest): unknown {
  const { media_type, total_bytes, media_category } = fields;
  const use = uses[String(media_category)];
  if (!use) throw invalid("media_category", String(media_category), "The media category is not supported.");
  if (typeof media_type !== "string" || !use.types.test(media_type))
    throw invalid("media_type", String(media_type), "The media type is not supported.");
  const total = Number(total_bytes);
  if (!Number.isInteger(total) || total < 1 || total > use.bytes)
    throw invalid("total_bytes", String(total_bytes), `File size exceeds ${use.bytes} bytes.`);
  const created = lab.now();
  const id = snowflake(created, Number(lab.store.nextId()));
  lab.store.run(
    "INSERT INTO x_media (id, owner, mime, total, state, created) VALUES (?, ?, ?, ?, 'open', ?)",
    ...[id, owner.id, media_type, total, created],
  );
  return answer(lab, { id, mime: media_type, created });
}

/** POST /2/media/upload/{id}/append: one segment, as a form's file or in base64. Sent again, a segment takes the place of the first. */
export function append(lab: Lab, owner: UserRow, request: LabRequest, id: string): unknown {
  const row = find(lab, owner, id);
  const { segment_index, media } = request.fields;
  const bytes = request.files.media?.bytes ?? (typeof media === "string" ? Buffer.from(media, "base64") : null);
  const n = Number(segment_index);
  if (row.state !== "open" || !bytes || bytes.length === 0) throw invalid("media", id, "The media is missing or already complete.");
  if (bytes.length > MOST_SEGMENT) throw invalid("media", id, "The segment is larger than 5 MB.");
  if (!Number.isInteger(n) || n < 0 || n > 999) throw invalid("segment_index", String(segment_index), "The segment index is not valid.");
  lab.store.run("INSERT OR REPLACE INTO x_segment (media, n, bytes) VALUES (?, ?, ?)", id, n, bytes);
  return answer(lab, row);
}

/** POST /2/media/upload/{id}/finalize: the bytes are judged, not the name or the declared type; a video's a little later. */
export function finalize(lab: Lab, owner: UserRow, id: string): unknown {
  const row = find(lab, owner, id);
  if (row.state !== "open") return answer(lab, row, { size: row.total, ...processing(lab, row) });
  const segments = lab.store.all<{ n: number; bytes: Uint8Array }>("SELECT n, bytes FROM x_segment WHERE media = ? ORDER BY n", id);
  const bytes = Buffer.concat(segments.map((segment) => segment.bytes));
  if (segments.some(({ n }, i) => n !== i)) throw invalid("id", id, "Segments do not add up to the provided total file size.");
  if (bytes.length !== row.total) throw invalid("id", id, "Segments do not add up to the provided total file size.");
  const video = isVideo(row);
  if (!video && judge(bytes) !== row.mime) throw invalid("id", id, "File type could not be determined or does not match.");
  return lab.store.transaction(() => {
    lab.store.run("UPDATE x_media SET bytes = ?, state = ? WHERE id = ?", bytes, video ? "processing" : "ready", id);
    lab.store.run("DELETE FROM x_segment WHERE media = ?", id);
    if (video) {
      const sql = "INSERT INTO x_processing (media, since, fault) VALUES (?, ?, ?)";
      lab.store.run(sql, id, lab.now(), faultOf(readFilm(bytes)));
    }
    return answer(lab, row, { size: bytes.length, ...processing(lab, { ...row, state: video ? "processing" : "ready" }) });
  });
}

type Work = { since: number; fault: string | null };

/** How far X is with a video; nothing for a picture, which is ready at once. */
function processing(lab: Lab, { id, mime }: MediaRow): object {
  if (!isVideo({ mime })) return {};
  const work = lab.store.get<Work>("SELECT since, fault FROM x_processing WHERE media = ?", id);
  const share = work ? (lab.now() - work.since) / PROCESSING_MS : 0;
  if (share < 0.5) return { processing_info: { state: "pending", check_after_secs: 1 } };
  const progress_percent = Math.min(100, Math.floor(share * 100));
  if (share < 1) return { processing_info: { state: "in_progress", check_after_secs: 1, progress_percent } };
  const error = work?.fault ? { code: 1, name: "InvalidMedia", message: work.fault } : null;
  return { processing_info: error ? { state: "failed", progress_percent, error } : { state: "succeeded", progress_percent } };
}

/** Ends X's work on videos whose time has come: those without a fault may stand in a post. */
export function finishVideos(lab: Lab): void {
  lab.store.run(
    `UPDATE x_media SET state = 'ready' WHERE state = 'processing'
     AND id IN (SELECT media FROM x_processing WHERE fault IS NULL AND since <= ?)`,
    lab.now() - PROCESSING_MS,
  );
}

/** GET /2/media/upload?command=STATUS&media_id=…. */
export function status(lab: Lab, owner: UserRow, params: URLSearchParams): unknown {
  const row = find(lab, owner, params.get("media_id") ?? "");
  if (params.get("command") !== "STATUS") throw invalid("command", params.get("command") ?? "", "Only STATUS is known.");
  if (isVideo(row)) return answer(lab, row, processing(lab, row));
  const info = row.state === "ready" ? { state: "succeeded", progress_percent: 100 } : { state: "pending", check_after_secs: 1 };
  return answer(lab, row, { processing_info: info });
}

/** POST /2/media/metadata {id, metadata: {alt_text: {text}}}: X describes pictures alone. */
export function metadata(lab: Lab, owner: UserRow, { fields }: LabRequest): unknown {
  const row = find(lab, owner, String(fields.id ?? ""));
  const text = (fields.metadata as { alt_text?: { text?: unknown } } | undefined)?.alt_text?.text;
  if (typeof text !== "string" || text.length > MOST_ALT)
    throw invalid("metadata", JSON.stringify(fields.metadata), `The alternative text must have at most ${MOST_ALT} characters.`);
  if (isVideo(row)) throw invalid("id", row.id, "Alternative texts are for pictures.");
  lab.store.run("UPDATE x_media SET alt = ? WHERE id = ?", text, row.id);
  return { data: { id: row.id, associated_metadata: { alt_text: { text } } } };
}
