/** Which posts of a table we have already, and what the table changes of them. Pure. */

import type { Metrics, RemotePost } from "../../platforms/contract.ts";
import { figureNames } from "./rules.ts";

/** A post that we have: of this account, or of the same one as the platform's interface reads it. */
export type KnownPost = {
  channelId: string;
  remoteId: string;
  permalink: string | null;
  textKey: string;
  publishedAt: Date;
  /** We published it ourselves. */
  ours: boolean;
  /** It stands at another connection of the same account, whose interface keeps its figures. */
  elsewhere: boolean;
  metrics: Metrics;
  metricsAt: Date | null;
};
/** `renewed`: its figures become those of the table; `same`: it tells nothing new; `older`: ours are newer and stay; `elsewhere`: left alone. */
export type Fate = "fresh" | "renewed" | "same" | "older" | "elsewhere";

/** The same text so near in time is the same post, be its address another (a short link, a hidden number). */
const nearMs = 10 * 60_000;
/** A post that a person published by hand bears the time of his confirmation, and some tables tell only the day. */
const nearOursMs = 48 * 3_600_000;
const tellingLength = 20;

export type Incoming = { post: RemotePost; textKey: string };

/**
 * The known post that each one is, or null: by its id or the one in its address, else by its text near its time. A known post is
 * at most one of them. `addressId` reads the id out of an address.
 */
export function matchKnown<P extends Incoming>(
  posts: readonly P[],
  known: readonly KnownPost[],
  addressId: (permalink: string) => string | null,
): { one: P; known: KnownPost | null }[] {
  const byId = new Map<string, KnownPost>();
  const byText = new Map<string, KnownPost[]>();
  // What stands at this account comes before its twin elsewhere.
  for (const each of [...known].sort((a, b) => Number(a.elsewhere) - Number(b.elsewhere))) {
    const ids = [each.remoteId, each.permalink === null ? null : addressId(each.permalink)];
    for (const id of ids) if (id !== null && !byId.has(id)) byId.set(id, each);
    if (each.textKey.length >= tellingLength) byText.set(each.textKey, [...(byText.get(each.textKey) ?? []), each]);
  }
  const taken = new Set<KnownPost>();
  const take = (one: KnownPost | undefined) => {
    if (one) taken.add(one);
    return one ?? null;
  };
  const matched = posts.map((one) => ({ one, known: take(byId.get(one.post.remoteId)) }));
  return matched.map(({ one, known: same }) => ({
    one,
    known: same ?? take(byText.get(one.textKey)?.find((each) => !taken.has(each) && isNear(each, one.post))),
  }));
}

const isNear = (known: KnownPost, { publishedAt }: Pick<RemotePost, "publishedAt">) =>
  Math.abs(known.publishedAt.getTime() - publishedAt.getTime()) <= (known.ours ? nearOursMs : nearMs);

/** What becomes of a post whose figures are of the moment `asOf`. */
export function fateOf({ metrics }: Pick<RemotePost, "metrics">, known: KnownPost | null, asOf: Date): Fate {
  if (!known) return "fresh";
  if (known.elsewhere) return "elsewhere";
  const told = figureNames.filter((name) => metrics[name] !== null);
  const newer = known.metricsAt === null || asOf >= known.metricsAt;
  const changes = told.some((name) => (newer ? metrics[name] !== known.metrics[name] : known.metrics[name] === null));
  if (changes) return "renewed";
  return told.length > 0 && !newer && told.some((name) => metrics[name] !== known.metrics[name]) ? "older" : "same";
}
