/** When a monthly report is made, and to whom it may go. Pure. */
import { addDays, localDay, startOfDay, type Zone } from "../units/calendar.ts";
import { monthBefore, type Period } from "./period.ts";

const HOUR_MS = 3_600_000;

/** The next instant after `at` at which clocks of `zone` show that hour on that day of a month. */
export function nextMonthly(dayOfMonth: number, hour: number, zone: Zone, at: Date): Date {
  const on = (month: string) => new Date(startOfDay(`${month}-${String(dayOfMonth).padStart(2, "0")}`, zone).getTime() + hour * HOUR_MS);
  const month = localDay(at, zone).slice(0, 7);
  const here = on(month);
  return here > at ? here : on(addDays(`${month}-28`, 7).slice(0, 7));
}

/** The month that a report made at this instant tells of: the one before. */
export const monthTold = (at: Date, zone: Zone): Period => monthBefore(localDay(at, zone));

/** Whether an address belongs to a domain or to one below it: never to one that only ends in the same letters. */
export function isOfDomain(address: string, domain: string | null): boolean {
  const host = address.slice(address.lastIndexOf("@") + 1).toLowerCase();
  return domain !== null && (host === domain || host.endsWith(`.${domain}`));
}
