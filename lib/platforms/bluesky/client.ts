/** XRPC, the AT Protocol's HTTP interface, on the wire: one call, one parsed answer or one PlatformFailure. */

import { z } from "zod";
import { type Failure, type Json, PlatformFailure } from "../contract.ts";
import { type HttpAnswer, HttpFailure, type HttpRequest, retryAfter, send, serverFailure, transportFailure } from "../http.ts";

export type Xrpc = {
  query: <T>(method: string, params: Record<string, string>, schema: z.ZodType<T>) => Promise<T>;
  /** A query that the server forwards to the network's AppView; null where there is none, or none that answers. */
  appView: <T>(method: string, params: Record<string, string>, schema: z.ZodType<T>) => Promise<T | null>;
  /** `committing` marks the one call whose outcome must not be guessed. */
  call: <T>(method: string, body: Json, schema: z.ZodType<T>, committing: boolean) => Promise<T>;
  upload: <T>(method: string, file: Upload, schema: z.ZodType<T>) => Promise<T>;
};

/** `length` in bytes; `timeout` in ms, one minute unless told. */
type Upload = { body: Uint8Array | ReadableStream<Uint8Array>; mime: string; length: number; timeout?: number };

/** A client for one server and, unless `token` is null, one session. */
export function xrpcClient({ baseUrl, token, now }: { baseUrl: string; token: string | null; now: () => Date }): Xrpc {
  async function exchange(request: HttpRequest, committing: boolean): Promise<HttpAnswer> {
    const headers = token === null ? request.headers : { ...request.headers, authorization: `Bearer ${token}` };
    try {
      return await send({ ...request, headers });
    } catch (error) {
      if (error instanceof HttpFailure) throw new PlatformFailure(transportFailure(error, committing), error.message);
      throw error;
    }
  }

  function read<T>(answer: HttpAnswer, schema: z.ZodType<T>, committing: boolean): T {
    const failure = xrpcFailure(answer, committing, now());
    if (failure) throw new PlatformFailure(failure, `bluesky: ${answer.status} ${errorName(answer)}`);
    const parsed = schema.safeParse(answer.body);
    if (parsed.success) return parsed.data;
    throw new PlatformFailure(serverFailure(answer, committing, now()), "bluesky: answer of an unknown form", { cause: parsed.error });
  }

  const address = (method: string) => `${baseUrl}/xrpc/${method}`;
  const get = (method: string, params: Record<string, string>) =>
    exchange({ method: "GET", url: `${address(method)}?${new URLSearchParams(params)}` }, false);

  return {
    query: async (method, params, schema) => read(await get(method, params), schema, false),
    appView: async (method, params, schema) => {
      const answer = await get(method, params);
      return lacksAppView(answer) ? null : read(answer, schema, false);
    },
    call: async (method, body, schema, committing) => {
      const json = { headers: { "content-type": "application/json" }, body: body === null ? undefined : JSON.stringify(body) };
      return read(await exchange({ method: "POST", url: address(method), ...(body === null ? {} : json) }, committing), schema, committing);
    },
    upload: async (method, { body, mime, length, timeout = 60_000 }, schema) => {
      const headers = { "content-type": mime, "content-length": String(length) };
      const request: HttpRequest = { method: "POST", url: address(method), headers, body, timeout };
      return read(await exchange(request, false), schema, false);
    },
  };
}

const errorBody = z.object({ error: z.string(), message: z.string().catch("") });

function errorName(answer: HttpAnswer): string {
  return errorBody.safeParse(answer.body).data?.error ?? "without an XRPC error";
}

/** What an answer means, by the error's name first, by the status second; null for success. Source: AT Protocol, "HTTP API (XRPC)". */
export function xrpcFailure(answer: HttpAnswer, committing: boolean, now: Date): Failure | null {
  const { status } = answer;
  if (status >= 200 && status < 300) return null;
  if (status === 429) return { kind: "rate-limited", until: until(answer.headers, now), scope: "account" };
  const { error = "", message: detail = "" } = errorBody.safeParse(answer.body).data ?? {};
  const named = Object.hasOwn(byName, error) ? byName[error] : undefined;
  if (named) return named(detail);
  if (status === 401) return { kind: "needs-reauth", reason: "revoked" };
  if (status === 413) return { kind: "rejected", code: "picture-refused", detail };
  if (status >= 500 || status === 408) return serverFailure(answer, committing, now);
  if (error === "") return { kind: "rejected", code: "unexpected-answer", detail: `HTTP ${status}` };
  return { kind: "rejected", code: "invalid", detail };
}

const rejected =
  (code: string, policy?: true) =>
  (detail: string): Failure => ({ kind: "rejected", code, detail, ...(policy ? { policy } : {}) });

const byName: Record<string, (detail: string) => Failure> = {
  ExpiredToken: () => ({ kind: "needs-reauth", reason: "expired" }),
  InvalidToken: () => ({ kind: "needs-reauth", reason: "revoked" }),
  AuthMissing: () => ({ kind: "needs-reauth", reason: "revoked" }),
  AuthenticationRequired: () => ({ kind: "needs-reauth", reason: "revoked" }),
  AuthFactorTokenRequired: rejected("app-password-required"),
  AccountTakedown: rejected("policy", true),
  AccountSuspended: rejected("policy", true),
  RepoTakendown: rejected("policy", true),
  AccountDeactivated: rejected("account-unavailable"),
  RepoDeactivated: rejected("account-unavailable"),
  RecordNotFound: rejected("not-found"),
  NotFound: rejected("not-found"),
  BlobNotFound: rejected("picture-gone"),
  // Somebody else wrote the record in between.
  InvalidSwap: () => ({ kind: "retryable" }),
  BlobTooLarge: rejected("picture-refused"),
  InvalidMimeType: rejected("picture-refused"),
};

/** A personal data server without an AppView, or one whose AppView does not answer or has not heard of the account yet, says so in one of these ways. */
function lacksAppView(answer: HttpAnswer): boolean {
  const { error, message } = errorBody.safeParse(answer.body).data ?? { error: "", message: "" };
  if (["MethodNotImplemented", "XRPCNotSupported", "UpstreamFailure", "UpstreamTimeout"].includes(error)) return true;
  if (error === "InvalidRequest" && (message.startsWith("No service configured") || message === "Profile not found")) return true;
  return answer.status === 501 || answer.status === 502 || answer.status === 504;
}

const pause = 5 * 60_000;

function until(headers: Headers, now: Date): Date {
  const reset = Number(headers.get("ratelimit-reset") ?? Number.NaN);
  if (Number.isFinite(reset) && reset > 0) return new Date(reset * 1000);
  return retryAfter(headers, now) ?? new Date(now.getTime() + pause);
}
