import { type Actor, authorize, inScope, type Place } from "../core/access.ts";
import { record } from "../core/audit.ts";
import { now } from "../core/clock.ts";
import { canonical, sha256 } from "../core/crypto.ts";
import { db, Prisma, type Tx } from "../core/db.ts";
import { type Answer, type Problem, Refusal } from "../core/errors.ts";
import { localDay, type Zone } from "../units/calendar.ts";
import { type Approver, defaultFlow, type Flow, flowSchema } from "./flow.ts";
import type { GateSettings } from "./gates.ts";
import { type FlowInput, type GatesInput, gateSettingsSchema } from "./schema.ts";

type Kind = "approval" | "gates";
type Found = { unitId: string; shortName: string; validFrom: Date; payload: unknown };

/** For each unit from this one upwards to its government, nearest first: its version in force. Authority ends at the government's border, and so do its settings. */
const inForce = (tx: Tx, kind: Kind, unitId: string, at: Date): Promise<Found[]> =>
  tx.$queryRaw<Found[]>(Prisma.sql`
    SELECT DISTINCT ON (c.depth) a.id AS "unitId", a.short_name AS "shortName", s.valid_from AS "validFrom", s.payload
    FROM unit u JOIN unit_closure c ON c.unit_id = u.id
    JOIN unit a ON a.id = c.ancestor_id AND a.government_id = u.government_id
    JOIN settings_version s ON s.unit_id = a.id AND s.kind = ${kind} AND s.valid_from <= (${at}::timestamptz AT TIME ZONE u.zone)::date
    WHERE u.id = ${unitId}::uuid ORDER BY c.depth, s.valid_from DESC, s.created_at DESC`);

export type FlowInForce = { flow: Flow; from: { unitId: string; shortName: string; validFrom: string } | null };

/** Who has to say yes for a unit at this instant: the nearest setting upwards, else one verifier (`from` null). */
export async function flowInForce(tx: Tx, unitId: string, at: Date): Promise<FlowInForce> {
  for (const { payload, validFrom, ...unit } of await inForce(tx, "approval", unitId, at)) {
    const { flow } = payload as { flow: unknown };
    if (flow !== null) return { flow: flowSchema.parse(flow), from: { ...unit, validFrom: validFrom.toISOString().slice(0, 10) } };
  }
  return { flow: defaultFlow, from: null };
}

const noGates: GateSettings = { electionMode: false, bannedTerms: [], candidateNames: [] };

/** The words that need a second person's yes in a government at this instant. */
export async function gatesInForce(tx: Tx, governmentId: string, at: Date): Promise<GateSettings> {
  const [found] = await inForce(tx, "gates", governmentId, at);
  return found ? gateSettingsSchema.parse(found.payload) : noGates;
}

/** A new version of a unit's flow, from a day on that is not past. What is being verified already keeps its own. */
export async function saveFlow(actor: Actor, { unitId, validFrom, flow }: FlowInput): Promise<Answer> {
  return db.$transaction(async (tx) => {
    const unit = await manageable(tx, actor, unitId);
    const problems = [...dayProblems(validFrom, unit.zone), ...(flow ? await peopleProblems(tx, unit, flow) : [])];
    if (problems.length) return { ok: false, problems };
    await keepSettings(tx, actor, "approval", unit, validFrom, { flow });
    return { ok: true };
  });
}

/** A new version of a government's gates, from a day on that is not past. */
export async function saveGates(actor: Actor, { governmentId, validFrom, ...gates }: GatesInput): Promise<Answer> {
  return db.$transaction(async (tx) => {
    const unit = await manageable(tx, actor, governmentId);
    if (unit.governmentId !== unit.id) throw new Refusal("not-found");
    const problems = dayProblems(validFrom, unit.zone);
    if (problems.length) return { ok: false, problems };
    await keepSettings(tx, actor, "gates", unit, validFrom, gates);
    return { ok: true };
  });
}

