import { recordAll } from "../core/audit.ts";
import { now } from "../core/clock.ts";
import { db, Prisma, type Tx } from "../core/db.ts";
import { signal } from "../core/live.ts";
import { log } from "../core/log.ts";
import type { Mode, Platform } from "../platforms/contract.ts";
import { takesPosts } from "../platforms/registry.ts";
import { addDays, localDay } from "../units/calendar.ts";
import { holidayDays } from "../units/holidays.ts";
import { ownHolidays } from "../units/hours-settings.ts";
import { digestOf, type PostContent, readContent } from "./content.ts";
import { type Instance, instancesBetween, recurrenceSchema } from "./recurrence.ts";

/** So many days ahead a series has its drafts, so that there is time to verify them. */
export const aheadDays = 14;
/** Most series that one run looks after; those that have waited longest come first. */
const perRun = 2000;

/** Makes the drafts of the coming days of every active series that lacks some. Safe to run twice, and by two at once. Returns how many. */
export async function makeSeriesPosts(): Promise<number> {
  const due = await db.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT s.id FROM post_series s JOIN unit u ON u.id = s.unit_id
    WHERE s.state = 'active' AND (s.made_until IS NULL
      OR (s.made_until < s.last_day AND s.made_until < (${now()}::timestamptz AT TIME ZONE u.zone)::date + ${aheadDays}::int))
    ORDER BY s.made_until NULLS FIRST, s.id LIMIT ${perRun}`);
  let made = 0;
  for (const { id } of due) {
    try {
      made += await db.$transaction((tx) => makeAhead(tx, id));
    } catch (error) {
      // One series that cannot be made keeps none of the others back; the next hour tries it again.
      log.error({ err: error, series: id }, "series: its drafts could not be made");
    }
  }
  return made;
}

/** Makes the drafts of one series for the coming days; none where it is not active. Returns how many. */
export async function makeAhead(tx: Tx, seriesId: string): Promise<number> {
  await tx.$queryRaw`SELECT 1 FROM post_series WHERE id = ${seriesId}::uuid FOR UPDATE`;
  const series = await tx.postSeries.findUniqueOrThrow({ where: { id: seriesId } });
  if (series.state !== "active") return 0;
  const rule = recurrenceSchema.parse(series.rule);
  const today = localDay(now(), rule.zone);
  const last = addDays(today, aheadDays);
  const next = series.madeUntil ? addDays(dayOf(series.madeUntil), 1) : today;
  const holidays = await holidaysFor(tx, series.governmentId);
  const instances = instancesBetween(rule, holidays, next > today ? next : today, last).filter(({ at }) => at > now());
  const made = instances.length ? await makeDrafts(tx, series, instances) : 0;
  await tx.postSeries.update({ where: { id: series.id }, data: { madeUntil: dateOf(last) } });
  return made;
}

/** The national days without work and those that a government has entered. */
export const holidaysFor = async (tx: Tx, governmentId: string): Promise<ReadonlySet<string>> =>
  new Set([...holidayDays(), ...(await ownHolidays(governmentId, tx)).map(({ day }) => day)]);

/** A local day as a column of type date holds it, and back. */
export const dateOf = (day: string) => new Date(`${day}T00:00:00Z`);
export const dayOf = (date: Date) => date.toISOString().slice(0, 10);

type Series = { id: string; unitId: string; governmentId: string; authorId: string; content: Prisma.JsonValue; tags: string[] };

async function makeDrafts(tx: Tx, series: Series, instances: readonly Instance[]): Promise<number> {
  const content = series.content as unknown as PostContent;
  const place = { unitId: series.unitId, governmentId: series.governmentId };
  const at = now();
  const fresh = await tx.post.createManyAndReturn({
    data: instances.map((instance) => ({
      ...place,
      authorId: series.authorId,
      title: content.title,
      text: content.text,
      link: content.link,
      pillar: content.pillar,
      source: content.source,
      sourceLink: content.sourceLink ?? null,
      sourceDocument: content.sourceDocument ?? null,
      tags: series.tags,
      publishAt: instance.at,
      seriesId: series.id,
      seriesDay: dateOf(instance.day),
      createdAt: at,
      updatedAt: at,
    })),
    skipDuplicates: true,
    select: { id: true },
  });
  const [first] = fresh;
  if (!first) return 0;
  const channels = await servedStill(tx, series.unitId, content);
  const ids = fresh.map(({ id }) => id);
  await tx.postChannel.createMany({
    data: ids.flatMap((postId) =>
      channels.map(({ channelId, text, firstComment, collaborators }) => ({ postId, channelId, text, firstComment, collaborators })),
    ),
  });
  await tx.postMedia.createMany({
    data: ids.flatMap((postId) => content.media.map(({ mediaId, alt }, position) => ({ postId, mediaId, alt, position }))),
  });
  const written = await readContent(tx, first.id);
  const version = { number: 1, authorId: series.authorId, content: written, digest: digestOf(written), createdAt: at };
  await tx.postVersion.createMany({ data: ids.map((postId) => ({ postId, ...version })) });
  await recordAll(
    tx,
    null,
    ids.map((id) => ({ type: "post.begin", subjectType: "post", subjectId: id, place, payload: { seriesId: series.id } })),
  );
  await signal(tx, { topic: "post", unitId: series.unitId });
  return ids.length;
}

/** Of the channels that the content was written for, those that the unit still has. */
async function servedStill(tx: Tx, unitId: string, { channels }: PostContent): Promise<PostContent["channels"]> {
  const known = await tx.channel.findMany({
    where: { unitId, state: { not: "disconnected" }, id: { in: channels.map((channel) => channel.channelId) } },
    select: { id: true, platform: true, mode: true },
  });
  const served = new Set(known.filter((c) => takesPosts(c.platform as Platform, c.mode as Mode)).map(({ id }) => id));
  return channels.filter((channel) => served.has(channel.channelId));
}
