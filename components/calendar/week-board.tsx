"use client";

import type { Route } from "next";
import { useLocale, useTranslations } from "next-intl";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { isLocale } from "#lib/core/text.ts";
import { layOutWeek } from "#lib/posts/calendar-rules.ts";
import { localDay, startOfDay, type Zone, zoneLabel } from "#lib/units/calendar.ts";
import type { DayMark } from "#lib/units/day-marks.ts";
import Link from "@/components/ui/link.tsx";
import type { PlanItem } from "./item.ts";
import { PlanCard } from "./plan-card.tsx";
import { useCarrying } from "./use-carrying.ts";
import { useDragTools, useDropBoard } from "./use-dragging.ts";
import { dayName, dayNumber, hourName, weekdayName } from "./words.ts";

const HOUR = 56;
/** A card covers so many minutes of its column. */
const CARD = 54;
const STEP = 15;
const firstSeenHour = 7;

export type WeekDay = { day: string; off: boolean; today: boolean; marks: DayMark[]; href: Route };
type Props = { items: PlanItem[]; days: WeekDay[]; zone: Zone; now: string; bestHours: { day: string; hour: number }[] };
type Place = { day: number; minute: number };

/** The week by hour. Cards are dragged, or moved by the arrow keys and confirmed by Enter. */
export function WeekBoard({ items, days, zone, now, bestHours }: Props) {
  const t = useTranslations("calendar");
  const chosen = useLocale();
  const locale = isLocale(chosen) ? chosen : "id";
  const scroller = useRef<HTMLElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const hint = useId();
  const inSight = days.map(({ day }) => day);
  const { shown, isHeld, isCarried, release, keysOf, send, said, timeOf } = useCarrying({ items, zone, days: inSight, minutesOf });
  const tools = useDragTools(grid);
  const [target, aim] = useState<Place | null>(null);

  useEffect(() => {
    scroller.current?.scrollTo({ top: firstSeenHour * HOUR - 12 });
  }, []);

  const instantAt = ({ day, minute }: Place) => new Date(startOfDay(days[day]!.day, zone).getTime() + minute * 60_000).toISOString();
  const placeAt = ({ clientX, clientY, grabbed }: { clientX: number; clientY: number; grabbed: number }): Place => {
    const box = grid.current!.getBoundingClientRect();
    const day = Math.floor(((clientX - box.left) / box.width) * 7);
    const minute = Math.round((((clientY - grabbed - box.top) / HOUR) * 60) / STEP) * STEP;
    return { day: Math.min(6, Math.max(0, day)), minute: Math.min(1440 - STEP, Math.max(0, minute)) };
  };
  useDropBoard(tools, grid, {
    over: (_, input) => {
      const next = placeAt(input);
      aim((last) => (last?.day === next.day && last.minute === next.minute ? last : next));
    },
    dropped: (id, input) => {
      aim(null);
      const item = items.find((each) => each.id === id);
      if (item) send(item, instantAt(placeAt(input)));
    },
    left: () => aim(null),
  });

  const cards = layOutWeek(
    shown.map((item) => ({ id: item.id, at: withinWeek(item.at, inSight, zone) })),
    { zone, monday: days[0]!.day, minutes: CARD },
  );
  const byId = new Map(shown.map((item) => [item.id, item]));
  const column = (day: string) => days.findIndex((each) => each.day === day);
  const more = fullHours(items, zone);
  return (
    <div className="cal-week">
      <p className="sr-only" aria-live="polite">
        {said}
      </p>
      <p id={hint} hidden>
        {t("keys.hint")}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
      <section className="cal-scroll" ref={scroller} tabIndex={0} aria-label={t("weekByHour")}>
        <div className="cal-head">
          <span className="cal-corner">{zoneLabel(zone)}</span>
          {days.map(({ day, today, marks, href }) => (
            <div key={day} className="cal-day-head" data-today={today || undefined}>
              <Link href={href} aria-label={dayName(day, locale)}>
                {weekdayName(day, locale)} {dayNumber(day)}
              </Link>
              <small>{marks.length ? marks.map((mark) => mark.name).join(", ") : today ? t("today") : " "}</small>
            </div>
          ))}
        </div>
        <div className="cal-body" style={{ height: 24 * HOUR }}>
          <div className="cal-hours" aria-hidden="true">
            {Array.from({ length: 23 }, (_, hour) => (
              <span key={hourName(hour + 1, locale)} style={{ top: (hour + 1) * HOUR }}>
                {hourName(hour + 1, locale)}
              </span>
            ))}
          </div>
          <div className="cal-grid" ref={grid}>
            {days.map(({ day, off }, index) => (
              <div key={day} className="cal-column" data-off={off || undefined} style={{ left: `${(index / 7) * 100}%` }} />
            ))}
            {bestHours.map(({ day, hour }) => (
              <div
                key={`${day} ${hour}`}
                className="cal-best"
                style={{ top: hour * HOUR, height: HOUR, left: `${(column(day) / 7) * 100}%` }}
              />
            ))}
            <NowLine now={now} days={days} zone={zone} />
            {target && (
              <div className="cal-target" style={{ top: (target.minute / 60) * HOUR, left: `${(target.day / 7) * 100}%` }}>
                {timeOf(instantAt(target))}
              </div>
            )}
            {cards.map((card) => {
              const item = byId.get(card.id)!;
              const width = 100 / 7 / card.columns;
              const left = (column(card.day) / 7) * 100 + card.column * width;
              return (
                <PlanCard
                  key={item.id}
                  item={item}
                  zone={zone}
                  tools={tools}
                  hint={hint}
                  held={isHeld(item.id)}
                  carried={isCarried(item.id)}
                  style={{ top: (card.minute / 60) * HOUR + 1, left: `${left}%`, width: `${width}%` }}
                  onKeyDown={keysOf(item)}
                  onBlur={() => isHeld(item.id) && release()}
                />
              );
            })}
            {more.map(({ day, hour, count }) => (
              <Link
                key={`${day} ${hour}`}
                className="cal-more"
                href={days[column(day)]?.href ?? ("/calendar" as Route)}
                style={{ top: (hour + 1) * HOUR - 20, left: `${(column(day) / 7) * 100}%` }}
              >
                <span>{t("more", { count })}</span>
              </Link>
            ))}
          </div>
        </div>
      </section>
    </div>
  );
}

