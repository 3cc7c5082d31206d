import { type Actor, inScope } from "../../core/access.ts";
import { recordAll } from "../../core/audit.ts";
import { now } from "../../core/clock.ts";
import { db, Prisma, type Tx } from "../../core/db.ts";
import type { Answer } from "../../core/errors.ts";
import { recordset } from "../../core/recordset.ts";
import { holdersOf } from "../../people/holders.ts";
import { meetResolutions, reopenResolution } from "../deadlines/pausing.ts";
import { signalCases } from "../signalling.ts";
import { tellAssigned } from "./assigning.ts";
import type { BulkChange, BulkInput } from "./bulk-schema.ts";
import { snoozeTimes } from "./snoozing.ts";

/** moved: changed by others meanwhile; refused: not the actor's to change; too-late: too near its deadline to be put off. */
export type BulkResult = {
  caseId: string;
  result: "changed" | "moved" | "refused" | "too-late";
  /** After the change, to take it back by. */
  revision?: number;
  /** Put off until then; `capped`: earlier than was asked, as its deadline comes before. */
  until?: Date;
  capped?: boolean;
};

type Found = {
  id: string;
  unitId: string;
  governmentId: string;
  revision: number;
  state: string;
  excerpt: string;
  platform: string;
  unitShortName: string;
};
/** A case that changes, with what the audit trail says of it. */
type Change = { id: string; payload?: Record<string, unknown>; until?: Date; capped?: boolean };

/**
 * Does one thing to many cases, to each by itself: what moved on since it was seen, and what the actor may not work on, stays as
 * it is and is told so. In one transaction, in statements that hold all of them.
 */
export const changeCases = (actor: Actor, { cases, change }: BulkInput): Promise<Answer<{ results: BulkResult[] }>> =>
  db.$transaction(async (tx) => {
    const results = new Map<string, BulkResult>(cases.map(({ caseId }) => [caseId, { caseId, result: "refused" }]));
    const found = await lockAllowed(tx, actor, [...results.keys()]);
    const seen = new Map(cases.map(({ caseId, revision }) => [caseId, revision]));
    const current = found.filter(({ id, revision, state }) => seen.get(id) === revision && fits(change, state));
    for (const { id } of found) results.set(id, { caseId: id, result: "moved" });
    const { changes, others, problems } = await weigh(tx, current, change);
    if (problems) return { ok: false, problems };
    for (const [caseId, result] of others) results.set(caseId, { caseId, result });
    const changed = current.filter(({ id }) => changes.some((one) => one.id === id));
    await write(tx, changes, change);
    await follow(tx, actor, changed, change);
    for (const { id, until, capped } of changes)
      results.set(id, { caseId: id, result: "changed", revision: seen.get(id)! + 1, ...(until ? { until, capped } : {}) });
    await recordAll(
      tx,
      actor,
      changes.map(({ id, payload }) => ({
        type: types[change.do],
        subjectType: "case",
        subjectId: id,
        place: placeIn(changed, id),
        payload,
      })),
    );
    await signalCases(
      tx,
      changed.map(({ id }) => id),
    );
    return { ok: true, results: [...results.values()] };
  });

const types = {
  assign: "case.assigned",
  done: "case.done",
  snooze: "case.snoozed",
  spam: "case.kind-corrected",
  restore: "case.reopened",
} as const satisfies Record<BulkChange["do"], string>;

const placeIn = (cases: readonly Found[], id: string) => cases.find((one) => one.id === id)!;

/** Locked in one order, so that two who change many at once wait for each other instead of blocking. */
async function lockAllowed(tx: Tx, actor: Actor, ids: readonly string[]): Promise<Found[]> {
  await tx.$queryRaw(Prisma.sql`SELECT id FROM inbox_case WHERE id = ANY(${[...ids]}::uuid[]) ORDER BY id FOR UPDATE`);
  const rows = await tx.inboxCase.findMany({
    where: { AND: [{ id: { in: [...ids] } }, inScope(actor, "inbox.work")] },
    select: {
      id: true,
      unitId: true,
      governmentId: true,
      revision: true,
      state: true,
      excerpt: true,
      channel: { select: { platform: true } },
      unit: { select: { shortName: true } },
    },
  });
  return rows.map(({ channel, unit, ...row }) => ({ ...row, platform: channel.platform, unitShortName: unit.shortName }));
}

