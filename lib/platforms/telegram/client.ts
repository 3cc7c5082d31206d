/** Telegram's Bot API on the wire: one method call, one parsed result or one PlatformFailure. */

import { z } from "zod";
import { type Failure, PlatformFailure } from "../contract.ts";
import { type HttpAnswer, HttpFailure, type HttpRequest, send, serverFailure, transportFailure } from "../http.ts";
import type { StreamedForm } from "./multipart.ts";

/** What a call carries: JSON, a form, or a form whose file is read while it is sent. */
export type Parameters = FormData | StreamedForm | Record<string, unknown>;

export type Bot = {
  /** `committing` marks the one call whose outcome must not be guessed. */
  call: <T>(method: string, parameters: Parameters, schema: z.ZodType<T>, committing: boolean) => Promise<T>;
};

const answerSchema = z.union([
  z.object({ ok: z.literal(true), result: z.unknown() }),
  z.object({
    ok: z.literal(false),
    error_code: z.number(),
    description: z.string().catch(""),
    parameters: z.object({ retry_after: z.number().optional(), migrate_to_chat_id: z.number().optional() }).optional(),
  }),
]);

/** A client for one bot. Its token stands in the path of every call, so no message may repeat a path. */
export function botClient(options: { baseUrl: string; token: string; now: () => Date }): Bot {
  const { baseUrl, token, now } = options;
  return {
    async call(method, parameters, schema, committing) {
      const url = `${baseUrl}/bot${encodeURIComponent(token).replaceAll("%3A", ":")}/${method}`;
      let answer: HttpAnswer;
      try {
        answer = await send({ method: "POST", url, ...bodyOf(parameters) });
      } catch (error) {
        if (error instanceof HttpFailure) throw new PlatformFailure(transportFailure(error, committing), `telegram ${method}: no answer`);
        throw error;
      }
      const failure = botFailure(answer, committing, now());
      if (failure) throw new PlatformFailure(failure, `telegram ${method}: ${answer.status}`);
      const parsed = z.object({ ok: z.literal(true), result: schema }).safeParse(answer.body);
      if (parsed.success) return parsed.data.result;
      throw new PlatformFailure(serverFailure(answer, committing, now()), `telegram ${method}: answer of an unknown form`);
    },
  };
}

/** Milliseconds for the largest video on a slow line. */
const longest = 20 * 60_000;

function bodyOf(parameters: Parameters): Pick<HttpRequest, "body" | "headers" | "timeout"> {
  if (parameters instanceof FormData) return { body: parameters, timeout: 60_000 };
  if (!isStreamed(parameters)) return { body: JSON.stringify(parameters), headers: { "content-type": "application/json" } };
  const { body, contentType, length } = parameters;
  return { body, headers: { "content-type": contentType, "content-length": String(length) }, timeout: longest };
}

const isStreamed = (parameters: StreamedForm | Record<string, unknown>): parameters is StreamedForm =>
  parameters.body instanceof ReadableStream;

const pause = 60_000;

/**
 * What an answer means, by `error_code` first, by the HTTP status second; null for success. Source: Bot API, "Making requests"
 * and "ResponseParameters". A refusal (4xx) says that nothing was applied, on the irreversible call too.
 */
export function botFailure(answer: HttpAnswer, committing: boolean, now: Date): Failure | null {
  const parsed = answerSchema.safeParse(answer.body);
  if (parsed.success && parsed.data.ok) return null;
  const refusal = parsed.success && !parsed.data.ok ? parsed.data : null;
  const code = refusal?.error_code ?? answer.status;
  const detail = refusal?.description ?? `HTTP ${answer.status}`;
  if (code === 429) {
    const seconds = refusal?.parameters?.retry_after;
    return { kind: "rate-limited", until: new Date(now.getTime() + (seconds === undefined ? pause : seconds * 1000)), scope: "account" };
  }
  // A token of a wrong form is answered as an unknown path.
  if (code === 401 || code === 404) return { kind: "needs-reauth", reason: "revoked" };
  if (code === 403) return { kind: "needs-reauth", reason: "scope" };
  if (code >= 500 || code === 408 || (code >= 200 && code < 300)) return serverFailure(answer, committing, now);
  return { kind: "rejected", code: refusal ? "invalid" : "unexpected-answer", detail };
}
