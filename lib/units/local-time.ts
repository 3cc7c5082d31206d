import type { Zone } from "./calendar.ts";

const offsets: Record<Zone, string> = {
  "Asia/Jakarta": "+07:00",
  "Asia/Pontianak": "+07:00",
  "Asia/Makassar": "+08:00",
  "Asia/Jayapura": "+09:00",
};
const hours = (zone: Zone) => Number(offsets[zone].slice(1, 3));

/** The instant that a date-and-time field ("2026-11-30T10:00") means on the clock of `zone`; null while it is empty or half filled, or no such day exists. */
export function instantOfField(value: string, zone: Zone): string | null {
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(value) ? new Date(`${value}:00${offsets[zone]}`) : null;
  const instant = at && !Number.isNaN(at.getTime()) ? at.toISOString() : null;
  return fieldOfInstant(instant, zone) === value ? instant : null;
}

/** What a date-and-time field shows for an instant on the clock of `zone`. */
export function fieldOfInstant(instant: string | null, zone: Zone): string {
  return instant ? new Date(new Date(instant).getTime() + hours(zone) * 3_600_000).toISOString().slice(0, 16) : "";
}
