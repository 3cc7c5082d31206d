/** Instagram's Graph on the wire: one call, one parsed answer or one PlatformFailure. */

import { z } from "zod";
import { type Failure, PlatformFailure } from "../contract.ts";
import { graphFailure } from "../facebook/client.ts";
import { type HttpAnswer, HttpFailure, type HttpRequest, send, serverFailure, transportFailure } from "../http.ts";

export type Graph = {
  get: <T>(path: string, params: Record<string, string>, schema: z.ZodType<T>) => Promise<T>;
  /** `committing` marks the one call whose outcome must not be guessed. */
  post: <T>(path: string, body: Record<string, string>, schema: z.ZodType<T>, committing: boolean) => Promise<T>;
  /** A longer life for the token itself. It takes no header: here the token stands in the query. */
  token: <T>(path: "access_token" | "refresh_access_token", params: Record<string, string>, schema: z.ZodType<T>) => Promise<T>;
};

/** A client for one token. `baseUrl` is without version, `version` is like "v26.0". */
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
    const failure = instagramFailure(answer, committing, now());
    if (failure) throw new PlatformFailure(failure, `instagram: ${answer.status} ${errorOf(answer.body)}`);
    const parsed = schema.safeParse(answer.body);
    if (parsed.success) return parsed.data;
    throw new PlatformFailure(serverFailure(answer, committing, now()), "instagram: answer of an unknown form", { cause: parsed.error });
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

const minute = 60_000;

/**
 * What an answer means; null for success. The subcodes are those of Meta's "Error Codes" for the Instagram Platform;
 * every other answer means what it means in Graph. Answers to the irreversible call that do not exclude a live post are ambiguous.
 */
export function instagramFailure(answer: HttpAnswer, committing: boolean, now: Date): Failure | null {
  const parsed = errorBody.safeParse(answer.body);
  if (!parsed.success) return graphFailure(answer, committing, now);
  const { code, error_subcode: subcode, error_user_msg, message } = parsed.data.error;
  const detail = error_user_msg ?? message;
  const later = (ms: number) => new Date(now.getTime() + ms);
  switch (subcode) {
    // Suspected spam: seen while the post was live all the same.
    case 2207051:
      return committing ? { kind: "ambiguous" } : { kind: "rejected", code: "policy", detail, policy: true };
    case 2207027:
      return { kind: "retryable", after: later(minute) };
    case 2207042:
      return { kind: "rate-limited", until: later(60 * minute), scope: "account" };
    case 2207006:
    case 2207020:
      return { kind: "rejected", code: containerGone, detail };
    case 2207050:
      return { kind: "rejected", code: "policy", detail, policy: true };
    // The picture could not be fetched, or not in time.
    case 2207003:
    case 2207052:
      return { kind: "retryable" };
    case 2207004:
    case 2207005:
    case 2207009:
    case 2207028:
      return { kind: "rejected", code: "picture-refused", detail };
    case 2207026:
      return { kind: "rejected", code: "video-refused", detail };
  }
  if (code === 110) return { kind: "rejected", code: unknownCollaborator, detail };
  // "Instagram server error" and its kin.
  if (code === -1 || (code === 24 && subcode === 2207008)) return serverFailure(answer, committing, now);
  return graphFailure(answer, committing, now);
}

/** The code with which a container is refused that names an account which nobody can invite. */
export const unknownCollaborator = "collaborator-unknown";

/** The code with which a container is refused that has expired, or that Instagram no longer knows. */
export const containerGone = "container-gone";
