import { type Actor, inScope, reaches } from "../core/access.ts";
import { record } from "../core/audit.ts";
import { now } from "../core/clock.ts";
import { db, type Tx } from "../core/db.ts";
import { type Answer, type Problem, Refusal } from "../core/errors.ts";
import { signal } from "../core/live.ts";
import type { Platform } from "../platforms/contract.ts";
import { addDays, daysBetween, localDay, type Zone } from "../units/calendar.ts";
import { type DayMark, marksOf } from "../units/day-marks.ts";
import { ownHolidays } from "../units/hours-settings.ts";
import { type PostContent, readContent } from "./content.ts";
import { findPost } from "./moving.ts";
import { type Instance, instancesOf, type Recurrence, recurrenceSchema } from "./recurrence.ts";
import type { ChangeSeriesInput, SeriesInput } from "./schema.ts";
import { dateOf, dayOf, holidaysFor, makeAhead } from "./series-making.ts";
import { titleOf } from "./shown.ts";

export const seriesStates = ["active", "paused", "ended"] as const;
export type SeriesState = (typeof seriesStates)[number];

/** Which states each change begins from. */
const from: Record<ChangeSeriesInput["to"], SeriesState[]> = { active: ["paused"], paused: ["active"], ended: ["active", "paused"] };
const stepOf = { active: "resume", paused: "pause", ended: "end" } as const;

/** A series plans no farther than this. */
const farthestDays = 366;
const previewed = 6;

export type SeriesPreview = { next: { day: string; marks: DayMark[] }[]; count: number; last: string };

/** The next six days of a rule, with what each is known for; counts what is still to come. Changes nothing. */
export async function previewSeries(actor: Actor, input: SeriesInput): Promise<Answer<{ preview: SeriesPreview }>> {
  const post = await findPost(db, actor, input.postId, "post.write");
  const own = await ownHolidays(post.governmentId);
  const planned = planFor(await ruleFor(db, post.unitId, input.rule), await holidaysFor(db, post.governmentId));
  if (!planned.ok) return planned;
  const next = planned.instances.slice(0, previewed).map(({ day }) => ({ day, marks: marksOf(day, own) }));
  return { ok: true, preview: { next, count: planned.instances.length, last: planned.last } };
}

/**
 * Makes a series of what a post says now; the drafts of the coming days stand at once. Each of them is verified for itself:
 * that the post was approved once approves none of them.
 */
export async function beginSeries(actor: Actor, input: SeriesInput): Promise<Answer<{ seriesId: string; made: number }>> {
  return db.$transaction(async (tx) => {
    const post = await findPost(tx, actor, input.postId, "post.write");
    const rule = await ruleFor(tx, post.unitId, input.rule);
    const planned = planFor(rule, await holidaysFor(tx, post.governmentId));
    if (!planned.ok) return planned;
    const content = await readContent(tx, post.id);
    const { tags } = await tx.post.findUniqueOrThrow({ where: { id: post.id }, select: { tags: true } });
    const place = { unitId: post.unitId, governmentId: post.governmentId };
    const at = now();
    const { id } = await tx.postSeries.create({
      data: { ...place, authorId: actor.personId, content, tags, rule, lastDay: dateOf(planned.last), createdAt: at, updatedAt: at },
    });
    await record(tx, actor, { type: "series.begin", subjectType: "series", subjectId: id, place, payload: { postId: post.id, rule } });
    return { ok: true, seriesId: id, made: await makeAhead(tx, id) };
  });
}

/** Pauses, resumes or ends a series. What it made already stays; resumed, it makes what is still ahead, not what the pause left out. */
export async function changeSeries(actor: Actor, { seriesId, to }: ChangeSeriesInput): Promise<Answer<{ made: number }>> {
  return db.$transaction(async (tx) => {
    const series = await tx.postSeries.findFirst({
      where: { AND: [{ id: seriesId }, inScope(actor, "post.write")] },
      select: { id: true, unitId: true, governmentId: true },
    });
    if (!series) throw new Refusal("not-found");
    const { count } = await tx.postSeries.updateMany({
      where: { id: series.id, state: { in: from[to] } },
      data: { state: to, updatedAt: now() },
    });
    if (!count) throw new Refusal("stale");
    const place = { unitId: series.unitId, governmentId: series.governmentId };
    await record(tx, actor, { type: `series.${stepOf[to]}`, subjectType: "series", subjectId: series.id, place });
    await signal(tx, { topic: "post", unitId: series.unitId });
    return { ok: true, made: await makeAhead(tx, series.id) };
  });
}

