import { useLocale, useTranslations } from "next-intl";
import { formatInstant, formatNumber, formatPercent, isLocale, zoneName } from "#lib/core/text.ts";
import { addDays } from "#lib/units/calendar.ts";

const aMonday = "1970-01-05";
const noon = (day: string) => new Date(`${day}T12:00:00Z`);

/** How the page writes figures; what is not known says so. */
export function useWords() {
  const t = useTranslations("engagement");
  const pillars = useTranslations("posts.composer.pillars");
  const chosen = useLocale();
  const locale = isLocale(chosen) ? chosen : "id";
  const weekdays = (style: "long" | "short") => (weekday: number) =>
    new Intl.DateTimeFormat(locale === "id" ? "id-ID" : "en-GB", { weekday: style, timeZone: "UTC" }).format(
      noon(addDays(aMonday, weekday - 1)),
    );
  const count = (value: number | null) => (value === null ? t("missing") : formatNumber(value, locale));
  const times = (value: number) => formatNumber(value, locale, 1);
  const day = (which: string, style: "date" | "dayShort" = "date") => formatInstant(noon(which), "UTC", locale, style);
  return {
    ...{ t, locale, count, times, day, zoneName },
    pillar: (name: string) => pillars(name as "layanan"),
    weekday: weekdays("long"),
    weekdayShort: weekdays("short"),
    hour: (hour: number) => t("hour", { hour: String(hour).padStart(2, "0") }),
    rate: (ppm: number | null) => (ppm === null ? t("missing") : formatPercent(ppm / 1_000_000, locale, 2)),
    percent: (share: number) => formatPercent(share, locale, Math.abs(share) < 0.1 ? 1 : 0),
    /** "45 menit", "3 jam 20 menit", "2 hari 4 jam": at most two parts. */
    duration: (minutes: number | null) => {
      if (minutes === null) return t("missing");
      const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60];
      if (days) return t(hours ? "duration.daysHours" : "duration.days", { days, hours });
      if (hours) return t(rest ? "duration.hoursMinutes" : "duration.hours", { hours, minutes: rest });
      return t("duration.minutes", { minutes: rest });
    },
    range: (from: string, to: string) =>
      new Intl.DateTimeFormat(locale === "id" ? "id-ID" : "en-GB", {
        day: "numeric",
        month: "short",
        year: "numeric",
        timeZone: "UTC",
      }).formatRange(noon(from), noon(to)),
  };
}
