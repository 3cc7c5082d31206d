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

/** Weeks of seven days from a local day. */
export type CreditWindow = { firstDay: string; weeks: number };

export type PostCredit = { id: string; day: string; halves: number; reasons: CreditReason[] };
type Weighed = PostCredit & { occasion: boolean };
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
 * of what is left, the week's first greetings and ceremonies. Those are told as they came out: deleting one makes no room
 * for a later one, with which the account would look alive for longer.
 */
export function creditPosts(posts: readonly CreditablePost[], window: CreditWindow, settings: ScoreSettings["credit"]): Credit {
  const inside = within(posts, window);
  const credits = inside.map((post) => ownWorth(post, settings));
  limitDays(credits, settings);
  const asTheyCame = letIn(inside, window, settings);
  for (const [place, credit] of credits.entries()) {
    const came = asTheyCame[place]!;
    if (credit.occasion && credit.halves > 0 && came.halves === 0) refuse(credit, came.reasons.at(-1)!);
  }

  const weeks = new Array<number>(window.weeks).fill(0);
  const days: Record<string, number> = {};
  let lastCreditedDay: string | null = null;
  for (const { day, halves } of credits) {
    if (halves === 0) continue;
    const week = weekOf(day, window);
    weeks[week] = (weeks[week] ?? 0) + halves;
    days[day] = (days[day] ?? 0) + halves;
    if (lastCreditedDay === null || day > lastCreditedDay) lastCreditedDay = day;
  }
  return { posts: credits.map(({ id, day, halves, reasons }) => ({ id, day, halves, reasons })), weeks, days, lastCreditedDay };
}

/**
 * The posts by which quality and engagement are judged: those that the limits of their day and week let in when they came out,
 * removed since or not. Neither a deletion nor one more post beyond the limits moves what is judged.
 */
export function judgedPosts(
  posts: readonly CreditablePost[],
  window: CreditWindow,
  settings: ScoreSettings["credit"],
): ReadonlySet<string> {
  const came = letIn(within(posts, window), window, settings);
  return new Set(came.filter(({ halves }) => halves > 0).map(({ id }) => id));
}

/** What the limits let in of posts inside the window when they came out, none of them removed yet. */
function letIn(inside: readonly CreditablePost[], window: CreditWindow, settings: ScoreSettings["credit"]): Weighed[] {
  const credits = inside.map((post) => ownWorth({ ...post, stillPublic: true }, settings));
  limitDays(credits, settings);
  for (const sameWeek of groupBy(credits, (credit) => weekOf(credit.day, window))) {
    const occasions = sameWeek.filter((credit) => credit.occasion && credit.halves > 0).sort((x, y) => daysBetween(y.day, x.day));
    for (const credit of occasions.slice(settings.occasionsPerWeek)) refuse(credit, "over-weekly-occasions");
  }
  return credits;
}

function limitDays(credits: readonly Weighed[], settings: ScoreSettings["credit"]): void {
  for (const sameDay of groupBy(credits, (credit) => credit.day)) {
    const ranked = sameDay
      .filter((credit) => credit.halves > 0)
      .sort((x, y) => y.halves - x.halves || Number(x.occasion) - Number(y.occasion));
    for (const credit of ranked.slice(settings.perDay)) refuse(credit, "over-daily-limit");
  }
}

const within = (posts: readonly CreditablePost[], { firstDay, weeks }: CreditWindow) =>
  posts.filter((post) => post.day >= firstDay && post.day < addDays(firstDay, weeks * 7));

const weekOf = (day: string, { firstDay }: CreditWindow) => Math.floor(daysBetween(firstDay, day) / 7);

/** What a post is worth by itself, before the limits of its day and week. */
function ownWorth(post: CreditablePost, settings: ScoreSettings["credit"]): Weighed {
  const occasion = isOccasion(post);
  const worth = (halves: number, reasons: CreditReason[]): Weighed => ({ id: post.id, day: post.day, halves, reasons, occasion });
  if (!post.stillPublic) {
    const early = post.removedAfterDays !== null && post.removedAfterDays < settings.publicDays;
    return worth(0, [early ? "removed-early" : "removed"]);
  }
  if (post.similarOwn >= settings.similarity) return worth(0, ["similar-own"]);

  const reasons: CreditReason[] = [];
  if (occasion) reasons.push("occasion");
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
