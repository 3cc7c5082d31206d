import { type Actor, inScope } from "../../core/access.ts";
import { db } from "../../core/db.ts";
import { calendarOfUnit } from "../../units/hours-settings.ts";
import { type UnitCard, within } from "../../units/queries.ts";
import type { LaporKept } from "./filing.ts";
import { type LaporCategory, type LaporDays, type LaporDeadlines, type LaporState, laporDeadlines } from "./rules.ts";
import type { LaporForm } from "./schema.ts";

export type LaporTicket = {
  id: string;
  revision: number;
  category: LaporCategory;
  state: LaporState;
  number: string | null;
  form: LaporForm;
  days: LaporDays;
  deadlines: LaporDeadlines;
};

/** What was written down of a case for LAPOR!; null while nothing was, or where the case is not for the actor. */
export async function laporOf(actor: Actor, caseId: string): Promise<LaporTicket | null> {
  const found = await db.laporTicket.findFirst({ where: { caseId, inboxCase: { units: { some: inScope(actor, "inbox.read") } } } });
  if (!found) return null;
  const { days, ...form } = found.form as LaporKept;
  const [category, state] = [found.category as LaporCategory, found.state as LaporState];
  const deadlines = laporDeadlines(category, state, days, await calendarOfUnit(db, found.unitId));
  return { id: found.id, revision: found.revision, category, state, number: found.number, form, days, deadlines };
}

export type LaporRow = {
  id: string;
  caseId: string;
  title: string;
  category: LaporCategory;
  state: LaporState;
  number: string | null;
  dueAt: Date | null;
  updatedAt: Date;
  unit: { shortName: string; zone: string };
};
export type LaporCursor = { at: Date; id: string };
const PAGE = 30;

/** Tickets of a unit (or of a government), the ones noted last first. */
export async function listLapor(
  actor: Actor,
  unit: Pick<UnitCard, "id" | "governmentId">,
  state: LaporState | null,
  after: LaporCursor | null,
): Promise<{ rows: LaporRow[]; next: LaporCursor | null }> {
  const found = await db.laporTicket.findMany({
    where: {
      AND: [
        { governmentId: unit.governmentId, inboxCase: { AND: [within(unit), inScope(actor, "inbox.read")] } },
        state ? { state } : {},
        after ? { OR: [{ updatedAt: { lt: after.at } }, { updatedAt: after.at, id: { lt: after.id } }] } : {},
      ],
    },
    select: {
      id: true,
      caseId: true,
      category: true,
      state: true,
      number: true,
      dueAt: true,
      updatedAt: true,
      form: true,
      inboxCase: { select: { unit: { select: { shortName: true, zone: true } } } },
    },
    orderBy: [{ updatedAt: "desc" }, { id: "desc" }],
    take: PAGE + 1,
  });
  const rows = found
    .slice(0, PAGE)
    .map(({ form, inboxCase, ...row }) => ({ ...row, title: (form as LaporKept).title, unit: inboxCase.unit }));
  const last = rows.at(-1);
  return { rows: rows as LaporRow[], next: found.length > PAGE && last ? { at: last.updatedAt, id: last.id } : null };
}
