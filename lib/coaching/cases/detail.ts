import { type Actor, inScope, reaches } from "../../core/access.ts";
import { db } from "../../core/db.ts";
import { Refusal } from "../../core/errors.ts";
import type { Level } from "../../scores/rules.ts";
import { type Cause, standingCauses } from "../causes/cause-rules.ts";
import type { SaidCause } from "../causes/queries.ts";
import type { CaseState, MeetingMode, Outcome, ReminderWeek, TargetLevel } from "../rules.ts";
import { worksOn } from "./moving.ts";

export type Meeting = {
  id: string;
  heldAt: Date;
  mode: MeetingMode;
  place: string;
  attendees: string;
  minutes: string;
  agreed: string;
  writtenBy: string;
  number: string | null;
  digest: string | null;
  sealedBy: string | null;
  sealedAt: Date | null;
  revision: number;
};
export type Task = { id: string; text: string; dueOn: string | null; doneAt: Date | null; doneBy: string | null };
export type Reminder = { week: ReminderWeek; dueOn: string; doneAt: Date | null; doneBy: string | null; note: string | null };
export type CaseDetail = {
  id: string;
  unit: { id: string; code: string; name: string; shortName: string; governmentId: string; governmentName: string; zone: string };
  state: CaseState;
  openedAt: Date;
  /** Null: the product proposed it. */
  openedBy: string | null;
  level: Level | null;
  scoreTenths: number | null;
  plan: string;
  mentor: { id: string; name: string } | null;
  targetLevel: TargetLevel | null;
  targetPosts: number | null;
  startsOn: string | null;
  endsOn: string | null;
  outcome: Outcome | null;
  outcomeNote: string | null;
  closedLevel: Level | null;
  closedAt: Date | null;
  revision: number;
  causes: SaidCause[];
  tasks: Task[];
  meetings: Meeting[];
  reminders: Reminder[];
  may: { manage: boolean; work: boolean; answer: boolean };
};

const dayOf = (date: Date | null) => date?.toISOString().slice(0, 10) ?? null;

/** A case with all that happened in it. Foreign cases answer like unknown ones. */
export async function caseDetail(actor: Actor, caseId: string): Promise<CaseDetail> {
  const one = await db.coachingCase.findFirst({
    where: { id: caseId, ...inScope(actor, "coaching.read") },
    include: {
      unit: {
        select: {
          id: true,
          code: true,
          name: true,
          shortName: true,
          governmentId: true,
          zone: true,
          government: { select: { name: true } },
        },
      },
      mentor: { select: { id: true, name: true } },
      tasks: { where: { droppedAt: null }, orderBy: { id: "asc" }, take: 100 },
      meetings: { orderBy: [{ heldAt: "desc" }, { id: "desc" }], take: 100 },
      reminders: { orderBy: { week: "asc" } },
    },
  });
  if (!one) throw new Refusal("not-found");
  const ids = [
    one.openedBy,
    ...one.tasks.map((t) => t.doneBy),
    ...one.meetings.flatMap((m) => [m.writtenBy, m.sealedBy]),
    ...one.reminders.map((r) => r.doneBy),
  ];
  const [names, said] = await Promise.all([namesOf(ids), causesOf(one.unitId)]);
  const { government, ...unit } = one.unit;
  const name = (id: string | null) => (id ? (names.get(id) ?? null) : null);
  return {
    id: one.id,
    unit: { ...unit, governmentName: government.name },
    state: one.state as CaseState,
    openedAt: one.openedAt,
    openedBy: name(one.openedBy),
    level: one.level as Level | null,
    scoreTenths: one.scoreTenths,
    plan: one.plan,
    mentor: one.mentor,
    targetLevel: one.targetLevel as TargetLevel | null,
    targetPosts: one.targetPosts,
    startsOn: dayOf(one.startsOn),
    endsOn: dayOf(one.endsOn),
    outcome: one.outcome as Outcome | null,
    outcomeNote: one.outcomeNote,
    closedLevel: one.closedLevel as Level | null,
    closedAt: one.closedAt,
    revision: one.revision,
    causes: said,
    tasks: one.tasks.map(({ id, text, dueOn, doneAt, doneBy }) => ({ id, text, dueOn: dayOf(dueOn), doneAt, doneBy: name(doneBy) })),
    meetings: one.meetings.map(({ caseId: _, governmentId: __, writtenAt: ___, ...m }) => ({
      ...m,
      mode: m.mode as MeetingMode,
      writtenBy: name(m.writtenBy) ?? "",
      sealedBy: name(m.sealedBy),
    })),
    reminders: one.reminders.map(({ week, dueOn, doneAt, doneBy, note }) => ({
      week: week as ReminderWeek,
      dueOn: dueOn.toISOString().slice(0, 10),
      doneAt,
      doneBy: name(doneBy),
      note,
    })),
    may: { manage: reaches(actor, "coaching.manage", one), work: worksOn(actor, one), answer: reaches(actor, "coaching.answer", one) },
  };
}

async function namesOf(ids: (string | null)[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  const people = await db.person.findMany({ where: { id: { in: wanted } }, select: { id: true, name: true } });
  return new Map(people.map(({ id, name }) => [id, name]));
}

/** What stands of a unit's causes. The caller has found the unit in scope. */
export async function causesOf(unitId: string): Promise<SaidCause[]> {
  const rows = await db.dormancyCause.findMany({ where: { unitId, supersededAt: null }, orderBy: { id: "desc" }, take: 20 });
  const names = await namesOf(rows.map(({ saidBy }) => saidBy));
  return standingCauses(
    rows.map(({ cause, source, evidence, words, saidBy, saidAt }) => ({
      cause: cause as Cause,
      source: source as SaidCause["source"],
      evidence: evidence as SaidCause["evidence"],
      words,
      by: saidBy ? (names.get(saidBy) ?? null) : null,
      at: saidAt.toISOString(),
    })),
  );
}
