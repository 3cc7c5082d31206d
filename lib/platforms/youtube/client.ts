/** YouTube's Data API v3 on the wire: one call, one parsed answer or one PlatformFailure. */

import { z } from "zod";
import { type Failure, PlatformFailure } from "../contract.ts";
import { type HttpAnswer, HttpFailure, type HttpRequest, retryAfter, send, serverFailure, transportFailure } from "../http.ts";
import { nextQuotaDay } from "./quota.ts";

type Params = Record<string, string>;

export type YoutubeApi = {
  get: <T>(path: string, params: Params, schema: z.ZodType<T>) => Promise<T>;
  /** `committing` marks the one call whose outcome must not be guessed. */
  post: <T>(path: string, params: Params, body: object, schema: z.ZodType<T>, committing: boolean) => Promise<T>;
  /** Any request, with the user's token where it goes to the API's own host. Answers that `usual` takes are not judged. */
  exchange: (request: HttpRequest, usual: readonly number[], committing: boolean) => Promise<HttpAnswer>;
  baseUrl: string;
};

/** A client for one user's access token. `baseUrl` is without the version. */
export function youtubeClient({ baseUrl, token, now }: { baseUrl: string; token: string; now: () => Date }): YoutubeApi {
  const exchange: YoutubeApi["exchange"] = async (request, usual, committing) => {
    const ours = new URL(request.url).origin === new URL(baseUrl).origin;
    const headers = { ...request.headers, ...(ours ? { authorization: `Bearer ${token}` } : {}) };
    const answer = await send({ ...request, headers }).catch((error: unknown) => {
      if (error instanceof HttpFailure) throw new PlatformFailure(transportFailure(error, committing), error.message);
      throw error;
    });
    if (usual.includes(answer.status)) return answer;
    const failure = youtubeFailure(answer, committing, now());
    if (failure) throw new PlatformFailure(failure, `youtube: ${answer.status} ${reasonOf(answer.body) || "without a reason"}`);
    return answer;
  };
  const parse = <T>(answer: HttpAnswer, schema: z.ZodType<T>, committing: boolean): T => {
    const parsed = schema.safeParse(answer.body);
    if (parsed.success) return parsed.data;
    throw new PlatformFailure(serverFailure(answer, committing, now()), "youtube: answer of an unknown form", { cause: parsed.error });
  };
  const address = (path: string, params: Params) => `${baseUrl}/youtube/v3/${path}?${new URLSearchParams(params)}`;
  return {
    baseUrl,
    exchange,
    get: async (path, params, schema) => parse(await exchange({ method: "GET", url: address(path, params) }, [], false), schema, false),
    post: async (path, params, body, schema, committing) => {
      const headers = { "content-type": "application/json" };
      const request = { method: "POST", url: address(path, params), headers, body: JSON.stringify(body) } as const;
      return parse(await exchange(request, [], committing), schema, committing);
    },
  };
}

const problemSchema = z.object({
  error: z.object({
    message: z.string().catch(""),
    errors: z.array(z.object({ reason: z.string().catch("") })).catch([]),
    details: z.array(z.object({ reason: z.string().catch("") })).catch([]),
  }),
});
const problemOf = (body: unknown) => problemSchema.safeParse(body).data?.error ?? null;

/** The first reason that Google gives; empty where it gives none. */
function reasonOf(body: unknown): string {
  const problem = problemOf(body);
  return problem?.errors[0]?.reason || (problem?.details.find(({ reason }) => reason !== "")?.reason ?? "");
}

const hour = 3_600_000;
const pause = 15 * 60_000;

/** Refusals by Google's reason, and the code under which the product knows them. */
const refusals: Record<string, string> = {
  commentsDisabled: "comments-closed",
  videoNotFound: "not-found",
  commentNotFound: "not-found",
  parentCommentNotFound: "not-found",
  channelNotFound: "not-found",
  playlistNotFound: "not-found",
  invalidTitle: "title-refused",
  invalidDescription: "text-refused",
  commentTextRequired: "text-refused",
  commentTextTooLong: "text-refused",
  youtubeSignupRequired: "no-channel",
};

/**
 * What an answer means, by Google's reason first, by its status second; null for success. Sources: YouTube Data API, "Errors",
 * and the revision history on uploadLimitExceeded ("try again in 24 hours").
 */
export function youtubeFailure(answer: HttpAnswer, committing: boolean, now: Date): Failure | null {
  const { status, headers, body } = answer;
  if (status >= 200 && status < 300) return null;
  const reason = reasonOf(body);
  const detail = problemOf(body)?.message ?? "";
  switch (reason) {
    case "quotaExceeded":
    case "dailyLimitExceeded":
      return { kind: "rate-limited", until: nextQuotaDay(now), scope: "app" };
    case "rateLimitExceeded":
    case "userRateLimitExceeded":
    case "RATE_LIMIT_EXCEEDED":
      return { kind: "rate-limited", until: retryAfter(headers, now) ?? new Date(now.getTime() + pause), scope: "app" };
    case "uploadLimitExceeded":
      return { kind: "rate-limited", until: new Date(now.getTime() + 24 * hour), scope: "account" };
    case "insufficientPermissions":
    case "ACCESS_TOKEN_SCOPE_INSUFFICIENT":
      return { kind: "needs-reauth", reason: "scope" };
    case "accessNotConfigured":
      return { kind: "not-entitled", what: "review" };
  }
  const code = refusals[reason];
  if (code !== undefined) return { kind: "rejected", code, detail };
  if (status === 401) return { kind: "needs-reauth", reason: "revoked" };
  if (status === 429) return { kind: "rate-limited", until: retryAfter(headers, now) ?? new Date(now.getTime() + pause), scope: "app" };
  if (status >= 500 || status === 408) return serverFailure(answer, committing, now);
  if (reason === "" && problemOf(body) === null && status !== 404)
    return { kind: "rejected", code: "unexpected-answer", detail: `HTTP ${status}` };
  if (status === 404 || status === 410) return { kind: "rejected", code: "not-found", detail };
  if (status === 403) return { kind: "rejected", code: "not-permitted", detail };
  return { kind: "rejected", code: "invalid", detail };
}
