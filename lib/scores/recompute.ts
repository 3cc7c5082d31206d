import { type Actor, scope } from "../core/access.ts";
import { record } from "../core/audit.ts";
import { now } from "../core/clock.ts";
import { canonical, sha256 } from "../core/crypto.ts";
import { db, Prisma, type Tx } from "../core/db.ts";
import { type Answer, Refusal } from "../core/errors.ts";
import { enqueue } from "../core/jobs.ts";
import { signal } from "../core/live.ts";
import { addDays, daysBetween, localDay, type Zone, zoneOf, zones } from "../units/calendar.ts";
import { freezeBandMedians, mondayOf } from "./bands.ts";
import { excusePauses } from "./excused-pauses.ts";
import { accountsToScore, type ChannelFacts, scoreFacts, type Which } from "./facts.ts";
import { lastRun } from "./regions.ts";
import { type ScoreFacts, score } from "./rules.ts";
import type { ScoreSettings } from "./settings.ts";
import { settingsOn } from "./settings-in-force.ts";
import { tallyDay } from "./tally.ts";

/** Accounts whose facts are held in memory at once. */
const PAGE = 1_000;
const LONGEST_MS = 600_000;
/** A score of longer ago is a matter of record and is not computed again. */
const MOST_DAYS = 62;
/** As many nights that were missed are made up for. */
const MOST_MISSED_DAYS = 31;

export type Run = { accounts: number; written: number };

/** Yesterday in a zone: the last day of the window that is scored now. */
export const lastFullDay = (at: Date, zone: Zone) => addDays(localDay(at, zone), -1);

/**
 * Scores every account of a zone, or of one government in it, for the window that ends with `day`. Facts are read by set-based
 * statements, scored by pure rules, and written in one transaction: a recompute that is killed leaves the old snapshots whole,
 * and of two at once the second waits. A row is written when it differs from the last one, on Mondays and at the end of a month.
 */
export async function recomputeZone(zone: Zone, day: string, only: { governmentId?: string } = {}): Promise<Run> {
  const startedAt = now();
  await freezeBandMedians(mondayOf(day));
  await excusePauses(zone, day);
  return db.$transaction(
    async (tx) => {
      const run = await writeSnapshots(tx, zone, day, only, startedAt);
      await tallyDay(tx, zone, day, only.governmentId);
      const { governmentId } = only;
      await tx.scoreRun.create({ data: { day: new Date(day), zone, governmentId, startedAt, finishedAt: now(), ...run } });
      await signal(tx, { topic: "score" });
      return run;
    },
    { timeout: LONGEST_MS },
  );
}

/** The nightly run of a zone: yesterday, and before it each day of the last month that no run has scored since the one before. */
export async function recomputeSince(zone: Zone, at: Date) {
  const last = lastFullDay(at, zone);
  const run = await lastRun(zone);
  const earliest = addDays(last, -MOST_MISSED_DAYS);
  let day = run && run.day < last ? addDays(run.day, 1) : last;
  if (day < earliest) day = earliest;
  for (; day <= last; day = addDays(day, 1)) await recomputeZone(zone, day);
}

/**
 * Scores single accounts again for `fromDay` and every day since, after something about them was decided. Where the outcome
 * differs, a day gets a further version; what stood before is kept. Days of more than two months ago are left as they are.
 */
