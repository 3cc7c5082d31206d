import type { Breakdown } from "#lib/scores/engagement/figures.ts";
import { changeOf, type Periods } from "#lib/scores/engagement/rules.ts";
import { addDays } from "#lib/units/calendar.ts";
import { LineChart } from "@/components/charts/line-chart.tsx";
import { Change } from "@/components/ui/change.tsx";
import { useWords } from "./words.ts";

type Props = { figures: Breakdown; periods: Periods };

/** The four figures of the stretch beside those of the one before, and the weeks. */
export function Overview({ figures: { now, before, weeks }, periods }: Props) {
  const { t, count, rate, percent, range, day } = useWords();
  const cards = [
    { name: "posts", value: now.posts, was: before.posts, words: count(now.posts), wasWords: count(before.posts), of: null },
    { name: "reach", value: now.reach, was: before.reach, words: count(now.reach), wasWords: count(before.reach), of: now.reachPosts },
    {
      name: "interactions",
      value: now.interactions,
      was: before.interactions,
      words: count(now.interactions),
      wasWords: count(before.interactions),
      of: now.interactionPosts,
    },
    { name: "rate", value: now.ratePpm, was: before.ratePpm, words: rate(now.ratePpm), wasWords: rate(before.ratePpm), of: now.ratePosts },
  ] as const;
  // A week of which only a part is asked for would look like a fall.
  const whole = weeks.filter(({ key }) => key >= periods.now.from && addDays(key, 6) <= periods.now.to);
  const told = whole.filter((week) => week.interactions !== null);
  const points = told.map((week) => ({
    when: t("week", { day: day(week.key) }),
    tick: day(week.key, "dayShort"),
    value: week.interactions ?? 0,
    label: count(week.interactions),
  }));
  const best = told.reduce<(typeof told)[number] | null>(
    (top, week) => (!top || (week.interactions ?? 0) > (top.interactions ?? 0) ? week : top),
    null,
  );
  return (
    <>
      <p className="text-13 text-ink-3 mb-4">
        {t("compared", { now: range(periods.now.from, periods.now.to), before: range(periods.before.from, periods.before.to) })}
      </p>
      <dl className="grid grid-cols-2 md:grid-cols-4 gap-x-8 gap-y-6 mb-8 tabular-nums">
        {cards.map(({ name, value, was, words, wasWords, of }) => {
          const change = changeOf(value, was);
          return (
            <div key={name}>
              <dt className="text-13 text-ink-3">{t(`figure.${name}`)}</dt>
              <dd>
                <span className={value === null ? "text-14 text-ink-3" : "text-22 font-strong"}>{words}</span>
                {change !== null && (
                  <span className="ml-2 text-13">
                    <Change direction={change > 0 ? "up" : change < 0 ? "down" : "same"} label={percent(Math.abs(change))} />
                  </span>
                )}
                <span className="block text-12 text-ink-3">
                  {was !== null && t("was", { value: wasWords })}{" "}
                  {of !== null && value !== null && of < now.posts && t("known", { of, posts: now.posts })}
                </span>
              </dd>
            </div>
          );
        })}
      </dl>
      {points.length > 1 && best && (
        <LineChart
          title={t("weeks.title", { day: day(best.key), count: count(best.interactions) })}
          summary={t("weeks.summary", { from: day(told[0]!.key), to: day(told.at(-1)!.key) })}
          points={points}
          height={200}
          words={{ showTable: t("showTable"), when: t("weeks.when"), value: t("figure.interactions") }}
        />
      )}
    </>
  );
}
