import type { Route } from "next";
import { now } from "#lib/core/clock.ts";
import type { LeaderRow } from "#lib/scores/boards/leaderboard.ts";
import { movements } from "#lib/scores/boards/ranking.ts";
import type { Trend as Weeks } from "#lib/scores/boards/trend.ts";
import { type Group, groups, type Region } from "#lib/scores/regions.ts";
import type { Level } from "#lib/scores/rules.ts";
import { ska1 } from "#lib/scores/settings.ts";
import { addDays } from "#lib/units/calendar.ts";
import Link from "@/components/ui/link.tsx";
import { LevelStrip } from "../charts/level-strip.tsx";
import { ChipLink } from "../ui/chip.tsx";
import { Empty } from "../ui/empty.tsx";
import { levels } from "../ui/level.tsx";
import { SegmentLink, Segments } from "../ui/segments.tsx";
import { BoardTable } from "./board-table.tsx";
import { Movements } from "./movements.tsx";
import { Trend } from "./trend.tsx";
import { useScoreWords } from "./words.ts";

type Props = {
  region: Region;
  group: Group;
  level: Level | null;
  rows: LeaderRow[];
  trend: Weeks;
  run: { day: string; at: Date };
  /** The address of this page with other filters. */
  href: (filter: { group: Group; level: Level | null }) => Route;
};

/** One government's leaderboard: how many are active, since when, who, and why. */
export function Board({ region, group, level, rows, trend, run, href }: Props) {
  const { t, percent, level: levelName, day, window, updated } = useScoreWords();
  const counts = Object.fromEntries(levels.map((each) => [each, rows.filter((row) => row.level === each).length])) as Record<Level, number>;
  const active = counts.very_active + counts.active;
  const shown = level ? rows.filter((row) => row.level === level) : rows;
  const { up, down } = movements(rows);
  const groupTabs = (
    <Segments label={t("group.label")}>
      {groups.map((each) => (
        <SegmentLink key={each} current={each === group} href={href({ group: each, level: null })}>
          {t(`group.${each}`)}
        </SegmentLink>
      ))}
    </Segments>
  );
  if (rows.length === 0)
    return (
      <>
        {groupTabs}
        <Empty>{t("board.emptyGroup", { group, region: region.name })}</Empty>
      </>
    );
  return (
    <>
      <section className="board-hero" aria-label={t("board.summary")}>
        <div>
          <p className="big-figure">
            <b>{active}</b>
            <span>
              {t("board.active", { group, units: rows.length })}{" "}
              <span className="font-body text-ink-3">({percent(active / rows.length, 1)})</span>
            </span>
          </p>
          <p className="mt-1.5 text-ink-2">
            <Comparison trend={trend} /> <span className="text-13 text-ink-3">{updated(run.at, region.zone, now())}</span>
          </p>
          <p className="mt-2 md:hidden">
            <a className="link" href="#gerak">
              {t("moves.both", { up: up.length, down: down.length })}
            </a>
          </p>
        </div>
        <Trend weeks={trend} />
      </section>
      <LevelStrip counts={counts} />
      <div className="with-rail mt-8">
        <div>
          <div className="board-tools">
            {groupTabs}
            <span className="text-13 text-ink-3">{t("board.since", { day: day(addDays(run.day, -7)) })}</span>
          </div>
          <nav className="filters" aria-label={t("board.filter")}>
            <ChipLink current={level === null} href={href({ group, level: null })} count={rows.length}>
              {t("board.allLevels")}
            </ChipLink>
            {levels
              .filter((each) => counts[each] > 0 || each === level)
              .map((each) => (
                <ChipLink key={each} current={each === level} href={href({ group, level: each })} count={counts[each]}>
                  {levelName(each)}
                </ChipLink>
              ))}
          </nav>
          {shown.length === 0 ? (
            <Empty
              action={
                <Link className="link" href={href({ group, level: null })}>
                  {t("board.showAll")}
                </Link>
              }
            >
              {t("board.noneInLevel", { level: levelName(level ?? "active") })}
            </Empty>
          ) : (
            <BoardTable
              rows={rows}
              shown={shown}
              group={group}
              caption={t("board.caption", { group, region: region.name, window: window(run.day, rows[0]?.settings ?? ska1) })}
            />
          )}
        </div>
        <Movements rows={rows} />
      </div>
    </>
  );
}

/** "1 lebih banyak dari pekan lalu, 4 lebih banyak dari bulan lalu": as far back as the record goes. */
function Comparison({ trend }: { trend: Weeks }) {
  const { t } = useScoreWords();
  const last = trend.at(-1);
  const against = (weeks: number) => {
    const then = trend.find((each) => last && each.day === addDays(last.day, -7 * weeks));
    if (!last || !then) return null;
    const difference = last.active - then.active;
    return { way: difference > 0 ? "more" : difference < 0 ? "fewer" : "same", count: Math.abs(difference) };
  };
  const [week, month] = [against(1), against(4)];
  if (!week) return t("compare.none");
  if (!month) return t("compare.week", { way: week.way, count: week.count });
  return t("compare.both", { way: week.way, count: week.count, monthWay: month.way, monthCount: month.count });
}