export async function rescore(channelIds: readonly string[], fromDay: string): Promise<Run> {
  const channels = await db.channel.findMany({
    where: { id: { in: [...channelIds] } },
    select: { id: true, governmentId: true, unit: { select: { zone: true } } },
  });
  const run = { accounts: channels.length, written: 0 };
  for (const [zone, of] of Map.groupBy(channels, ({ unit }) => zoneOf(unit.zone))) {
    const last = lastFullDay(now(), zone);
    const ids = of.map(({ id }) => id);
    const governments = new Set(of.map(({ governmentId }) => governmentId));
    for (let day = daysBetween(fromDay, last) > MOST_DAYS ? addDays(last, -MOST_DAYS) : fromDay; day <= last; day = addDays(day, 1)) {
      await freezeBandMedians(mondayOf(day));
      const { written } = await db.$transaction(
        async (tx) => {
          const run = await writeSnapshots(tx, zone, day, { channelIds: ids }, now(), day < last ? asItStood : undefined);
          for (const governmentId of governments) await tallyDay(tx, zone, day, governmentId);
          return run;
        },
        { timeout: LONGEST_MS },
      );
      run.written += written;
    }
  }
  await signal(db, { topic: "score" });
  return run;
}

/** What the worker does after a decision; an objection that was decided is told which snapshot its day has now. */
export async function rescoreAfter({ channelIds, fromDay, objectionId }: { channelIds: string[]; fromDay: string; objectionId?: string }) {
  await rescore(channelIds, fromDay);
  if (!objectionId) return;
  await db.$executeRaw(Prisma.sql`
    UPDATE score_objection o SET outcome_snapshot_id = (
      SELECT s.id FROM score_snapshot s WHERE s.channel_id = o.channel_id AND s.day <= o.day ORDER BY s.day DESC, s.version DESC LIMIT 1)
    WHERE o.id = ${objectionId}::uuid`);
}

type Known = (page: ChannelFacts[], day: string) => Promise<ChannelFacts[]>;

/**
 * Of a past day, what an account was then is known from its snapshot alone: whether it was the primary one and took comments, the
 * class of its unit, its engagement. A decision on something else does not put today's in their place.
 */
async function asItStood(page: ChannelFacts[], day: string): Promise<ChannelFacts[]> {
  const rows = await db.$queryRaw<{ channel_id: string; is_primary: boolean; facts: ScoreFacts }[]>(Prisma.sql`
    SELECT DISTINCT ON (channel_id) channel_id, is_primary, facts FROM score_snapshot
    WHERE channel_id = ANY(${page.map(({ channelId }) => channelId)}::uuid[]) AND day <= ${day}::date ORDER BY channel_id, day DESC, version DESC`);
  const stood = new Map(rows.map((row) => [row.channel_id, row]));
  return page.map((one) => {
    const then = stood.get(one.channelId);
    if (!then) return one;
    const { unitClass, commentsOpen, engagement } = then.facts;
    // The primary account answers for the whole unit; which it was is not decided anew.
    const replies = then.is_primary === one.isPrimary ? one.facts.replies : then.facts.replies;
    return { ...one, isPrimary: then.is_primary, facts: { ...one.facts, unitClass, commentsOpen, engagement, replies } };
  });
}

