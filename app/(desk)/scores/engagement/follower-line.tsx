import type { Followers } from "#lib/scores/engagement/followers.ts";
import { changeOf } from "#lib/scores/engagement/rules.ts";
import { LineChart } from "@/components/charts/line-chart.tsx";
import { useWords } from "./words.ts";

/** Followers over time; without two days that are known there is no line. */
export function FollowerLine({ followers: { days, counted, accounts } }: { followers: Followers }) {
  const { t, count, percent, day } = useWords();
  const first = days[0];
  const last = days.at(-1);
  if (!first || !last || days.length < 2) return <p className="text-ink-2">{t("followers.missing")}</p>;
  const change = changeOf(last.followers, first.followers) ?? 0;
  const title = t(change > 0 ? "followers.rose" : change < 0 ? "followers.fell" : "followers.same", {
    from: count(first.followers),
    to: count(last.followers),
    change: percent(Math.abs(change)),
  });
  return (
    <>
      <LineChart
        title={title}
        summary={title}
        height={200}
        points={days.map((one) => ({
          when: day(one.day),
          tick: day(one.day, "dayShort"),
          value: one.followers,
          label: count(one.followers),
        }))}
        words={{ showTable: t("showTable"), when: t("day"), value: t("followers.column") }}
      />
      <p className="note-line">{t("followers.counted", { counted, accounts })}</p>
    </>
  );
}
