import { useTranslations } from "next-intl";
import type { Week } from "#lib/coaching/cases/progress.ts";
import type { TargetLevel } from "#lib/coaching/rules.ts";
import { LineChart } from "../charts/line-chart.tsx";
import { useCoachingWords } from "./words.ts";

type Props = {
  weeks: Week[];
  target: { level: TargetLevel | null; posts: number | null };
  /** The lowest scores of the levels, in tenths. */
  levels: { lessActive: number; active: number; veryActive: number };
};

/** The score week by week since the case began, against the level aimed at, and the posts of each week against their target. */
export function Progress({ weeks, target, levels }: Props) {
  const { t, day, points, amount } = useCoachingWords();
  const level = useTranslations("ui.level");
  const [first, last] = [weeks[0], weeks.at(-1)];
  if (!first || !last || weeks.length < 2) return <p className="text-13 text-ink-2">{t("progress.none")}</p>;
  const direction = last.score > first.score ? "up" : last.score < first.score ? "down" : "same";
  const title = t("progress.title", {
    direction,
    from: points(first.score),
    to: points(last.score),
    weeks: Math.max(1, ...weeks.map(({ week }) => week ?? 0)),
  });
  const bound = { passive: null, less_active: levels.lessActive, active: levels.active, very_active: levels.veryActive }[
    target.level ?? "passive"
  ];
  const whole = weeks.filter((week) => week.week);
  const aim = bound === null ? null : bound / 10;
  return (
    <>
      <LineChart
        title={title}
        summary={title}
        height={200}
        words={{ showTable: t("progress.showTable"), when: t("progress.when"), value: t("progress.score") }}
        points={weeks.map((week) => ({
          when: day(week.day),
          tick: day(week.day, "dayShort"),
          value: week.score,
          label: points(week.score),
        }))}
        thresholds={
          aim !== null && target.level
            ? [{ value: aim, label: t("progress.threshold", { score: amount(aim), level: level(target.level) }) }]
            : []
        }
      />
      {aim !== null && last.score >= aim && <p className="mt-2 state state-ok">{t("progress.reached")}</p>}
      {whole.length > 0 && (
        <>
          <h3 className="mt-5 mb-2 text-13 font-strong">{t("progress.postsHeading")}</h3>
          <ol className="grid gap-1 text-13">
            {whole.map((week) => (
              <li key={week.day} className="flex gap-3">
                <span className="w-20 text-ink-3">{t("progress.weekN", { week: week.week ?? 0 })}</span>
                <span className={week.posts !== null && target.posts && week.posts >= target.posts ? "font-strong" : ""}>
                  {week.posts === null
                    ? t("progress.unknownPosts")
                    : target.posts
                      ? t("progress.postsOf", { posts: amount(week.posts), target: target.posts })
                      : amount(week.posts)}
                </span>
              </li>
            ))}
          </ol>
        </>
      )}
    </>
  );
}
