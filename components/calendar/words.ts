import type { Locale } from "#lib/core/text.ts";

const tags: Record<Locale, string> = { id: "id-ID", en: "en-GB" };
/** A local day at noon UTC, so that no zone moves it to a neighbour. */
const noon = (day: string) => new Date(`${day}T12:00:00Z`);
const format = (locale: Locale, style: Intl.DateTimeFormatOptions, day: string) =>
  new Intl.DateTimeFormat(tags[locale], { ...style, timeZone: "UTC" }).format(noon(day));

/** 09.00 for 9 */
export const hourName = (hour: number, locale: Locale) => `${String(hour).padStart(2, "0")}${locale === "id" ? "." : ":"}00`;
/** Senin */
export const weekdayName = (day: string, locale: Locale) => format(locale, { weekday: "long" }, day);
/** Sen */
export const weekdayShort = (day: string, locale: Locale) => format(locale, { weekday: "short" }, day);
/** Senin, 23 November */
export const dayName = (day: string, locale: Locale) => format(locale, { weekday: "long", day: "numeric", month: "long" }, day);
/** Senin, 23 November 2026 */
export const wholeDay = (day: string, locale: Locale) => format(locale, { dateStyle: "full" }, day);
/** November 2026 */
export const monthName = (day: string, locale: Locale) => format(locale, { month: "long", year: "numeric" }, day);
/** 23–29 November 2026 */
export const rangeName = (from: string, to: string, locale: Locale) =>
  new Intl.DateTimeFormat(tags[locale], { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }).formatRange(
    noon(from),
    noon(to),
  );
/** The day of the month without a leading nought. */
export const dayNumber = (day: string) => Number(day.slice(8));
/** 23 November 2026 */
export const longDay = (day: string, locale: Locale) => format(locale, { dateStyle: "long" }, day);
/** 23 Nov 2026 */
export const shortDay = (day: string, locale: Locale) => format(locale, { dateStyle: "medium" }, day);
