import type { ReactNode } from "react";
import type { LeaderRow } from "#lib/scores/boards/leaderboard.ts";
import { changeOf, places } from "#lib/scores/boards/ranking.ts";
import type { Group } from "#lib/scores/regions.ts";
import { ska1, type UnitClass, unitClasses } from "#lib/scores/settings.ts";
import Link from "@/components/ui/link.tsx";
import { Level } from "../ui/level.tsx";
import { ScoreChange } from "./score-change.tsx";
import { cardHref } from "./score-summary.tsx";
import { useScoreWords } from "./words.ts";

type Before = (row: LeaderRow) => LeaderRow["weekBefore"];
type Props = {
  rows: LeaderRow[];
  shown: LeaderRow[];
  before: Before;
  group: Group;
  caption: string;
  /** What else is told of a unit beside its cause, by its id. */
  notes: ReadonlyMap<string, ReactNode>;
};

/** The units by class with their places, then those without one and why; `rows` decide the places, `shown` are those that a filter leaves. */
export function BoardTable({ rows, shown, before, group, caption, notes }: Props) {
  const { t, number } = useScoreWords();
  const place = places(rows);
  const without = shown.filter((row) => row.excluded);
  return (
    <div className="panel">
      <table className="tbl cards board">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            <th scope="col" className="num">
              {t("board.place")}
            </th>
            <th scope="col">{t(`group.${group}`)}</th>
            <th scope="col">{t("board.level")}</th>
            <th scope="col" className="num">
              {t("board.score")}
            </th>
            <th scope="col" className="num">
              {t("board.change")}
            </th>
            <th scope="col">{t("board.cause")}</th>
          </tr>
        </thead>
        {unitClasses.map((unitClass) => (
          <ClassRows
            key={unitClass}
            unitClass={unitClass}
            rows={shown.filter((row) => row.scoreClass === unitClass && !row.excluded)}
            place={place}
            before={before}
            notes={notes}
          />
        ))}
        {without.length > 0 && (
          <tbody>
            <tr className="group">
              <th colSpan={6} scope="rowgroup">
                {t("board.unranked")}
                <span>{t("board.unrankedHint", { count: number(without.length) })}</span>
              </th>
            </tr>
            {without.map((row) => (
              <tr key={row.unitId}>
                <td className="num">
                  <span aria-hidden="true">–</span>
                </td>
                <td className="name">
                  <UnitLink row={row} />
                </td>
                <Figures row={row} before={before} />
                <td className="quiet cause">{row.excluded && t(`excluded.${row.excluded}`)}</td>
              </tr>
            ))}
          </tbody>
        )}
      </table>
    </div>
  );
}

type ClassProps = { unitClass: UnitClass; rows: LeaderRow[]; place: Map<LeaderRow, number>; before: Before; notes: Props["notes"] };

function ClassRows({ unitClass, rows, place, before, notes }: ClassProps) {
  const { t, amount, cause } = useScoreWords();
  if (rows.length === 0) return null;
  const target = (rows[0]?.settings ?? ska1).weeklyTarget[unitClass];
  return (
    <tbody>
      <tr className="group">
        <th colSpan={6} scope="rowgroup">
          {t(`class.${unitClass}`)}
          <span>{t("board.target", { target: amount(target) })}</span>
        </th>
      </tr>
      {rows.map((row) => (
        <tr key={row.unitId}>
          <td className="num">{place.get(row)}</td>
          <td className="name">
            <UnitLink row={row} />
          </td>
          <Figures row={row} before={before} />
          <td className="quiet cause">
            {row.facts && row.result && row.settings && cause({ facts: row.facts, result: row.result, settings: row.settings })}
            {notes.get(row.unitId)}
          </td>
        </tr>
      ))}
    </tbody>
  );
}

function Figures({ row, before }: { row: LeaderRow; before: Before }) {
  const { points } = useScoreWords();
  return (
    <>
      <td className="level">{row.level && <Level level={row.level} />}</td>
      <td className="num score">{row.score !== null && points(row.score)}</td>
      <td className="num change-cell">{row.score !== null && <ScoreChange change={changeOf(row.score, before(row)?.score)} />}</td>
    </>
  );
}

const UnitLink = ({ row }: { row: LeaderRow }) => (
  <Link href={cardHref(row.code)} prefetch={false}>
    {row.shortName}
  </Link>
);
