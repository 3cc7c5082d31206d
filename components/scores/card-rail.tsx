import type { Route } from "next";
import { useTranslations } from "next-intl";
import { now } from "#lib/core/clock.ts";
import type { Platform } from "#lib/platforms/contract.ts";
import type { ObjectionRow } from "#lib/scores/cases/objections.ts";
import type { ReportCard } from "#lib/scores/report-card.ts";
import { Icon } from "../ui/icon.tsx";
import { Level } from "../ui/level.tsx";
import Link from "../ui/link.tsx";
import { PlatformMark } from "../ui/platform-mark.tsx";
import { Section } from "../ui/section.tsx";
import { Time } from "../ui/time.tsx";
import { useNextSteps, type Ways } from "./next-steps.ts";
import { ObjectionMark } from "./objection-mark.tsx";
import { cardHref } from "./score-summary.tsx";
import { useScoreWords } from "./words.ts";

/** What to do next, with the link to where it is done. */
export function Todos({ card, ways }: { card: ReportCard; ways: Ways }) {
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

/** The score beside the best and the middle one of its class. Only a primary account is ranked. */
export function Comparison({ card }: { card: ReportCard }) {
  const { t, points } = useScoreWords();
  const { rank, unit } = card;
  if (!rank) return null;
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

/** The unit's other accounts, each with its own score; one that sleeps is better merged or closed. */
export function OtherAccounts({ card }: { card: ReportCard }) {
  const { t, points } = useScoreWords();
  if (!card.others.length) return null;
  const asleep = card.others.some(({ level }) => level === "dormant" || level === "dead");
  return (
    <Section id="akun-lain" title={t("card.others")}>
      <ul className="others">
        {card.others.map((one) => (
          <li key={one.id}>
            <Link className="link" href={`${cardHref(card.unit.code)}?account=${one.id}` as Route}>
              <span className="break-all">{one.handle}</span>
            </Link>
            <b>{one.score === null ? t("noData") : points(one.score)}</b>
            <small>
              <PlatformMark platform={one.platform as Platform} />
            </small>
            <small>{one.level ? <Level level={one.level} /> : t("card.noScoreYet")}</small>
            {(one.level === "dormant" || one.level === "dead") && <small className="wide">{t("card.mergeHint")}</small>}
          </li>
        ))}
      </ul>
      {!asleep && <p className="mt-2 text-13 text-ink-3">{t("card.othersNote")}</p>}
    </Section>
  );
}

/** What the unit has disputed last. */
export function Objections({ objections, file }: { objections: ObjectionRow[]; file: Route | null }) {
  const { t, day, points } = useScoreWords();
  const name = useTranslations("objections.component");
  return (
    <Section
      id="keberatan"
      title={t("card.objections")}
      aside={
        <Link className="link" href={"/scores/objections" as Route}>
          {t("card.allObjections")}
        </Link>
      }
    >
      {objections.length === 0 && <p className="text-13 text-ink-3">{t("card.noObjections")}</p>}
      <ul className="others">
        {objections.map((one) => (
          <li key={one.id}>
            <Link className="link" href={`/scores/objections/${one.id}` as Route}>
              {name(one.component)}
            </Link>
            <b>{one.outcome === null || one.outcome === one.score ? points(one.score) : `${points(one.score)} → ${points(one.outcome)}`}</b>
            <small className="wide flex flex-wrap gap-x-3">
              <ObjectionMark state={one.state} /> {day(one.day)}
            </small>
          </li>
        ))}
      </ul>
      {file && (
        <p className="mt-3 md:hidden">
          <Link className="link" href={file}>
            {t("card.object")}
          </Link>
        </p>
      )}
    </Section>
  );
}

/** By which settings, of which window and when the score was computed, and every computation that the day has seen. */
export function How({ card, evidence }: { card: ReportCard; evidence: Route }) {
  const { t, day, days, window, updated, points, level } = useScoreWords();
  const { origin, versions, excused, unit } = card;
  return (
    <Section id="cara" title={t("card.how")}>
      <p className="text-ink-2">
        {origin
          ? t("card.formula", { formula: card.formula, since: day(origin.since), unit: origin.unitName, number: origin.number })
          : t("card.formulaShipped", { formula: card.formula })}{" "}
        {t("card.window", { window: window(card.day, card.settings) })}
      </p>
      <p className="mt-2 text-12 text-ink-3">{updated(card.computedAt, unit.zone, now())}</p>
      <p className="mt-2 flex flex-wrap gap-x-2 text-13 text-ink-2">
        {card.account.isPrimary && t("card.account")} <PlatformMark platform={card.account.platform as Platform} />{" "}
        <span className="break-all">{card.account.handle}</span>
      </p>
      {excused.length > 0 && (
        <>
          <h3 className="mt-4 text-13 font-strong">{t("excused.title")}</h3>
          <ul className="mt-1 grid gap-1 text-13 text-ink-2">
            {excused.map((span) => (
              <li key={span.id}>
                {t("excused.line", {
                  days: days(span.fromDay, span.toDay),
                  cause: t(`excused.cause.${span.cause as "other"}`),
                  evidence: span.evidence,
                })}
              </li>
            ))}
          </ul>
        </>
      )}
      {versions.length > 1 && (
        <>
          <h3 className="mt-4 text-13 font-strong">{t("card.versions", { day: day(card.written) })}</h3>
          <ul className="mt-1 grid gap-1 text-13 text-ink-2">
            {versions.map((one) => (
              <li key={one.id}>
                {t("card.versionLine", { version: one.version, score: `${points(one.score)}, ${level(one.level)}` })},{" "}
                <Time at={one.computedAt} zone={unit.zone} style="short" />
              </li>
            ))}
          </ul>
        </>
      )}
      <p className="mt-3">
        <Link className="link" href={evidence}>
          <Icon name="search" size={14} className="inline align-[-2px]" /> {t("card.evidence")}
        </Link>
      </p>
    </Section>
  );
}
