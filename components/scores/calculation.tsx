import type { ReactNode } from "react";
import type { ReportCard } from "#lib/scores/report-card.ts";
import { type ComponentKey, componentKeys } from "#lib/scores/rules.ts";
import { useScoreWords, weeklyTarget } from "./words.ts";

/** Every fact and every step, so that the score can be computed again by hand. */
export function Calculation({ card }: { card: ReportCard }) {
  const { t, points, amount, locale } = useScoreWords();
  const { result } = card;
  const exact = (value: number) =>
    new Intl.NumberFormat(locale === "en" ? "en-GB" : "id-ID", { minimumFractionDigits: 2, maximumFractionDigits: 4 }).format(value);
  const sum = (field: "points" | "weight") => componentKeys.reduce((total, key) => total + (result.components[key][field] ?? 0), 0);
  return (
    <div className="panel calculation">
      <table className="tbl cards">
        <caption className="sr-only">{t("sum.caption")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("sum.component")}</th>
            <th scope="col">{t("sum.facts")}</th>
            <th scope="col" className="num">
              {t("sum.value")}
            </th>
            <th scope="col" className="num">
              {t("sum.weight")}
            </th>
            <th scope="col" className="num">
              {t("sum.points")}
            </th>
          </tr>
        </thead>
        <tbody>
          {componentKeys.map((key) => {
            const { value, weight, points: earned } = result.components[key];
            return (
              <tr key={key}>
                <th scope="row">{t(`component.${key}`)}</th>
                <td className="quiet facts-cell">
                  <Facts component={key} card={card} />
                </td>
                {value === null || earned === null ? (
                  <td className="num quiet" colSpan={3}>
                    {t("leftOut")}
                  </td>
                ) : (
                  <>
                    <td className="num" data-label={t("sum.value")}>
                      {exact(value)}
                    </td>
                    <td className="num" data-label={t("sum.weight")}>
                      {amount(weight)}
                    </td>
                    <td className="num" data-label={t("sum.points")}>
                      {exact(earned)}
                    </td>
                  </>
                )}
              </tr>
            );
          })}
          <tr className="total">
            <th scope="row">{t("sum.total")}</th>
            <td className="quiet facts-cell">
              {t("sum.formula", { points: exact(sum("points")), weight: amount(sum("weight")), uncapped: points(result.uncapped) })}
              {result.caps.length > 0 && ` ${t("sum.capped", { limit: points(card.score) })}`}
            </td>
            <td className="num" />
            <td className="num" data-label={t("sum.weight")}>
              {amount(sum("weight"))}
            </td>
            <td className="num" data-label={t("sum.points")}>
              {exact(sum("points"))}
            </td>
          </tr>
        </tbody>
      </table>
      <p className="px-3 py-2.5 text-13 text-ink-3">{t("sum.rounding")}</p>
    </div>
  );
}

function Facts({ component, card }: { component: ComponentKey; card: ReportCard }): ReactNode {
  const { t, amount, percent } = useScoreWords();
  const { facts, settings } = card;
  if (component === "a")
    return facts.weeks.length === 0 ? (
      t("why.noWeeks")
    ) : (
      <ol>
        {facts.weeks.map((week, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the weeks are told apart by their place alone
          <li key={index}>
            {t("sum.week", {
              week: index + 1,
              posts: amount(week.creditedHalves / 2),
              target: amount(weeklyTarget(card, week.workdays)),
              workdays: week.workdays,
            })}
          </li>
        ))}
        <li>{t("sum.weeksMean")}</li>
      </ol>
    );
  if (component === "b")
    return facts.daysSinceLastPost === null
      ? t("why.neverPosted")
      : t("sum.recency", {
          days: facts.daysSinceLastPost,
          steps: settings.recency.map((step) => t("sum.recencyStep", { days: step.maxDays, thirds: step.thirds })).join("; "),
        });
  if (component === "r") {
    const { due, onTime, late } = facts.replies;
    if (facts.commentsOpen === false) return t("why.commentsClosed");
    return due === 0
      ? t("why.noMessages")
      : t("sum.replies", {
          due,
          onTime,
          late,
          lateShare: percent(settings.lateAnswer / 10_000),
          most: settings.weights.r,
          full: settings.fullWeightMessages,
        });
  }
  if (component === "d") {
    const { posts, substantive, caption, alt, contact } = facts.quality;
    if (posts === 0) return t("why.noPosts");
    const of = ({ yes, known }: { yes: number; known: number }) =>
      known === 0 ? t("sum.unknown") : t("why.ofTarget", { count: String(yes), target: String(known) });
    return t("sum.quality", {
      substantive,
      posts,
      needed: percent(settings.quality.substantiveTarget / 10_000),
      thirds: settings.quality.substanceThirds,
      rest: 3 - settings.quality.substanceThirds,
      caption: of(caption),
      alt: of(alt),
      contact: of(contact),
    });
  }
  return <Engagement card={card} />;
}

function Engagement({ card }: { card: ReportCard }) {
  const { t, ratio, why } = useScoreWords();
  const { engagement, quality } = card.facts;
  if (!engagement.readable || engagement.ratio === null || quality.posts === 0) return why("e", card, card.account.platform);
  return t("sum.engagement", { ratio: ratio(engagement.ratio) });
}
