import type { Route } from "next";
import type { ReactNode } from "react";
import type { LeaderRow } from "#lib/scores/boards/leaderboard.ts";
import { movements } from "#lib/scores/boards/ranking.ts";
import type { Tally } from "#lib/scores/boards/tallies.ts";
import type { Trend as Weeks } from "#lib/scores/boards/trend.ts";
import { groups as allGroups, type Region } from "#lib/scores/regions.ts";
import type { SettingsInForce } from "#lib/scores/settings-in-force.ts";
import Link from "@/components/ui/link.tsx";
import { ChipLink } from "../ui/chip.tsx";
import { Empty } from "../ui/empty.tsx";
import { levels } from "../ui/level.tsx";
import type { BoardAddress, BoardHref } from "./board-address.ts";
import { BoardHero } from "./board-hero.tsx";
import { BoardTable } from "./board-table.tsx";
import { BoardFilters, BoardFoot, BoardTools, EarlierDay, SinceChoice } from "./board-tools.tsx";
import { Movements } from "./movements.tsx";
import { useScoreWords } from "./words.ts";

type Props = {
  region: Region;
  address: BoardAddress;
  href: BoardHref;
  mapHref: Parameters<typeof BoardTools>[0]["other"];
  /** All units of the group, those of the class asked for, and those that the filters leave. */
  rows: LeaderRow[];
  ofClass: LeaderRow[];
  shown: LeaderRow[];
  tally: Tally | null;
  trend: Weeks;
  day: string;
  run: { day: string; at: Date };
  settings: SettingsInForce;
  /** The board of all governments, where this one was opened from it. */
  above: Route | null;
  files: Record<"csv" | "xlsx", string>;
  /** What else is told of a unit in its row, by its id. */
  notes: ReadonlyMap<string, ReactNode>;
};

/** One government's leaderboard: how many are active, since when, who, and why. */
export function Board({
  region,
  address,
  href,
  mapHref,
  rows,
  ofClass,
  shown,
  tally,
  trend,
  day,
  run,
  settings,
  above,
  files,
  notes,
}: Props) {
  const { t, number, level: levelName, window, backTo } = useScoreWords();
  const { group, since } = address;
  const groups = region.kind === "ministry" ? allGroups : (["agency", "district"] as const);
  const before = (row: LeaderRow) => (since === "week" ? row.weekBefore : row.monthBefore);
  const { up, down } = movements(ofClass, before);
  return (
    <>
      {above && (
        <p className="mb-4">
          <Link className="link" href={above}>
            {t("board.allGovernments")}
          </Link>
        </p>
      )}
      {day < run.day && <EarlierDay day={day} settings={settings} href={href} />}
      {tally && tally.units > 0 && (
        <BoardHero
          tally={tally}
          address={address}
          trend={trend}
          run={{ at: run.at, zone: region.zone }}
          moved={rows.length > 0 ? { up: up.length, down: down.length } : undefined}
        />
      )}
      <div className={rows.length > 0 ? "with-rail mt-8" : "mt-8"}>
        <div>
          <BoardTools view={{ path: "/scores", address, href }} other={mapHref} groups={groups} latest={run.day} />
          {rows.length === 0 ? (
            <Empty>{t(tally ? "board.figuresOnly" : "board.emptyGroup", { group, region: region.name })}</Empty>
          ) : (
            <>
              <BoardFilters label={t("board.filter")} address={address} href={href}>
                <span className="filter-group">
                  <ChipLink current={address.level === null} href={href({ level: null })} count={ofClass.length}>
                    {t("board.allLevels")}
                  </ChipLink>
                  {levels
                    .map((each) => ({ each, count: ofClass.filter((row) => row.level === each).length }))
                    .filter(({ each, count }) => count > 0 || each === address.level)
                    .map(({ each, count }) => (
                      <ChipLink key={each} current={each === address.level} href={href({ level: each })} count={number(count)}>
                        {levelName(each)}
                      </ChipLink>
                    ))}
                </span>
              </BoardFilters>
              <div className="board-since">
                <span className="text-13 text-ink-3">{t("board.since", { day: backTo(day, since) })}</span>
                <SinceChoice address={address} href={href} />
              </div>
              {shown.length === 0 ? (
                <Empty
                  action={
                    <Link className="link" href={href({ level: null, class: null })}>
                      {t("board.showAll")}
                    </Link>
                  }
                >
                  {t("board.noneShown")}
                </Empty>
              ) : (
                <>
                  <BoardTable
                    notes={notes}
                    rows={rows}
                    shown={shown}
                    before={before}
                    group={group}
                    caption={t("board.caption", { group, region: region.name, window: window(day, settings.settings) })}
                  />
                  <BoardFoot files={files}>{t("board.ties")}</BoardFoot>
                </>
              )}
            </>
          )}
        </div>
        {rows.length > 0 && <Movements rows={ofClass} before={before} since={since} />}
      </div>
    </>
  );
}
