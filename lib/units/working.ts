import { standardCalendar, type WorkingCalendar, type Zone } from "./calendar.ts";
import { holidayDays } from "./holidays.ts";

const holidays = holidayDays();

/** The working time of a unit: the standard week in its zone without national holidays, until governments enter their own. */
export const calendarOf = (unit: { zone: string }): WorkingCalendar => standardCalendar(unit.zone as Zone, holidays);
