import { sizeKept, streamKept } from "../core/storage.ts";

/**
 * A kept file as an answer, read from the disk while it is sent: whole, or the part that `Range` asks for. Null when the
 * file is not there. The browser neither guesses its type nor runs anything in it.
 */
export async function serveKept(
  request: Request,
  { digest, mime }: { digest: string; mime: string },
  caching: string,
): Promise<Response | null> {
  const size = await sizeKept(digest);
  if (size === null) return null;
  const headers = {
    "content-type": mime,
    "cache-control": caching,
    "accept-ranges": "bytes",
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; sandbox",
    "content-disposition": "inline",
  };
  const range = readRange(request.headers.get("range"), size);
  if (range === "unsatisfiable") return new Response(null, { status: 416, headers: { ...headers, "content-range": `bytes */${size}` } });
  const [from, last] = range ?? [0, size - 1];
  const body = request.method === "HEAD" ? null : streamKept(digest, from, last);
  return new Response(body, {
    status: range ? 206 : 200,
    headers: {
      ...headers,
      "content-length": String(last - from + 1),
      ...(range ? { "content-range": `bytes ${from}-${last}/${size}` } : {}),
    },
  });
}

/** One range, both ends included. Several ranges or a form unknown to us: null, the whole file. */
export function readRange(header: string | null, size: number): [from: number, last: number] | null | "unsatisfiable" {
  const [, first, end] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? "") ?? [];
  if (first === undefined || end === undefined || (first === "" && end === "")) return null;
  const from = first === "" ? Math.max(0, size - Number(end)) : Number(first);
  const last = first === "" || end === "" ? size - 1 : Math.min(Number(end), size - 1);
  if (from >= size || (first === "" && Number(end) === 0)) return "unsatisfiable";
  return from <= last ? [from, last] : null;
}
