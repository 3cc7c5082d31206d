/** Threads' Graph on the wire: one call, one parsed answer or one PlatformFailure. */

import { z } from "zod";
import { type Failure, PlatformFailure } from "../contract.ts";
import { graphFailure } from "../facebook/client.ts";
import { type HttpAnswer, HttpFailure, type HttpRequest, send, serverFailure, transportFailure } from "../http.ts";

export type Graph = {
  get: <T>(path: string, params: Record<string, string>, schema: z.ZodType<T>) => Promise<T>;
  /** `committing` marks the one call whose outcome must not be guessed. */
  post: <T>(path: string, body: Record<string, string>, schema: z.ZodType<T>, committing: boolean) => Promise<T>;
  /** A longer life for the token itself: documented with the token in the query alone. */
  token: <T>(path: "access_token" | "refresh_access_token", params: Record<string, string>, schema: z.ZodType<T>) => Promise<T>;
};

/** A client for one token. `baseUrl` is without version, `version` is like "v1.0". */
export function graphClient(options: { baseUrl: string; version: string; token: string; now: () => Date }): Graph {
  const { baseUrl, version, token, now } = options;

  async function call<T>(request: HttpRequest, schema: z.ZodType<T>, committing: boolean): Promise<T> {
    let answer: HttpAnswer;
    try {
      answer = await send(request);
    } catch (error) {
      if (error instanceof HttpFailure) throw new PlatformFailure(transportFailure(error, committing), error.message);
      throw error;
    }
    const failure = threadsFailure(answer, committing, now());
    if (failure) throw new PlatformFailure(failure, `threads: ${answer.status} ${errorOf(answer.body)}`);
    const parsed = schema.safeParse(answer.body);
    if (parsed.success) return parsed.data;
    throw new PlatformFailure(serverFailure(answer, committing, now()), "threads: answer of an unknown form", { cause: parsed.error });
  }

  const headers = { authorization: `Bearer ${token}` };
  return {
    get: (path, params, schema) =>
      call({ method: "GET", url: `${baseUrl}/${version}/${path}?${new URLSearchParams(params)}`, headers }, schema, false),
    post: (path, body, schema, committing) =>
      call({ method: "POST", url: `${baseUrl}/${version}/${path}`, headers, body: new URLSearchParams(body) }, schema, committing),
    token: (path, params, schema) => {
      const query = new URLSearchParams({ ...params, access_token: token });
      return call({ method: "GET", url: `${baseUrl}/${path}?${query}` }, schema, false);
    },
  };
}

const errorBody = z.object({
  error: z.object({
    message: z.string().catch(""),
    code: z.number(),
    error_subcode: z.number().optional(),
    error_user_msg: z.string().optional(),
  }),
});

function errorOf(body: unknown): string {
  const parsed = errorBody.safeParse(body);
  return parsed.success ? `code ${parsed.data.error.code}/${parsed.data.error.error_subcode ?? "-"}` : "without a Graph error";
}

const hour = 60 * 60_000;

/**
 * What an answer means; null for success. Threads documents no table of codes: the subcodes are those that its developers report,
 * and Instagram's where Threads borrows them; every other answer means what it means in Graph.
 */
export function threadsFailure(answer: HttpAnswer, committing: boolean, now: Date): Failure | null {
  const parsed = errorBody.safeParse(answer.body);
  if (!parsed.success) return graphFailure(answer, committing, now);
  const { code, error_subcode: subcode, error_user_msg, message } = parsed.data.error;
  const detail = error_user_msg ?? message;
  switch (subcode) {
    // "Media not found", and children of a carousel that are invalid, nonexistent or expired.
    case 4279009:
    case 4279004:
      return { kind: "rejected", code: containerGone, detail };
    case 4279013:
      return { kind: "rejected", code: "policy", detail, policy: true };
    // Suspected spam: seen on Instagram while the post was live all the same.
    case 2207051:
      return committing ? { kind: "ambiguous" } : { kind: "rejected", code: "policy", detail, policy: true };
    case 2207042:
      return { kind: "rate-limited", until: new Date(now.getTime() + hour), scope: "account" };
    case 4279047:
      return { kind: "rejected", code: "link-refused", detail };
    // The picture could not be fetched, or not in time.
    case 2207003:
    case 2207052:
      return { kind: "retryable" };
    case 2207004:
    case 2207005:
    case 2207009:
      return { kind: "rejected", code: "picture-refused", detail };
  }
  return code === -1 ? serverFailure(answer, committing, now) : graphFailure(answer, committing, now);
}

/** The code with which a container is refused that is not ready, used up or expired: Threads does not tell these apart. */
export const containerGone = "container-gone";
