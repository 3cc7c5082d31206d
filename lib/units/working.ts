import { standardCalendar, type WorkingCalendar, zoneOf } from "./calendar.ts";
import { holidayDays, ramadanDays } from "./holidays.ts";

const holidays = holidayDays();

/**
 * The working time of a unit whose government has entered none of its own; `calendarsOf` of hours-settings.ts reads what was
 * entered. Throws RangeError on an unknown zone.
 */
export const calendarOf = (unit: { zone: string }): WorkingCalendar => standardCalendar(zoneOf(unit.zone), holidays, ramadanDays);
