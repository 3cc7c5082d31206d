"use client";

import { useLocale, useTranslations } from "next-intl";
import { isLocale } from "#lib/core/text.ts";
import { addDays, type Weekday, type WorkWindow } from "#lib/units/calendar.ts";
import { weekdayName } from "@/components/calendar/words.ts";
import { Button } from "@/components/ui/button.tsx";

const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;
/** 2026-11-23 was a Monday. */
const aDay = (weekday: Weekday) => addDays("2026-11-22", weekday);

/** `key` tells the stretches apart while they are typed. */
export type TypedWindow = WorkWindow & { key: number };
type Props = { title: string; week: readonly TypedWindow[]; change: (week: TypedWindow[]) => void };

/** The stretches of work of each weekday. */
export function WeekFields({ title, week, change }: Props) {
  const t = useTranslations("hours.week");
  const chosen = useLocale();
  const locale = isLocale(chosen) ? chosen : "id";
  const total = week.reduce((sum, { from, to }) => sum + Math.max(0, minutesOf(to) - minutesOf(from) || 0), 0);
  const replace = (old: TypedWindow, made: TypedWindow | null) => change(week.flatMap((one) => (one === old ? (made ?? []) : one)));
  return (
    <fieldset className="grid gap-3 p-4 rounded-md border border-line">
      <legend className="text-14 font-heading px-1">{title}</legend>
      <p className="text-13 text-ink-3">{t("total", { hours: Math.floor(total / 60), minutes: total % 60 })}</p>
      {weekdays.map((weekday) => {
        const name = weekdayName(aDay(weekday), locale);
        const own = week.filter((window) => window.weekday === weekday);
        return (
          <div key={weekday} className="grid gap-x-2 gap-y-1.5 grid-cols-[1fr_auto] md:grid-cols-[64px_1fr_auto] items-start">
            <span className="text-14 max-md:font-strong max-md:self-center md:pt-2">
              {name}
              {own.length === 0 && <span className="text-13 text-ink-3 font-body md:hidden">: {t("off")}</span>}
            </span>
            <div className="grid gap-2 max-md:order-last max-md:col-span-full">
              {own.length === 0 && <span className="text-13 text-ink-3 max-md:hidden md:pt-2">{t("off")}</span>}
              {own.map((window, index) => (
                <div key={window.key} className="flex items-center gap-1.5">
                  {(["from", "to"] as const).map((end) => (
                    <span key={end} className="flex items-center gap-1.5 min-w-0 text-13 text-ink-3">
                      {end === "to" && t("until")}
                      <input
                        className="input typed-time"
                        type="time"
                        aria-label={`${title}: ${t(end, { day: name, number: index + 1 })}`}
                        value={window[end] === "24:00" ? "23:59" : window[end]}
                        onChange={(event) => replace(window, { ...window, [end]: event.target.value })}
                      />
                    </span>
                  ))}
                  <Button
                    small
                    kind="quiet"
                    aria-label={`${title}: ${t("drop", { day: name, from: window.from })}`}
                    onClick={() => replace(window, null)}
                    icon={cross}
                  />
                </div>
              ))}
            </div>
            <div>
              <Button
                small
                kind="quiet"
                aria-label={`${title}: ${t("addTo", { day: name })}`}
                onClick={() => change([...week, { key: nextKey(week), weekday, ...following(own.at(-1)) }])}
              >
                {t("add")}
              </Button>
            </div>
          </div>
        );
      })}
    </fieldset>
  );
}

const cross = (
  <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
    <path d="M6 6l12 12M18 6L6 18" />
  </svg>
);

const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
const nextKey = (week: readonly TypedWindow[]) => Math.max(0, ...week.map(({ key }) => key)) + 1;
/** What a new stretch begins with: the morning, or the afternoon after a break. */
const following = (last: WorkWindow | undefined) => (last ? { from: "13:00", to: "16:00" } : { from: "07:30", to: "12:00" });
