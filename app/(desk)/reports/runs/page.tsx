import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { now } from "#lib/core/clock.ts";
import { page } from "#lib/core/doors.ts";
import { readLocale } from "#lib/core/i18n.ts";
import { periodText } from "#lib/reports/document/building.ts";
import { monthBefore, monthPeriod } from "#lib/reports/period.ts";
import { listRuns } from "#lib/reports/runs.ts";
import { localDay, zoneOf } from "#lib/units/calendar.ts";
import { currentUnit, isGovernment } from "#lib/units/queries.ts";
import { LiveRefresh } from "@/components/live/live-refresh.tsx";
import { Messages } from "@/components/messages.tsx";
import { ReportTabs } from "@/components/reports/report-tabs.tsx";
import { RunProgressBar } from "@/components/reports/run-progress.tsx";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { Empty } from "@/components/ui/empty.tsx";
import Link from "@/components/ui/link.tsx";
import { Time } from "@/components/ui/time.tsx";
import { StartRun } from "./start-run.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("reports.runs"))("title") });

const afterOf = z.uuid().nullable().catch(null);
const MONTHS = 12;

/** Many reports in one go, and how far they have come. */
export default page("report.make", async ({ actor, search }) => {
  const [t, locale, unit] = await Promise.all([getTranslations("reports"), readLocale(), currentUnit(actor)]);
  const { rows, next } = await listRuns(actor, unit, afterOf.parse(search.after ?? null));
  const today = localDay(now(), zoneOf(unit.zone));
  const months = Array.from({ length: MONTHS }).reduce<string[]>(
    (list) => [...list, monthBefore(`${list.at(-1) ?? today.slice(0, 7)}-01`).from.slice(0, 7)],
    [],
  );
  return (
    <>
      <PageHeader title={t("runs.title")} purpose={t("runs.purpose")} />
      <Page>
        <LiveRefresh topics={["report"]} />
        <ReportTabs current="runs" />
        {isGovernment(unit) && (
          <Messages namespaces={["reports", "problems"]}>
            <StartRun
              unitId={unit.id}
              scope={unit.kind === "ministry" ? "governments" : "units"}
              months={months.map((month) => ({ ...monthPeriod(month), name: periodText(monthPeriod(month), locale) }))}
            />
          </Messages>
        )}
        {rows.length ? (
          <ul className="grid gap-4">
            {rows.map((row) => (
              <li key={row.id} className="panel p-4 grid gap-2">
                <p className="flex flex-wrap items-baseline gap-x-3">
                  <Link className="link" href={`/reports/runs/${row.id}` as Route}>
                    {t(`runs.of.${row.scope}`, { unit: row.unit.name, period: periodText(row.period, locale) })}
                  </Link>
                  <span className="text-13 text-ink-3">
                    <Time at={row.createdAt} zone={row.unit.zone} style="short" />
                  </span>
                </p>
                <RunProgressBar progress={row.progress} />
              </li>
            ))}
          </ul>
        ) : (
          <Empty>{t("runs.empty")}</Empty>
        )}
        {next && (
          <p className="mt-5">
            <Link className="link" href={`/reports/runs?after=${next}` as Route}>
              {t("list.older")}
            </Link>
          </p>
        )}
      </Page>
    </>
  );
});
