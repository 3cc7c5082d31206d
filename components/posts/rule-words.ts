import type { useTranslations } from "next-intl";
import type { Locale } from "#lib/core/text.ts";
import type { Recurrence } from "#lib/posts/recurrence.ts";
import { addDays } from "#lib/units/calendar.ts";
import { shortDay, weekdayName } from "../calendar/words.ts";

/** Senin, for 1. */
export const nameOfWeekday = (weekday: number, locale: Locale) => weekdayName(addDays("2026-11-23", weekday - 1), locale);

const isWorkWeek = (weekdays: readonly number[]) => [...new Set(weekdays)].sort().join() === "1,2,3,4,5";

/** When a series comes, in words; `t` speaks of "series". */
export function ruleWords(t: ReturnType<typeof useTranslations<"series">>, rule: Recurrence, locale: Locale): string {
  const parts = [daysOf(t, rule, locale), t("rule.at", { time: locale === "id" ? rule.time.replace(":", ".") : rule.time })];
  if (rule.end.by === "until") parts.push(t("rule.until", { day: shortDay(rule.end.day, locale) }));
  return parts.join(", ");
}

function daysOf(t: ReturnType<typeof useTranslations<"series">>, rule: Recurrence, locale: Locale): string {
  const { interval } = rule;
  switch (rule.every) {
    case "day":
      return t("rule.day", { interval });
    case "week": {
      if (interval === 1 && isWorkWeek(rule.weekdays)) return t("rule.work");
      const days = new Intl.ListFormat(locale).format(rule.weekdays.map((weekday) => nameOfWeekday(weekday, locale)));
      return t("rule.week", { interval, days });
    }
    case "month":
      return rule.monthDay === "last" ? t("rule.monthEnd", { interval }) : t("rule.month", { interval, day: rule.monthDay });
    case "month-weekday":
      return t("rule.nth", { interval, nth: String(rule.nth), day: nameOfWeekday(rule.weekday, locale) });
  }
}
