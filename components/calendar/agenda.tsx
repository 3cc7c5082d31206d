import { useLocale, useTranslations } from "next-intl";
import { formatClock, isLocale } from "#lib/core/text.ts";
import { localDay, type Zone } from "#lib/units/calendar.ts";
import Link from "@/components/ui/link.tsx";
import { PlatformMark } from "../ui/platform-mark.tsx";
import { RepeatMark } from "../ui/repeat-mark.tsx";
import { StateBadge } from "../ui/state-badge.tsx";
import type { PlanItem } from "./item.ts";
import { MoveButton } from "./move-button.tsx";
import type { WeekDay } from "./week-board.tsx";
import { dayName, dayNumber, weekdayShort } from "./words.ts";

/** The rest of a day is one tap away. */
const perDay = 8;

/** A week on a phone: its days as a strip, below it each day's first posts. */
export function Agenda({ items, days, counts, zone }: { items: PlanItem[]; days: WeekDay[]; counts: Map<string, number>; zone: Zone }) {
  const t = useTranslations("calendar");
  const chosen = useLocale();
  const locale = isLocale(chosen) ? chosen : "id";
  const byDay = Map.groupBy(items, (item) => localDay(new Date(item.at), zone));
  return (
    <div className="cal-agenda">
      <nav className="cal-strip" aria-label={t("days")}>
        {days.map(({ day, today }) => (
          <a key={day} href={`#hari-${day}`} data-today={today || undefined}>
            <small aria-hidden="true">{weekdayShort(day, locale)}</small>
            <b aria-hidden="true">{dayNumber(day)}</b>
            <small aria-hidden="true">{counts.get(day) || "–"}</small>
            <span className="sr-only">{t("dayCount", { day: dayName(day, locale), count: counts.get(day) ?? 0 })}</span>
          </a>
        ))}
      </nav>
      {days.map(({ day, today, marks, href }) => {
        const own = (byDay.get(day) ?? []).slice(0, perDay);
        const hidden = (counts.get(day) ?? 0) - own.length;
        return (
          <section key={day} id={`hari-${day}`} className="cal-agenda-day">
            <h2 data-today={today || undefined}>
              {dayName(day, locale)}
              {today && <small>{t("today")}</small>}
              {marks.length > 0 && <small>{marks.map((mark) => mark.name).join(", ")}</small>}
            </h2>
            {own.length ? (
              <ul>
                {own.map((item) => (
                  <li key={item.id} className="cal-agenda-row">
                    <b>{formatClock(new Date(item.at), zone, locale)}</b>
                    <div className="min-w-0">
                      <Link href={`/posts/${item.id}`}>{item.title || t("untitled")}</Link>
                      <p className="meta">
                        <StateBadge state={item.shown} />
                        {item.repeats && <RepeatMark />}
                        {item.platforms.map((platform) => (
                          <PlatformMark key={platform} platform={platform} />
                        ))}
                        {item.unit}
                      </p>
                    </div>
                    {item.movable && <MoveButton item={item} zone={zone} />}
                  </li>
                ))}
              </ul>
            ) : (
              <p className="text-13 text-ink-3 py-2">{t("emptyDay")}</p>
            )}
            {hidden > 0 && (
              <Link className="link text-13" href={href}>
                {t("more", { count: hidden })}
              </Link>
            )}
          </section>
        );
      })}
    </div>
  );
}
