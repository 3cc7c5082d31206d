import { db, Prisma, type Tx } from "#lib/core/db.ts";
import { type TakenPost, takeInPosts } from "#lib/posts/intake.ts";
import { lastFullDay, recomputeZone } from "#lib/scores/recompute.ts";
import { addDays } from "#lib/units/calendar.ts";
import { counters, fillChannels } from "./channels.ts";
import { fillCoaching } from "./coaching.ts";
import { courseOf } from "./courses.ts";
import { DAY, zone } from "./days.ts";
import { fillDesk } from "./desk-posts.ts";
import { tailor, waitingThreads } from "./dinsos.ts";
import { fillFollowers } from "./followers.ts";
import { fillInbox } from "./inbox.ts";
import { fillInboxWork } from "./inbox-work.ts";
import { fillLeftAccounts } from "./left-accounts.ts";
import { fillManualAccount } from "./manual-account.ts";
import { fillNation } from "./nation-tallies.ts";
import { fillPeople } from "./people.ts";
import { postsOf } from "./posts.ts";
import { ministryCode } from "./regions.ts";
import { fillReports } from "./reports.ts";
import { fillScoreCases } from "./score-cases.ts";
import { storyThreads } from "./stories.ts";
import { type Thread, threadsOf } from "./threads.ts";
import { plantUnits } from "./tree.ts";
import { addedUnits, demoUnits } from "./units.ts";

const HISTORY_DAYS = 220;
const HISTORY_WEEKS = 26;

export type Say = (step: string) => void;

/** The demo's steps done so far stand beside the settings, each written with or after what it did. */
const marks = [
  "demo-filled",
  "demo-desk",
  "demo-inbox",
  "demo-scores",
  "demo-nation",
  "demo-coaching",
  "demo-reports",
  "demo-score-cases",
] as const;
type Mark = (typeof marks)[number];

async function markedAt(mark: Mark): Promise<Date | null> {
  const row = await db.settingsVersion.findFirst({ where: { kind: mark }, select: { createdAt: true } });
  return row?.createdAt ?? null;
}

const setMark = (tx: Pick<Tx, "$executeRaw">, mark: Mark, at: Date) => tx.$executeRaw`
  INSERT INTO settings_version (kind, unit_id, valid_from, payload, digest, created_at) SELECT ${mark}, id, ${at}::date, '{}', '', ${at} FROM unit WHERE code = ${ministryCode}`;

export const isDemo = async () => (await markedAt("demo-filled")) !== null;

/** Fills the demo once. What a killed start left half done is done whole by the next; a database with people of its own is left alone. */
export async function fillDemo(now: Date, graphUrl: string, say: Say): Promise<boolean> {
  if (!(await isDemo())) {
    if (await db.person.count()) {
      say("there are people already: no demo data is added");
      return false;
    }
    await db.$transaction((tx) => fillHistory(tx, now, graphUrl, say), { timeout: 180_000, maxWait: 20_000 });
    await db.$executeRaw`ANALYZE`; // without it the scorer's plans are made for empty tables
  }
  const filledAt = (await markedAt("demo-filled"))!;
  if (!(await markedAt("demo-desk"))) {
    say(`${await fillDesk(filledAt)} posts on the desk`);
    await setMark(db, "demo-desk", filledAt);
  }
  if ((await markedAt("demo-scores")) && !(await markedAt("demo-inbox"))) {
    say("the demo was filled by an earlier version and people work in it: nothing is added");
    for (const mark of marks) if (!(await markedAt(mark))) await setMark(db, mark, filledAt);
    return true;
  }
  if (!(await markedAt("demo-inbox"))) {
    say(`${await fillInboxWork(filledAt)} conversations at work`);
    await setMark(db, "demo-inbox", filledAt);
  }
  if (!(await markedAt("demo-scores"))) {
    say(`${await scoreHistory(filledAt)} score snapshots`);
    await setMark(db, "demo-scores", filledAt);
  }
  if (!(await markedAt("demo-score-cases"))) {
    say(`${await fillScoreCases(filledAt)} objections, corrections and excused days`);
    await setMark(db, "demo-score-cases", filledAt);
  }
  if (!(await markedAt("demo-nation"))) {
    say(`${await fillNation(lastFullDay(filledAt, zone), HISTORY_WEEKS, filledAt)} other governments by their counts`);
    await setMark(db, "demo-nation", filledAt);
  }
  if (!(await markedAt("demo-coaching"))) {
    say(`${await fillCoaching(filledAt)} cases of coaching`);
    await setMark(db, "demo-coaching", filledAt);
  }
  if (!(await markedAt("demo-reports"))) {
    say(`${await fillReports(filledAt)} report`);
    await setMark(db, "demo-reports", filledAt);
  }
  return true;
}

/** Units, people, accounts, and what happened under them in the last thirty weeks. */
export async function fillHistory(tx: Tx, now: Date, graphUrl: string, say: Say) {
  const since = new Date(now.getTime() - HISTORY_DAYS * DAY);
  await plantUnits(tx, addedUnits());
  say(`${await fillPeople(tx, demoUnits, since)} people`);

  const stories = demoUnits.map((unit, index) => ({ unit, course: courseOf(unit, index) }));
  const count = counters();
  const channels = await fillChannels(tx, stories, { graphUrl, now, since, counters: count });
  const lastDay = lastFullDay(now, zone);
  const threads: Thread[] = [];
  let posted = 0;
  for (const [index, channel] of channels.entries()) {
    const { course, unit } = stories[index]!;
    const isNamed = unit.code === "33.28-dinsos";
    const made = postsOf(channel, course, now, lastDay);
    const posts = isNamed ? tailor(made) : made;
    const waiting = isNamed ? waitingThreads(channel, posts, count, now) : [];
    const told = storyThreads(channel, posts, count, now);
    const own = [
      ...threadsOf(channel, course, posts, { now, lastDay, counters: count, mostOpen: isNamed ? 0 : undefined }),
      ...waiting,
      ...told,
    ];
    countComments(own);
    posted += (await takeInPosts(tx, { id: channel.id, unitId: channel.unitId, governmentId: channel.governmentId }, posts)).length;
    threads.push(...own);
  }
  await tx.$executeRaw(Prisma.sql`UPDATE remote_post SET first_seen_at = least(first_seen_at, published_at + interval '2 minutes')`);
  await fillFollowers(tx, lastDay, HISTORY_DAYS);
  posted += await fillManualAccount(tx, now, lastDay);
  posted += await fillLeftAccounts(tx, lastDay);
  say(`${channels.length} accounts with ${posted} posts`);
  const { cases, messages } = await fillInbox(tx, threads, now);
  say(`${cases} conversations with ${messages} messages`);
  await setMark(tx, "demo-filled", now);
}

/** A post shows at least the comments that we know. */
function countComments(threads: readonly Thread[]) {
  const known = new Map<TakenPost, number>();
  for (const { post, said } of threads) known.set(post, (known.get(post) ?? 0) + said.length);
  for (const [post, comments] of known) post.metrics = { ...post.metrics, comments: Math.max(post.metrics.comments ?? 0, comments) };
}

/** Scores of yesterday and of the same weekday in the weeks before, oldest first, by the scorer itself. */
async function scoreHistory(filledAt: Date): Promise<number> {
  const lastDay = lastFullDay(filledAt, zone);
  let written = 0;
  for (let week = HISTORY_WEEKS; week >= 0; week--) written += (await recomputeZone(zone, addDays(lastDay, -7 * week))).written;
  return written;
}