/** By the clock of the unit, whatever the form says. */
async function ruleFor(tx: Tx, unitId: string, rule: Recurrence): Promise<Recurrence> {
  const { zone } = await tx.unit.findUniqueOrThrow({ where: { id: unitId }, select: { zone: true } });
  return { ...rule, zone: zone as Zone };
}

type Planned = { ok: true; instances: Instance[]; last: string } | { ok: false; problems: Problem[] };

function planFor(rule: Recurrence, holidays: ReadonlySet<string>): Planned {
  const today = localDay(now(), rule.zone);
  const until = rule.end.by === "until" ? rule.end.day : rule.from;
  if (daysBetween(today, until) > farthestDays) return { ok: false, problems: [{ field: "rule.end", code: "series-far" }] };
  const instances = instancesOf(rule, holidays).instances.filter(({ at }) => at > now());
  const last = instances.at(-1)?.day;
  if (!last) return { ok: false, problems: [{ field: "rule", code: "series-empty" }] };
  if (daysBetween(today, last) > farthestDays) return { ok: false, problems: [{ field: "rule.end", code: "series-far" }] };
  return { ok: true, instances, last };
}

export type SeriesRow = {
  id: string;
  title: string;
  rule: Recurrence;
  state: SeriesState;
  /** It has made its last post. */
  over: boolean;
  lastDay: string;
  unitShortName: string;
  zone: Zone;
  author: string;
  platforms: Platform[];
  /** Posts that it made and that still lie ahead, called off ones aside. */
  ahead: number;
  made: number;
  next: Date | null;
  writable: boolean;
};
const PAGE = 30;

/** The series of a unit, or of a government's units, newest first; 30 after the one given. */
export async function listSeries(
  actor: Actor,
  unit: { id: string; governmentId: string },
  after: string | null,
): Promise<{ rows: SeriesRow[]; more: boolean }> {
  const found = await db.postSeries.findMany({
    where: {
      AND: [
        unit.id === unit.governmentId ? { governmentId: unit.id } : { unitId: unit.id },
        inScope(actor, "post.read"),
        after ? { id: { lt: after } } : {},
      ],
    },
    include: { unit: { select: { shortName: true, zone: true } } },
    orderBy: { id: "desc" },
    take: PAGE + 1,
  });
  const shown = found.slice(0, PAGE);
  const ids = shown.map(({ id }) => id);
  const [made, ahead, people] = await Promise.all([
    db.post.groupBy({ by: ["seriesId"], where: { seriesId: { in: ids } }, _count: true }),
    db.post.groupBy({
      by: ["seriesId"],
      where: { seriesId: { in: ids }, publishAt: { gt: now() }, state: { notIn: ["cancelled", "rejected"] } },
      _count: true,
      _min: { publishAt: true },
    }),
    db.person.findMany({ where: { id: { in: shown.map(({ authorId }) => authorId) } }, select: { id: true, name: true } }),
  ]);
  const rows = shown.map((row): SeriesRow => {
    const content = row.content as unknown as PostContent;
    const coming = ahead.find(({ seriesId }) => seriesId === row.id);
    const rule = recurrenceSchema.parse(row.rule);
    return {
      id: row.id,
      title: titleOf(content.text),
      rule,
      state: row.state as SeriesState,
      over: addDays(dayOf(row.lastDay), 1) <= localDay(now(), rule.zone),
      lastDay: dayOf(row.lastDay),
      unitShortName: row.unit.shortName,
      zone: row.unit.zone as Zone,
      author: people.find(({ id }) => id === row.authorId)?.name ?? "",
      platforms: [...new Set(content.channels.map(({ platform }) => platform))],
      ahead: coming?._count ?? 0,
      made: made.find(({ seriesId }) => seriesId === row.id)?._count ?? 0,
      next: coming?._min.publishAt ?? null,
      writable: reaches(actor, "post.write", row),
    };
  });
  return { rows, more: found.length > PAGE };
}
