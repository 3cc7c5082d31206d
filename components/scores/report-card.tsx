import type { Route } from "next";
import { changeOf } from "#lib/scores/boards/ranking.ts";
import type { ObjectionRow } from "#lib/scores/cases/objections.ts";
import type { ReportCard as Card } from "#lib/scores/report-card.ts";
import type { ComponentKey } from "#lib/scores/rules.ts";
import { ComponentBars } from "../charts/component-bars.tsx";
import { LineChart } from "../charts/line-chart.tsx";
import { Icon } from "../ui/icon.tsx";
import { Level } from "../ui/level.tsx";
import { Note } from "../ui/note.tsx";
import { Section } from "../ui/section.tsx";
import { useComponentBars } from "./bars.ts";
import { Calculation } from "./calculation.tsx";
import { Comparison, How, Objections, OtherAccounts, Todos } from "./card-rail.tsx";
import { ComponentHistory } from "./component-history.tsx";
import type { Ways } from "./next-steps.ts";
import { ScoreChange } from "./score-change.tsx";
import { useScoreWords } from "./words.ts";

type Props = { card: Card; ways: Ways; objections: ObjectionRow[]; object: Route | null; evidence: Route };

/** One account's score: what it is, why, what to do next, and how it was computed. */
export function ReportCard({ card, ways, objections, object, evidence }: Props) {
  const { t } = useScoreWords();
  return (
    <div className="with-rail">
      <div className="grid gap-8 grid-cols-[minmax(0,1fr)]">
        <Hero card={card} />
        <Components card={card} />
        <History card={card} />
        <ComponentHistory card={card} />
      </div>
      <aside className="rail" aria-label={t("card.rail")}>
        <Todos card={card} ways={ways} />
        <Comparison card={card} />
        <OtherAccounts card={card} />
        <Objections objections={objections} file={object} />
        <How card={card} evidence={evidence} />
      </aside>
      <details className="how">
        <summary className="link">{t("sum.show")}</summary>
        <Calculation card={card} />
      </details>
    </div>
  );
}

function Hero({ card }: { card: Card }) {
  const { t, points, step, cap, cause, why } = useScoreWords();
  const { result, facts, rank, unit } = card;
  const silent = card.level === "dormant" || card.level === "dead";
  const notes = [
    facts.isNew && t("flag.new"),
    result.flags.includes("no-response-data") && facts.commentsOpen !== false && t("flag.noMessages"),
    result.flags.includes("comments-unknown") && t("flag.commentsUnknown"),
  ].filter((note) => note !== false);
  return (
    <section aria-label={t("card.summary")}>
      <div className="score-hero">
        <b>{points(card.score)}</b>
        <div>
          <Level level={card.level} large />
          <p className="mt-0.5 text-ink-3">
            <ScoreChange change={changeOf(card.score, card.before)} /> {t("card.sinceWeek")}
            {!facts.isNew && rank !== null && rank.of > 0 && (
              <>, {t("card.rank", { place: rank.place, of: rank.of, class: unit.scoreClass })}</>
            )}
          </p>
        </div>
      </div>
      <p className="score-say">
        {silent && <b>{cause(card)}. </b>}
        {result.weakest && !silent && (
          <>
            <b>{t("card.holdsBack", { component: t(`component.${result.weakest}`) })}</b> {why(
              result.weakest,
              card,
              card.account.platform,
            )}{" "}
          </>
        )}
        {step(card).text}
      </p>
      {result.caps.length > 0 && (
        <div className="mt-4">
          <Note kind="warn" icon={<Icon name="warning" />}>
            <p className="font-strong">{t("card.capped", { uncapped: points(result.uncapped), score: points(card.score) })}</p>
            <ul>
              {result.caps.map((each) => (
                <li key={each.code}>{cap(each, card)}</li>
              ))}
            </ul>
          </Note>
        </div>
      )}
      {notes.length > 0 && (
        <div className="mt-3">
          <Note icon={<Icon name="info" />}>
            {notes.map((note) => (
              <p key={note}>{note}</p>
            ))}
          </Note>
        </div>
      )}
    </section>
  );
}

function Components({ card }: { card: Card }) {
  const { t, why, level, step } = useScoreWords();
  const bars = useComponentBars(card);
  const { next } = step(card);
  return (
    <Section id="komponen" title={t("card.components")} aside={t("card.pointsOfWeight")}>
      <ComponentBars
        bars={bars.map((bar) => ({
          ...bar,
          why: (
            <>
              {why(bar.key as ComponentKey, card, card.account.platform)}
              {bar.target && next && bar.key !== "b" && <b> {t("card.line", { share: bar.target.share, level: level(next.level) })}</b>}
            </>
          ),
        }))}
      />
    </Section>
  );
}

function History({ card }: { card: Card }) {
  const { t, points, day, level } = useScoreWords();
  const { history, settings } = card;
  const first = history[0];
  const last = history.at(-1);
  if (!first || !last || history.length < 2)
    return (
      <Section id="riwayat" title={t("history.heading")}>
        <p className="text-13 text-ink-3">{t("history.tooShort")}</p>
      </Section>
    );
  const direction = last.score > first.score ? "up" : last.score < first.score ? "down" : "same";
  const title = t("history.title", { direction, from: points(first.score), to: points(last.score), weeks: history.length - 1 });
  const { veryActive, active, lessActive } = settings.levels;
  const thresholds = [
    { value: veryActive / 10, name: level("very_active") },
    { value: active / 10, name: level("active") },
    { value: lessActive / 10, name: level("less_active") },
  ];
  return (
    <LineChart
      title={<h2>{title}</h2>}
      summary={title}
      points={history.map((each) => ({
        when: day(each.day),
        tick: day(each.day, "dayShort"),
        value: each.score,
        label: points(each.score),
      }))}
      thresholds={thresholds.map(({ value, name }) => ({ value, label: `${value} ${name}` }))}
      words={{ showTable: t("trend.showTable"), when: t("trend.week"), value: t("board.score") }}
    />
  );
}
