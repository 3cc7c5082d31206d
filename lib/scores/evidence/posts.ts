import { db, Prisma } from "../../core/db.ts";
import type { PostCategory } from "../../posts/substance.ts";
import { addDays, daysBetween, localDay, startOfDay, zoneOf } from "../../units/calendar.ts";
import type { ScoreCard } from "../cards.ts";
import { type Credit, type CreditablePost, type CreditReason, creditPosts, judgedPosts } from "../credit.ts";

export const postViews = ["all", "reduced", "incomplete"] as const;
/** All posts, those that count less than in full, those whose text, alt text or contact is missing. */
export type PostView = (typeof postViews)[number];

export type Lack = "caption" | "alt" | "contact";

type Weighed = CreditablePost & {
  halves: number;
  reasons: CreditReason[];
  /** Quality and engagement are judged by it: it was let in by the limits of its day and week when it came out. */
  judged: boolean;
  lacks: Lack[];
};

export type EvidencePost = Omit<Weighed, "stillPublic" | "linkedNarrative"> & {
  text: string;
  permalink: string | null;
  publishedAt: Date;
  removedAt: Date | null;
  /** The own post of the 30 days before that it repeats. */
  like: { id: string; text: string; permalink: string | null; publishedAt: Date } | null;
  /** A person's word on what it is, the latest. */
  corrected: { from: string; to: string; reason: string; by: string; at: Date } | null;
};

type Row = {
  id: string;
  publishedAt: Date;
  removedAt: Date | null;
  category: string;
  similarOwn: number;
  similarOther: number;
  repost: boolean;
  text: boolean;
  visual: string | null;
  hasAlt: boolean | null;
  hasLink: boolean | null;
  hasContact: boolean | null;
};

const MOST = 2000;
const PAGE = 20;

export type PostEvidence = {
  credit: Credit;
  /** What the quality counts. */
  judged: { posts: number; substantive: number };
  weighed: Weighed[];
};

/** What each post of the account counted for in the window of a card, by the same rules as its score; from the posts as they stand now. */
export async function weighPosts({ account, day, settings, unit }: ScoreCard): Promise<PostEvidence> {
  const zone = zoneOf(unit.zone);
  const firstDay = addDays(day, 1 - settings.windowWeeks * 7);
  const end = startOfDay(addDays(day, 1), zone);
  const rows = await db.$queryRaw<Row[]>(Prisma.sql`
    SELECT id, published_at AS "publishedAt", removed_at AS "removedAt", category, similar_own AS "similarOwn", similar_other AS "similarOther", repost,
      text <> '' AS text, visual, has_alt AS "hasAlt", has_link AS "hasLink", has_contact AS "hasContact"
    FROM remote_post WHERE channel_id = ${account.id}::uuid AND published_at >= ${startOfDay(firstDay, zone)} AND published_at < ${end}
    ORDER BY published_at, id LIMIT ${MOST}`);
  const creditable = rows.map((row): CreditablePost => {
    const removed = row.removedAt !== null && row.removedAt < end;
    return {
      id: row.id,
      day: localDay(row.publishedAt, zone),
      category: row.category as PostCategory,
      similarOwn: row.similarOwn,
      similarOther: row.similarOther,
      linkedNarrative: false,
      repost: row.repost,
      stillPublic: !removed,
      removedAfterDays: removed ? daysBetween(localDay(row.publishedAt, zone), localDay(row.removedAt!, zone)) : null,
    };
  });
  const window = { firstDay, weeks: settings.windowWeeks };
  const credit = creditPosts(creditable, window, settings.credit);
  const letIn = judgedPosts(creditable, window, settings.credit);
  const worth = new Map(credit.posts.map((post) => [post.id, post]));
  const weighed = creditable.map((post, place) => {
    const { halves, reasons } = worth.get(post.id) ?? { halves: 0, reasons: [] };
    const judged = letIn.has(post.id);
    return { ...post, halves, reasons, judged, lacks: judged ? lacksOf(rows[place]!) : [] };
  });
  const judged = weighed.filter((post) => post.judged);
  return {
    credit,
    judged: { posts: judged.length, substantive: judged.filter((post) => post.category === "substantive").length },
    weighed,
  };
}

