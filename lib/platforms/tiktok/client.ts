/** TikTok's API v2 on the wire: one call, one parsed answer or one PlatformFailure. */

import { z } from "zod";
import { type Failure, PlatformFailure } from "../contract.ts";
import { type HttpAnswer, HttpFailure, type HttpRequest, retryAfter, send, serverFailure, transportFailure } from "../http.ts";

export type TikTokApi = {
  /** The answer's `data`. `fields` name what is asked for. */
  get: <T>(path: string, fields: string, schema: z.ZodType<T>) => Promise<T>;
  /** `committing` marks a call whose outcome must not be guessed. */
  post: <T>(path: string, body: object, schema: z.ZodType<T>, committing?: boolean) => Promise<T>;
  /** One part of a video, to the address that TikTok gave for it; that address is the permission, no token goes along. */
  put: (url: string, part: Part, committing: boolean) => Promise<void>;
};
export type Part = { bytes: Uint8Array; mime: string; from: number; total: number };

/** Within the lease that the part before renewed. */
const partTimeout = 75_000;

/** A client for one user's access token. `baseUrl` is without the version. */
export function tiktokClient({ baseUrl, token, now }: { baseUrl: string; token: string; now: () => Date }): TikTokApi {
  const authorization = `Bearer ${token}`;

  async function call<T>(request: HttpRequest, schema: z.ZodType<T>, committing: boolean): Promise<T> {
    const answer = await exchange(request, committing);
    const failure = tiktokFailure(answer, committing, now());
    if (failure) throw new PlatformFailure(failure, `tiktok: ${answer.status} ${errorOf(answer.body).code || "without an error code"}`);
    const parsed = z.object({ data: schema }).safeParse(answer.body);
    if (parsed.success) return parsed.data.data;
    throw new PlatformFailure(serverFailure(answer, committing, now()), "tiktok: answer of an unknown form", { cause: parsed.error });
  }

  return {
    get: (path, fields, schema) =>
      call({ method: "GET", url: `${baseUrl}/v2/${path}/?${new URLSearchParams({ fields })}`, headers: { authorization } }, schema, false),
    post: (path, body, schema, committing = false) => {
      const [bare, query] = path.split("?");
      const url = `${baseUrl}/v2/${bare}/${query === undefined ? "" : `?${query}`}`;
      const headers = { authorization, "content-type": "application/json; charset=UTF-8" };
      return call({ method: "POST", url, headers, body: JSON.stringify(body) }, schema, committing);
    },
    put: async (url, { bytes, mime, from, total }, committing) => {
      const range = `bytes ${from}-${from + bytes.length - 1}/${total}`;
      const headers = { "content-type": mime, "content-range": range };
      const answer = await exchange({ method: "PUT", url, headers, body: bytes, timeout: partTimeout }, committing);
      const failure = partFailure(answer, committing, now());
      if (failure) throw new PlatformFailure(failure, `tiktok: ${answer.status} to a part of a video`);
    },
  };
}

/** An answer, whatever it says. The address of an upload is a secret: no message names it. */
export async function exchange(request: HttpRequest, committing: boolean): Promise<HttpAnswer> {
  return send(request).catch((error: unknown) => {
    if (error instanceof HttpFailure) throw new PlatformFailure(transportFailure(error, committing), error.message);
    throw error;
  });
}

const errorSchema = z.object({ error: z.object({ code: z.string(), message: z.string().catch("") }) });
function errorOf(body: unknown): { code: string; message: string } {
  return errorSchema.safeParse(body).data?.error ?? { code: "", message: "" };
}

const minute = 60_000;
const hour = 60 * minute;

/**
 * What an answer means, by the code in its body and by its status only where it has none: TikTok refuses with status 200 too.
 * Null for success. Sources: TikTok, "Direct Post", "Photo", "Get Post Status", "Query Creator Info", "API v2 error handling".
 */
export function tiktokFailure(answer: HttpAnswer, committing: boolean, now: Date): Failure | null {
  const { status, body } = answer;
  const { code, message } = errorOf(body);
  const later = (ms: number) => retryAfter(answer.headers, now) ?? new Date(now.getTime() + ms);
  switch (code) {
    case "ok":
      return null;
    case "access_token_invalid":
      return { kind: "needs-reauth", reason: "revoked" };
    case "scope_not_authorized":
    case "scope_permission_missed":
      return { kind: "needs-reauth", reason: "scope" };
    case "rate_limit_exceeded":
      return { kind: "rate-limited", until: later(minute), scope: "endpoint" };
    // Both are counted over a day that TikTok does not tell the end of.
    case "spam_risk_too_many_posts":
    case "spam_risk_too_many_pending_share":
      return { kind: "rate-limited", until: later(hour), scope: "account" };
    case "reached_active_user_cap":
      return { kind: "rate-limited", until: later(hour), scope: "app" };
    case "unaudited_client_can_only_post_to_private_accounts":
      return { kind: "not-entitled", what: "audit" };
    case "spam_risk_user_banned_from_posting":
    case "spam_risk":
      return { kind: "rejected", code: "policy", detail: message || code, policy: true };
    case "invalid_publish_id":
    case "token_not_authorized_for_specified_publish_id":
      return { kind: "rejected", code: "not-found", detail: message || code };
    case "url_ownership_unverified":
    case "privacy_level_option_mismatch":
      return { kind: "rejected", code: code.replaceAll("_", "-"), detail: message || code };
    case "internal_error":
      return serverFailure(answer, committing, now);
  }
  if (status >= 500 || status === 408) return serverFailure(answer, committing, now);
  if (status === 429) return { kind: "rate-limited", until: later(minute), scope: "endpoint" };
  if (code !== "") return { kind: "rejected", code: "invalid", detail: message || code };
  if (status === 401) return { kind: "needs-reauth", reason: "revoked" };
  // A success without its "ok" is an answer of an unknown form.
  if (status < 300) return serverFailure(answer, committing, now);
  return { kind: "rejected", code: "unexpected-answer", detail: `HTTP ${status}` };
}

/** The code with which a part is refused whose upload has expired, or is not known any more. */
export const uploadGone = "upload-gone";

/** What the answer to a part of a video means; null when it was taken. There is no body. Source: TikTok, "Media Transfer Guide". */
export function partFailure(answer: HttpAnswer, committing: boolean, now: Date): Failure | null {
  const { status } = answer;
  if (status === 201) return null;
  // More parts are awaited: as it should be, except after the last one.
  if (status >= 200 && status < 300) return committing ? { kind: "ambiguous" } : null;
  if (status >= 500 || status === 408) return serverFailure(answer, committing, now);
  if (status === 429)
    return { kind: "rate-limited", until: retryAfter(answer.headers, now) ?? new Date(now.getTime() + minute), scope: "endpoint" };
  // TikTok has other bytes than we believe: the last part may be among them.
  if (status === 416) return committing ? { kind: "ambiguous" } : { kind: "retryable" };
  // The address is the permission: refused, it says nothing of the video, and the next attempt learns how the account stands.
  if ([401, 403, 404].includes(status)) return { kind: "rejected", code: uploadGone };
  return { kind: "rejected", code: "video-refused", detail: `HTTP ${status}` };
}
