import { randomBytes } from "node:crypto";
import { type Actor, inScope, type Reach, reaches } from "../core/access.ts";
import { record } from "../core/audit.ts";
import { now } from "../core/clock.ts";
import { db, type Prisma } from "../core/db.ts";
import { type Answer, Refusal } from "../core/errors.ts";
import type { Role } from "../core/roles.ts";
import { hashPassword } from "./password.ts";
import type { NewPerson } from "./schema.ts";

const reachOf: Partial<Record<Role, Reach>> = {
  supervisor: "government",
  head: "government",
  analyst: "subtree",
  auditor: "government",
  system_admin: "government",
};

/** Grants that hold now: who left a government is no longer its administrator's to see or to disable. */
const current = () => {
  const at = now();
  return { validFrom: { lte: at }, OR: [{ validTo: null }, { validTo: { gt: at } }] };
};
const manageable = (actor: Actor) => ({ some: { AND: [current(), { unit: inScope(actor, "person.manage", "id") }] } });

export const PEOPLE_A_PAGE = 50;

/**
 * People who hold a role on a unit in scope, by name, a page and one more; found by name, e-mail address or the beginning of
 * a NIP. `after`: the last row of the page before.
 */
export async function listPeople(actor: Actor, search: { text?: string; after?: { name: string; id: string } }) {
  return db.person.findMany({
    where: {
      grants: manageable(actor),
      ...(search.text ? { OR: matches(search.text) } : {}),
      ...(search.after
        ? { AND: { OR: [{ name: { gt: search.after.name } }, { name: search.after.name, id: { gt: search.after.id } }] } }
        : {}),
    },
    select: {
      id: true,
      name: true,
      email: true,
      nip: true,
      disabledAt: true,
      grants: {
        where: current(),
        select: { role: true, unit: { select: { shortName: true } } },
        orderBy: [{ validFrom: "asc" }, { id: "asc" }],
        take: 4,
      },
      _count: { select: { grants: { where: current() } } },
    },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    take: PEOPLE_A_PAGE + 1,
  });
}

function matches(text: string): Prisma.PersonWhereInput[] {
  const digits = text.replace(/\s/g, "");
  const words = { contains: text, mode: "insensitive" as const };
  return [{ name: words }, { email: words }, ...(/^\d+$/.test(digits) ? [{ nip: { startsWith: digits } }] : [])];
}

/** Units that a system administrator may give roles on. */
export const assignableUnits = (actor: Actor) =>
  db.unit.findMany({
    where: { active: true, ...inScope(actor, "person.manage", "id") },
    select: { id: true, shortName: true, name: true },
    orderBy: { name: "asc" },
    take: 1000,
  });

// Without l, o, 0 and 1, which are misread when a password is handed over on paper.
const letters = "abcdefghijkmnpqrstuvwxyz23456789";
/** Three groups of four out of 32 letters: 60 random bits. */
const temporaryPassword = () =>
  Array.from(randomBytes(12), (byte) => letters[byte % 32])
    .join("")
    .replace(/.{4}(?=.)/g, "$&-");

/** Makes a person with one role and a temporary password, which is shown once. Nobody gives a wider reach than his own. */
export async function createPerson(actor: Actor, input: NewPerson): Promise<Answer<{ password: string }>> {
  const password = temporaryPassword();
  const passwordHash = await hashPassword(password);
  return db.$transaction(async (tx) => {
    const unit = await tx.unit.findFirst({
      where: { id: input.unitId, active: true, ...inScope(actor, "person.manage", "id") },
      select: { id: true, governmentId: true },
    });
    if (!unit) throw new Refusal("not-found");
    const reach = reachOf[input.role] ?? "own";
    const government = { unitId: unit.governmentId, governmentId: unit.governmentId };
    if (reach !== "own" && !reaches(actor, "person.manage", government)) throw new Refusal("forbidden");
    const taken = await tx.person.findFirst({
      where: { OR: [{ email: input.email }, ...(input.nip ? [{ nip: input.nip }] : [])] },
      select: { email: true },
    });
    if (taken) return { ok: false, problems: [{ field: taken.email === input.email ? "email" : "nip", code: "taken" }] };
    const person = await tx.person.create({
      data: {
        name: input.name,
        email: input.email,
        nip: input.nip || null,
        passwordHash,
        grants: { create: { unitId: unit.id, role: input.role, reach, validFrom: now() } },
      },
      select: { id: true },
    });
    await record(tx, actor, {
      type: "person.created",
      subjectType: "person",
      subjectId: person.id,
      place: { unitId: unit.id, governmentId: unit.governmentId },
      payload: { role: input.role },
    });
    return { ok: true, password };
  });
}

/** Disables a person: every session ends now and the next request is refused. */
export const disablePerson = (actor: Actor, { personId }: { personId: string }) => setDisabled(actor, personId, now());
export const enablePerson = (actor: Actor, { personId }: { personId: string }) => setDisabled(actor, personId, null);

async function setDisabled(actor: Actor, personId: string, disabledAt: Date | null): Promise<Answer> {
  if (personId === actor.personId) return { ok: false, problems: [{ code: "not-yourself" }] };
  return db.$transaction(async (tx) => {
    const { count } = await tx.person.updateMany({ where: { id: personId, grants: manageable(actor) }, data: { disabledAt } });
    if (!count) throw new Refusal("not-found");
    if (disabledAt) await tx.session.updateMany({ where: { personId, revokedAt: null }, data: { revokedAt: disabledAt } });
    await record(tx, actor, {
      type: disabledAt ? "person.disabled" : "person.enabled",
      subjectType: "person",
      subjectId: personId,
      place: null,
    });
    return { ok: true };
  });
}
