/**
 * Which posts count towards the regularity of an account, and how much: in half-posts, with the reason for every deduction.
 * The set-based SQL that credits whole governments is tested against this.
 */
import type { PostCategory } from "#lib/posts/substance.ts";
import { addDays, daysBetween } from "#lib/units/calendar.ts";
import type { ScoreSettings } from "./settings.ts";

export type CreditablePost = {
  id: string;
  /** Local day of publication. */
  day: string;
  category: PostCategory;
  /** Greatest text similarity to the account's own posts of the 30 days before, in 1/10,000. */
  similarOwn: number;
  /** Greatest text similarity to another unit's post, in 1/10,000. */
  similarOther: number;
  /** Localises a narrative it is linked to: similarity to other units is then intended. */
  linkedNarrative: boolean;
  repost: boolean;
  stillPublic: boolean;
  /** Days it stayed public when it was removed; null while public or when unknown. */
  removedAfterDays: number | null;
};

export type CreditReason =
  | "removed"
  | "removed-early"
  | "similar-own"
  | "over-daily-limit"
  | "over-weekly-occasions"
  | "occasion"
  | "repost"
  | "similar-other";

export type PostCredit = { id: string; day: string; halves: number; reasons: CreditReason[] };
export type Credit = {
  posts: PostCredit[];
  /** Half-posts per week of seven days, beginning with the window's first day. */
  weeks: number[];
  /** Half-posts per local day; days without credit are absent. */
  days: Record<string, number>;
  lastCreditedDay: string | null;
};

/**
 * Credits the posts of one account within `weeks` weeks from `firstDay`; posts outside are ignored.
 * `posts` come in order of publication, which decides between equals. Of a day the most valuable posts count, and
 * of what is left, the week's first greetings and ceremonies.
 */
export function creditPosts(
  posts: readonly CreditablePost[],
  window: { firstDay: string; weeks: number },
  settings: ScoreSettings["credit"],
): Credit {
  const weekOf = (day: string) => Math.floor(daysBetween(window.firstDay, day) / 7);
  const inside = posts.filter((post) => post.day >= window.firstDay && post.day < addDays(window.firstDay, window.weeks * 7));
  const credits = inside.map((post) => ({ ...ownWorth(post, settings), occasion: isOccasion(post) }));

  for (const sameDay of groupBy(credits, (credit) => credit.day)) {
    const ranked = sameDay
      .filter((credit) => credit.halves > 0)
      .sort((x, y) => y.halves - x.halves || Number(x.occasion) - Number(y.occasion));
    for (const credit of ranked.slice(settings.perDay)) refuse(credit, "over-daily-limit");
  }
  for (const sameWeek of groupBy(credits, (credit) => weekOf(credit.day))) {
    const occasions = sameWeek.filter((credit) => credit.occasion && credit.halves > 0).sort((x, y) => daysBetween(y.day, x.day));
    for (const credit of occasions.slice(settings.occasionsPerWeek)) refuse(credit, "over-weekly-occasions");
  }

  const weeks = new Array<number>(window.weeks).fill(0);
  const days: Record<string, number> = {};
  let lastCreditedDay: string | null = null;
  for (const { day, halves } of credits) {
    if (halves === 0) continue;
    const week = weekOf(day);
    weeks[week] = (weeks[week] ?? 0) + halves;
    days[day] = (days[day] ?? 0) + halves;
    if (lastCreditedDay === null || day > lastCreditedDay) lastCreditedDay = day;
  }
  return { posts: credits.map(({ id, day, halves, reasons }) => ({ id, day, halves, reasons })), weeks, days, lastCreditedDay };
}

/** What a post is worth by itself, before the limits of its day and week. */
function ownWorth(post: CreditablePost, settings: ScoreSettings["credit"]): PostCredit {
  const worth = (halves: number, reasons: CreditReason[]): PostCredit => ({ id: post.id, day: post.day, halves, reasons });
  if (!post.stillPublic) {
    const early = post.removedAfterDays !== null && post.removedAfterDays < settings.publicDays;
    return worth(0, [early ? "removed-early" : "removed"]);
  }
  if (post.similarOwn >= settings.similarity) return worth(0, ["similar-own"]);

  const reasons: CreditReason[] = [];
  if (isOccasion(post)) reasons.push("occasion");
  if (post.repost || post.category === "repost") reasons.push("repost");
  if (post.similarOther >= settings.similarity && !post.linkedNarrative) reasons.push("similar-other");
  return worth(reasons.length > 0 ? settings.reducedHalves : settings.fullHalves, reasons);
}

function isOccasion(post: CreditablePost): boolean {
  return post.category === "greeting" || post.category === "ceremony";
}

function refuse(credit: PostCredit, reason: CreditReason): void {
  credit.halves = 0;
  credit.reasons.push(reason);
}

function groupBy<T, K>(items: readonly T[], key: (item: T) => K): T[][] {
  const groups = new Map<K, T[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return [...groups.values()];
}
