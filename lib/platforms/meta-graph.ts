/** The Graph that Meta's platforms share, on the wire: one call, one parsed answer or one PlatformFailure. */

import { z } from "zod";
import { type Failure, type Platform, PlatformFailure } from "./contract.ts";
import { type HttpAnswer, HttpFailure, type HttpRequest, send, serverFailure, transportFailure } from "./http.ts";

type Form = Record<string, string> | URLSearchParams | FormData;

export type MetaGraph = {
  get: <T>(path: string, params: Record<string, string>, schema: z.ZodType<T>) => Promise<T>;
  /** `committing` marks the one call whose outcome must not be guessed. */
  post: <T>(path: string, body: Form, schema: z.ZodType<T>, committing: boolean) => Promise<T>;
  /** A longer life for the token itself: this call takes no header, the token stands in the query. */
  token: <T>(path: "access_token" | "refresh_access_token", params: Record<string, string>, schema: z.ZodType<T>) => Promise<T>;
  /** Any request; it carries the token in its header unless it has headers of its own. */
  call: <T>(request: HttpRequest, schema: z.ZodType<T>, committing: boolean) => Promise<T>;
};

/** `baseUrl` is without version, `version` is like "v26.0"; `token` null for calls that take none. `judge` knows the platform's own codes. */
type Options = {
  platform: Platform;
  baseUrl: string;
  version: string;
  token: string | null;
  now: () => Date;
  judge: (answer: HttpAnswer, committing: boolean, now: Date) => Failure | null;
};

/** A client for one platform and one token. */
export function metaGraph({ platform, baseUrl, version, token, now, judge }: Options): MetaGraph {
  const headers: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` };
  const call: MetaGraph["call"] = async (request, schema, committing) => {
    const answer = await send({ headers, ...request }).catch((error: unknown) => {
      if (error instanceof HttpFailure) throw new PlatformFailure(transportFailure(error, committing), error.message);
      throw error;
    });
    const failure = judge(answer, committing, now());
    if (failure) throw new PlatformFailure(failure, `${platform}: ${answer.status} ${codesOf(answer.body)}`);
    const parsed = schema.safeParse(answer.body);
    if (parsed.success) return parsed.data;
    throw new PlatformFailure(serverFailure(answer, committing, now()), `${platform}: answer of an unknown form`, { cause: parsed.error });
  };
  const address = (path: string) => `${baseUrl}/${version}/${path}`;
  return {
    call,
    get: (path, params, schema) => call({ method: "GET", url: `${address(path)}?${new URLSearchParams(params)}` }, schema, false),
    post: (path, body, schema, committing) => call({ method: "POST", url: address(path), body: formOf(body) }, schema, committing),
    token: (path, params, schema) => {
      const query = new URLSearchParams({ ...params, access_token: token ?? "" });
      return call({ method: "GET", url: `${baseUrl}/${path}?${query}`, headers: {} }, schema, false);
    },
  };
}

const formOf = (body: Form): URLSearchParams | FormData =>
  body instanceof FormData || body instanceof URLSearchParams ? body : new URLSearchParams(body);

const errorBody = z.object({
  error: z.object({
    message: z.string().catch(""),
    code: z.number(),
    error_subcode: z.number().optional(),
    is_transient: z.boolean().optional(),
    error_user_msg: z.string().optional(),
  }),
});

/** Graph's own error in an answer; null where there is none. `detail` is what may be shown to people. */
export function graphError(body: unknown): { code: number; subcode: number | undefined; transient: boolean; detail: string } | null {
  const told = errorBody.safeParse(body).data?.error;
  if (!told) return null;
  const { code, error_subcode: subcode, is_transient: transient = false, error_user_msg, message } = told;
  return { code, subcode, transient, detail: error_user_msg ?? message };
}

function codesOf(body: unknown): string {
  const error = graphError(body);
  return error ? `code ${error.code}/${error.subcode ?? "-"}` : "without a Graph error";
}
