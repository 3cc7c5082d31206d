/** Facebook's Graph API on the wire: one call, one parsed answer or one PlatformFailure. */

import { z } from "zod";
import { type Failure, PlatformFailure } from "../contract.ts";
import { type HttpAnswer, retryAfter, serverFailure } from "../http.ts";
import { graphError, type MetaGraph, metaGraph } from "../meta-graph.ts";

export type Graph = MetaGraph & {
  /** A piece of a video, with the time that it takes. */
  upload: <T>(path: string, body: FormData, schema: z.ZodType<T>) => Promise<T>;
  /** Tells the upload address that Graph has named where the video can be fetched. */
  handOver: <T>(uploadUrl: string, fileUrl: string, schema: z.ZodType<T>) => Promise<T>;
};

/** A client for one token, or for the calls that take none. `baseUrl` is without version, `version` is like "v26.0". */
export function graphClient(options: { baseUrl: string; version: string; token: string | null; now: () => Date }): Graph {
  const { baseUrl, version, token } = options;
  const graph = metaGraph({ ...options, platform: "facebook", judge: graphFailure });
  return {
    ...graph,
    upload: (path, body, schema) =>
      graph.call({ method: "POST", url: `${baseUrl}/${version}/${path}`, body, timeout: longest }, schema, false),
    handOver: (uploadUrl, fileUrl, schema) => {
      if (!isFacebooks(uploadUrl, baseUrl))
        throw new PlatformFailure({ kind: "rejected", code: "unexpected-answer" }, "facebook: an upload address elsewhere");
      const headers = { authorization: `OAuth ${token}`, file_url: fileUrl };
      return graph.call({ method: "POST", url: uploadUrl, headers, timeout: longest }, schema, false);
    },
  };
}

const longest = 120_000;

/** The token goes to no other host than Graph's own and Facebook's. */
function isFacebooks(address: string, baseUrl: string): boolean {
  const { protocol, hostname, origin } = new URL(address);
  return origin === new URL(baseUrl).origin || (protocol === "https:" && /(^|\.)facebook\.com$/.test(hostname));
}

/**
 * What an answer means, by the code in its body first (Graph sends rate limits as HTTP 400), by its status second; null for success.
 * Source: Meta, "Handling Errors" and "Rate Limits". A refusal by code says that nothing was applied, on the irreversible call too.
 */
export function graphFailure(answer: HttpAnswer, committing: boolean, now: Date): Failure | null {
  const error = graphError(answer.body);
  if (!error) return uploadFailure(answer) ?? statusFailure(answer, committing, now);
  const { code, subcode, transient, detail } = error;
  const scope = limitScope(code);
  if (scope) return { kind: "rate-limited", until: until(answer.headers, now), scope };
  if (code === 190 || code === 102 || code === 104) return { kind: "needs-reauth", reason: subcode === 463 ? "expired" : "revoked" };
  if (code === 10 || (code >= 200 && code <= 299)) return { kind: "needs-reauth", reason: "scope" };
  if (code === 368) return { kind: "rejected", code: "policy", detail, policy: true };
  if (code === 506) return { kind: "rejected", code: "duplicate", detail };
  // The video has not arrived whole, or not yet.
  if (code === 6000) return { kind: "retryable", after: new Date(now.getTime() + 60_000) };
  if (code === 1 || code === 2 || transient || answer.status >= 500) return serverFailure(answer, committing, now);
  return { kind: "rejected", code: rejection(code, subcode), detail };
}

const uploadBody = z.object({ debug_info: z.object({ retriable: z.boolean(), message: z.string().optional() }) });

/** The upload address has errors of its own kind; null where this is none. */
function uploadFailure(answer: HttpAnswer): Failure | null {
  const told = answer.status >= 400 && answer.status < 500 ? uploadBody.safeParse(answer.body).data?.debug_info : undefined;
  if (!told) return null;
  return told.retriable ? { kind: "retryable" } : { kind: "rejected", code: "video-refused", detail: told.message };
}

function statusFailure(answer: HttpAnswer, committing: boolean, now: Date): Failure | null {
  if (answer.status === 429) return { kind: "rate-limited", until: until(answer.headers, now), scope: "app" };
  if (answer.status === 401) return { kind: "needs-reauth", reason: "revoked" };
  if (answer.status >= 500 || answer.status === 408) return serverFailure(answer, committing, now);
  // Graph never redirects these calls: whatever does is not Graph.
  if (answer.status >= 300) return { kind: "rejected", code: "unexpected-answer", detail: `HTTP ${answer.status}` };
  return null;
}

function limitScope(code: number): "app" | "account" | "endpoint" | null {
  if (code === 4) return "app";
  if (code === 613) return "endpoint";
  if (code === 17 || code === 32 || (code >= 80_000 && code <= 80_099)) return "account";
  return null;
}

function rejection(code: number, subcode: number | undefined): string {
  if (code === 100 && subcode === 33) return "not-found";
  if (code === 324) return "picture-refused";
  if (code === 352) return "video-refused";
  if (code === 1500) return "link-refused";
  return "invalid";
}

const usage = z.record(z.string(), z.array(z.object({ estimated_time_to_regain_access: z.number().optional() })));
const pause = 15 * 60_000;

/** When calls are allowed again: Meta names minutes in X-Business-Use-Case-Usage, or nothing at all. */
function until(headers: Headers, now: Date): Date {
  let minutes = 0;
  try {
    const parsed = usage.safeParse(JSON.parse(headers.get("x-business-use-case-usage") ?? "{}"));
    if (parsed.success)
      for (const entry of Object.values(parsed.data).flat()) minutes = Math.max(minutes, entry.estimated_time_to_regain_access ?? 0);
  } catch {
    minutes = 0;
  }
  if (minutes > 0) return new Date(now.getTime() + minutes * 60_000);
  return retryAfter(headers, now) ?? new Date(now.getTime() + pause);
}
