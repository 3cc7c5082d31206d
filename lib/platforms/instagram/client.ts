/** Instagram's Graph on the wire: one call, one parsed answer or one PlatformFailure. */

import type { Failure } from "../contract.ts";
import { graphFailure } from "../facebook/client.ts";
import { type HttpAnswer, serverFailure } from "../http.ts";
import { graphError, type MetaGraph, metaGraph } from "../meta-graph.ts";

export type Graph = MetaGraph;

/** A client for one token. `baseUrl` is without version, `version` is like "v26.0". */
export const graphClient = (options: { baseUrl: string; version: string; token: string; now: () => Date }): Graph =>
  metaGraph({ ...options, platform: "instagram", judge: instagramFailure });

const minute = 60_000;

/**
 * What an answer means; null for success. The subcodes are those of Meta's "Error Codes" for the Instagram Platform;
 * every other answer means what it means in Graph. Answers to the irreversible call that do not exclude a live post are ambiguous.
 */
export function instagramFailure(answer: HttpAnswer, committing: boolean, now: Date): Failure | null {
  const error = graphError(answer.body);
  if (!error) return graphFailure(answer, committing, now);
  const { code, subcode, detail } = error;
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
