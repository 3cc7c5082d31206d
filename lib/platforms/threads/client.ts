/** Threads' Graph on the wire: one call, one parsed answer or one PlatformFailure. */

import type { Failure } from "../contract.ts";
import { graphFailure } from "../facebook/client.ts";
import { type HttpAnswer, serverFailure } from "../http.ts";
import { graphError, type MetaGraph, metaGraph } from "../meta-graph.ts";

export type Graph = MetaGraph;

/** A client for one token. `baseUrl` is without version, `version` is like "v1.0". */
export const graphClient = (options: { baseUrl: string; version: string; token: string; now: () => Date }): Graph =>
  metaGraph({ ...options, platform: "threads", judge: threadsFailure });

const hour = 60 * 60_000;

/**
 * What an answer means; null for success. Threads documents no table of codes: the subcodes are those that its developers report,
 * and Instagram's where Threads borrows them; every other answer means what it means in Graph.
 */
export function threadsFailure(answer: HttpAnswer, committing: boolean, now: Date): Failure | null {
  const error = graphError(answer.body);
  if (!error) return graphFailure(answer, committing, now);
  const { code, subcode, detail } = error;
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
