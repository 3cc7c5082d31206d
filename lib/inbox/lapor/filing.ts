import { type Actor, inScope } from "../../core/access.ts";
import { record } from "../../core/audit.ts";
import { now } from "../../core/clock.ts";
import { db, type Prisma, type Tx } from "../../core/db.ts";
import { type Answer, type Problem, Refusal } from "../../core/errors.ts";
import { localDay } from "../../units/calendar.ts";
import { calendarOfUnit } from "../../units/hours-settings.ts";
import { findCase } from "../replies/answering.ts";
import { signalCases } from "../signalling.ts";
import { maskPersonalData } from "../sorting/masking.ts";
import { endOfDay, isLaporNumber, type LaporCategory, type LaporDays, type LaporState, laporDeadlines, laporNext } from "./rules.ts";
import type { KeepLaporInput, LaporForm, StepLaporInput } from "./schema.ts";

/** What is kept of a ticket beside its columns. */
export type LaporKept = LaporForm & { days: LaporDays };

/**
 * Writes down what a person is to enter at lapor.go.id; nothing is sent there. Refused where a citizen's or a family's number
 * stands in it.
 */
export const keepLapor = (actor: Actor, { caseId, revision, category, form }: KeepLaporInput): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const found = await findCase(tx, actor, caseId);
    const problems = personalIn(form);
    if (problems.length) return { ok: false, problems };
    const at = now();
    const kept = await tx.laporTicket.findUnique({ where: { caseId } });
    if ((kept?.revision ?? 0) !== revision) throw new Refusal("stale");
    if (kept) {
      const { days } = kept.form as LaporKept;
      const dueAt = await dueAtOf(tx, found.unitId, category, kept.state as LaporState, days);
      const { count } = await tx.laporTicket.updateMany({
        where: { id: kept.id, revision },
        data: { category, form: { ...form, days } as Prisma.InputJsonValue, dueAt, updatedAt: at, revision: { increment: 1 } },
      });
      if (!count) throw new Refusal("stale");
    } else {
      const { unitId, governmentId } = found;
      const days: LaporDays = { prepared: localDay(at, (await calendarOfUnit(tx, unitId)).zone) };
      const made = await tx.laporTicket.createMany({
        data: [
          { caseId, unitId, governmentId, category, form: { ...form, days }, createdBy: actor.personId, createdAt: at, updatedAt: at },
        ],
        skipDuplicates: true,
      });
      if (!made.count) throw new Refusal("stale");
    }
    await record(tx, actor, { type: "lapor.prepared", subjectType: "case", subjectId: caseId, place: found, payload: { category } });
    await signalCases(tx, [caseId]);
    return { ok: true };
  });

/** Numbers that name a person or a family never go into the form. */
const personalIn = (form: LaporForm): Problem[] =>
  Object.entries(form).flatMap(([field, text]) => {
    const { found } = maskPersonalData(text);
    return found.includes("nik") || found.includes("kk") ? [{ field: `form.${field}`, code: "lapor-personal" }] : [];
  });

async function dueAtOf(tx: Tx, unitId: string, category: LaporCategory, state: LaporState, days: LaporDays): Promise<Date | null> {
  const calendar = await calendarOfUnit(tx, unitId);
  const { settled, closes } = laporDeadlines(category, state, days, calendar);
  const day = settled ?? closes;
  return day ? endOfDay(day, calendar) : null;
}

/** Notes how the ticket stands at lapor.go.id, as a person has seen it there on `day`; its number with the first such note. */
export const stepLapor = (actor: Actor, { ticketId, revision, to, day, number }: StepLaporInput): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const found = await tx.laporTicket.findFirst({ where: { id: ticketId, inboxCase: inScope(actor, "inbox.work") } });
    if (!found) throw new Refusal("not-found");
    const state = found.state as LaporState;
    if (found.revision !== revision || !laporNext(state).includes(to)) throw new Refusal("stale");
    const { days, ...form } = found.form as LaporKept;
    const calendar = await calendarOfUnit(tx, found.unitId);
    const before = days[state] ?? "";
    if (day > localDay(now(), calendar.zone)) return { ok: false, problems: [{ field: "day", code: "day-future" }] };
    if (state !== "prepared" && day < before) return { ok: false, problems: [{ field: "day", code: "lapor-day-early" }] };
    const known = found.number ?? number;
    if (!isLaporNumber(known)) return { ok: false, problems: [{ field: "number", code: "lapor-number" }] };
    const noted: LaporDays = { ...days, [to]: day };
    const category = found.category as LaporCategory;
    const dueAt = await dueAtOf(tx, found.unitId, category, to, noted);
    const { count } = await tx.laporTicket.updateMany({
      where: { id: ticketId, revision, state },
      data: { state: to, number: known, form: { ...form, days: noted }, dueAt, updatedAt: now(), revision: { increment: 1 } },
    });
    if (!count) throw new Refusal("stale");
    await record(tx, actor, {
      type: `lapor.${to}`,
      subjectType: "case",
      subjectId: found.caseId,
      place: found,
      payload: { number: known, day },
    });
    await signalCases(tx, [found.caseId]);
    return { ok: true };
  });
