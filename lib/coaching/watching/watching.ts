import { recordAll } from "../../core/audit.ts";
import { now } from "../../core/clock.ts";
import { db, Prisma, type Tx } from "../../core/db.ts";
import { recordset } from "../../core/recordset.ts";
import { renewSurmises } from "../causes/surmising.ts";
import { type Watched, watched } from "./standings.ts";
import { tellOfSilence } from "./telling.ts";
import { type Step, stepOf } from "./watch-rules.ts";

export type Seen = Watched & { step: Step };
/** A case that was just proposed, or that a spell was given to. */
export type Proposed = { id: string; unitId: string };

/** A unit whose case was closed is not asked to have another one for so long. */
const REST_DAYS = 28;

/**
 * Once a day, after the scores: begins and ends spells, proposes a case for each that is low, says what may be the cause, and
 * tells people what they have not been told. Safe to run twice; two at the same time wait for each other.
 */
export const watchDormancy = () =>
  db.$transaction(
    async (tx) => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('garda: coaching'))`;
      const seen = (await watched(tx)).flatMap((one): Seen[] => {
        const step = stepOf(one, one.spell);
        return step ? [{ ...one, step }] : [];
      });
      await writeSpells(tx, seen);
      const proposed = await proposeCases(tx, seen);
      await renewSurmises(tx);
      await tellOfSilence(tx, seen, proposed);
      return { spells: seen.filter(({ step }) => step.kind === "begin").length, proposed: proposed.length };
    },
    { timeout: 60_000, maxWait: 20_000 },
  );

async function writeSpells(tx: Tx, seen: readonly Seen[]) {
  const rows = seen.map(({ step, unitId, governmentId, channelId, day }) => ({
    ...{ unit_id: unitId, government_id: governmentId, channel_id: channelId, day, kind: step.kind },
    ...(step.kind === "end" ? {} : { deepest: step.deepest, stage: step.stage }),
  }));
  const given = recordset(rows, "unit_id uuid, government_id uuid, channel_id uuid, day date, kind text, deepest text, stage text");
  await tx.$executeRaw(Prisma.sql`
    INSERT INTO dormancy_spell (unit_id, government_id, channel_id, began_on, deepest, stage)
    SELECT unit_id, government_id, channel_id, day, deepest, stage FROM ${given} WHERE kind = 'begin'`);
  await tx.$executeRaw(Prisma.sql`
    UPDATE dormancy_spell s SET deepest = x.deepest, stage = x.stage FROM ${given}
    WHERE x.kind = 'keep' AND s.unit_id = x.unit_id AND s.ended_on IS NULL AND (s.deepest, s.stage) IS DISTINCT FROM (x.deepest, x.stage)`);
  // What was silent speaks again: its causes are over, and so is a case that nobody had taken yet.
  const ended = await tx.$queryRaw<{ id: string; unitId: string; governmentId: string; caseId: string | null }[]>(Prisma.sql`
    WITH ended AS (
      UPDATE dormancy_spell s SET ended_on = greatest(s.began_on, x.day) FROM ${given}
      WHERE x.kind = 'end' AND s.unit_id = x.unit_id AND s.ended_on IS NULL RETURNING s.id, s.unit_id, s.government_id
    ), over AS (
      UPDATE dormancy_cause c SET superseded_at = ${now()} FROM ended WHERE c.unit_id = ended.unit_id AND c.superseded_at IS NULL
    ), closed AS (
      UPDATE coaching_case k SET state = 'closed', outcome = 'withdrawn', closed_at = ${now()}, revision = revision + 1
      FROM ended WHERE k.spell_id = ended.id AND k.state = 'proposed' RETURNING k.id, k.spell_id
    ) SELECT ended.id, ended.unit_id AS "unitId", ended.government_id AS "governmentId", closed.id AS "caseId" FROM ended LEFT JOIN closed ON closed.spell_id = ended.id`);
  await recordAll(
    tx,
    null,
    ended.flatMap(({ caseId, unitId, governmentId }) =>
      caseId ? [{ type: "coaching.withdrawn", subjectType: "coaching_case", subjectId: caseId, place: { unitId, governmentId } }] : [],
    ),
  );
}

/** One case for each spell that is low: none where one is open, where the spell had one, or where one was closed lately. */
async function proposeCases(tx: Tx, seen: readonly Seen[]): Promise<Proposed[]> {
  const low = seen.filter(({ step }) => step.kind !== "end" && step.low);
  const rows = low.map(({ unitId, governmentId, level, scoreTenths }) => ({
    ...{ unit_id: unitId, government_id: governmentId, level, score_tenths: scoreTenths },
  }));
  const given = recordset(rows, "unit_id uuid, government_id uuid, level text, score_tenths int");
  await tx.$executeRaw(Prisma.sql`
    UPDATE coaching_case k SET spell_id = s.id FROM ${given} JOIN dormancy_spell s ON s.unit_id = x.unit_id AND s.ended_on IS NULL
    WHERE k.unit_id = x.unit_id AND k.state <> 'closed' AND k.spell_id IS NULL AND NOT EXISTS (SELECT FROM coaching_case o WHERE o.spell_id = s.id)`);
  const made = await tx.$queryRaw<(Proposed & { governmentId: string })[]>(Prisma.sql`
    INSERT INTO coaching_case (unit_id, government_id, spell_id, opened_at, level, score_tenths)
    SELECT x.unit_id, x.government_id, s.id, ${now()}, x.level, x.score_tenths
    FROM ${given} JOIN dormancy_spell s ON s.unit_id = x.unit_id AND s.ended_on IS NULL
    WHERE NOT EXISTS (SELECT FROM coaching_case k WHERE k.unit_id = x.unit_id
      AND (k.state <> 'closed' OR k.spell_id = s.id OR k.closed_at > ${new Date(now().getTime() - REST_DAYS * 86_400_000)}))
    RETURNING id, unit_id AS "unitId", government_id AS "governmentId"`);
  await recordAll(
    tx,
    null,
    made.map(({ id, ...place }) => ({ type: "coaching.proposed", subjectType: "coaching_case", subjectId: id, place })),
  );
  return made;
}