type ManagedUnit = { id: string; governmentId: string; zone: string };
const placeOf = (unit: ManagedUnit): Place => ({ unitId: unit.id, governmentId: unit.governmentId });

async function manageable(tx: Tx, actor: Actor, unitId: string): Promise<ManagedUnit> {
  const unit = await tx.unit.findFirst({
    where: { AND: [{ id: unitId }, inScope(actor, "approval.manage", "id")] },
    select: { id: true, governmentId: true, zone: true },
  });
  if (!unit) throw new Refusal("not-found");
  authorize(actor, "approval.manage", placeOf(unit));
  return unit;
}

const dayProblems = (day: string, zone: string): Problem[] =>
  day < localDay(now(), zone as Zone) ? [{ field: "validFrom", code: "day-past" }] : [];

/** Somebody who is named must be able to decide for the unit. */
async function peopleProblems(tx: Tx, unit: ManagedUnit, { steps }: Flow): Promise<Problem[]> {
  const known = new Set((await approversOf(tx, unit)).map((person) => person.id));
  const isKnown = (approver: Approver) => approver.kind === "role" || known.has(approver.personId);
  return steps.flatMap((step, index) =>
    [...step.approvers, ...step.deputies].every(isKnown) ? [] : [{ field: `flow.steps.${index}`, code: "cannot-decide" }],
  );
}

export type PossibleApprover = { id: string; name: string };

/** People who may be named in a unit's flow: those whose role lets them verify for it, or for units below it. */
export async function approversOf(tx: Tx, unit: Pick<ManagedUnit, "id" | "governmentId">): Promise<PossibleApprover[]> {
  const at = now();
  const reaching = [
    { unitId: unit.id },
    { reach: "government", unit: { governmentId: unit.governmentId } },
    { reach: "subtree", unitId: unit.governmentId },
    { unit: { governmentId: unit.governmentId, ancestors: { some: { ancestorId: unit.id } } } },
  ];
  return tx.person.findMany({
    where: {
      disabledAt: null,
      grants: {
        some: {
          role: { in: ["verifier", "supervisor", "head"] },
          validFrom: { lte: at },
          AND: [{ OR: [{ validTo: null }, { validTo: { gt: at } }] }, { OR: reaching }],
        },
      },
    },
    select: { id: true, name: true },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    take: 200,
  });
}

async function keepSettings(tx: Tx, actor: Actor, kind: Kind, unit: ManagedUnit, validFrom: string, payload: object) {
  const written = canonical(payload);
  // The same words on the same day once more: they are the latest again.
  await tx.$executeRaw(Prisma.sql`
    INSERT INTO settings_version (kind, unit_id, valid_from, payload, digest, created_by, created_at)
    VALUES (${kind}, ${unit.id}::uuid, ${validFrom}::date, ${written}::jsonb, ${sha256(written)}, ${actor.personId}::uuid, ${now()})
    ON CONFLICT (kind, unit_id, valid_from, digest) DO UPDATE SET created_by = excluded.created_by, created_at = excluded.created_at`);
  await record(tx, actor, {
    type: `settings.${kind}`,
    subjectType: "unit",
    subjectId: unit.id,
    place: placeOf(unit),
    payload: { validFrom, ...payload },
  });
}

export type ApprovalSettings = FlowInForce & { gates: GateSettings; people: PossibleApprover[]; today: string };

/** What the settings page shows of a unit that the actor may read. */
export async function approvalSettings(actor: Actor, unitId: string): Promise<ApprovalSettings> {
  const unit = await manageable(db, actor, unitId);
  const at = now();
  const [inForceNow, gates, people] = await Promise.all([
    flowInForce(db, unit.id, at),
    gatesInForce(db, unit.governmentId, at),
    approversOf(db, unit),
  ]);
  return { ...inForceNow, gates, people, today: localDay(at, unit.zone as Zone) };
}