/** What its completeness misses; what could not be read is no lack. */
function lacksOf({ text, visual, hasAlt, hasLink, hasContact }: Row): Lack[] {
  const shown = visual === "image" || visual === "video";
  return [
    ...(text ? [] : (["caption"] as const)),
    ...(shown && hasAlt === false ? (["alt"] as const) : []),
    ...((hasLink ?? hasContact) !== null && !hasLink && !hasContact ? (["contact"] as const) : []),
  ];
}

/** A page of the weighed posts, the newest first, with their words and what makes them count less. */
export async function postsPage(
  { weighed }: PostEvidence,
  view: PostView,
  after: string | null,
  fullHalves: number,
  limit = PAGE,
): Promise<{ posts: EvidencePost[]; more: boolean; counts: Record<PostView, number> }> {
  const of: Record<PostView, Weighed[]> = {
    all: weighed,
    reduced: weighed.filter((post) => post.halves < fullHalves),
    incomplete: weighed.filter((post) => post.lacks.length > 0),
  };
  const newest = [...of[view]].reverse();
  const from = after ? newest.findIndex((post) => post.id === after) + 1 : 0;
  const page = newest.slice(from, from + limit);
  const [words, likes, corrections] = await Promise.all([wordsOf(page), likesOf(page), correctionsOf(page)]);
  return {
    posts: page.flatMap((post) => {
      const text = words.get(post.id);
      return text ? [{ ...post, ...text, like: likes.get(post.id) ?? null, corrected: corrections.get(post.id) ?? null }] : [];
    }),
    more: from + limit < newest.length,
    counts: { all: of.all.length, reduced: of.reduced.length, incomplete: of.incomplete.length },
  };
}

async function wordsOf(posts: readonly Weighed[]) {
  const rows = await db.remotePost.findMany({
    where: { id: { in: posts.map(({ id }) => id) } },
    select: { id: true, text: true, permalink: true, publishedAt: true, removedAt: true },
  });
  return new Map(rows.map((row) => [row.id, row]));
}

async function likesOf(posts: readonly Weighed[]) {
  const repeated = posts.filter(({ reasons }) => reasons.includes("similar-own")).map(({ id }) => id);
  if (!repeated.length) return new Map<string, EvidencePost["like"]>();
  const rows = await db.$queryRaw<(NonNullable<EvidencePost["like"]> & { of: string })[]>(Prisma.sql`
    SELECT r.id AS of, o.id, o.text, o.permalink, o.published_at AS "publishedAt" FROM remote_post r
    JOIN LATERAL (SELECT o.id, o.text, o.permalink, o.published_at FROM remote_post o WHERE o.channel_id = r.channel_id AND o.id <> r.id
      AND o.published_at < r.published_at AND o.published_at >= r.published_at - interval '30 days' ORDER BY similarity(r.text, o.text) DESC, o.published_at DESC LIMIT 1) o ON true
    WHERE r.id = ANY(${repeated}::uuid[])`);
  return new Map(rows.map(({ of, ...like }) => [of, like]));
}

async function correctionsOf(posts: readonly Weighed[]) {
  const rows = await db.$queryRaw<(NonNullable<EvidencePost["corrected"]> & { id: string })[]>(Prisma.sql`
    SELECT DISTINCT ON (k.remote_post_id) k.remote_post_id AS id, k.from_category AS from, k.to_category AS to, k.reason, k.corrected_at AS at, p.name AS by
    FROM post_correction k JOIN person p ON p.id = k.corrected_by WHERE k.remote_post_id = ANY(${posts.map(({ id }) => id)}::uuid[]) ORDER BY k.remote_post_id, k.id DESC`);
  return new Map(rows.map(({ id, ...corrected }) => [id, corrected]));
}
