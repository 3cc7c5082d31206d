import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";

export type Upload = { name: string; bytes: Uint8Array };
export type LabRequest = {
  method: string;
  url: URL;
  /** The decoded path, without empty segments. */
  segments: string[];
  headers: IncomingHttpHeaders;
  fields: { [name: string]: unknown };
  files: { [name: string]: Upload };
  /** The body as it came: of a video's or picture's bytes nothing else is made. */
  bytes: Uint8Array;
};
export type Reply = { status: number; headers: { [name: string]: string }; body: string | Uint8Array };

/** A request that cannot be read at all; `status` says why. */
export class UnreadableRequest extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export function json(status: number, value: unknown, headers: { [name: string]: string } = {}): Reply {
  return { status, headers: { "content-type": "application/json; charset=UTF-8", ...headers }, body: JSON.stringify(value) };
}

/** Splits and decodes a path; throws UnreadableRequest for broken percent signs. */
export function pathSegments(pathname: string): string[] {
  try {
    return pathname.split("/").filter(Boolean).map(decodeURIComponent);
  } catch {
    throw new UnreadableRequest(400, "Malformed path");
  }
}

async function readBytes(request: IncomingMessage, limit: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Uint8Array>) {
    size += part.length;
    if (size > limit) throw new UnreadableRequest(413, `Body larger than ${limit} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** Some clients send a file without a name, which the parser takes for text: those of a binary type get one. */
function withNames(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const nameless = /(\r\nContent-Disposition: form-data; name="[^"\r\n]*")(?=\r\nContent-Type: application\/octet-stream\r\n)/gi;
  return Uint8Array.from(Buffer.from(Buffer.from(bytes).toString("latin1").replace(nameless, '$1; filename="blob"'), "latin1"));
}

async function readForm(bytes: Uint8Array, contentType: string): Promise<Pick<LabRequest, "fields" | "files">> {
  const form = await new Response(withNames(bytes), { headers: { "content-type": contentType } }).formData();
  const fields: LabRequest["fields"] = {};
  const files: LabRequest["files"] = {};
  for (const [name, value] of form) {
    if (typeof value === "string") fields[name] = value;
    else files[name] = { name: value.name, bytes: new Uint8Array(await value.arrayBuffer()) };
  }
  return { fields, files };
}

/** Reads a JSON, urlencoded or multipart body of at most `limit` bytes; throws UnreadableRequest. */
export async function readRequest(request: IncomingMessage, limit: number): Promise<LabRequest> {
  const address = `http://lab.invalid${request.url}`;
  if (!request.url?.startsWith("/") || !URL.canParse(address)) throw new UnreadableRequest(400, "Malformed address");
  const url = new URL(address);
  const segments = pathSegments(url.pathname);
  const bytes = await readBytes(request, limit);
  const contentType = request.headers["content-type"] ?? "";
  const base = { method: request.method ?? "GET", url, segments, headers: request.headers, bytes };
  try {
    if (bytes.length === 0) return { ...base, fields: {}, files: {} };
    if (/^application\/json\b/i.test(contentType)) {
      const value: unknown = JSON.parse(Buffer.from(bytes).toString("utf8"));
      if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Error("not an object");
      return { ...base, fields: value as LabRequest["fields"], files: {} };
    }
    if (/^multipart\/form-data\b/i.test(contentType)) return { ...base, ...(await readForm(bytes, contentType)) };
    if (/^application\/x-www-form-urlencoded\b/i.test(contentType)) {
      return { ...base, fields: Object.fromEntries(new URLSearchParams(Buffer.from(bytes).toString("utf8"))), files: {} };
    }
    if (/^(?:video\/|image\/|application\/octet-stream\b|multipart\/related\b)/i.test(contentType))
      return { ...base, fields: {}, files: {} };
  } catch (error) {
    throw new UnreadableRequest(400, `Malformed ${contentType.split(";")[0]} body: ${error instanceof Error ? error.message : error}`);
  }
  throw new UnreadableRequest(415, "Unsupported content type");
}

/** Sends the reply; HEAD gets the headers alone. */
export function send(request: IncomingMessage, response: ServerResponse, reply: Reply): void {
  const body = typeof reply.body === "string" ? Buffer.from(reply.body) : reply.body;
  response.writeHead(reply.status, { "x-content-type-options": "nosniff", ...reply.headers, "content-length": body.length });
  response.end(request.method === "HEAD" ? undefined : body);
}

/** True for http addresses on this machine, the only ones the lab ever contacts. */
export function isLoopback(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return /^https?:$/.test(protocol) && /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(hostname);
}
