import type { Route } from "next";
import { useLocale, useTranslations } from "next-intl";
import { formatInstant, formatNumber, isLocale } from "#lib/core/text.ts";
import { type Crisis, type CrisisDetail, stepMinutes } from "#lib/inbox/topics/crisis-queries.ts";
import { LineChart } from "@/components/charts/line-chart.tsx";
import Link from "@/components/ui/link.tsx";
import { MaskedText } from "@/components/ui/masked-text.tsx";
import { Time } from "@/components/ui/time.tsx";
import { CrisisActions } from "./crisis-actions.tsx";

type Props = { crisis: Crisis; detail: CrisisDetail; zone: string; handles: boolean };

/** So few are no number to compare with. */
const HARDLY_ANY = 0.05;

/** An open alert: what it is about, how it goes on, whom it concerns, what citizens say, and who sees to it. */
export function CrisisCard({ crisis, detail, zone, handles }: Props) {
  const t = useTranslations("crisis");
  const name = useTranslations("topics.name");
  const locale = useLocale();
  const language = isLocale(locale) ? locale : "id";
  const { id, topic, count, usual, units, openedAt, lastAt, takenBy, takenAt } = crisis;
  const number = (value: number) => formatNumber(value, language, value >= 10 ? 0 : 1);
  const title = topic ? name(topic) : `“${detail.spoken ?? crisis.word}”`;
  const usualStep = (usual * stepMinutes) / 120;
  const most = Math.max(...detail.steps.map((step) => step.count));
  return (
    <article aria-labelledby={`krisis-${id}`} className="grid gap-5 pb-6 border-b border-line">
      <div>
        <h2 id={`krisis-${id}`} className="lead wrap-anywhere">
          {t("lead", { title, count })}
        </h2>
        <p className="text-ink-2">
          {usual < HARDLY_ANY ? t("againstNone") : t("against", { usual: number(usual) })} {t("concerns", { units })}
        </p>
        <p className="meta">
          <span>
            {t("opened")} <Time at={openedAt} zone={zone} style="near" />
          </span>
          <span>
            {t("last")} <Time at={lastAt} zone={zone} style="short" />
          </span>
        </p>
        <p className="mt-1 font-strong">
          {takenBy && takenAt ? (
            <>
              {t("takenBy", { name: takenBy })} <Time at={takenAt} zone={zone} style="short" />
            </>
          ) : (
            <span className="text-danger-text">{t("notTaken")}</span>
          )}
        </p>
      </div>
      {handles && <CrisisActions alertId={id} taken={takenBy !== null} />}
      <div className="with-rail">
        <LineChart
          title={t("course", { most, minutes: stepMinutes })}
          summary={t("course", { most, minutes: stepMinutes })}
          height={200}
          points={detail.steps.map(({ at, count: value }) => ({
            when: formatInstant(at, zone, language, "short"),
            tick: formatInstant(at, zone, language, "time"),
            value,
            label: formatNumber(value, language),
          }))}
          thresholds={[{ value: usualStep, label: usualStep < HARDLY_ANY ? t("usualNone") : t("usual", { count: number(usualStep) }) }]}
          words={{ showTable: t("showTable"), when: t("when"), value: t("count") }}
        />
        <div className="rail">
          <div>
            <h3 className="heading mb-2">{t("units")}</h3>
            <ul className="text-13">
              {detail.units.slice(0, 8).map((unit) => (
                <li key={unit.shortName} className="flex justify-between gap-3 py-1 border-b border-line">
                  <span className="wrap-anywhere">{unit.shortName}</span>
                  <b>{formatNumber(unit.count, language)}</b>
                </li>
              ))}
            </ul>
            {detail.units.length > 8 && <p className="mt-1 text-13 text-ink-3">{t("moreUnits", { count: detail.units.length - 8 })}</p>}
          </div>
        </div>
      </div>
      <div className="max-w-[860px]">
        <h3 className="heading mb-2">{t("examples")}</h3>
        {detail.examples.length === 0 && <p className="text-13 text-ink-2">{t("noExamples")}</p>}
        <ul className="rows">
          {detail.examples.map((one) => (
            <li key={one.id} className="py-2 min-w-0">
              <Link className="wrap-anywhere hover:underline" href={`/inbox/${one.id}?view=all` as Route}>
                {one.excerpt ? <MaskedText text={one.excerpt} /> : t("noWords")}
              </Link>
              <span className="meta">
                <span>{one.unit}</span>
                <Time at={one.at} zone={zone} style="short" />
              </span>
            </li>
          ))}
        </ul>
      </div>
    </article>
  );
}
