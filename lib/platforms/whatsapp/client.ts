/** WhatsApp's Cloud API on the wire: one call, one parsed answer or one PlatformFailure. */

import { z } from "zod";
import { type Failure, PlatformFailure } from "../contract.ts";
import { type HttpAnswer, HttpFailure, type HttpRequest, retryAfter, send, serverFailure, transportFailure } from "../http.ts";

export type Cloud = {
  get: <T>(path: string, params: Record<string, string>, schema: z.ZodType<T>) => Promise<T>;
  post: <T>(path: string, body: object, schema: z.ZodType<T>) => Promise<T>;
  /** The one call whose outcome must not be guessed. */
  commit: <T>(path: string, body: object, schema: z.ZodType<T>) => Promise<T>;
};

/** A client for one token. `baseUrl` is without version, `version` is like "v26.0". */
export function cloudClient(options: { baseUrl: string; version: string; token: string; now: () => Date }): Cloud {
  const { baseUrl, version, token, now } = options;

  async function call<T>(request: HttpRequest, schema: z.ZodType<T>, committing: boolean): Promise<T> {
    let answer: HttpAnswer;
    try {
      answer = await send({ ...request, headers: { ...request.headers, authorization: `Bearer ${token}` } });
    } catch (error) {
      if (error instanceof HttpFailure) throw new PlatformFailure(transportFailure(error, committing), error.message);
      throw error;
    }
    const failure = cloudFailure(answer, committing, now());
    if (failure) throw new PlatformFailure(failure, `whatsapp: ${answer.status} ${codeOf(answer.body) ?? "without a code"}`);
    const parsed = schema.safeParse(answer.body);
    if (parsed.success) return parsed.data;
    throw new PlatformFailure(serverFailure(answer, committing, now()), "whatsapp: answer of an unknown form", { cause: parsed.error });
  }

  const post = (path: string, body: object): HttpRequest => ({
    method: "POST",
    url: `${baseUrl}/${version}/${path}`,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return {
    get: (path, params, schema) => {
      const query = new URLSearchParams(params);
      return call({ method: "GET", url: `${baseUrl}/${version}/${path}?${query}` }, schema, false);
    },
    post: (path, body, schema) => call(post(path, body), schema, false),
    commit: (path, body, schema) => call(post(path, body), schema, true),
  };
}

const errorBody = z.object({
  error: z.object({
    message: z.string().catch(""),
    code: z.number(),
    error_subcode: z.number().optional(),
    is_transient: z.boolean().optional(),
    error_data: z.object({ details: z.string().optional() }).optional().catch(undefined),
  }),
});

function codeOf(body: unknown): number | null {
  const parsed = errorBody.safeParse(body);
  return parsed.success ? parsed.data.error.code : null;
}

/** The platform could not do it just now, or does not say why. */
const troubles = new Set([1, 2, 131000, 131016, 131057, 133004]);
const rejections: Record<number, string> = {
  33: "not-found",
  131026: "undeliverable",
  131047: "window-closed",
  131049: "undeliverable",
  131051: "unsupported-type",
  133010: "not-registered",
};
const policies: Record<number, string> = { 368: "policy", 130497: "policy", 131031: "account-locked" };
const pairPause = 6_000;

/**
 * What an answer means, by the code in its body first, by its status second; null for success. A refusal by code says that
 * nothing was sent. Source: Cloud API, "Error codes". Too much for one citizen (131056) holds up that answer only, so it is no
 * limit of the account.
 */
export function cloudFailure(answer: HttpAnswer, committing: boolean, now: Date): Failure | null {
  const parsed = errorBody.safeParse(answer.body);
  if (!parsed.success) return statusFailure(answer, committing, now);
  const { code, error_subcode: subcode, is_transient: transient, error_data, message } = parsed.data.error;
  const detail = withoutNumbers(error_data?.details ?? message);
  const scope = limitScope(code);
  if (scope) return { kind: "rate-limited", until: until(answer.headers, code, now), scope };
  if (code === 131056) return { kind: "retryable", after: new Date(now.getTime() + pairPause) };
  if ([0, 102, 104, 190].includes(code)) return { kind: "needs-reauth", reason: subcode === 463 ? "expired" : "revoked" };
  if ([3, 10, 131005].includes(code) || (code >= 200 && code <= 299)) return { kind: "needs-reauth", reason: "scope" };
  const policy = policies[code];
  if (policy) return { kind: "rejected", code: policy, detail, policy: true };
  if (troubles.has(code) || transient || answer.status >= 500) return serverFailure(answer, committing, now);
  if (code === 100 && subcode === 33) return { kind: "rejected", code: "not-found", detail };
  return { kind: "rejected", code: rejections[code] ?? "invalid", detail };
}

/** The failure that a status tells afterwards: whatever the reason, the message did not arrive and is not sent again by itself. */
export function receiptFailure(error: { code: number } | undefined): Failure {
  const code = error?.code ?? 0;
  const policy = policies[code];
  return policy ? { kind: "rejected", code: policy, policy: true } : { kind: "rejected", code: rejections[code] ?? "undeliverable" };
}

function statusFailure(answer: HttpAnswer, committing: boolean, now: Date): Failure | null {
  if (answer.status === 429) return { kind: "rate-limited", until: until(answer.headers, 4, now), scope: "app" };
  if (answer.status === 401) return { kind: "needs-reauth", reason: "revoked" };
  if (answer.status >= 500 || answer.status === 408) return serverFailure(answer, committing, now);
  if (answer.status >= 300) return { kind: "rejected", code: "unexpected-answer", detail: `HTTP ${answer.status}` };
  return null;
}

function limitScope(code: number): "app" | "account" | null {
  if (code === 4) return "app";
  return [80_007, 130_429, 131_048].includes(code) ? "account" : null;
}

/** Too many in a second is over in a moment; of the other limits the platform names no end. */
function until(headers: Headers, code: number, now: Date): Date {
  return retryAfter(headers, now) ?? new Date(now.getTime() + (code === 130_429 ? 10_000 : 15 * 60_000));
}

/** The details of a refusal are shown to people; a citizen's number in them is not. */
const withoutNumbers = (text: string): string => text.replace(/\d{8,}/g, "…");
