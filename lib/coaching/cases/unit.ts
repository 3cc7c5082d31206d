import { type Actor, inScope, reaches } from "../../core/access.ts";
import { db } from "../../core/db.ts";
import { Refusal } from "../../core/errors.ts";
import type { Level } from "../../scores/rules.ts";
import type { SaidCause } from "../causes/queries.ts";
import type { CaseState, Outcome } from "../rules.ts";
import { causesOf } from "./detail.ts";
import { standingOf } from "./standing.ts";

export type UnitCase = {
  id: string;
  state: CaseState;
  revision: number;
  mentor: string | null;
  openedAt: Date;
  endsOn: string | null;
  outcome: Outcome | null;
};
export type CoachedUnitDetail = {
  unit: { id: string; code: string; name: string; shortName: string; governmentId: string; governmentName: string; zone: string };
  level: Level | null;
  scoreTenths: number | null;
  causes: SaidCause[];
  cases: UnitCase[];
  trainings: { id: string; title: string; heldAt: Date }[];
  may: { manage: boolean; answer: boolean; confirm: boolean };
};

/** A unit with its causes, its cases and the trainings it came to. Foreign units answer like unknown ones. */
export async function coachedUnit(actor: Actor, code: string): Promise<CoachedUnitDetail> {
  const found = await db.unit.findFirst({
    where: { AND: [{ code, scoreClass: { not: null } }, inScope(actor, "coaching.read", "id")] },
    select: { id: true, code: true, name: true, shortName: true, governmentId: true, zone: true, government: { select: { name: true } } },
  });
  if (!found) throw new Refusal("not-found");
  const { government, ...unit } = found;
  const place = { unitId: unit.id, governmentId: unit.governmentId };
  const [stands, causes, cases, attended] = await Promise.all([
    standingOf(db, unit.id),
    causesOf(unit.id),
    db.coachingCase.findMany({
      where: { unitId: unit.id, OR: [{ state: { not: "closed" } }, { mentorId: { not: null } }] },
      orderBy: { id: "desc" },
      take: 20,
      select: {
        id: true,
        state: true,
        revision: true,
        mentorId: true,
        mentor: { select: { name: true } },
        openedAt: true,
        endsOn: true,
        outcome: true,
      },
    }),
    db.trainingAttendance.findMany({
      where: { unitId: unit.id, names: { not: "" } },
      orderBy: { session: { heldAt: "desc" } },
      take: 10,
      select: { session: { select: { id: true, title: true, heldAt: true } } },
    }),
  ]);
  const manage = reaches(actor, "coaching.manage", place);
  return {
    unit: { ...unit, governmentName: government.name },
    level: stands?.level ?? null,
    scoreTenths: stands?.scoreTenths ?? null,
    causes,
    cases: cases.map(({ mentorId: _, mentor, ...one }) => ({
      ...one,
      state: one.state as CaseState,
      outcome: one.outcome as Outcome | null,
      endsOn: one.endsOn?.toISOString().slice(0, 10) ?? null,
      mentor: mentor?.name ?? null,
    })),
    trainings: attended.map(({ session }) => session),
    may: {
      manage,
      answer: reaches(actor, "coaching.answer", place),
      confirm: manage || cases.some(({ state, mentorId }) => state === "open" && mentorId === actor.personId),
    },
  };
}