async function writeSnapshots(tx: Tx, zone: Zone, day: string, which: Which, at: Date, known?: Known): Promise<Run> {
  await tx.$executeRaw`SELECT set_config('statement_timeout', '0', true)`;
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`scores ${zone}`}, 0))`;
  const run = { accounts: 0, written: 0 };
  const versions = await settingsOn(day);
  for (const [settingsId, channelIds] of await accountsToScore(day, zone, which)) {
    const { settings } = versions.find(({ id }) => id === settingsId)!;
    const read = (from: number) => scoreFacts(day, zone, settings, mondayOf(day), { channelIds: channelIds.slice(from, from + PAGE) });
    // The next page is read while this one is scored and written.
    let next = read(0);
    for (let from = 0; from < channelIds.length; from += PAGE) {
      const page = known ? await known(await next, day) : await next;
      if (from + PAGE < channelIds.length) next = read(from + PAGE);
      next.catch(() => {}); // seen when it is awaited, unless writing has failed before
      run.accounts += page.length;
      run.written += await write(tx, page, day, settings, at);
    }
  }
  return run;
}

async function write(tx: Tx, page: readonly ChannelFacts[], day: string, settings: ScoreSettings, at: Date): Promise<number> {
  if (page.length === 0) return 0;
  const settingsText = canonical(settings);
  const rows = page.map((one) => snapshot(one, settings, settingsText));
  const always = new Date(`${day}T00:00:00Z`).getUTCDay() === 1 || addDays(day, 1).endsWith("-01");
  return tx.$executeRaw(Prisma.sql`
    INSERT INTO score_snapshot (channel_id, unit_id, government_id, day, version, is_primary, score_tenths, level, score_class, is_new, facts, result, settings, formula, digest, computed_at)
    SELECT x.channel_id, x.unit_id, x.government_id, ${day}::date, CASE WHEN last.day = ${day}::date THEN last.version + 1 ELSE 1 END, x.is_primary, x.score_tenths, x.level, x.score_class, x.is_new, x.facts, x.result,
      ${JSON.stringify(settings)}::jsonb, ${settings.version}, x.digest, ${at}
    FROM jsonb_to_recordset(${`[${rows.join(",")}]`}::jsonb) AS x(channel_id uuid, unit_id uuid, government_id uuid, is_primary boolean, score_tenths int, level text, score_class text, is_new boolean, facts jsonb, result jsonb, digest text)
    LEFT JOIN LATERAL (SELECT digest, day, version, is_primary, unit_id FROM score_snapshot s WHERE s.channel_id = x.channel_id AND s.day <= ${day}::date ORDER BY day DESC, version DESC LIMIT 1) last ON true
    WHERE last.digest IS DISTINCT FROM x.digest OR last.is_primary <> x.is_primary OR last.unit_id <> x.unit_id OR (${always} AND last.day <> ${day}::date)`);
}

/** The row of an account as JSON; its facts and its result are written once, and digested as they are written. */
function snapshot(one: ChannelFacts, settings: ScoreSettings, settingsText: string): string {
  const scored = score(one.facts, settings);
  const [facts, result] = [canonical(one.facts), canonical(scored)];
  const row = JSON.stringify({
    channel_id: one.channelId,
    unit_id: one.unitId,
    government_id: one.governmentId,
    is_primary: one.isPrimary,
    score_tenths: Math.round(scored.score * 10),
    level: scored.level,
    score_class: one.facts.unitClass,
    is_new: one.facts.isNew,
    // The same as canonical({ facts, result, settings }), of which the settings are the larger part and always the same.
    digest: sha256(`{"facts":${facts},"result":${result},"settings":${settingsText}}`),
  });
  return `${row.slice(0, -1)},"facts":${facts},"result":${result}}`;
}

/** Every zone for its own yesterday, or the governments named. */
export async function recomputeAll(at: Date, governments?: readonly string[]) {
  if (!governments) {
    for (const zone of zones) await recomputeZone(zone, lastFullDay(at, zone));
    return;
  }
  for (const { id, zone } of await db.unit.findMany({ where: { id: { in: [...governments] } }, select: { id: true, zone: true } }))
    await recomputeZone(zoneOf(zone), lastFullDay(at, zoneOf(zone)), { governmentId: id });
}

/** Asked for by a person, for the governments he reaches, or for all; runs in the worker, of the same kind at most one at a time. */
export async function requestRecompute(actor: Actor): Promise<Answer> {
  const reach = scope(actor, "score.recompute");
  const governments = [...new Set(reach.governments)].sort();
  if (!governments.length && !reach.subtrees.length) throw new Refusal("forbidden");
  return db.$transaction(async (tx) => {
    const all = reach.subtrees.length > 0;
    const data = { requestedBy: actor.personId, ...(all ? {} : { governments }) };
    await enqueue(tx, "scores.recompute", data, { singletonKey: all ? "all" : governments.join(" ") });
    await record(tx, actor, { type: "scores.recompute-requested", subjectType: "person", subjectId: actor.personId, place: null });
    return { ok: true };
  });
}
