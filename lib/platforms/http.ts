/** The one way a connector speaks HTTP: bounded in time and size, never redirected, and clear on whether a failed request may have arrived. */

import type { Failure } from "./contract.ts";

export type HttpRequest = {
  method: "GET" | "POST" | "PUT" | "DELETE";
  url: string;
  headers?: Record<string, string>;
  /** A stream goes out as it is read; where the server wants its length, name it as `content-length`. */
  body?: string | FormData | URLSearchParams | Uint8Array | ReadableStream<Uint8Array>;
  /** Milliseconds for the whole exchange; 20 s unless told. */
  timeout?: number;
  /** Largest answer in bytes; 8 MB unless told. */
  maxBytes?: number;
};

/** `body` is the parsed JSON, or undefined when the answer is not JSON. */
export type HttpAnswer = { status: number; headers: Headers; body: unknown };

/** No usable answer came. `sent: false` when it is certain that the request never reached the server. */
export class HttpFailure extends Error {
  readonly sent: boolean;
  constructor(sent: boolean, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = "HttpFailure";
    this.sent = sent;
  }
}

/**
 * Sends one request, once. Throws HttpFailure when there is no whole answer; any status is an answer, a redirect too.
 * Messages hold method, host and path only: a query or a header may carry a token.
 */
export async function send(request: HttpRequest): Promise<HttpAnswer> {
  const { method, url, headers, body, timeout = 20_000, maxBytes = 8_000_000 } = request;
  const { host, pathname } = new URL(url);
  const what = `${method} ${host}${pathname}`;
  let response: Response;
  let bytes: Uint8Array;
  try {
    response = await fetch(url, {
      method,
      headers: { accept: "application/json", ...headers },
      body: body instanceof Uint8Array ? new Uint8Array(body) : body,
      ...(body instanceof ReadableStream ? { duplex: "half" as const } : {}),
      redirect: "manual",
      signal: AbortSignal.timeout(timeout),
    });
    bytes = await readBounded(response, maxBytes);
  } catch (error) {
    const code = errorCode(error);
    throw new HttpFailure(!neverArrived.has(code), `${what}: ${code}`, { cause: error });
  }
  return { status: response.status, headers: response.headers, body: parseJson(bytes) };
}

/** What became of a request without an answer: on the irreversible call (`committing`) only a request that never arrived is safe to repeat. */
export function transportFailure(failure: HttpFailure, committing: boolean): Failure {
  return failure.sent && committing ? { kind: "ambiguous" } : { kind: "retryable" };
}

/** What a server's own trouble (5xx, or an answer that is no answer) means. */
export function serverFailure(answer: HttpAnswer, committing: boolean, now: Date): Failure {
  if (committing) return { kind: "ambiguous" };
  const after = retryAfter(answer.headers, now);
  return after ? { kind: "retryable", after } : { kind: "retryable" };
}

/** The instant named by `Retry-After`, in seconds or as a date; null when there is none. */
export function retryAfter(headers: Headers, now: Date): Date | null {
  const value = headers.get("retry-after");
  if (!value) return null;
  if (/^\d+$/.test(value)) return new Date(now.getTime() + Number(value) * 1000);
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? null : date;
}

/** Failures that come before the first byte of a request: no connection, no name, no trust. */
const neverArrived = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "ERR_TLS_CERT_ALTNAME_INVALID",
]);

/** The innermost error code, or its name: fetch wraps the socket's error, and a failure on several addresses wraps it again. */
function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  if (error instanceof AggregateError && error.errors.length > 0) return errorCode(error.errors[0]);
  if ("code" in error && typeof error.code === "string") return error.code;
  return error.cause instanceof Error ? errorCode(error.cause) : error.name;
}

async function readBounded(response: Response, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > maxBytes) throw Object.assign(new Error("answer too large"), { code: "ANSWER_TOO_LARGE" });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** A whole number larger than a double holds comes as its digits: platforms write ids as numbers. */
function parseJson(bytes: Uint8Array): unknown {
  const exact = (_: string, value: unknown, context?: { source?: string }) =>
    typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value) ? (context?.source ?? value) : value;
  try {
    return JSON.parse(new TextDecoder().decode(bytes), exact);
  } catch {
    return undefined;
  }
}
