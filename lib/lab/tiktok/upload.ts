import { readFilm } from "../facebook/mp4.ts";
import type { LabRequest, Reply } from "../http.ts";
import type { Lab } from "../lab.ts";
import { settleSoon } from "./progress.ts";
import { insertFile } from "./publishing.ts";
import { findPublish, findUser, type PublishRow } from "./tables.ts";

const LIFE_MS = 60 * 60_000;
const LAST_MOST = 128_000_000;
const SHORTEST_SECONDS = 3;

const bare = (status: number, row?: PublishRow): Reply => ({
  status,
  headers: row && row.uploaded > 0 ? { "content-range": `bytes 0-${row.uploaded - 1}/${row.size}` } : {},
  body: "",
});

/** Why TikTok would not publish these bytes; null when it would. */
function judge(lab: Lab, row: PublishRow, bytes: Uint8Array): { problem: string | null; width: number; height: number; seconds: number } {
  const film = readFilm(bytes);
  if (!film) return { problem: "file_format_check_failed", width: 0, height: 0, seconds: 0 };
  const { width, height } = film;
  const seconds = film.durationMs / 1000;
  const size = { width, height, seconds: Math.floor(seconds) };
  if ([width, height].some((side) => side < 360 || side > 4_096)) return { ...size, problem: "picture_size_check_failed" };
  const most = findUser(lab.store, row.user)?.max_seconds ?? 0;
  return { ...size, problem: seconds < SHORTEST_SECONDS || seconds > most ? "duration_check_failed" : null };
}

/** PUT to an upload's address: parts in their order, each where the last one ended. The answers have no body. */
export function takePart(lab: Lab, request: LabRequest): Reply {
  const row = findPublish(lab.store, request.url.searchParams.get("upload_id") ?? "");
  if (!row?.upload || request.url.searchParams.get("upload_token") !== row.upload || row.done !== null) return bare(404);
  if (row.created + LIFE_MS <= lab.now()) return bare(403);
  const { bytes, headers } = request;
  const [, first, last, total] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headers["content-range"] ?? "")?.map(Number) ?? [];
  if (first === undefined || last === undefined || !/^video\//.test(headers["content-type"] ?? "")) return bare(400);
  if (last - first + 1 !== bytes.length || total !== row.size || last >= row.size) return bare(400);
  if (first !== row.uploaded) return bare(416, row);
  const n = Math.floor(first / row.chunk_size);
  const isLast = n >= row.chunk_count - 1;
  if (isLast ? last !== row.size - 1 || bytes.length > LAST_MOST : last !== (n + 1) * row.chunk_size - 1) return bare(400);
  return lab.store.transaction(() => {
    lab.store.run("INSERT INTO tt_chunk (publish, n, bytes) VALUES (?, ?, ?)", row.id, n, bytes);
    lab.store.run("UPDATE tt_publish SET uploaded = ? WHERE id = ?", last + 1, row.id);
    const now = { ...row, uploaded: last + 1 };
    if (!isLast) return bare(206, now);
    const chunks = lab.store.all<{ bytes: Uint8Array }>("SELECT bytes FROM tt_chunk WHERE publish = ? ORDER BY n", row.id);
    const whole = Buffer.concat(chunks.map((chunk) => chunk.bytes));
    const { problem, seconds, width, height } = judge(lab, row, whole);
    insertFile(lab, row.id, 0, { mime: String(headers["content-type"]), width, height, bytes: whole });
    lab.store.run("UPDATE tt_publish SET done = ?, problem = ?, seconds = ? WHERE id = ?", lab.now(), problem, seconds, row.id);
    settleSoon(lab, row.moderation);
    return bare(201, now);
  });
}
