import type { Route } from "next";
import { useLocale, useTranslations } from "next-intl";
import { isLocale } from "#lib/core/text.ts";
import type { GridDay } from "#lib/posts/calendar-rules.ts";
import { localDay, type Zone } from "#lib/units/calendar.ts";
import Link from "@/components/ui/link.tsx";
import { StateBadge } from "../ui/state-badge.tsx";
import type { DayMark, PlanItem } from "./item.ts";
import { clockOf, dayName, dayNumber, weekdayName, weekdayShort } from "./words.ts";

type Props = { weeks: GridDay<DayMark>[][]; items: PlanItem[]; zone: Zone; today: string; dayHref: (day: string) => Route };

/** A month as its weeks; each day shows its first posts and counts the others. */
export function MonthGrid({ weeks, items, zone, today, dayHref }: Props) {
  const t = useTranslations("calendar");
  const chosen = useLocale();
  const locale = isLocale(chosen) ? chosen : "id";
  const byDay = Map.groupBy(items, (item) => localDay(new Date(item.at), zone));
  return (
    <table className="cal-month">
      <caption className="sr-only">{t("views.month")}</caption>
      <thead>
        <tr>
          {weeks[0]?.map(({ day }) => (
            <th key={day} scope="col">
              <span className="max-md:hidden">{weekdayName(day, locale)}</span>
              <span className="md:hidden">{weekdayShort(day, locale)}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week[0]?.day}>
            {week.map(({ day, inMonth, marks }) => {
              const own = byDay.get(day) ?? [];
              const count = own[0]?.inSlot ?? 0;
              return (
                <td
                  key={day}
                  data-off={marks.some((mark) => mark.off) || undefined}
                  data-outside={!inMonth || undefined}
                  data-today={day === today || undefined}
                >
                  <Link className="cal-month-day" href={dayHref(day)}>
                    <b aria-hidden="true">{dayNumber(day)}</b>
                    {count > 0 && (
                      <span className="cal-month-count" aria-hidden="true">
                        {count}
                      </span>
                    )}
                    <span className="sr-only">{t("dayCount", { day: dayName(day, locale), count })}</span>
                  </Link>
                  {marks.map((mark) => (
                    <small key={mark.name} className="cal-month-mark">
                      {mark.name}
                      {mark.estimate && ` ${t("estimate")}`}
                    </small>
                  ))}
                  <ul>
                    {own.map((item) => (
                      <li key={item.id} className={`cal-chip cal-${item.shown}`}>
                        <Link href={`/posts/${item.id}`}>
                          <b>{clockOf(new Date(item.at), zone, locale)}</b> {item.title || t("untitled")}
                          <span className="sr-only">
                            <StateBadge state={item.shown} />
                          </span>
                        </Link>
                      </li>
                    ))}
                  </ul>
                  {count > own.length && (
                    <Link className="cal-month-more" href={dayHref(day)}>
                      {t("more", { count: count - own.length })}
                    </Link>
                  )}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