const minutesOf = ({ key, shiftKey }: KeyboardEvent) =>
  ({ ArrowLeft: -1440, ArrowRight: 1440, ArrowUp: shiftKey ? -STEP : -60, ArrowDown: shiftKey ? STEP : 60 })[key];

/** A post carried beyond the week waits on its edge until the other week is there, so that it keeps the focus. */
function withinWeek(at: string, days: string[], zone: Zone) {
  const time = new Date(at);
  const day = localDay(time, zone);
  if (days.includes(day)) return time;
  const edge = day < days[0]! ? days[0]! : days.at(-1)!;
  return new Date(startOfDay(edge, zone).getTime() + time.getTime() - startOfDay(day, zone).getTime());
}

/** Hours of which not every post was fetched, and how many more there are. */
function fullHours(items: PlanItem[], zone: Zone) {
  const slotOf = ({ at }: PlanItem) => {
    const day = localDay(new Date(at), zone);
    return `${day} ${Math.floor((new Date(at).getTime() - startOfDay(day, zone).getTime()) / 3_600_000)}`;
  };
  return [...Map.groupBy(items, slotOf)].flatMap(([slot, own]) => {
    const [day, hour] = slot.split(" ") as [string, string];
    const count = (own[0]?.inSlot ?? 0) - own.length;
    return count > 0 ? [{ day, hour: Number(hour), count }] : [];
  });
}

function NowLine({ now, days, zone }: { now: string; days: WeekDay[]; zone: Zone }) {
  const t = useTranslations("calendar");
  const [since, setSince] = useState(0);
  useEffect(() => {
    const begun = Date.now();
    const timer = setInterval(() => setSince(Date.now() - begun), 60_000);
    return () => clearInterval(timer);
  }, []);
  const at = new Date(new Date(now).getTime() + since);
  const day = localDay(at, zone);
  const index = days.findIndex((each) => each.day === day);
  if (index === -1) return null;
  const top = ((at.getTime() - startOfDay(day, zone).getTime()) / 3_600_000) * HOUR;
  return (
    <div className="cal-now" style={{ top, left: `${(index / 7) * 100}%` }}>
      <span className="sr-only">{t("now")}</span>
    </div>
  );
}
