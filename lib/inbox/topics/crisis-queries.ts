import { type Actor, inScope, scopeSql } from "../../core/access.ts";
import { now } from "../../core/clock.ts";
import { db, Prisma } from "../../core/db.ts";
import { quotation } from "../rules.ts";
import { alertBegins, casesOfAlert } from "./burst-counting.ts";
import { burstWindow, spokenForm, wordOf } from "./burst-rules.ts";
import { isTopic, type Topic } from "./topic-rules.ts";

const MINUTE = 60_000;
/** The time line is told in steps of ten minutes, as far as ten hours after the alert. */
export const stepMinutes = 10;
const MOST_HOURS = 12;
const PAGE = 20;
const EXAMPLES = 6;

export type CrisisState = "open" | "taken" | "closed" | "false_alarm";
export type Crisis = {
  id: string;
  /** What it is about: a topic, else the word that the comments share. */
  topic: Topic | null;
  word: string | null;
  openedAt: Date;
  lastAt: Date;
  count: number;
  /** Comments in two usual hours. */
  usual: number;
  units: number;
  state: CrisisState;
  takenBy: string | null;
  takenAt: Date | null;
  closedBy: string | null;
  closedAt: Date | null;
  closedNote: string | null;
};

type Row = Awaited<ReturnType<typeof db.crisisAlert.findMany>>[number];

const seenBy = (actor: Actor, governmentId: string) => ({
  governmentId,
  government: { members: { some: inScope(actor, "inbox.read", "id") } },
});

/** The open alerts of a government, the newest first; those who read an inbox of it see that they are. */
export async function openCrises(actor: Actor, governmentId: string): Promise<Crisis[]> {
  const found = await db.crisisAlert.findMany({
    where: { ...seenBy(actor, governmentId), state: { in: ["open", "taken"] } },
    orderBy: [{ openedAt: "desc" }, { id: "desc" }],
    take: 50,
  });
  return withNames(found);
}

export type CrisisCursor = { at: Date; id: string };

/** What is over, the newest first. */
export async function pastCrises(
  actor: Actor,
  governmentId: string,
  after: CrisisCursor | null,
  limit = PAGE,
): Promise<{ rows: Crisis[]; next: CrisisCursor | null }> {
  const found = await db.crisisAlert.findMany({
    where: {
      ...seenBy(actor, governmentId),
      state: { in: ["closed", "false_alarm"] },
      ...(after ? { OR: [{ openedAt: { lt: after.at } }, { openedAt: after.at, id: { lt: after.id } }] } : {}),
    },
    orderBy: [{ openedAt: "desc" }, { id: "desc" }],
    take: limit + 1,
  });
  const rows = await withNames(found.slice(0, limit));
  const last = rows.at(-1);
  return { rows, next: found.length > limit && last ? { at: last.openedAt, id: last.id } : null };
}

async function withNames(rows: readonly Row[]): Promise<Crisis[]> {
  const ids = [...new Set(rows.flatMap(({ takenBy, closedBy }) => [takenBy, closedBy]).filter((id) => id !== null))];
  const people = ids.length ? await db.person.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } }) : [];
  const nameOf = (id: string | null) => people.find((person) => person.id === id)?.name ?? null;
  return rows.map(({ governmentId: _, topic, state, takenBy, closedBy, ...row }) => ({
    ...row,
    topic: isTopic(topic) ? topic : null,
    word: wordOf(topic),
    state: state as CrisisState,
    takenBy: nameOf(takenBy),
    closedBy: nameOf(closedBy),
  }));
}

export type CrisisDetail = {
  /** Comments in each ten minutes, from two hours before the alert. */
  steps: { at: Date; count: number }[];
  examples: { id: string; authorName: string; excerpt: string; at: Date; unit: string }[];
  units: { shortName: string; count: number }[];
  /** Their shared word as citizens write it. */
  spoken: string | null;
};

type Said = { id: string; authorName: string; excerpt: string; at: Date; unit: string; mine: boolean };

/**
 * How an alert went on: its comments in time, the agencies concerned, and examples from the inboxes that the actor reads. The
 * newest 2000 comments of its first twelve hours are looked at.
 */
export async function crisisDetail(actor: Actor, { id, openedAt, word }: Crisis): Promise<CrisisDetail> {
  const from = openedAt.getTime() - burstWindow;
  const to = Math.min(now().getTime(), from + MOST_HOURS * 60 * MINUTE);
  const said = await db.$queryRaw<Said[]>(Prisma.sql`
    SELECT c.id, c.author_name AS "authorName", c.excerpt, c.received_at AS at, u.short_name AS unit, ${scopeSql(actor, "inbox.read", "c")} AS mine
    FROM crisis_alert a CROSS JOIN LATERAL (${casesOfAlert(alertBegins, Prisma.sql`${new Date(to)}::timestamptz`)}) c JOIN unit u ON u.id = c.unit_id
    WHERE a.id = ${id}::uuid ORDER BY c.received_at DESC LIMIT 2000`);
  const width = stepMinutes * MINUTE;
  const steps = Array.from({ length: Math.max(1, Math.ceil((to - from) / width)) }, (_, i) => ({
    at: new Date(from + i * width),
    count: 0,
  }));
  for (const { at } of said) {
    const step = steps[Math.floor((at.getTime() - from) / width)];
    if (step) step.count++;
  }
  const units = [...Map.groupBy(said, ({ unit }) => unit)].map(([shortName, of]) => ({ shortName, count: of.length }));
  return {
    steps: untilQuiet(steps),
    examples: said
      .filter(({ mine, excerpt }, i) => mine && said.findIndex((one) => one.mine && one.excerpt === excerpt) === i)
      .slice(0, EXAMPLES)
      .map((one) => ({ ...one, excerpt: quotation(one.excerpt) })),
    units: units.sort((a, b) => b.count - a.count || a.shortName.localeCompare(b.shortName)),
    spoken:
      word &&
      spokenForm(
        word,
        said.map(({ excerpt }) => excerpt),
      ),
  };
}

/** Without the empty hours at the end, one of them aside. */
function untilQuiet(steps: CrisisDetail["steps"]): CrisisDetail["steps"] {
  const last = steps.findLastIndex(({ count }) => count > 0);
  return steps.slice(0, Math.max(13, last + 7));
}
