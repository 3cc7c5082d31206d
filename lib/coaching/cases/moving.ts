import { type Actor, inScope, type Place, reaches } from "../../core/access.ts";
import { record } from "../../core/audit.ts";
import type { Prisma, Tx } from "../../core/db.ts";
import { Refusal } from "../../core/errors.ts";
import { signal } from "../../core/live.ts";

/** A local day as its column holds it. */
export const dateOf = (day: string) => new Date(`${day}T00:00:00Z`);

const found = {
  id: true,
  unitId: true,
  governmentId: true,
  state: true,
  level: true,
  mentorId: true,
  startsOn: true,
  endsOn: true,
  revision: true,
  unit: { select: { code: true, shortName: true, zone: true, scoreClass: true, active: true } },
} as const;
export type FoundCase = Prisma.CoachingCaseGetPayload<{ select: typeof found }>;

/** Whoever coaches in the government, and the mentor of this very case. */
export const worksOn = (actor: Actor, one: Place & { mentorId: string | null }): boolean =>
  reaches(actor, "coaching.manage", one) || (one.mentorId === actor.personId && reaches(actor, "coaching.read", one));

/** A case that the actor may work on; with a revision, only while it is the one he saw. */
export async function findCase(tx: Tx, actor: Actor, { caseId, revision }: { caseId: string; revision?: number }): Promise<FoundCase> {
  const one = await tx.coachingCase.findFirst({ where: { id: caseId, ...inScope(actor, "coaching.read") }, select: found });
  if (!one) throw new Refusal("not-found");
  if (!worksOn(actor, one)) throw new Refusal("forbidden");
  if (revision !== undefined && one.revision !== revision) throw new Refusal("stale");
  return one;
}

/** The same of an open one: nothing is added to a case that is closed or not begun. */
export async function findOpenCase(tx: Tx, actor: Actor, ref: { caseId: string; revision?: number }): Promise<FoundCase> {
  const one = await findCase(tx, actor, ref);
  if (one.state !== "open") throw new Refusal("stale");
  return one;
}

/** Changes a case if it is still as it was seen. */
export async function moveCase(
  tx: Tx,
  { id, revision, state }: Pick<FoundCase, "id" | "revision" | "state">,
  data: Prisma.CoachingCaseUncheckedUpdateManyInput,
) {
  const { count } = await tx.coachingCase.updateMany({ where: { id, revision, state }, data: { ...data, revision: { increment: 1 } } });
  if (!count) throw new Refusal("stale");
}

/** The trail of a case, and a sign to open pages. */
export async function noteCase(
  tx: Tx,
  actor: Actor,
  type: string,
  { id, unitId, governmentId }: Pick<FoundCase, "id" | "unitId" | "governmentId">,
  payload: Record<string, unknown> = {},
) {
  await record(tx, actor, { type, subjectType: "coaching_case", subjectId: id, place: { unitId, governmentId }, payload });
  await signal(tx, { topic: "coaching", unitId, id });
}
