"use client";

import type { Route } from "next";
import { useLocale, useTranslations } from "next-intl";
import { type KeyboardEvent, useId, useRef, useState } from "react";
import { isLocale } from "#lib/core/text.ts";
import type { GridDay } from "#lib/posts/calendar-rules.ts";
import { daysBetween, localDay, type Zone } from "#lib/units/calendar.ts";
import type { DayMark } from "#lib/units/day-marks.ts";
import Link from "@/components/ui/link.tsx";
import type { PlanItem } from "./item.ts";
import { MonthChip } from "./month-chip.tsx";
import { useCarrying } from "./use-carrying.ts";
import { useDragTools, useDropBoard } from "./use-dragging.ts";
import { dayName, dayNumber, weekdayName, weekdayShort } from "./words.ts";

const DAY = 1440;

type Props = { weeks: (GridDay<DayMark> & { href: Route })[][]; items: PlanItem[]; zone: Zone; today: string };

/** A month as its weeks; each day shows its first posts and counts the others. Posts are dragged or carried to another day and keep their hour. */
export function MonthGrid({ weeks, items, zone, today }: Props) {
  const t = useTranslations("calendar");
  const chosen = useLocale();
  const locale = isLocale(chosen) ? chosen : "id";
  const grid = useRef<HTMLTableSectionElement>(null);
  const hint = useId();
  const days = weeks.flat().map(({ day }) => day);
  const { shown, isHeld, isCarried, release, keysOf, send, said } = useCarrying({ items, zone, days, minutesOf });
  const tools = useDragTools(grid);
  const [target, aim] = useState<string | null>(null);
  const dayOf = ({ at }: PlanItem) => localDay(new Date(at), zone);
  useDropBoard(tools, grid, {
    over: (_, input) => aim(dayUnder(input)),
    dropped: (id, input) => {
      aim(null);
      const day = dayUnder(input);
      const item = items.find((each) => each.id === id);
      if (day && item) send(item, later(item.at, daysBetween(dayOf(item), day)));
    },
    left: () => aim(null),
  });
  const byDay = Map.groupBy(
    shown.toSorted((a, b) => a.at.localeCompare(b.at)),
    (item) => nearest(dayOf(item), days),
  );
  const before = Map.groupBy(items, dayOf);
  return (
    <>
      <p className="sr-only" aria-live="polite">
        {said}
      </p>
      <p id={hint} hidden>
        {t("keys.hintMonth")}
      </p>
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
        <tbody ref={grid}>
          {weeks.map((week) => (
            <tr key={week[0]?.day}>
              {week.map(({ day, inMonth, marks, href }) => {
                const own = byDay.get(day) ?? [];
                const fetched = before.get(day) ?? [];
                const count = (fetched[0]?.inSlot ?? 0) - fetched.length + own.length;
                return (
                  <td
                    key={day}
                    data-day={day}
                    data-off={marks.some((mark) => mark.off) || undefined}
                    data-outside={!inMonth || undefined}
                    data-today={day === today || undefined}
                    data-target={day === target || undefined}
                  >
                    <Link className="cal-month-day" href={href} draggable={false}>
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
                        <MonthChip
                          key={item.id}
                          item={item}
                          zone={zone}
                          tools={tools}
                          hint={hint}
                          held={isHeld(item.id)}
                          carried={isCarried(item.id)}
                          onKeyDown={keysOf(item)}
                          onBlur={() => isHeld(item.id) && release()}
                        />
                      ))}
                    </ul>
                    {count > own.length && (
                      <Link className="cal-month-more" href={href}>
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
    </>
  );
}

const minutesOf = ({ key }: KeyboardEvent) => ({ ArrowLeft: -DAY, ArrowRight: DAY, ArrowUp: -7 * DAY, ArrowDown: 7 * DAY })[key];

const later = (at: string, days: number) => new Date(new Date(at).getTime() + days * DAY * 60_000).toISOString();

/** A post carried beyond the month waits on its edge until the other month is there. */
const nearest = (day: string, days: string[]) => (day < days[0]! ? days[0]! : day > days.at(-1)! ? days.at(-1)! : day);

const dayUnder = ({ clientX, clientY }: { clientX: number; clientY: number }) =>
  document.elementFromPoint(clientX, clientY)?.closest("td")?.dataset.day ?? null;
