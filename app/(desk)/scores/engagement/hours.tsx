import type { ReactNode } from "react";
import { fewestPosts, fewestSamples, liftOf, outstanding } from "#lib/posts/best-hours.ts";
import type { AnswerTimes } from "#lib/scores/engagement/answers.ts";
import type { Hours } from "#lib/scores/engagement/figures.ts";
import { changeOf } from "#lib/scores/engagement/rules.ts";
import type { Zone } from "#lib/units/calendar.ts";
import { HeatTable } from "@/components/charts/heat-table.tsx";
import { useWords } from "./words.ts";

const most = (numbers: readonly number[]) => numbers.reduce((a, b) => Math.max(a, b), 0);

/** When posts did better than usual, by the local hour of the week. */
export function BestHours({ hours: { cells, posts }, zone, aside }: { hours: Hours; zone: Zone; aside: ReactNode }) {
  const { t, times, weekday, weekdayShort, hour, zoneName } = useWords();
  const enough = posts >= fewestPosts;
  const best = enough ? outstanding(cells) : [];
  const first = best[0];
  const title = !enough
    ? t("best.few", { posts, needed: fewestPosts })
    : first
      ? t("best.title", {
          day: weekday(first.weekday),
          hour: hour(first.hour),
          zone: zoneName(zone),
          lift: times(first.lift),
          count: first.samples,
        })
      : t("best.even", { count: posts });
  const top = most(cells.filter(({ samples }) => samples >= fewestSamples).map(liftOf));
  return (
    <HeatTable
      title={title}
      summary={t("best.summary", { zone: zoneName(zone) })}
      aside={aside}
      cells={cells.map((cell) => {
        const telling = enough && cell.samples >= fewestSamples;
        const lift = liftOf(cell);
        return {
          ...{ weekday: cell.weekday, hour: cell.hour },
          strength: telling && top > 1 ? Math.min(1, Math.max(0, (lift - 0.8) / (top - 0.8))) : 0,
          label: telling ? times(lift) : "·",
          spoken: t(telling ? "best.cell" : "best.fewCell", {
            day: weekday(cell.weekday),
            hour: hour(cell.hour),
            zone: zoneName(zone),
            lift: times(lift),
            count: cell.samples,
          }),
        };
      })}
      words={{ day: t("day"), weekday: weekdayShort, nothing: t("best.nothing") }}
      note={t("best.note", { zone: zoneName(zone), needed: fewestSamples })}
    />
  );
}

/** How long citizens wait for an answer, by the local hour at which they wrote. */
export function AnswerHours({ answers: { now, before, cells }, zone, aside }: { answers: AnswerTimes; zone: Zone; aside: ReactNode }) {
  const { t, duration, percent, weekday, weekdayShort, hour, zoneName } = useWords();
  const change = changeOf(now.medianMinutes, before.medianMinutes);
  const title =
    now.messages === 0
      ? t("answers.none")
      : now.medianMinutes === null
        ? t("answers.halfWaits", { messages: now.messages, answered: now.answered })
        : t(change === null ? "answers.title" : change < 0 ? "answers.faster" : change > 0 ? "answers.slower" : "answers.same", {
            time: duration(now.medianMinutes),
            change: percent(Math.abs(change ?? 0)),
          });
  const short = (minutes: number) =>
    minutes < 60
      ? `${minutes}${t("answers.minute")}`
      : minutes < 1440
        ? `${Math.round(minutes / 60)}${t("answers.hourSign")}`
        : `${Math.round(minutes / 1440)}${t("answers.daySign")}`;
  const longest = most(cells.map(({ medianMinutes }) => medianMinutes ?? 0));
  return (
    <HeatTable
      title={title}
      summary={t("answers.summary", { zone: zoneName(zone) })}
      aside={aside}
      cells={cells.map((cell) => ({
        ...{ weekday: cell.weekday, hour: cell.hour },
        strength: cell.medianMinutes === null ? 1 : longest > 0 ? Math.sqrt(cell.medianMinutes / longest) : 0,
        label: cell.medianMinutes === null ? "!" : short(cell.medianMinutes),
        spoken: t(cell.medianMinutes === null ? "answers.waitingCell" : "answers.cell", {
          day: weekday(cell.weekday),
          hour: hour(cell.hour),
          zone: zoneName(zone),
          time: duration(cell.medianMinutes),
          messages: cell.messages,
          answered: cell.answered,
        }),
      }))}
      words={{ day: t("day"), weekday: weekdayShort, nothing: t("answers.nothing") }}
      note={t("answers.note", { zone: zoneName(zone), messages: now.messages, answered: now.answered })}
    />
  );
}
