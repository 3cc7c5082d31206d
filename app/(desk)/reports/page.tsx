import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { may } from "#lib/core/access.ts";
import { page } from "#lib/core/doors.ts";
import { readLocale } from "#lib/core/i18n.ts";
import { periodText } from "#lib/reports/document/building.ts";
import { listReports, type ReportRow, reportViews } from "#lib/reports/queries.ts";
import { currentUnit } from "#lib/units/queries.ts";
import { LiveRefresh } from "@/components/live/live-refresh.tsx";
import { ReportStateMark } from "@/components/reports/report-state.tsx";
import { ReportTabs } from "@/components/reports/report-tabs.tsx";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { ButtonLink } from "@/components/ui/button-link.tsx";
import { ChipLink } from "@/components/ui/chip.tsx";
import { Empty } from "@/components/ui/empty.tsx";
import { Icon } from "@/components/ui/icon.tsx";
import Link from "@/components/ui/link.tsx";
import { Time } from "@/components/ui/time.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("reports.list"))("title") });

const asked = z.object({ view: z.enum(reportViews).catch("all"), after: z.uuid().nullable().catch(null) });

/** The reports of the region, or on the unit. */
export default page("report.read", async ({ actor, search }) => {
  const [t, unit] = await Promise.all([getTranslations("reports"), currentUnit(actor)]);
  const { view, after } = asked.parse(search);
  const { rows, next } = await listReports(actor, unit, view, after);
  const makes = may(actor, "report.make");
  const href = (to: (typeof reportViews)[number]) => (to === "all" ? "/reports" : `/reports?view=${to}`) as Route;
  return (
    <>
      <PageHeader
        title={t("list.title")}
        purpose={t("list.purpose", { unit: unit.shortName })}
        action={
          makes && (
            <ButtonLink kind="primary" icon={<Icon name="plus" />} href={"/reports/new" as Route}>
              {t("list.new")}
            </ButtonLink>
          )
        }
      />
      <Page>
        <LiveRefresh topics={["report"]} />
        {makes && <ReportTabs current="reports" />}
        <nav className="filters" aria-label={t("list.filter")}>
          {reportViews.map((each) => (
            <ChipLink key={each} current={each === view} href={href(each)}>
              {t(`list.view.${each}`)}
            </ChipLink>
          ))}
        </nav>
        {rows.length ? (
          <ul className="rows">
            {rows.map((row) => (
              <Line key={row.id} row={row} />
            ))}
          </ul>
        ) : (
          <Empty
            action={
              makes &&
              view === "all" && (
                <Link className="link" href={"/reports/new" as Route}>
                  {t("list.first")}
                </Link>
              )
            }
          >
            {t(`list.empty.${view}`)}
          </Empty>
        )}
        {next && (
          <p className="mt-5">
            <Link className="link" href={`/reports?view=${view}&after=${next}` as Route}>
              {t("list.older")}
            </Link>
          </p>
        )}
      </Page>
    </>
  );
});

async function Line({ row }: { row: ReportRow }) {
  const [t, locale] = await Promise.all([getTranslations("reports"), readLocale()]);
  return (
    <li className="row">
      <Icon name="report" />
      <div>
        <p className="row-title">
          <Link href={`/reports/${row.id}` as Route}>
            {row.unit.name}, {periodText(row.period, locale)}
          </Link>
        </p>
        <p className="meta">
          <ReportStateMark state={row.state} final={row.finalisedAt !== null} />
          <span>{row.number ?? t("list.noNumber")}</span>
          {row.version > 1 && <span>{t("version", { version: row.version })}</span>}
          <Time at={row.createdAt} zone={row.unit.zone} style="short" />
        </p>
      </div>
    </li>
  );
}
