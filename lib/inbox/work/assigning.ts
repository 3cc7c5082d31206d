import { recordAll } from "../../core/audit.ts";
import { now } from "../../core/clock.ts";
import { db, Prisma, type Tx } from "../../core/db.ts";
import { recordset } from "../../core/recordset.ts";
import { notify } from "../../notices/notifying.ts";
import { holdersOf } from "../../people/holders.ts";
import { signalCases } from "../signalling.ts";
import { type Given, giveOut, placesIn, type Worker } from "./assigning-rules.ts";
import { assignmentsOf } from "./assigning-settings.ts";

type Waiting = {
  id: string;
  unitId: string;
  governmentId: string;
  revision: number;
  excerpt: string;
  platform: string;
  unitShortName: string;
};

/**
 * Gives open cases that nobody has to people, in the units that let this happen by itself. One worker does it at a time, so that
 * each case is given once and no limit is passed; a second one finds nothing to do. Returns how many were given.
 */
export const giveOutCases = (limit = 200): Promise<number> =>
  db.$transaction(
    async (tx) => {
      const [turn] = await tx.$queryRaw<{ mine: boolean }[]>`SELECT pg_try_advisory_xact_lock(hashtext('inbox.give-out')) AS mine`;
      if (!turn?.mine) return 0;
      const units = await automaticUnits(tx);
      if (!units.size) return 0;
      const workers = await workersOf(tx, await unitsWaiting(tx, [...units.keys()]));
      const places = [...workers].map(([unitId, team]) => ({ unit_id: unitId, places: placesIn(team, units.get(unitId)!) }));
      const waiting = Map.groupBy(await unassigned(tx, places, limit), ({ unitId }) => unitId);
      const given: Given[] = [];
      // A person may work for several units: what one gives him counts at the next.
      const more = new Map<string, number>();
      for (const [unitId, cases] of waiting) {
        const team = (workers.get(unitId) ?? []).map((worker) => ({ ...worker, load: worker.load + (more.get(worker.personId) ?? 0) }));
        const gives = giveOut(
          cases.map(({ id }) => id),
          team,
          units.get(unitId)!,
        );
        for (const { personId } of gives) more.set(personId, (more.get(personId) ?? 0) + 1);
        given.push(...gives);
      }
      await hand(tx, [...waiting.values()].flat(), given);
      return given.length;
    },
    { timeout: 30_000 },
  );

