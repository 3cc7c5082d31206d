import { now } from "#lib/core/clock.ts";
import { activeOf, type Tally } from "#lib/scores/boards/tallies.ts";
import type { Trend as Weeks } from "#lib/scores/boards/trend.ts";
import { addDays } from "#lib/units/calendar.ts";
import { LevelStrip } from "../charts/level-strip.tsx";
import type { BoardAddress } from "./board-address.ts";
import { Trend } from "./trend.tsx";
import { useScoreWords } from "./words.ts";

type Props = {
  tally: Tally;
  address: Pick<BoardAddress, "group" | "class">;
  trend: Weeks;
  run: { at: Date; zone: string };
  /** Whose figure it is, where the page shows more than that. */
  region?: string;
  /** How many moved to another level, with the place where they stand. */
  moved?: { up: number; down: number };
};

/** How many are active of how many, more or fewer than before, and all of them by level. */
export function BoardHero({ tally, address, trend, run, region, moved }: Props) {
  const { t, number, percent, updated } = useScoreWords();
  const active = activeOf(tally);
  return (
    <>
      <section className="board-hero" aria-label={t("board.summary")}>
        <div>
          <p className="big-figure">
            <b>{number(active)}</b>
            <span>
              {region && <span className="sr-only">{region}: </span>}
              {t("board.active", { group: address.group, class: address.class ?? "all", units: number(tally.units) })}{" "}
              <span className="font-body text-ink-3">({percent(active / tally.units, 1)})</span>
            </span>
          </p>
          <p className="mt-1.5 text-ink-2">
            <Comparison trend={trend} /> <span className="text-13 text-ink-3">{updated(run.at, run.zone, now())}</span>
          </p>
          {moved && (
            <p className="mt-2 xl:hidden">
              <a className="link" href="#gerak">
                {t("moves.both", moved)}
              </a>
            </p>
          )}
        </div>
        <Trend weeks={trend} />
      </section>
      <LevelStrip counts={tally} />
    </>
  );
}

/** "1 lebih banyak dari pekan lalu, 4 lebih banyak dari bulan lalu": as far back as the record goes. */
function Comparison({ trend }: { trend: Weeks }) {
  const { t, number } = useScoreWords();
  const last = trend.at(-1);
  const against = (weeks: number) => {
    const then = trend.find((each) => last && each.day === addDays(last.day, -7 * weeks));
    if (!last || !then) return null;
    const difference = last.active - then.active;
    return { way: difference > 0 ? "more" : difference < 0 ? "fewer" : "same", count: number(Math.abs(difference)) };
  };
  const [week, month] = [against(1), against(4)];
  if (!week) return t("compare.none");
  if (!month) return t("compare.week", { way: week.way, count: week.count });
  return t("compare.both", { way: week.way, count: week.count, monthWay: month.way, monthCount: month.count });
}
