import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { page } from "#lib/core/doors.ts";
import { Refusal } from "#lib/core/errors.ts";
import { readLocale } from "#lib/core/i18n.ts";
import { periodText } from "#lib/reports/document/building.ts";
import { runDetail } from "#lib/reports/runs.ts";
import { LiveRefresh } from "@/components/live/live-refresh.tsx";
import { Messages } from "@/components/messages.tsx";
import { ReportStateMark } from "@/components/reports/report-state.tsx";
import { RunProgressBar } from "@/components/reports/run-progress.tsx";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { ChipLink } from "@/components/ui/chip.tsx";
import { Empty } from "@/components/ui/empty.tsx";
import Link from "@/components/ui/link.tsx";
import { Retry } from "./retry.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("reports.runs"))("one") });

const asked = z.object({ view: z.enum(["all", "failed"]).catch("all"), after: z.uuid().nullable().catch(null) });

/** One run: its progress while it goes on, its reports, and those that have to be made again. */
export default page("report.make", async ({ actor, params, search }) => {
  const id = z.uuid().safeParse(params.id);
  if (!id.success) throw new Refusal("not-found");
  const { view, after } = asked.parse(search);
  const [t, locale, run] = await Promise.all([getTranslations("reports"), readLocale(), runDetail(actor, id.data, view, after)]);
  const { all, failed } = run.progress;
  const href = (to: "all" | "failed", from?: string) =>
    `/reports/runs/${run.id}?${new URLSearchParams({ ...(to === "failed" ? { view: to } : {}), ...(from ? { after: from } : {}) })}` as Route;
  return (
    <>
      <PageHeader
        title={t("runs.one")}
        purpose={t(`runs.of.${run.scope}`, { unit: run.unit.name, period: periodText(run.period, locale) })}
      />
      <Page>
        <LiveRefresh topics={["report"]} />
        <Messages namespaces={["reports", "problems"]}>
          <div className="max-w-[620px] mb-5 grid gap-3">
            <RunProgressBar progress={run.progress} />
            {run.mine && failed > 0 && (
              <div>
                <Retry run={{ runId: run.id }} label={t("runs.retryAll", { count: failed })} />
              </div>
            )}
          </div>
          <nav className="filters" aria-label={t("list.filter")}>
            <ChipLink current={view === "all"} href={href("all")} count={all}>
              {t("list.view.all")}
            </ChipLink>
            <ChipLink current={view === "failed"} href={href("failed")} count={failed}>
              {t("list.view.failed")}
            </ChipLink>
          </nav>
          {run.rows.length ? (
            <ul className="rows max-w-[820px]">
              {run.rows.map((row) => (
                <li key={row.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2.5">
                  <Link className="link grow" href={`/reports/${row.id}` as Route}>
                    {row.name}
                  </Link>
                  <ReportStateMark state={row.state} final={false} />
                  {row.state === "failed" && run.mine && (
                    <Retry report={{ reportId: row.id, revision: row.revision }} label={t("steps.again")} name={row.name} />
                  )}
                  {row.problem && (
                    <span className="text-13 text-danger-text basis-full">{t(`one.failure.${row.problem as "not-made"}`)}</span>
                  )}
                </li>
              ))}
            </ul>
          ) : (
            <Empty>{t(`list.empty.${view}`)}</Empty>
          )}
        </Messages>
        {run.next && (
          <p className="mt-5">
            <Link className="link" href={href(view, run.next)}>
              {t("runs.more")}
            </Link>
          </p>
        )}
      </Page>
    </>
  );
});