/** Units that do not give their cases out by hand: those where it was entered, and what lies below them in their government. */
async function automaticUnits(tx: Tx) {
  const below = await tx.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT u.id FROM settings_version s JOIN unit_closure c ON c.ancestor_id = s.unit_id
      JOIN unit a ON a.id = s.unit_id JOIN unit u ON u.id = c.unit_id AND u.government_id = a.government_id
    WHERE s.kind = 'assignment'`;
  if (!below.length) return new Map<string, never>();
  const found = await assignmentsOf(
    tx,
    below.map(({ id }) => id),
  );
  return new Map([...found].filter(([, { mode }]) => mode !== "hand"));
}

/** Those of the units in which a case waits that nobody has. */
const unitsWaiting = async (tx: Tx, unitIds: readonly string[]): Promise<string[]> =>
  (
    await tx.$queryRaw<{ id: string }[]>(Prisma.sql`
      SELECT u.id FROM unit u WHERE u.id = ANY(${[...unitIds]}::uuid[]) AND EXISTS (
        SELECT FROM case_unit cu WHERE cu.unit_id = u.id AND cu.role = 'owner' AND cu.state = 'open' AND cu.assignee_id IS NULL)`)
  ).map(({ id }) => id);

type Places = { unit_id: string; places: number };

/**
 * The most pressing of each unit, as many as its people have places for: one that has none keeps nobody else waiting. A case that
 * somebody is working on at this moment is left for the next time.
 */
const unassigned = (tx: Tx, units: readonly Places[], limit: number): Promise<Waiting[]> =>
  tx.$queryRaw<Waiting[]>(Prisma.sql`
    SELECT c.id, c.unit_id AS "unitId", c.government_id AS "governmentId", c.revision, c.excerpt, ch.platform, u.short_name AS "unitShortName"
    FROM ${recordset(
      units.filter(({ places }) => places > 0),
      "unit_id uuid, places int",
    )} CROSS JOIN LATERAL (
      SELECT cu.case_id, cu.due_at FROM case_unit cu
      WHERE cu.unit_id = x.unit_id AND cu.role = 'owner' AND cu.state = 'open' AND cu.assignee_id IS NULL
      ORDER BY cu.due_at NULLS LAST, cu.case_id LIMIT x.places) AS first
    JOIN inbox_case c ON c.id = first.case_id JOIN channel ch ON ch.id = c.channel_id JOIN unit u ON u.id = c.unit_id
    WHERE c.state = 'open' AND c.assignee_id IS NULL
    ORDER BY first.due_at NULLS LAST, c.id LIMIT ${limit} FOR UPDATE OF c SKIP LOCKED`);

type Standing = { personId: string; unitId: string; load: number; turn: bigint | null; onDuty: boolean };

/** Who answers for each unit: its own admins, with what each has and whether he is on duty. */
async function workersOf(tx: Tx, unitIds: readonly string[]): Promise<ReadonlyMap<string, Worker[]>> {
  const at = now();
  const holders = (await holdersOf(tx, unitIds, ["admin"])).filter(({ own }) => own);
  const rows = await tx.$queryRaw<Standing[]>(Prisma.sql`
    SELECT x.person_id AS "personId", x.unit_id AS "unitId", t.turn,
      (SELECT count(*)::int FROM case_unit cu WHERE cu.assignee_id = x.person_id AND cu.role = 'owner' AND cu.state <> 'done' AND cu.state IN ('open', 'snoozed')) AS load,
      EXISTS (SELECT FROM duty_shift d WHERE d.unit_id = x.unit_id AND d.person_id = x.person_id AND d."from" <= ${at} AND d."to" > ${at}) AS "onDuty"
    FROM ${recordset(
      holders.map(({ personId, unitId }) => ({ person_id: personId, unit_id: unitId })),
      "person_id uuid, unit_id uuid",
    )} LEFT JOIN assignment_turn t ON t.unit_id = x.unit_id AND t.person_id = x.person_id`);
  return Map.groupBy(
    rows.map(({ turn, ...row }) => ({ ...row, turn: Number(turn ?? 0) })),
    ({ unitId }) => unitId,
  );
}

async function hand(tx: Tx, waiting: readonly Waiting[], given: readonly Given[]) {
  if (!given.length) return;
  const cases = given.map((one) => ({ ...one, found: waiting.find(({ id }) => id === one.caseId)! }));
  const rows = cases.map(({ caseId, personId, turn, found }) => ({ id: caseId, unit_id: found.unitId, person_id: personId, turn }));
  const columns = "id uuid, unit_id uuid, person_id uuid, turn bigint";
  await tx.$executeRaw(Prisma.sql`
    UPDATE inbox_case c SET assignee_id = x.person_id, revision = c.revision + 1 FROM ${recordset(rows, columns)} WHERE c.id = x.id`);
  await tx.$executeRaw(Prisma.sql`
    INSERT INTO assignment_turn (unit_id, person_id, turn) SELECT unit_id, person_id, max(turn) FROM ${recordset(rows, columns)} GROUP BY 1, 2
    ON CONFLICT (unit_id, person_id) DO UPDATE SET turn = excluded.turn`);
  const entries = cases.map(({ caseId, personId, found }) => ({
    type: "case.assigned",
    subjectType: "case",
    subjectId: caseId,
    place: found,
    payload: { personId, by: "rule" },
  }));
  await recordAll(tx, null, entries);
  await signalCases(
    tx,
    cases.map(({ caseId }) => caseId),
  );
  await tellAssigned(
    tx,
    null,
    cases.map(({ personId, found }) => ({ ...found, personId, revision: found.revision + 1 })),
  );
}

type Told = Omit<Waiting, "governmentId"> & { personId: string };

/** Tells people of the cases they were given. `by` null: the product gave them. */
export const tellAssigned = (tx: Tx, by: { personId: string; name: string } | null, cases: readonly Told[]) =>
  notify(
    tx,
    cases.map(({ id, unitId, unitShortName, platform, excerpt, personId, revision }) => ({
      type: "case.assigned" as const,
      to: [personId],
      by: by?.personId ?? null,
      subject: { type: "case", id },
      unitId,
      link: `/inbox/${id}`,
      key: `${id} ${revision}`,
      params: { unit: unitShortName, platform, by: by?.name ?? "Garda", excerpt },
    })),
  );
