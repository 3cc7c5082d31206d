import { type Actor, inScope } from "../../core/access.ts";
import { record } from "../../core/audit.ts";
import { now } from "../../core/clock.ts";
import { open } from "../../core/crypto.ts";
import { db } from "../../core/db.ts";
import { localDay, zoneOf } from "../../units/calendar.ts";
import { type UnitCard, within } from "../../units/queries.ts";
import { nextNumber, type RequestState, type RequestView, statesOf } from "./rules.ts";
import type { RequestForm } from "./schema.ts";

export type InformationRequest = {
  id: string;
  revision: number;
  state: RequestState;
  number: string | null;
  form: RequestForm;
  registeredDay: string | null;
  dueDay: string | null;
  extendedReason: string | null;
  decisionNote: string | null;
};

const dayOf = (date: Date | null) => date?.toISOString().slice(0, 10) ?? null;

/** Within this time the same person's next look at the same form is the same look. */
const LOOK_MS = 10 * 60_000;

/** A case's request with its form opened, for those who manage requests there alone; null while there is none. Who looked is on record. */
export async function requestOf(actor: Actor, caseId: string): Promise<InformationRequest | null> {
  const found = await db.informationRequest.findFirst({ where: { caseId, inboxCase: inScope(actor, "ppid.manage") } });
  if (!found) return null;
  const look = { type: "ppid.opened", subjectType: "case", subjectId: caseId };
  const since = new Date(now().getTime() - LOOK_MS);
  if (!(await db.auditEvent.count({ where: { ...look, actorId: actor.personId, at: { gte: since } } })))
    await record(db, actor, { ...look, place: found, payload: { requestId: found.id } });
  const { id, revision, number, extendedReason, decisionNote } = found;
  return {
    ...{ id, revision, number, extendedReason, decisionNote },
    state: found.state as RequestState,
    form: JSON.parse(open(found.form)) as RequestForm,
    registeredDay: dayOf(found.registeredDay),
    dueDay: dayOf(found.dueDay),
  };
}

/** The number that the unit's next request would have, and the unit's day today. */
export async function numberFor(unit: { id: string; governmentId: string; zone: string }): Promise<{ number: string; today: string }> {
  const last = await db.informationRequest.findFirst({
    where: { governmentId: unit.governmentId, unitId: unit.id, number: { not: null }, registeredDay: { not: null } },
    orderBy: [{ registeredDay: "desc" }, { updatedAt: "desc" }],
    select: { number: true },
  });
  const today = localDay(now(), zoneOf(unit.zone));
  return { number: nextNumber(last?.number ?? null, today.slice(0, 4)), today };
}

/** A request as the register shows it: nothing in it tells who asked or for what. */
export type RequestRow = {
  id: string;
  caseId: string;
  number: string | null;
  state: RequestState;
  registeredDay: string | null;
  dueDay: string | null;
  closedAt: Date | null;
  unit: { shortName: string; zone: string };
};
export type RequestCursor = { day: string | null; id: string };

const row = {
  id: true,
  caseId: true,
  number: true,
  state: true,
  registeredDay: true,
  dueDay: true,
  closedAt: true,
  inboxCase: { select: { unit: { select: { shortName: true, zone: true } } } },
} as const;

/** The register of a unit (or of a government): what is open by its due day, the nearest first; the others the newest first. */
export async function listRequests(
  actor: Actor,
  unit: Pick<UnitCard, "id" | "governmentId">,
  view: RequestView,
  after: RequestCursor | null,
  limit = 30,
): Promise<{ rows: RequestRow[]; next: RequestCursor | null }> {
  const open = view === "open";
  const found = await db.informationRequest.findMany({
    where: {
      AND: [
        {
          governmentId: unit.governmentId,
          state: { in: [...statesOf[view]] },
          inboxCase: { AND: [within(unit), inScope(actor, "ppid.manage")] },
        },
        after ? afterWhere(open, after) : {},
      ],
    },
    select: row,
    orderBy: open ? [{ dueDay: "asc" }, { id: "asc" }] : [{ id: "desc" }],
    take: limit + 1,
  });
  const rows = found.slice(0, limit).map(({ inboxCase, ...one }) => ({
    ...one,
    state: one.state as RequestState,
    registeredDay: dayOf(one.registeredDay),
    dueDay: dayOf(one.dueDay),
    unit: inboxCase.unit,
  }));
  const last = rows.at(-1);
  return { rows, next: found.length > limit && last ? { day: last.dueDay, id: last.id } : null };
}

function afterWhere(open: boolean, { day, id }: RequestCursor) {
  if (!open) return { id: { lt: id } };
  const at = new Date(`${day}T00:00:00Z`);
  return { OR: [{ dueDay: { gt: at } }, { dueDay: at, id: { gt: id } }] };
}

const MOST_EXPORTED = 5000;

/** The register as a table file, the newest 5000 requests that were registered; without personal data. */
export async function exportRequests(actor: Actor, unit: Pick<UnitCard, "id" | "governmentId">): Promise<RequestRow[]> {
  const found = await db.informationRequest.findMany({
    where: {
      governmentId: unit.governmentId,
      registeredDay: { not: null },
      inboxCase: { AND: [within(unit), inScope(actor, "ppid.manage")] },
    },
    select: row,
    orderBy: { id: "desc" },
    take: MOST_EXPORTED,
  });
  return found.map(({ inboxCase, ...one }) => ({
    ...one,
    state: one.state as RequestState,
    registeredDay: dayOf(one.registeredDay),
    dueDay: dayOf(one.dueDay),
    unit: inboxCase.unit,
  }));
}
