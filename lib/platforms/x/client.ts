/** X's API v2 on the wire: one call, one parsed answer or one PlatformFailure. */

import { z } from "zod";
import { type Failure, PlatformFailure } from "../contract.ts";
import { type HttpAnswer, HttpFailure, type HttpRequest, retryAfter, send, serverFailure, transportFailure } from "../http.ts";

export type XApi = {
  get: <T>(path: string, params: Record<string, string>, schema: z.ZodType<T>) => Promise<T>;
  /** `committing` marks the one call whose outcome must not be guessed. An object goes as JSON; null is an empty body. */
  post: <T>(path: string, body: object | FormData | null, schema: z.ZodType<T>, committing: boolean) => Promise<T>;
  put: <T>(path: string, body: object, schema: z.ZodType<T>) => Promise<T>;
};

/** Milliseconds for one segment of a file, on a slow line too. */
const uploadTimeout = 60_000;

/** A client for one user's access token. `baseUrl` is without the version. */
export function xClient({ baseUrl, token, now }: { baseUrl: string; token: string; now: () => Date }): XApi {
  const authorization = `Bearer ${token}`;
  return {
    get: (path, params, schema) => {
      const query = new URLSearchParams(params);
      const url = `${baseUrl}/2/${path}${query.size > 0 ? `?${query}` : ""}`;
      return call({ method: "GET", url, headers: { authorization } }, schema, false, now);
    },
    post: (path, body, schema, committing) => {
      const url = `${baseUrl}/2/${path}`;
      if (body === null) return call({ method: "POST", url, headers: { authorization } }, schema, committing, now);
      if (body instanceof FormData)
        return call({ method: "POST", url, headers: { authorization }, body, timeout: uploadTimeout }, schema, committing, now);
      const headers = { authorization, "content-type": "application/json" };
      return call({ method: "POST", url, headers, body: JSON.stringify(body) }, schema, committing, now);
    },
    put: (path, body, schema) => {
      const headers = { authorization, "content-type": "application/json" };
      return call({ method: "PUT", url: `${baseUrl}/2/${path}`, headers, body: JSON.stringify(body) }, schema, false, now);
    },
  };
}

async function call<T>(request: HttpRequest, schema: z.ZodType<T>, committing: boolean, now: () => Date): Promise<T> {
  let answer: HttpAnswer;
  try {
    answer = await send(request);
  } catch (error) {
    if (error instanceof HttpFailure) throw new PlatformFailure(transportFailure(error, committing), error.message);
    throw error;
  }
  const failure = xFailure(answer, committing, now());
  if (failure) throw new PlatformFailure(failure, `x: ${answer.status} ${problemOf(answer.body).title || "without a problem document"}`);
  const parsed = schema.safeParse(answer.body);
  if (parsed.success) return parsed.data;
  throw new PlatformFailure(serverFailure(answer, committing, now()), "x: answer of an unknown form", { cause: parsed.error });
}

const problemSchema = z.object({
  title: z.string().catch(""),
  detail: z.string().catch(""),
  /** An address whose last segment names the kind of problem. */
  type: z.string().catch(""),
  reason: z.string().catch(""),
  errors: z.array(z.object({ message: z.string().catch(""), type: z.string().catch("") })).catch([]),
});
const nothing = { title: "", detail: "", type: "", reason: "", errors: [] };
const problemOf = (body: unknown) => problemSchema.safeParse(body).data ?? nothing;
const kindOf = (type: string) => /\/problems\/([\w-]+)$/.exec(type)?.[1] ?? "";
const hasData = (body: unknown) => typeof body === "object" && body !== null && "data" in body;

/**
 * What an answer means, by the kind of its problem document first, by its status second; null for success. X tells a repeated
 * text from other refusals in words alone. Source: X API, "Response codes and errors", "Rate limits".
 */
export function xFailure(answer: HttpAnswer, committing: boolean, now: Date): Failure | null {
  const { status, headers, body } = answer;
  const problem = problemOf(body);
  const [first] = problem.errors;
  if (status >= 200 && status < 300) {
    // One thing that is not there is told with status 200, in place of the data.
    if (hasData(body) || kindOf(first?.type ?? "") !== "resource-not-found") return null;
    return { kind: "rejected", code: "not-found" };
  }
  const kind = kindOf(problem.type);
  const detail = first?.message || problem.detail;
  if (status === 402 || kind === "credits" || kind === "usage-capped") return { kind: "not-entitled", what: "tier" };
  if (status === 429) return { kind: "rate-limited", until: until(headers, now), scope: "account" };
  if (status === 401) return { kind: "needs-reauth", reason: "revoked" };
  if (kind === "client-forbidden") return { kind: "not-entitled", what: "tier" };
  if (kind === "oauth2-permissions" || kind === "oauth1-permissions" || kind === "unsupported-authentication")
    return { kind: "needs-reauth", reason: "scope" };
  if (status === 403 && /\bduplicate content\b/i.test(detail)) return { kind: "rejected", code: "duplicate", detail };
  if (status === 403) return { kind: "rejected", code: "not-permitted", detail };
  if (status === 404 || kind === "resource-not-found") return { kind: "rejected", code: "not-found", detail };
  if (status >= 500 || status === 408) return serverFailure(answer, committing, now);
  if (problem.title === "") return { kind: "rejected", code: "unexpected-answer", detail: `HTTP ${status}` };
  return { kind: "rejected", code: "invalid", detail };
}

const pause = 15 * 60_000;

/** When calls are allowed again: the latest of the limits that are used up. All are epoch seconds. */
function until(headers: Headers, now: Date): Date {
  const resets = ["x-rate-limit", "x-user-limit-24hour", "x-app-limit-24hour"].flatMap((name) => {
    const reset = Number(headers.get(`${name}-reset`) ?? Number.NaN);
    return Number.isFinite(reset) && reset > 0 && Number(headers.get(`${name}-remaining`) ?? 0) === 0 ? [reset * 1000] : [];
  });
  if (resets.length > 0) return new Date(Math.max(...resets));
  return retryAfter(headers, now) ?? new Date(now.getTime() + pause);
}
