import type { Actor } from "../core/access.ts";
import { now } from "../core/clock.ts";
import { db, Prisma, type Tx } from "../core/db.ts";
import { type Answer, Refusal } from "../core/errors.ts";
import { type Hours, localDay, standardHours, type WorkingCalendar, type Zone, zoneOf } from "./calendar.ts";
import { calendarFrom, daysProblems, type HoursVersion, hoursProblems, standardDays } from "./hours.ts";
import { type DaysInput, type DaysSettings, daysSettingsSchema, type HoursInput, hoursSettingsSchema } from "./hours-schema.ts";
import { dayProblems, keepSettings, managedUnit, type SettingsLine, settingsInForce, settingsLines } from "./settings.ts";

/**
 * The working time of units as they and their governments entered it, in one query: read once for a batch or a page, never for
 * a message. Only what is fixed from now on follows it; a deadline that was fixed stays.
 */
export async function calendarsOf(tx: Tx, unitIds: readonly string[]): Promise<ReadonlyMap<string, WorkingCalendar>> {
  const lines = Map.groupBy(await settingsLines(tx, ["hours", "days"], unitIds), ({ unitId }) => unitId);
  return new Map([...lines].map(([unitId, rows]) => [unitId, calendarIn(rows)]));
}

const MOST_KNOWN = 2000;
// Most units enter nothing of their own: one calendar serves all that say the same, from page to page, and has added up its days once.
const known = new Map<string, WorkingCalendar>();

function calendarIn(rows: readonly SettingsLine[]): WorkingCalendar {
  const zone = rows[0]!.zone;
  const said = JSON.stringify([zone, ...rows.map(({ kind, depth, validFrom, payload }) => [kind, depth, validFrom, payload])]);
  const calendar = known.get(said) ?? calendarFrom(zone, hoursIn(rows), daysIn(rows));
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(said, calendar);
  return calendar;
}

/**
 * The same for very many: units whose line of settings is the same share one calendar, so that each is made once. Units that do
 * not exist are absent.
 */
export async function sharedCalendars(tx: Tx, unitIds: readonly string[]): Promise<ReadonlyMap<string, WorkingCalendar>> {
  const lines = await tx.$queryRaw<{ id: string; zone: string; line: string | null }[]>(Prisma.sql`
    SELECT u.id, u.zone, string_agg(v.id::text, ' ' ORDER BY c.depth, v.id) AS line FROM unit u
    LEFT JOIN (settings_version v JOIN unit a ON a.id = v.unit_id JOIN unit_closure c ON c.ancestor_id = v.unit_id)
      ON v.kind IN ('hours', 'days') AND c.unit_id = u.id AND a.government_id = u.government_id
    WHERE u.id = ANY(${unitIds}::uuid[]) GROUP BY u.id`);
  const alike = Map.groupBy(lines, ({ zone, line }) => `${zone} ${line ?? ""}`);
  const first = [...alike.values()].map((units) => units[0]!);
  const made = await calendarsOf(
    tx,
    first.map(({ id }) => id),
  );
  return new Map([...alike.values()].flatMap((units) => units.map(({ id }) => [id, made.get(units[0]!.id)!] as const)));
}

/** The same for one unit. */
export async function calendarOfUnit(tx: Tx, unitId: string): Promise<WorkingCalendar> {
  const calendar = (await calendarsOf(tx, [unitId])).get(unitId);
  if (!calendar) throw new Refusal("not-found");
  return calendar;
}

function hoursIn(rows: readonly SettingsLine[]): HoursVersion[][] {
  const byDepth = Map.groupBy(
    rows.filter(({ kind }) => kind === "hours"),
    ({ depth }) => depth,
  );
  return [...byDepth.entries()]
    .sort(([a], [b]) => a - b)
    .map(([, versions]) => versions.map(({ validFrom, payload }) => ({ from: validFrom, hours: hoursOf(payload) })));
}

