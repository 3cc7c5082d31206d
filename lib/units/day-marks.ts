import { nationalHolidays } from "./holidays.ts";
import { nationalDay } from "./national-days.ts";

/** A holiday or joint leave (`off`), or a national day. */
export type DayMark = { day: string; name: string; off: boolean; estimate: boolean };

/** What a local day is known for; `own`: the days without work that a government has entered itself. */
export const marksOf = (day: string, own: readonly { day: string; name: string }[] = []): DayMark[] => {
  const free = [...nationalHolidays, ...own.map((holiday) => ({ ...holiday, estimate: false }))]
    .filter((holiday, index, all) => holiday.day === day && all.findIndex((one) => one.day === day && one.name === holiday.name) === index)
    .map(({ name, estimate }) => ({ day, name, off: true, estimate }));
  const name = nationalDay(day);
  return name ? [...free, { day, name, off: false, estimate: false }] : free;
};
