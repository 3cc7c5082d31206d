import { now } from "../core/clock.ts";
import { Prisma, type Tx } from "../core/db.ts";
import { cut, storable } from "../core/text.ts";
import type { RemotePost } from "../platforms/contract.ts";
import { classifyPost, hasContactOrLink } from "./substance.ts";

export type ChannelPlace = { id: string; unitId: string; governmentId: string };
/** A post of the platform; `publicationId` and `postId` when we published it ourselves. */
export type TakenPost = RemotePost & { publicationId?: string; postId?: string; hasContact?: boolean };

/** Of which moment the figures are and who told them, and since when posts are compared with others (all of them unless told). */
export type Source = { at: Date; from: "api" | "file" | "hand"; compareSince?: Date };

/** The text without case, spaces and signs: equal keys are the same text. */
export const textKey = (text: string) => cut(text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ""), 400);

/**
 * Takes posts of one account in, new or seen before: texts stay as first seen, figures are renewed, a figure that the
 * platform no longer tells keeps its last value. Figures older than those that we have fill only what is unknown. Where a newer
 * reading tells notably less than the one before, it counts, and the fall is kept beside it. Returns the ids of new rows.
 */
export async function takeInPosts(
  tx: Tx,
  channel: ChannelPlace,
  posts: readonly TakenPost[],
  { at, from, compareSince }: Source = { at: now(), from: "api" },
): Promise<string[]> {
  if (!posts.length) return [];
  const seenAt = now();
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
  const fresh = await tx.$queryRaw<{ id: string; is_new: boolean; published_at: Date }[]>(Prisma.sql`
    INSERT INTO remote_post AS r (channel_id, unit_id, government_id, remote_id, permalink, publication_id, post_id, text, text_key, published_at, first_seen_at,
      visual, has_alt, has_link, has_contact, repost, category, likes, comments, shares, views, reach, metrics_at, metrics_from)
    SELECT ${channel.id}::uuid, ${channel.unitId}::uuid, ${channel.governmentId}::uuid, remote_id, permalink, publication_id, post_id, text, text_key, published_at, ${seenAt},
      visual, has_alt, has_link, has_contact, repost, category, likes, comments, shares, views, reach, metrics_at, CASE WHEN metrics_at IS NOT NULL THEN ${from} END
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS x(remote_id text, permalink text, publication_id uuid, post_id uuid, text text, text_key text, published_at timestamptz,
      visual text, has_alt boolean, has_link boolean, has_contact boolean, repost boolean, category text, likes int, comments int, shares int, views int, reach int, metrics_at timestamptz)
    ON CONFLICT (channel_id, remote_id) DO UPDATE SET
      permalink = coalesce(EXCLUDED.permalink, r.permalink), publication_id = coalesce(r.publication_id, EXCLUDED.publication_id), post_id = coalesce(r.post_id, EXCLUDED.post_id),
      removed_at = CASE WHEN r.removed_at > ${at} THEN r.removed_at END, visual = coalesce(EXCLUDED.visual, r.visual), has_alt = coalesce(r.has_alt, EXCLUDED.has_alt),
      ${Prisma.join(figures.map(renewed))},
      figures_fell = CASE WHEN ${newer} AND (${Prisma.join(figures.map(fell), " OR ")})
        THEN jsonb_strip_nulls(jsonb_build_object('at', EXCLUDED.metrics_at, ${Prisma.join(figures.map(fall))})) ELSE r.figures_fell END,
      metrics_from = CASE WHEN EXCLUDED.metrics_at IS NOT NULL AND ${newer} THEN EXCLUDED.metrics_from ELSE r.metrics_from END,
      metrics_at = greatest(EXCLUDED.metrics_at, r.metrics_at)
    RETURNING id, (xmax = 0) AS is_new, published_at`);
  const made = fresh.filter((f) => f.is_new);
  await measureSimilarity(
    tx,
    made.filter((f) => !compareSince || f.published_at >= compareSince).map((f) => f.id),
  );
  return made.map((f) => f.id);
}

const figures = ["likes", "comments", "shares", "views", "reach"] as const;
type Figure = (typeof figures)[number];
const newer = Prisma.sql`(r.metrics_at IS NULL OR EXCLUDED.metrics_at >= r.metrics_at)`;
const before = (figure: Figure) => Prisma.raw(`r.${figure}`);
const told = (figure: Figure) => Prisma.raw(`EXCLUDED.${figure}`);
const renewed = (figure: Figure) => Prisma.sql`${Prisma.raw(figure)} =
  CASE WHEN ${newer} THEN coalesce(${told(figure)}, ${before(figure)}) ELSE coalesce(${before(figure)}, ${told(figure)}) END`;
/** A tenth less and at least ten: what people take back day by day is less. */
const fell = (figure: Figure) =>
  Prisma.sql`coalesce(${told(figure)} < ${before(figure)} * 0.9 AND ${before(figure)} - ${told(figure)} >= 10, false)`;
const fall = (figure: Figure) =>
  Prisma.sql`${Prisma.raw(`'${figure}'`)}, CASE WHEN ${fell(figure)} THEN jsonb_build_array(${before(figure)}, ${told(figure)}) END`;

/** How like it is to the account's own posts of the 30 days before (trigrams), and whether another unit had the same text first. */
async function measureSimilarity(tx: Tx, ids: string[]) {
  if (!ids.length) return;
  await tx.$executeRaw`
    UPDATE remote_post r SET
      similar_own = coalesce((SELECT round(max(similarity(r.text, o.text)) * 10000)::int FROM remote_post o
        WHERE o.channel_id = r.channel_id AND o.id <> r.id AND o.published_at < r.published_at AND o.published_at >= r.published_at - interval '30 days'), 0),
      similar_other = CASE WHEN length(r.text_key) >= 40 AND EXISTS (SELECT FROM remote_post o
        WHERE o.text_key = r.text_key AND o.unit_id <> r.unit_id AND o.published_at < r.published_at AND o.published_at >= r.published_at - interval '30 days') THEN 10000 ELSE 0 END
    WHERE r.id = ANY(${ids}::uuid[])`;
  await measureLater(tx, ids);
}

/** What was known before of the 30 days after them is copied from them, whichever was taken in first. */
async function measureLater(tx: Tx, ids: string[]) {
  await tx.$executeRaw`
    UPDATE remote_post r SET similar_own = m.most
    FROM (SELECT o.id, round(max(similarity(o.text, n.text)) * 10000)::int AS most FROM remote_post n
      JOIN remote_post o ON o.channel_id = n.channel_id AND o.published_at > n.published_at AND o.published_at <= n.published_at + interval '30 days'
      WHERE n.id = ANY(${ids}::uuid[]) AND o.id <> ALL(${ids}::uuid[]) GROUP BY o.id) m
    WHERE r.id = m.id AND r.similar_own < m.most`;
  await tx.$executeRaw`
    UPDATE remote_post r SET similar_other = 10000 FROM remote_post n
    WHERE n.id = ANY(${ids}::uuid[]) AND length(n.text_key) >= 40 AND r.text_key = n.text_key AND r.unit_id <> n.unit_id
      AND r.published_at > n.published_at AND r.published_at <= n.published_at + interval '30 days' AND r.similar_other < 10000`;
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
