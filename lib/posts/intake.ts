import { now } from "../core/clock.ts";
import { Prisma, type Tx } from "../core/db.ts";
import { cut, storable } from "../core/text.ts";
import type { RemotePost } from "../platforms/contract.ts";
import { classifyPost, hasContactOrLink } from "./substance.ts";

export type ChannelPlace = { id: string; unitId: string; governmentId: string };
/** A post of the platform; `publicationId` and `postId` when we published it ourselves. */
export type TakenPost = RemotePost & { publicationId?: string; postId?: string; hasContact?: boolean };

/** The text without case, spaces and signs: equal keys are the same text. */
const textKey = (text: string) => cut(text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ""), 400);

/**
 * Takes posts of one account in, new or seen before: texts stay as first seen, figures are renewed, a figure that the
 * platform no longer tells keeps its last value. Returns the ids of new rows.
 */
export async function takeInPosts(tx: Tx, channel: ChannelPlace, posts: readonly TakenPost[]): Promise<string[]> {
  if (!posts.length) return [];
  const at = now();
  // A listing that goes on while it is read may show a post twice.
  const rows = [...new Map(posts.map((p) => [p.remoteId, p])).values()].map((p) => {
    const text = storable(p.text);
    const category = p.repost ? "repost" : classifyPost(text).category;
    const known = p.metrics;
    return {
      remote_id: p.remoteId,
      permalink: p.permalink,
      publication_id: p.publicationId ?? null,
      post_id: p.postId ?? null,
      text,
      text_key: textKey(text),
      published_at: p.publishedAt.toISOString(),
      visual: p.visual,
      has_alt: p.hasAlt,
      has_link: p.hasLink,
      has_contact: p.hasContact ?? hasContactOrLink(text),
      repost: p.repost,
      category,
      likes: known.likes,
      comments: known.comments,
      shares: known.shares,
      views: known.views,
      reach: known.reach,
      metrics_at: Object.values(known).some((v) => v !== null) ? at.toISOString() : null,
    };
  });
  const fresh = await tx.$queryRaw<{ id: string; is_new: boolean }[]>(Prisma.sql`
    INSERT INTO remote_post AS r (channel_id, unit_id, government_id, remote_id, permalink, publication_id, post_id, text, text_key, published_at, first_seen_at,
      visual, has_alt, has_link, has_contact, repost, category, likes, comments, shares, views, reach, metrics_at)
    SELECT ${channel.id}::uuid, ${channel.unitId}::uuid, ${channel.governmentId}::uuid, remote_id, permalink, publication_id, post_id, text, text_key, published_at, ${at},
      visual, has_alt, has_link, has_contact, repost, category, likes, comments, shares, views, reach, metrics_at
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS x(remote_id text, permalink text, publication_id uuid, post_id uuid, text text, text_key text, published_at timestamptz,
      visual text, has_alt boolean, has_link boolean, has_contact boolean, repost boolean, category text, likes int, comments int, shares int, views int, reach int, metrics_at timestamptz)
    ON CONFLICT (channel_id, remote_id) DO UPDATE SET
      permalink = coalesce(EXCLUDED.permalink, r.permalink), publication_id = coalesce(r.publication_id, EXCLUDED.publication_id), post_id = coalesce(r.post_id, EXCLUDED.post_id),
      removed_at = NULL, visual = coalesce(EXCLUDED.visual, r.visual), has_alt = coalesce(r.has_alt, EXCLUDED.has_alt),
      likes = coalesce(EXCLUDED.likes, r.likes), comments = coalesce(EXCLUDED.comments, r.comments), shares = coalesce(EXCLUDED.shares, r.shares),
      views = coalesce(EXCLUDED.views, r.views), reach = coalesce(EXCLUDED.reach, r.reach), metrics_at = coalesce(EXCLUDED.metrics_at, r.metrics_at)
    RETURNING id, (xmax = 0) AS is_new`);
  const ids = fresh.filter((f) => f.is_new).map((f) => f.id);
  await measureSimilarity(tx, ids);
  return ids;
}

/** How like it is to the account's own posts of the 30 days before (trigrams), and whether another unit had the same text first. */
export async function measureSimilarity(tx: Tx, ids: string[]) {
  if (!ids.length) return;
  await tx.$executeRaw`
    UPDATE remote_post r SET
      similar_own = coalesce((SELECT round(max(similarity(r.text, o.text)) * 10000)::int FROM remote_post o
        WHERE o.channel_id = r.channel_id AND o.id <> r.id AND o.published_at < r.published_at AND o.published_at >= r.published_at - interval '30 days'), 0),
      similar_other = CASE WHEN length(r.text_key) >= 40 AND EXISTS (SELECT FROM remote_post o
        WHERE o.text_key = r.text_key AND o.unit_id <> r.unit_id AND o.published_at < r.published_at AND o.published_at >= r.published_at - interval '30 days') THEN 10000 ELSE 0 END
    WHERE r.id = ANY(${ids}::uuid[])`;
}

/** Posts that a complete listing no longer shows are gone from the public, if they are old enough and known long enough to be in it. */
export const markRemoved = (
  tx: Tx,
  channelId: string,
  sure: { publishedAfter: Date; seenBefore: Date },
  stillThere: string[],
) => tx.$executeRaw`
  UPDATE remote_post SET removed_at = ${now()}
  WHERE channel_id = ${channelId}::uuid AND removed_at IS NULL AND published_at > ${sure.publishedAfter} AND first_seen_at < ${sure.seenBefore} AND remote_id <> ALL(${stillThere}::text[])`;
