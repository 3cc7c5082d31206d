import { now } from "#lib/core/clock.ts";
import type { Platform } from "#lib/platforms/contract.ts";
import { changeOf } from "#lib/scores/boards/ranking.ts";
import type { ReportCard as Card } from "#lib/scores/cards.ts";
import type { ComponentKey } from "#lib/scores/rules.ts";
import Link from "@/components/ui/link.tsx";
import { ComponentBars } from "../charts/component-bars.tsx";
import { LineChart } from "../charts/line-chart.tsx";
import { Icon } from "../ui/icon.tsx";
import { Level } from "../ui/level.tsx";
import { Note } from "../ui/note.tsx";
import { PlatformMark } from "../ui/platform-mark.tsx";
import { Section } from "../ui/section.tsx";
import { useComponentBars } from "./bars.ts";
import { Calculation } from "./calculation.tsx";
import { useNextSteps, type Ways } from "./next-steps.ts";
import { ScoreChange } from "./score-change.tsx";
import { useScoreWords } from "./words.ts";

/** One account's score: what it is, why, what to do next, and how it was computed. */
export function ReportCard({ card, ways }: { card: Card; ways: Ways }) {
  const { t } = useScoreWords();
  return (
    <div className="with-rail">
      <div className="grid gap-8 grid-cols-[minmax(0,1fr)]">
        <Hero card={card} />
        <Components card={card} />
        <History card={card} />
      </div>
      <aside className="rail" aria-label={t("card.rail")}>
        <Todos card={card} ways={ways} />
        <Comparison card={card} />
        <Section id="cara" title={t("card.how")}>
          <How card={card} />
        </Section>
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
            <ScoreChange change={changeOf(card)} /> {t("card.sinceWeek")}
            {!facts.isNew && rank.of > 0 && <>, {t("card.rank", { place: rank.place, of: rank.of, class: unit.scoreClass })}</>}
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

function Todos({ card, ways }: { card: Card; ways: Ways }) {
  const { t } = useScoreWords();
  const todos = useNextSteps(card, ways);
  return (
    <Section id="langkah" title={t("todo.heading")}>
      {todos.length === 0 && <p className="text-ink-2">{t("todo.none")}</p>}
      <ol className="todos">
        {todos.map((todo) => (
          <li key={todo.key}>
            <b>{todo.what}</b>
            <small>{todo.gain}</small>
            {todo.href && (
              <Link className="link" href={todo.href}>
                {todo.link}
              </Link>
            )}
          </li>
        ))}
      </ol>
    </Section>
  );
}

function Comparison({ card }: { card: Card }) {
  const { t, points } = useScoreWords();
  const { rank, unit } = card;
  return (
    <Section id="banding" title={t("card.compared", { class: unit.scoreClass })}>
      {rank.of === 0 ? (
        <p className="text-13 text-ink-3">{t("card.nobody")}</p>
      ) : (
        <dl className="compared">
          <dt>{unit.shortName}</dt>
          <dd>
            <b>{points(card.score)}</b>
          </dd>
          <dt>{t("card.best")}</dt>
          <dd>{points(rank.best)}</dd>
          <dt>{t("card.median")}</dt>
          <dd>{points(rank.median)}</dd>
        </dl>
      )}
    </Section>
  );
}

function How({ card }: { card: Card }) {
  const { t, day, window, updated } = useScoreWords();
  const since = card.settingsSince;
  return (
    <>
      <p className="text-ink-2">
        {since ? t("card.formula", { formula: card.formula, since: day(since) }) : t("card.formulaShipped", { formula: card.formula })}{" "}
        {t("card.window", { window: window(card.day, card.settings) })}
      </p>
      <p className="mt-2 text-12 text-ink-3">
        {updated(card.computedAt, card.unit.zone, now())} {card.version > 1 && t("card.version", { version: card.version })}
      </p>
      <p className="mt-2 flex flex-wrap gap-x-2 text-13 text-ink-2">
        {t("card.account")} <PlatformMark platform={card.account.platform as Platform} />{" "}
        <span className="break-all">{card.account.handle}</span>
      </p>
    </>
  );
}
