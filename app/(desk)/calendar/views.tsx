import { getTranslations } from "next-intl/server";
import { type Actor, may } from "#lib/core/access.ts";
import { now } from "#lib/core/clock.ts";
import {
  type CalendarChannel,
  type CalendarPost,
  calendarPosts,
  channelHours,
  plannedPosts,
  postsByDay,
  postTitles,
} from "#lib/posts/calendar.ts";
import { clashesIn, firstOfHours, gapsIn, monthGrid, weekdayOf } from "#lib/posts/calendar-rules.ts";
import { ska1, type UnitClass } from "#lib/scores/settings.ts";
import { addDays, type Zone } from "#lib/units/calendar.ts";
import { marksOf } from "#lib/units/day-marks.ts";
import { ownHolidays } from "#lib/units/hours-settings.ts";
import { isGovernment, type UnitCard } from "#lib/units/queries.ts";
import { type Address, hrefOf, type Span, spanOf, windowOf } from "@/components/calendar/address.ts";
import { Agenda } from "@/components/calendar/agenda.tsx";
import type { PlanItem } from "@/components/calendar/item.ts";
import { MonthGrid } from "@/components/calendar/month-grid.tsx";
import { PlanList } from "@/components/calendar/plan-list.tsx";
import { WeekBoard, type WeekDay } from "@/components/calendar/week-board.tsx";
import { Empty } from "@/components/ui/empty.tsx";
import Link from "@/components/ui/link.tsx";
import { Insights, shownAtOnce } from "./insights.tsx";

type Props = { actor: Actor; unit: UnitCard; address: Address; channels: CalendarChannel[]; today: string };

/** Posts of one account nearer than this, or more of them on one day, take readers from each other. */
const crowding = { withinMinutes: 30, perDay: 5 };
const perHour = 2;
/** Of a fuller week each hour shows one post, wide enough to read. */
const fullWeek = 150;
const perMonthDay = 3;
const perPage = 100;

const daysOf = ({ first, last }: Span) => {
  const days = [first];
  while (days.at(-1)! < last) days.push(addDays(days.at(-1)!, 1));
  return days;
};

const itemOf = (post: CalendarPost, several: boolean, crowded?: ReadonlySet<string>): PlanItem => ({
  id: post.id,
  revision: post.revision,
  title: post.title,
  shown: post.shown,
  at: post.publishAt.toISOString(),
  platforms: post.platforms,
  unit: several ? post.unitShortName : null,
  movable: post.movable,
  inSlot: post.inSlot,
  repeats: post.repeats,
  crowded: crowded?.has(post.id) ?? false,
});

const severalUnits = ({ unit, address }: Pick<Props, "unit" | "address">) => isGovernment(unit) && !address.filters.unitId;

export async function WeekView({ actor, unit, address, channels, today }: Props) {
  const zone = unit.zone as Zone;
  const span = spanOf(address);
  const window = windowOf(span, zone);
  const { filters } = address;
  const several = severalUnits({ unit, address });
  const account = channels.find((channel) => channel.id === filters.channelId) ?? (several ? null : (channels[0] ?? null));
  const [{ rows, total }, planned, counts, hours, holidays] = await Promise.all([
    calendarPosts(actor, unit, window, filters, { slot: "hour", most: perHour }),
    plannedPosts(actor, unit, window, filters),
    postsByDay(actor, unit, window, filters),
    account ? channelHours(actor, account.id, zone, now()) : null,
    ownHolidays(unit.governmentId),
  ]);
  const clashes = clashesIn(planned, { zone, ...crowding });
  const crowded = new Set(clashes.flatMap((clash) => (clash.code === "too-close" ? clash.postIds : [])));
  const titles = await postTitles(
    actor,
    clashes.slice(0, shownAtOnce).flatMap(({ postIds }) => postIds.slice(0, 2)),
  );
  const target = unit.scoreClass && ska1.weeklyTarget[unit.scoreClass as UnitClass];
  const aimed = channels.filter((channel) => !filters.channelId || channel.id === filters.channelId);
  const targets = new Map(target && !filters.pillar && !filters.tag ? aimed.map((channel) => [channel.id, target]) : []);
  const gaps = span.last < today ? [] : gapsIn(planned, { zone, monday: span.first, today, targets });
  const days = daysOf(span).map((day): WeekDay => {
    const marks = marksOf(day, holidays);
    return {
      day,
      off: weekdayOf(day) > 5 || marks.some((mark) => mark.off),
      today: day === today,
      marks,
      href: hrefOf(address, { view: "day", day }),
    };
  });
  const items = (total > fullWeek ? firstOfHours(rows) : rows).map((post) => itemOf(post, several, crowded));
  const best = hours?.state === "known" ? hours.hours.map(({ weekday, hour }) => ({ day: addDays(span.first, weekday - 1), hour })) : [];
  return (
    <>
      <Insights
        clashes={clashes}
        gaps={gaps}
        best={account && hours ? { channel: account, hours } : null}
        channels={channels}
        titles={titles}
      />
      <WeekBoard items={items} days={days} zone={zone} now={now().toISOString()} bestHours={best} />
      <Agenda items={items} days={days} counts={counts} zone={zone} />
    </>
  );
}

export async function MonthView({ actor, unit, address, today }: Props) {
  const zone = unit.zone as Zone;
  const span = spanOf(address);
  const [{ rows }, holidays] = await Promise.all([
    calendarPosts(actor, unit, windowOf(span, zone), address.filters, { slot: "day", most: perMonthDay }),
    ownHolidays(unit.governmentId),
  ]);
  const weeks = monthGrid(
    address.day.slice(0, 7),
    daysOf(span).flatMap((day) => marksOf(day, holidays)),
  ).map((week) => week.map((each) => ({ ...each, href: hrefOf(address, { view: "day", day: each.day }) })));
  const items = rows.map((post) => itemOf(post, severalUnits({ unit, address })));
  return <MonthGrid weeks={weeks} items={items} zone={zone} today={today} />;
}

export async function ListView({ actor, unit, address }: Props) {
  const t = await getTranslations("calendar");
  const zone = unit.zone as Zone;
  const skip = (address.page - 1) * perPage;
  const window = windowOf(spanOf(address), zone);
  const { rows, total } = await calendarPosts(actor, unit, window, address.filters, { slot: "window", most: perPage, skip });
  const items = rows.map((post) => itemOf(post, severalUnits({ unit, address })));
  return (
    <div className="cal-list-page">
      {items.length ? (
        <>
          <p className="text-13 text-ink-3 mb-3">{t("list.shown", { from: skip + 1, to: skip + items.length, total })}</p>
          <PlanList
            key={hrefOf(address, { page: address.page })}
            items={items}
            zone={zone}
            may={{ change: may(actor, "post.schedule"), cancel: may(actor, "post.write") }}
          />
        </>
      ) : (
        <Empty>{t("empty")}</Empty>
      )}
      <p className="flex gap-4 mt-4">
        {address.page > 1 && (
          <Link className="link" href={hrefOf(address, { page: address.page - 1 })}>
            {t("list.earlier")}
          </Link>
        )}
        {skip + items.length < total && (
          <Link className="link" href={hrefOf(address, { page: address.page + 1 })}>
            {t("list.later")}
          </Link>
        )}
      </p>
    </div>
  );
}
