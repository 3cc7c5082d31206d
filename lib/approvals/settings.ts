import type { Actor } from "../core/access.ts";
import { now } from "../core/clock.ts";
import { db, type Tx } from "../core/db.ts";
import { type Answer, type Problem, Refusal } from "../core/errors.ts";
import { localDay, type Zone } from "../units/calendar.ts";
import { dayProblems, keepSettings, type ManagedUnit, managedUnit, settingsInForce } from "../units/settings.ts";
import { type Approver, defaultFlow, type Flow, flowSchema } from "./flow.ts";
import type { GateSettings } from "./gates.ts";
import { type FlowInput, type GatesInput, gateSettingsSchema } from "./schema.ts";
import { canFinish, unheldRoles } from "./staffing.ts";

export type FlowInForce = { flow: Flow; from: { unitId: string; shortName: string; validFrom: string } | null };

/** Who has to say yes for a unit at this instant: the nearest setting upwards, else one verifier (`from` null). */
export async function flowInForce(tx: Tx, unitId: string, at: Date): Promise<FlowInForce> {
  for (const { payload, validFrom, ...unit } of await settingsInForce(tx, "approval", unitId, at)) {
    const { flow } = payload as { flow: unknown };
    if (flow !== null) return { flow: flowSchema.parse(flow), from: { ...unit, validFrom: validFrom.toISOString().slice(0, 10) } };
  }
  return { flow: defaultFlow, from: null };
}

const noGates: GateSettings = { electionMode: false, bannedTerms: [], candidateNames: [] };

/** The words that need a second person's yes in a government at this instant. */
export async function gatesInForce(tx: Tx, governmentId: string, at: Date): Promise<GateSettings> {
  const [found] = await settingsInForce(tx, "gates", governmentId, at);
  return found ? gateSettingsSchema.parse(found.payload) : noGates;
}

/** The gates of now and, where it goes out later, of then: an approval of today meets the election of next month. */
export async function gatesUntil(tx: Tx, governmentId: string, publishAt: Date | null): Promise<GateSettings> {
  const all = await Promise.all(
    [now(), ...(publishAt && publishAt > now() ? [publishAt] : [])].map((at) => gatesInForce(tx, governmentId, at)),
  );
  const every = (terms: (gates: GateSettings) => readonly string[]) => [...new Set(all.flatMap(terms))];
  return {
    electionMode: all.some(({ electionMode }) => electionMode),
    bannedTerms: every(({ bannedTerms }) => bannedTerms),
    candidateNames: every(({ electionMode, candidateNames }) => (electionMode ? candidateNames : [])),
  };
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

const manageable = (tx: Tx, actor: Actor, unitId: string) => managedUnit(tx, actor, "approval.manage", unitId);

/**
 * Somebody who is named must be able to decide for the unit, a role that has to agree must be held, and as each speaks once
 * in a round there must be people enough for all steps.
 */
async function peopleProblems(tx: Tx, unit: ManagedUnit, flow: Flow): Promise<Problem[]> {
  const people = await approversOf(tx, unit);
  const known = new Set(people.map((person) => person.id));
  const isKnown = (approver: Approver) => approver.kind === "role" || known.has(approver.personId);
  const voters = people.map(({ id, roles }) => ({ personId: id, roles }));
  const unheld = unheldRoles(flow, voters);
  const problems = flow.steps.flatMap((step, index): Problem[] => {
    const field = `flow.steps.${index}`;
    if (![...step.approvers, ...step.deputies].every(isKnown)) return [{ field, code: "cannot-decide" }];
    return unheld[index]!.map((role) => ({ field, code: "nobody-holds", params: { role } }));
  });
  return problems.length || canFinish(flow, voters) ? problems : [{ field: "flow", code: "too-few-people" }];
}

export type PossibleApprover = { id: string; name: string; roles: string[] };

/** People who may be named in a unit's flow, with their roles: those whose role lets them verify for it, or for units below it. */
export async function approversOf(tx: Tx, unit: Pick<ManagedUnit, "id" | "governmentId">): Promise<PossibleApprover[]> {
  const at = now();
  const reaching = [
    { unitId: unit.id },
    { reach: "government", unit: { governmentId: unit.governmentId } },
    { reach: "subtree", unitId: unit.governmentId },
    { unit: { governmentId: unit.governmentId, ancestors: { some: { ancestorId: unit.id } } } },
  ];
  const grant = {
    role: { in: ["verifier", "supervisor", "head"] },
    validFrom: { lte: at },
    AND: [{ OR: [{ validTo: null }, { validTo: { gt: at } }] }, { OR: reaching }],
  };
  const people = await tx.person.findMany({
    where: { disabledAt: null, grants: { some: grant } },
    select: { id: true, name: true, grants: { where: grant, select: { role: true } } },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    take: 200,
  });
  return people.map(({ grants, ...person }) => ({ ...person, roles: [...new Set(grants.map(({ role }) => role))] }));
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
