import type { LabRequest } from "../http.ts";
import type { Lab } from "../lab.ts";
import { invalid } from "./errors.ts";
import { type MediaRow, snowflake, type UserRow } from "./tables.ts";
import { mediaKey } from "./view.ts";

const MOST_BYTES = 5_000_000;
const MOST_ALT = 1_000;
const EXPIRES_MS = 86_400_000;

/** The kind of a picture by its first bytes; null for anything else. */
function judge(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, 12)).toString("latin1");
  if (head.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  if (head.startsWith("\xff\xd8\xff")) return "image/jpeg";
  return head.startsWith("RIFF") && head.endsWith("WEBP") ? "image/webp" : null;
}

const find = (lab: Lab, owner: UserRow, id: string): MediaRow => {
  const row = lab.store.get<MediaRow>("SELECT * FROM x_media WHERE id = ? AND owner = ?", id, owner.id);
  if (!row || row.created + EXPIRES_MS <= lab.now()) throw invalid("id", id, "The media id is not valid.");
  return row;
};

const answer = (lab: Lab, id: string, created: number, more: object = {}) => ({
  data: { id, media_key: mediaKey(id), expires_after_secs: Math.floor((created + EXPIRES_MS - lab.now()) / 1000), ...more },
});

/** POST /2/media/upload/initialize {media_type, total_bytes, media_category}. */
export function initialize(lab: Lab, owner: UserRow, { fields }: LabRequest): unknown {
  const { media_type, total_bytes, media_category } = fields;
  if (media_category !== "tweet_image") throw invalid("media_category", String(media_category), "Only tweet_image is taken here.");
  if (typeof media_type !== "string" || !/^image\/(png|jpeg|webp)$/.test(media_type))
    throw invalid("media_type", String(media_type), "The media type is not supported.");
  const total = Number(total_bytes);
  if (!Number.isInteger(total) || total < 1 || total > MOST_BYTES)
    throw invalid("total_bytes", String(total_bytes), `File size exceeds ${MOST_BYTES} bytes.`);
  const now = lab.now();
  const id = snowflake(now, Number(lab.store.nextId()));
  lab.store.run(
    "INSERT INTO x_media (id, owner, mime, total, state, created) VALUES (?, ?, ?, ?, 'open', ?)",
    ...[id, owner.id, media_type, total, now],
  );
  return answer(lab, id, now);
}

/** POST /2/media/upload/{id}/append: one segment, as a form's file or in base64. Sent again, a segment takes the place of the first. */
export function append(lab: Lab, owner: UserRow, request: LabRequest, id: string): unknown {
  const row = find(lab, owner, id);
  const { segment_index, media } = request.fields;
  const bytes = request.files.media?.bytes ?? (typeof media === "string" ? Buffer.from(media, "base64") : null);
  const n = Number(segment_index);
  if (row.state !== "open" || !bytes || bytes.length === 0) throw invalid("media", id, "The media is missing or already complete.");
  if (!Number.isInteger(n) || n < 0 || n > 999) throw invalid("segment_index", String(segment_index), "The segment index is not valid.");
  lab.store.run("INSERT OR REPLACE INTO x_segment (media, n, bytes) VALUES (?, ?, ?)", id, n, bytes);
  return answer(lab, id, row.created);
}

/** POST /2/media/upload/{id}/finalize: the bytes are judged, not the name or the declared type. */
export function finalize(lab: Lab, owner: UserRow, id: string): unknown {
  const row = find(lab, owner, id);
  if (row.state === "ready") return answer(lab, id, row.created, { size: row.total });
  const segments = lab.store.all<{ n: number; bytes: Uint8Array }>("SELECT n, bytes FROM x_segment WHERE media = ? ORDER BY n", id);
  const bytes = Buffer.concat(segments.map((segment) => segment.bytes));
  if (segments.some(({ n }, i) => n !== i)) throw invalid("id", id, "Segments do not add up to the provided total file size.");
  if (bytes.length !== row.total) throw invalid("id", id, "Segments do not add up to the provided total file size.");
  if (judge(bytes) !== row.mime) throw invalid("id", id, "File type could not be determined or does not match.");
  lab.store.transaction(() => {
    lab.store.run("UPDATE x_media SET bytes = ?, state = 'ready' WHERE id = ?", bytes, id);
    lab.store.run("DELETE FROM x_segment WHERE media = ?", id);
  });
  return answer(lab, id, row.created, { size: bytes.length });
}

/** GET /2/media/upload?command=STATUS&media_id=…: pictures are ready at once. */
export function status(lab: Lab, owner: UserRow, params: URLSearchParams): unknown {
  const row = find(lab, owner, params.get("media_id") ?? "");
  if (params.get("command") !== "STATUS") throw invalid("command", params.get("command") ?? "", "Only STATUS is known.");
  const info = row.state === "ready" ? { state: "succeeded", progress_percent: 100 } : { state: "pending", check_after_secs: 1 };
  return answer(lab, row.id, row.created, { processing_info: info });
}

/** POST /2/media/metadata {id, metadata: {alt_text: {text}}}. */
export function metadata(lab: Lab, owner: UserRow, { fields }: LabRequest): unknown {
  const row = find(lab, owner, String(fields.id ?? ""));
  const text = (fields.metadata as { alt_text?: { text?: unknown } } | undefined)?.alt_text?.text;
  if (typeof text !== "string" || text.length > MOST_ALT)
    throw invalid("metadata", JSON.stringify(fields.metadata), `The alternative text must have at most ${MOST_ALT} characters.`);
  lab.store.run("UPDATE x_media SET alt = ? WHERE id = ?", text, row.id);
  return { data: { id: row.id, associated_metadata: { alt_text: { text } } } };
}
