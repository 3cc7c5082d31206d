import type { EvidenceWeek } from "#lib/scores/evidence/weeks.ts";
import type { ExcusedDays } from "#lib/scores/report-card.ts";
import { halvesText } from "@/components/scores/halves.ts";
import { useScoreWords } from "@/components/scores/words.ts";
import { Section } from "@/components/ui/section.tsx";

/** Each week of the window: what was credited against its target, and the days that made the target smaller. */
export function Weeks({ weeks, excused }: { weeks: EvidenceWeek[]; excused: ExcusedDays[] }) {
  const { t, amount, day, days } = useScoreWords();
  const cause = (span: ExcusedDays) => t(`excused.cause.${span.cause as "other"}`);
  return (
    <Section id="pekan" title={t("evidence.weeks")}>
      <div className="panel">
        <table className="tbl cards labelled weeks">
          <caption className="sr-only">{t("evidence.weeks")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("evidence.week")}</th>
              <th scope="col" className="num">
                {t("evidence.credited")}
              </th>
              <th scope="col" className="num">
                {t("evidence.target")}
              </th>
              <th scope="col" className="num">
                {t("evidence.workdays")}
              </th>
              <th scope="col">{t("evidence.daysOff")}</th>
            </tr>
          </thead>
          <tbody>
            {weeks.map(({ from, to, halves, counted, holidays, excused: off }) => (
              <tr key={from}>
                <th scope="row">{days(from, to)}</th>
                <td className="num" data-label={t("evidence.credited")}>
                  {halvesText(counted?.halves ?? halves)}
                </td>
                <td className="num" data-label={t("evidence.target")}>
                  {counted ? amount(counted.target) : t("noData")}
                </td>
                <td className="num" data-label={t("evidence.workdays")}>
                  {counted ? counted.workdays : t("noData")}
                </td>
                <td className="quiet">
                  {[
                    ...(counted ? [] : [t("evidence.leftOut")]),
                    ...holidays.map((holiday) => `${day(holiday.day, "dayShort")}: ${holiday.name}`),
                    ...(off ? [t("evidence.excusedDays", { count: off })] : []),
                  ].join("; ")}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {excused.length > 0 && (
        <ul className="mt-3 grid gap-1 text-13 text-ink-2">
          {excused.map((span) => (
            <li key={span.id}>
              {t("excused.line", { days: days(span.fromDay, span.toDay), cause: cause(span), evidence: span.evidence })}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
