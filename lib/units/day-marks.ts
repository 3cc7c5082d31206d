import { nationalHolidays } from "./holidays.ts";
import { nationalDay } from "./national-days.ts";

/** A holiday or joint leave (`off`), or a national day. */
export type DayMark = { day: string; name: string; off: boolean; estimate: boolean };

/** What a local day is known for. */
export const marksOf = (day: string): DayMark[] => {
  const free = nationalHolidays.filter((holiday) => holiday.day === day).map(({ name, estimate }) => ({ day, name, off: true, estimate }));
  const name = nationalDay(day);
  return name ? [...free, { day, name, off: false, estimate: false }] : free;
};