const hoursOf = (payload: unknown): Hours | null => hoursSettingsSchema.nullable().parse((payload as { hours: unknown }).hours);

function daysIn(rows: readonly SettingsLine[]): DaysSettings | null {
  const last = rows
    .filter(({ kind }) => kind === "days")
    .reduce<SettingsLine | null>((a, b) => (a && a.validFrom > b.validFrom ? a : b), null);
  return last && daysSettingsSchema.parse(last.payload);
}

type From = { unitId: string; shortName: string; validFrom: string };
type HoursInForce = { hours: Hours; from: From | null };

/** The hours of a unit at this instant: the nearest upwards, else the standard ones (`from` null). */
async function hoursInForce(tx: Tx, unitId: string, at: Date): Promise<HoursInForce> {
  for (const { payload, validFrom, ...unit } of await settingsInForce(tx, "hours", unitId, at)) {
    const hours = hoursOf(payload);
    if (hours) return { hours, from: { ...unit, validFrom: validFrom.toISOString().slice(0, 10) } };
  }
  return { hours: standardHours, from: null };
}

async function daysInForce(tx: Tx, governmentId: string, at: Date): Promise<DaysSettings> {
  const [found] = await settingsInForce(tx, "days", governmentId, at);
  return found ? daysSettingsSchema.parse(found.payload) : standardDays;
}

/** The days without work that a government has entered beside the national ones. */
export const ownHolidays = async (governmentId: string, tx: Tx = db): Promise<DaysSettings["holidays"]> =>
  (await daysInForce(tx, governmentId, now())).holidays;

/** New hours of a unit, from a day on that is not past. */
export const saveHours = (actor: Actor, { unitId, validFrom, hours }: HoursInput): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const unit = await managedUnit(tx, actor, "hours.manage", unitId);
    const problems = [...dayProblems(validFrom, unit.zone), ...(hours ? hoursProblems(hours) : [])];
    if (problems.length) return { ok: false, problems };
    await keepSettings(tx, actor, "hours", unit, validFrom, { hours });
    return { ok: true };
  });

/** A government's Ramadan, holidays and days of work by exception, from today on. Days that are past stay as they were. */
export const saveDays = (actor: Actor, { governmentId, ...days }: DaysInput): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const unit = await managedUnit(tx, actor, "hours.manage", governmentId);
    if (unit.governmentId !== unit.id) throw new Refusal("not-found");
    const at = now();
    const today = localDay(at, zoneOf(unit.zone));
    const [known, { hours }] = [await daysInForce(tx, unit.id, at), await hoursInForce(tx, unit.id, at)];
    const problems = daysProblems(days, known, today, hours.week);
    if (problems.length) return { ok: false, problems };
    await keepSettings(tx, actor, "days", unit, today, days);
    return { ok: true };
  });

export type HoursShown = HoursInForce & {
  /** The first day of hours that the unit has entered and that are still to come. */
  next: string | null;
  days: DaysSettings;
  calendar: WorkingCalendar;
  zone: Zone;
  today: string;
};

/** What the settings page shows of a unit whose hours the actor may change. */
export async function hoursSettings(actor: Actor, unitId: string): Promise<HoursShown> {
  const unit = await managedUnit(db, actor, "hours.manage", unitId);
  const at = now();
  const zone = zoneOf(unit.zone);
  const today = localDay(at, zone);
  const [inForce, days, calendar, next] = await Promise.all([
    hoursInForce(db, unit.id, at),
    daysInForce(db, unit.governmentId, at),
    calendarOfUnit(db, unit.id),
    db.settingsVersion.findFirst({
      where: { kind: "hours", unitId: unit.id, validFrom: { gt: new Date(today) } },
      orderBy: { validFrom: "asc" },
      select: { validFrom: true },
    }),
  ]);
  return { ...inForce, days, calendar, zone, today, next: next?.validFrom.toISOString().slice(0, 10) ?? null };
}