/** What is done is not put off, and only what was put off or done is taken back. */
function fits({ do: what }: BulkChange, state: string): boolean {
  if (what === "restore") return state === "done" || state === "snoozed";
  return what === "assign" || what === "spam" || state !== "done";
}

type Weighed = { changes: Change[]; others: [string, "refused" | "too-late"][]; problems?: { field: string; code: string }[] };

async function weigh(tx: Tx, cases: readonly Found[], change: BulkChange): Promise<Weighed> {
  const all = (payload?: Record<string, unknown>) => cases.map(({ id }) => ({ id, payload }));
  if (change.do === "spam") return { changes: all({ kind: "spam" }), others: [] };
  if (change.do === "snooze") {
    const times = await snoozeTimes(tx, cases, change.until);
    if ([...times.values()].includes("past")) return { changes: [], others: [], problems: [{ field: "until", code: "snooze-past" }] };
    const changes: Change[] = [];
    const others: Weighed["others"] = [];
    for (const [id, time] of times)
      if (typeof time === "string") others.push([id, "too-late"]);
      else changes.push({ id, ...time, payload: { until: time.until.toISOString() } });
    return { changes, others };
  }
  if (change.do !== "assign" || change.personId === null)
    return { changes: all(change.do === "assign" ? { personId: null } : {}), others: [] };
  const { personId } = change;
  const units = await unitsWorkedBy(tx, personId, cases);
  return {
    changes: cases.filter(({ unitId }) => units.has(unitId)).map(({ id }) => ({ id, payload: { personId } })),
    others: cases.filter(({ unitId }) => !units.has(unitId)).map(({ id }) => [id, "refused"]),
  };
}

/** The units of these cases that a person answers for: as their admin, or as the supervisor of their government. */
async function unitsWorkedBy(tx: Tx, personId: string, cases: readonly Found[]): Promise<ReadonlySet<string>> {
  const units = cases.map(({ unitId }) => unitId);
  const holders = await holdersOf(tx, units, ["admin", "supervisor"]);
  return new Set(holders.filter((one) => one.personId === personId && (one.own || one.role === "supervisor")).map(({ unitId }) => unitId));
}

async function write(tx: Tx, changes: readonly Change[], change: BulkChange) {
  if (!changes.length) return;
  const ids = changes.map(({ id }) => id);
  const revision = { increment: 1 };
  const where = { id: { in: ids } };
  switch (change.do) {
    case "assign":
      await tx.inboxCase.updateMany({ where, data: { assigneeId: change.personId, revision } });
      return;
    case "done":
      await tx.inboxCase.updateMany({ where, data: { state: "done", doneAt: now(), snoozedUntil: null, revision } });
      return;
    case "spam":
      await tx.inboxCase.updateMany({ where, data: { kind: "spam", kindBy: "person", confidence: 100, unsure: false, revision } });
      return;
    case "snooze":
      await tx.$executeRaw(Prisma.sql`
        UPDATE inbox_case c SET state = 'snoozed', snoozed_until = x.until, revision = c.revision + 1
        FROM ${recordset(
          changes.map(({ id, until }) => ({ id, until })),
          "id uuid, until timestamptz",
        )} WHERE c.id = x.id`);
      return;
    case "restore":
      // Whoever was answered goes back among the answered, unless he waits again.
      await tx.$executeRaw(Prisma.sql`
        UPDATE inbox_case c SET done_at = NULL, snoozed_until = NULL, revision = c.revision + 1,
          state = CASE WHEN c.state = 'done' AND c.answered_at IS NOT NULL AND c.answered_at >= c.last_message_at THEN 'answered' ELSE 'open' END
        WHERE c.id = ANY(${ids}::uuid[])`);
  }
}

/** What else changes with it: the time of the resolution, and who hears of it. */
async function follow(tx: Tx, actor: Actor, changed: readonly Found[], change: BulkChange) {
  const ids = changed.map(({ id }) => id);
  if (change.do === "done") await meetResolutions(tx, ids);
  if (change.do === "restore") {
    const done = changed.filter(({ state }) => state === "done").map(({ id }) => id);
    const met = await tx.caseDeadline.findMany({ where: { subject: "resolution", subjectId: { in: done } }, select: { subjectId: true } });
    for (const { subjectId } of met) await reopenResolution(tx, subjectId);
  }
  if (change.do === "assign" && change.personId) {
    const { personId } = change;
    await tellAssigned(
      tx,
      actor,
      changed.map((one) => ({ ...one, personId, revision: one.revision + 1 })),
    );
  }
}
