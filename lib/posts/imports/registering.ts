import { noteFollowers } from "../../channels/followers.ts";
import type { Actor } from "../../core/access.ts";
import { record } from "../../core/audit.ts";
import { now } from "../../core/clock.ts";
import { db } from "../../core/db.ts";
import type { Answer, Problem } from "../../core/errors.ts";
import type { Metrics } from "../../platforms/contract.ts";
import { findLinks } from "../../platforms/links.ts";
import { readPermalink } from "../../platforms/permalink.ts";
import { localDay } from "../../units/calendar.ts";
import { instantOfField } from "../../units/local-time.ts";
import { takeInPosts } from "../intake.ts";
import { findImportChannel, lockChannel, withKnown } from "./accounts.ts";
import { readCount } from "./numbers.ts";
import { isForeign } from "./reading.ts";
import type { FollowersInput, RegisterInput } from "./schema.ts";

const answers = { yes: true, no: false, unknown: null } as const;

/** Writes one post of an account without an interface down by its address. One that is known already is told, not doubled. */
export async function registerPost(actor: Actor, input: RegisterInput): Promise<Answer> {
  const channel = await findImportChannel(actor, input.channelId);
  const at = now();
  const problems: Problem[] = [];
  const address = readPermalink(channel.platform, input.permalink, channel.remoteId);
  const platform = { platform: channel.platform };
  if (!address.ok) problems.push({ field: "permalink", code: address.code, params: platform });
  else if (address.account !== null && isForeign(address.account, channel))
    problems.push({ field: "permalink", code: "other-account", params: { found: address.account, account: channel.handle } });
  const instant = instantOfField(input.publishedAt, channel.zone);
  if (instant === null) problems.push({ field: "publishedAt", code: "invalid" });
  else if (new Date(instant) > at) problems.push({ field: "publishedAt", code: "in-future" });
  const counts = Object.entries(input.figures).map(([name, text]) => [name, readCount(text)] as const);
  for (const [name, count] of counts) if (count === undefined) problems.push({ field: `figures.${name}`, code: "not-a-count" });
  if (problems.length || !address.ok || instant === null) return { ok: false, problems };

  const visual = input.visual === "unknown" ? null : input.visual;
  const post = {
    remoteId: address.remoteId,
    permalink: address.permalink,
    text: input.text,
    publishedAt: new Date(instant),
    visual,
    hasAlt: visual === "none" ? null : answers[input.alt],
    hasLink: input.text === "" ? null : findLinks(input.text).length > 0,
    repost: false,
    metrics: Object.fromEntries(counts) as Metrics,
  };
  return db.$transaction(async (tx) => {
    await lockChannel(tx, channel.id);
    const [match] = await withKnown(tx, channel, [{ post }]);
    if (match?.known) return { ok: false, problems: [{ field: "permalink", code: "post-known" }] };
    await takeInPosts(tx, channel, [post], { at, from: "hand" });
    const payload = { permalink: post.permalink };
    await record(tx, actor, { type: "post.registered", subjectType: "channel", subjectId: channel.id, place: channel, payload });
    return { ok: true };
  });
}

/** Writes down how many followers an account without an interface had on a day. */
export async function registerFollowers(actor: Actor, { channelId, day, followers }: FollowersInput): Promise<Answer> {
  const channel = await findImportChannel(actor, channelId);
  const count = readCount(followers);
  if (typeof count !== "number") return { ok: false, problems: [{ field: "followers", code: "not-a-count" }] };
  if (day > localDay(now(), channel.zone)) return { ok: false, problems: [{ field: "day", code: "in-future" }] };
  return db.$transaction(async (tx) => {
    await noteFollowers(tx, channel.id, "hand", [{ day, followers: count }]);
    const payload = { day, followers: count };
    await record(tx, actor, { type: "followers.registered", subjectType: "channel", subjectId: channel.id, place: channel, payload });
    return { ok: true };
  });
}
