import { openAccount } from "../../channels/accounts.ts";
import { noteFollowersNow } from "../../channels/followers.ts";
import { noteFailure, noteSuccess } from "../../channels/health.ts";
import { limitedSql, noteLimit } from "../../channels/limits.ts";
import { codeOf } from "../../channels/rules.ts";
import { now } from "../../core/clock.ts";
import { db, Prisma } from "../../core/db.ts";
import { env } from "../../core/env.ts";
import { log } from "../../core/log.ts";
import { PlatformFailure, type RemoteComment } from "../../platforms/contract.ts";
import { connectorFor } from "../../platforms/registry.ts";
import { markRemoved, takeInPosts } from "../../posts/intake.ts";
import { noteMissing } from "./changes.ts";
import { linkCases } from "./facts.ts";
import { ingest } from "./ingest.ts";

const DAY = 86_400_000;
const BACKFILL_DAYS = 90;
const FULL_LOOK_DAYS = 35;
const QUICK_LOOK_DAYS = 3;
const OVERLAP_MS = 15 * 60_000;
const LEASE_MS = 5 * 60_000;
const WEBHOOK_MS = 10 * 60_000;

type Due = { id: string; unit_id: string; government_id: string; polled_until: Date | null; first_seen_at: Date };

/** Takes channels whose time to be read has come; two workers never read the same one. One whose platform takes no calls waits. */
export async function claimPolls(limit: number): Promise<Due[]> {
  const at = now();
  return db.$queryRaw<Due[]>(Prisma.sql`
    UPDATE channel c SET poll_lease_until = ${new Date(at.getTime() + LEASE_MS)}
    WHERE c.id IN (
      SELECT id FROM channel q WHERE mode = 'api' AND state = 'connected' AND next_poll_at <= ${at}
        AND (poll_lease_until IS NULL OR poll_lease_until < ${at}) AND NOT ${limitedSql("q.id", at, "reading")}
      ORDER BY next_poll_at LIMIT ${limit} FOR UPDATE SKIP LOCKED)
    RETURNING c.id, c.unit_id, c.government_id, c.polled_until, c.first_seen_at`);
}

/**
 * How far back to look. Posts: 90 days at first, 35 days four times a day (figures, removed posts), else 3 days. Comments:
 * since the last look; with a full look of posts three days, which shows what was changed or removed, and no less than since the
 * last full one, as those between passed older posts over.
 */
export function lookBack(polledUntil: Date | null, at: Date): { posts: Date; comments: Date } {
  const before = (instant: Date, ms: number) => new Date(instant.getTime() - ms);
  if (!polledUntil) return { posts: before(at, BACKFILL_DAYS * DAY), comments: before(at, BACKFILL_DAYS * DAY) };
  const quarter = (d: Date) => Math.floor(d.getTime() / (DAY / 4));
  return quarter(polledUntil) === quarter(at)
    ? { posts: before(at, QUICK_LOOK_DAYS * DAY), comments: before(polledUntil, OVERLAP_MS) }
    : {
        posts: before(at, FULL_LOOK_DAYS * DAY),
        comments: earlier(before(polledUntil, DAY / 4 + OVERLAP_MS), before(at, QUICK_LOOK_DAYS * DAY)),
      };
}

const earlier = (a: Date, b: Date) => (a < b ? a : b);

/** Reads an account's posts, figures and comments: what its webhooks left out, and all of it where there are none. */
export async function pollChannel(channel: Due) {
  const at = now();
  let delay = env().POLL_SECONDS * 1000;
  try {
    const account = await openAccount(channel.id);
    const connector = connectorFor(account.platform, account.mode);
    delay = Math.max(delay, (connector.readEvery ?? 0) * 1000);
    const profile = await connector.fetchProfile(account);
    // An account that is heard by webhook alone is proved by what the platform says of it, not by having been read.
    const proved = (await connector.hears?.(account)) ?? true;
    const since = lookBack(channel.polled_until, at);
    const posts = await connector.fetchPosts(account, since.posts);
    await db.$transaction(
      async (tx) => {
        await takeInPosts(tx, { id: channel.id, unitId: channel.unit_id, governmentId: channel.government_id }, posts);
        await linkCases(tx, channel.id);
        // Our time of a post may be later than the platform's, and a platform may list a new post late.
        const sure = { publishedAfter: new Date(since.posts.getTime() + DAY), seenBefore: new Date(at.getTime() - OVERLAP_MS) };
        if (connector.listsPosts !== false && posts.length < 500)
          await markRemoved(
            tx,
            channel.id,
            sure,
            posts.map((p) => p.remoteId),
          );
      },
      { timeout: 30_000 },
    );
    const { comments, whole } = await connector.fetchComments(
      account,
      since.comments,
      posts.slice(0, 50).map((p) => p.remoteId),
    );
    await noteMissed(channel, comments, at);
    await ingest({ id: channel.id, unitId: channel.unit_id, governmentId: channel.government_id }, comments);
    await noteMissing(channel.id, { since: since.comments, posts: whole, listed: comments.map(({ remoteId }) => remoteId) });
    await db.channel.update({
      where: { id: channel.id },
      data: {
        followers: profile.followers ?? undefined,
        commentsOpen: profile.commentsOpen ?? undefined,
        name: profile.name,
        url: profile.url,
        ...(proved ? { polledUntil: at } : {}),
      },
    });
    if (profile.followers !== null) await noteFollowersNow(db, channel.id, profile.followers);
    await noteSuccess(channel.id);
  } catch (error) {
    const failure = error instanceof PlatformFailure ? error.failure : null;
    if (!failure) log.error({ err: error, channel: channel.id }, "poll failed");
    await noteFailure(channel.id, failure ? codeOf(failure) : "unexpected");
    if (failure?.kind === "rate-limited" && failure.scope !== "endpoint") await noteLimit(channel.id, failure);
    delay = failure?.kind === "rate-limited" ? Math.max(delay, failure.until.getTime() - at.getTime()) : delay * 2;
  }
  await db.channel.update({ where: { id: channel.id }, data: { pollLeaseUntil: null, nextPollAt: new Date(now().getTime() + delay) } });
}

/** Whether reading brings what webhooks should have told ten minutes ago, on an account whose webhooks have worked before. */
async function noteMissed({ id, polled_until: last }: Due, comments: readonly RemoteComment[], at: Date) {
  if (!last) return;
  const [from, to] = [last.getTime() - OVERLAP_MS, at.getTime() - WEBHOOK_MS];
  const late = comments.filter(({ own, sentAt }) => !own && sentAt.getTime() > from && sentAt.getTime() < to);
  if (!late.length) return;
  const remoteIds = late.map(({ remoteId }) => remoteId);
  const known = await db.remoteKey.count({ where: { channelId: id, remoteId: { in: remoteIds }, subject: "message" } });
  if (known < new Set(remoteIds).size) await db.channel.updateMany({ where: { id, heardAt: { not: null } }, data: { missedAt: at } });
}
