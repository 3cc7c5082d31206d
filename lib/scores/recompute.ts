import { type Actor, scope } from "../core/access.ts";
import { record } from "../core/audit.ts";
import { now } from "../core/clock.ts";
import { canonical, sha256 } from "../core/crypto.ts";
import { db, Prisma } from "../core/db.ts";
import { type Answer, Refusal } from "../core/errors.ts";
import { enqueue } from "../core/jobs.ts";
import { signal } from "../core/live.ts";
import { addDays, localDay, type Zone, zones } from "../units/calendar.ts";
import { freezeBandMedians, mondayOf } from "./bands.ts";
import { type ChannelFacts, scoreFacts } from "./facts.ts";
import { score } from "./rules.ts";
import { type ScoreSettings, scoreSettingsSchema, ska1 } from "./settings.ts";

/** The settings in force on a day: the ministry's latest version, else the shipped one. */
export async function settingsOn(day: string): Promise<ScoreSettings> {
  const row = await db.settingsVersion.findFirst({
    where: { kind: "score", validFrom: { lte: new Date(day) } },
    orderBy: [{ validFrom: "desc" }, { createdAt: "desc" }],
    select: { payload: true },
  });
  return row ? scoreSettingsSchema.parse(row.payload) : ska1;
}

/** Yesterday in a zone: the last day of the window that is scored now. */
export const lastFullDay = (at: Date, zone: Zone) => addDays(localDay(at, zone), -1);

/**
 * Scores every account of a zone for the window that ends with `day`. Facts are read by one statement, scored by pure
 * rules, and written together: a recompute that is killed leaves the old snapshots whole. A row is written when it
 * differs from the last one, on Mondays and at the end of a month.
 */
export async function recomputeZone(
  zone: Zone,
  day: string,
  only?: { governmentId?: string },
): Promise<{ accounts: number; written: number }> {
  const startedAt = now();
  const settings = await settingsOn(day);
  const week = mondayOf(day);
  await freezeBandMedians(week);
  const all = await scoreFacts(day, zone, settings, week, only);
  const rows = all.map((one) => snapshot(one, day, settings));
  const always = new Date(`${day}T00:00:00Z`).getUTCDay() === 1 || addDays(day, 1).endsWith("-01");
  const written = await db.$transaction(
    async (tx) => {
      const count = await tx.$executeRaw(Prisma.sql`
        INSERT INTO score_snapshot (channel_id, unit_id, government_id, day, version, is_primary, score_tenths, level, score_class, is_new, facts, result, settings, formula, digest, computed_at)
        SELECT x.channel_id, x.unit_id, x.government_id, ${day}::date, coalesce(same.version, 0) + 1, x.is_primary, x.score_tenths, x.level, x.score_class, x.is_new, x.facts, x.result,
          ${JSON.stringify(settings)}::jsonb, ${settings.version}, x.digest, ${startedAt}
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS x(channel_id uuid, unit_id uuid, government_id uuid, is_primary boolean, score_tenths int, level text, score_class text, is_new boolean, facts jsonb, result jsonb, digest text)
        LEFT JOIN LATERAL (SELECT version FROM score_snapshot s WHERE s.channel_id = x.channel_id AND s.day = ${day}::date ORDER BY version DESC LIMIT 1) same ON true
        LEFT JOIN LATERAL (SELECT digest, day FROM score_snapshot s WHERE s.channel_id = x.channel_id AND s.day <= ${day}::date ORDER BY day DESC, version DESC LIMIT 1) last ON true
        WHERE last.digest IS DISTINCT FROM x.digest OR (${always} AND last.day <> ${day}::date)`);
      await tx.scoreRun.create({ data: { day: new Date(day), zone, startedAt, finishedAt: now(), accounts: rows.length, written: count } });
      await signal(tx, { topic: "score" });
      return count;
    },
    { timeout: 60_000 },
  );
  return { accounts: rows.length, written };
}

function snapshot(one: ChannelFacts, day: string, settings: ScoreSettings) {
  const result = score(one.facts, settings);
  return {
    channel_id: one.channelId,
    unit_id: one.unitId,
    government_id: one.governmentId,
    is_primary: one.isPrimary,
    score_tenths: Math.round(result.score * 10),
    level: result.level,
    score_class: one.facts.unitClass,
    is_new: one.facts.isNew,
    facts: one.facts,
    result,
    digest: sha256(canonical({ facts: one.facts, result, settings })),
    day,
  };
}

/** All zones, each for its own yesterday. */
export async function recomputeAll(at: Date) {
  for (const zone of zones) await recomputeZone(zone, lastFullDay(at, zone));
}

/** Asked for by a person; runs in the worker, at most one at a time. */
export async function requestRecompute(actor: Actor): Promise<Answer> {
  const reach = scope(actor, "score.recompute");
  if (!reach.governments.length && !reach.subtrees.length && !reach.units.length) throw new Refusal("forbidden");
  return db.$transaction(async (tx) => {
    await enqueue(tx, "scores.recompute", { requestedBy: actor.personId }, { singletonKey: "all" });
    await record(tx, actor, { type: "scores.recompute-requested", subjectType: "person", subjectId: actor.personId, place: null });
    return { ok: true };
  });
}
