import { Refusal } from "./errors.ts";
import { Prisma } from "./generated/client.ts";
import type { Role } from "./roles.ts";

export type Reach = "own" | "government" | "subtree";

/** Who may do what. Authority is this table times the reach of the grant (own unit, its government, its subtree). */
export const permissions = {
  "today.read": ["admin", "verifier", "supervisor", "head", "analyst", "auditor", "system_admin"],
  "post.read": ["admin", "verifier", "supervisor", "head", "auditor"],
  "post.write": ["admin"],
  "post.review": ["verifier", "supervisor", "head"],
  "post.schedule": ["admin", "verifier"],
  "figures.read": ["supervisor", "head"],
  "schedule.pause": ["supervisor", "head", "system_admin"],
  "post.settle": ["admin"],
  "inbox.read": ["admin", "verifier", "supervisor", "head", "auditor"],
  "inbox.work": ["admin", "supervisor"],
  "referral.decide": ["supervisor", "head"],
  "moderation.decide": ["verifier", "supervisor"],
  "ppid.manage": ["admin", "supervisor", "head"],
  "crisis.handle": ["admin", "supervisor", "head"],
  "score.read": ["admin", "verifier", "supervisor", "head", "analyst", "auditor", "system_admin"],
  "score.recompute": ["supervisor", "head", "analyst", "system_admin"],
  "report.read": ["admin", "verifier", "supervisor", "head", "analyst", "auditor"],
  "report.make": ["supervisor", "head", "analyst"],
  "coaching.read": ["admin", "verifier", "supervisor", "head", "analyst", "auditor"],
  "coaching.answer": ["admin"],
  "coaching.manage": ["supervisor", "head"],
  "score.correct": ["supervisor", "head", "analyst"],
  "score.excuse": ["supervisor", "head", "analyst"],
  "score.set": ["head", "analyst", "system_admin"],
  "objection.file": ["admin", "verifier"],
  "objection.decide": ["supervisor", "head", "analyst"],
  "channel.read": ["admin", "supervisor", "head", "auditor", "system_admin"],
  "channel.manage": ["admin", "system_admin"],
  "person.manage": ["system_admin"],
  "approval.manage": ["supervisor", "head", "system_admin"],
  "hours.manage": ["supervisor", "head", "system_admin"],
} as const satisfies Record<string, readonly Role[]>;
export type Permission = keyof typeof permissions;

/** What reaches upward across a government's border: scores and what is decided on them, never drafts or the inbox. */
const acrossGovernments: ReadonlySet<Permission> = new Set([
  "today.read",
  "score.read",
  "score.recompute",
  "score.correct",
  "score.excuse",
  "objection.decide",
]);

export type Authority = { role: Role; reach: Reach; unitId: string; governmentId: string };
export type Actor = { personId: string; name: string; locale: "id" | "en"; sessionId: string; authorities: Authority[] };
/** A unit as far as authority is concerned; `ancestors` are needed only by grants that reach a subtree. */
export type Place = { unitId: string; governmentId: string };

/** Units that an actor reaches with a permission. Minted here alone, so that a query cannot be scoped by hand. */
export type Scope = {
  readonly units: string[];
  readonly governments: string[];
  readonly subtrees: Authority[];
  readonly permission: Permission;
} & {
  readonly __brand: "Scope";
};

export function scope(actor: Actor, permission: Permission): Scope {
  const held = actor.authorities.filter((a) => (permissions[permission] as readonly Role[]).includes(a.role));
  return {
    units: held.filter((a) => a.reach === "own").map((a) => a.unitId),
    governments: held.filter((a) => a.reach === "government").map((a) => a.governmentId),
    subtrees: held.filter((a) => a.reach === "subtree"),
    permission,
  } as Scope;
}

export const may = (actor: Actor, permission: Permission) =>
  actor.authorities.some((a) => (permissions[permission] as readonly Role[]).includes(a.role));

/** Refuses an actor who holds the permission nowhere. Reads and writes still go through `inScope`. */
export function demand(actor: Actor, permission: Permission) {
  if (!may(actor, permission)) throw new Refusal("forbidden");
}

/** A Prisma filter for rows that carry `unitId` and `governmentId` (a row of `unit` itself: pass "id"). */
export function inScope(actor: Actor, permission: Permission, unitKey: "unitId" | "id" = "unitId") {
  const s = scope(actor, permission);
  const ancestry = (ancestorId: string) => ({ ancestors: { some: { ancestorId } } });
  return {
    OR: [
      { [unitKey]: { in: s.units } },
      { governmentId: { in: s.governments } },
      ...s.subtrees.map((a) => ({
        ...(unitKey === "id" ? ancestry(a.unitId) : { unit: ancestry(a.unitId) }),
        ...(acrossGovernments.has(permission) ? {} : { governmentId: a.governmentId }),
      })),
    ],
  };
}

/** The same as SQL over columns `unit_id` and `government_id` of the table called `alias`. */
export function scopeSql(actor: Actor, permission: Permission, alias: string): Prisma.Sql {
  const s = scope(actor, permission);
  const unit = Prisma.raw(`${alias}.unit_id`);
  const government = Prisma.raw(`${alias}.government_id`);
  const parts: Prisma.Sql[] = [];
  if (s.units.length) parts.push(Prisma.sql`${unit} = ANY(${s.units}::uuid[])`);
  if (s.governments.length) parts.push(Prisma.sql`${government} = ANY(${s.governments}::uuid[])`);
  for (const a of s.subtrees) {
    const border = acrossGovernments.has(permission) ? Prisma.empty : Prisma.sql` AND ${government} = ${a.governmentId}::uuid`;
    parts.push(
      Prisma.sql`(EXISTS (SELECT FROM unit_closure uc WHERE uc.ancestor_id = ${a.unitId}::uuid AND uc.unit_id = ${unit})${border})`,
    );
  }
  return parts.length ? Prisma.sql`(${Prisma.join(parts, " OR ")})` : Prisma.sql`false`;
}

/**
 * The same for rows that their query keeps to one place, a unit or (`unitId` null) a whole government: where one grant reaches
 * all of it nothing is left to ask, and a list follows its own index instead of gathering and sorting all that a condition finds.
 */
export function scopeSqlWithin(
  actor: Actor,
  permission: Permission,
  alias: string,
  place: { unitId: string | null; governmentId: string },
) {
  const { unitId, governmentId } = place;
  // No unit's own grant reaches "", so that only those of the whole government count.
  return reaches(actor, permission, { unitId: unitId ?? "", governmentId }) ? Prisma.sql`true` : scopeSql(actor, permission, alias);
}

/** Whether a grant reaches a place whose row was already read in scope of a wider permission. */
export function reaches(actor: Actor, permission: Permission, place: Place): boolean {
  return actor.authorities.some((a) => (permissions[permission] as readonly Role[]).includes(a.role) && covers(a, place));
}

function covers({ reach, unitId, governmentId }: Authority, place: Place): boolean {
  if (reach === "own") return unitId === place.unitId;
  if (reach === "government") return governmentId === place.governmentId;
  return unitId === place.unitId || (unitId === governmentId && governmentId === place.governmentId);
}

/** The roles that an actor holds over a place. */
export const rolesOver = (actor: Actor, place: Place): Role[] => [
  ...new Set(actor.authorities.filter((a) => covers(a, place)).map((a) => a.role)),
];

export function authorize(actor: Actor, permission: Permission, place: Place) {
  if (!reaches(actor, permission, place)) throw new Refusal("forbidden");
}
