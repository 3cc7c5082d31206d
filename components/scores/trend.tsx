import type { Trend as Weeks } from "#lib/scores/boards/trend.ts";
import { LineDrawing } from "../charts/line-drawing.tsx";
import { useScoreWords } from "./words.ts";

/** Active units week by week, titled with the answer; its table behind it. Nothing while there is but one week. */
export function Trend({ weeks }: { weeks: Weeks }) {
  const { t, day, number } = useScoreWords();
  const first = weeks[0];
  const last = weeks.at(-1);
  if (!first || !last || weeks.length < 2) return null;
  const direction = last.active > first.active ? "up" : last.active < first.active ? "down" : "same";
  const title = t("trend.title", { direction, from: number(first.active), to: number(last.active), weeks: weeks.length - 1 });
  const points = weeks.map((week) => ({
    when: day(week.day),
    tick: day(week.day, "dayShort"),
    value: week.active,
    label: number(week.active),
  }));
  return (
    <figure className="chart trend">
      <figcaption>{title}</figcaption>
      <div className="plot" style={{ height: 92 }} role="img" aria-label={title}>
        <LineDrawing summary={title} points={points} />
      </div>
      <details>
        <summary className="link">{t("trend.showTable")}</summary>
        <div className="panel">
          <table className="tbl tbl-dense">
            <thead>
              <tr>
                <th scope="col">{t("trend.week")}</th>
                <th scope="col" className="num">
                  {t("trend.active")}
                </th>
                <th scope="col" className="num">
                  {t("trend.scored")}
                </th>
              </tr>
            </thead>
            <tbody>
              {weeks.map((week) => (
                <tr key={week.day}>
                  <td>{day(week.day)}</td>
                  <td className="num">{number(week.active)}</td>
                  <td className="num">{number(week.scored)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}
