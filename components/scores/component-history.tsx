import type { ReportCard } from "#lib/scores/report-card.ts";
import { componentKeys } from "#lib/scores/rules.ts";
import { LineDrawing } from "../charts/line-drawing.tsx";
import { Section } from "../ui/section.tsx";
import { useScoreWords } from "./words.ts";

/** The five components week by week, each titled with its answer, and one table behind them all. */
export function ComponentHistory({ card }: { card: ReportCard }) {
  const { t, day, percent } = useScoreWords();
  const { history } = card;
  if (history.length < 2) return null;
  const written = (value: number | null) => (value === null ? t("noData") : percent(value));
  return (
    <Section id="riwayat-komponen" title={t("history.components")} className="chart">
      <div className="multiples">
        {componentKeys.map((key) => {
          const known = history.flatMap((week) => {
            const value = week.components[key];
            return value === null ? [] : [{ day: week.day, value }];
          });
          const [first, last] = [known[0], known.at(-1)];
          const component = t(`component.${key}`);
          if (!first || !last || known.length < 2)
            return (
              <p key={key} className="text-13 text-ink-3">
                {t("history.noComponent", { component })}
              </p>
            );
          const [from, to] = [percent(first.value), percent(last.value)];
          const direction = from === to ? "same" : last.value > first.value ? "up" : "down";
          const title = t("history.componentTitle", { direction, component, from, to });
          return (
            <figure key={key}>
              <figcaption className="text-13 font-strong">{title}</figcaption>
              <div className="plot" style={{ height: 96 }} role="img" aria-label={title}>
                <LineDrawing
                  summary={title}
                  range={[-0.1, 1.15]}
                  points={known.map((week) => ({
                    when: day(week.day),
                    tick: day(week.day, "dayShort"),
                    value: week.value,
                    label: percent(week.value),
                  }))}
                />
              </div>
            </figure>
          );
        })}
      </div>
      <details>
        <summary className="link">{t("trend.showTable")}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box must be reachable by keyboard */}
        <section className="panel" tabIndex={0} aria-label={t("history.components")}>
          <table className="tbl tbl-dense">
            <thead>
              <tr>
                <th scope="col">{t("history.week")}</th>
                {componentKeys.map((key) => (
                  <th key={key} scope="col" className="num">
                    {t(`component.${key}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {[...history].reverse().map((week) => (
                <tr key={week.day}>
                  <td className="whitespace-nowrap">{day(week.day)}</td>
                  {componentKeys.map((key) => (
                    <td key={key} className="num">
                      {written(week.components[key])}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </details>
    </Section>
  );
}
