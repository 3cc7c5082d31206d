import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { now } from "#lib/core/clock.ts";
import { page } from "#lib/core/doors.ts";
import { listRequests, type RequestCursor, type RequestRow } from "#lib/inbox/ppid/queries.ts";
import { isOpenRequest, type RequestView, requestViews } from "#lib/inbox/ppid/rules.ts";
import { localDay, startOfDay, zoneOf } from "#lib/units/calendar.ts";
import { currentUnit, isGovernment } from "#lib/units/queries.ts";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { Empty } from "@/components/ui/empty.tsx";
import Link from "@/components/ui/link.tsx";
import { SegmentLink, Segments } from "@/components/ui/segments.tsx";
import { Time } from "@/components/ui/time.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("ppid"))("title") });

const asked = z.object({
  view: z.enum(requestViews).catch("open"),
  after: z
    .string()
    .regex(/^(\d{4}-\d\d-\d\d|none)\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    .transform((text): RequestCursor => {
      const [day, id] = text.split(".") as [string, string];
      return { day: day === "none" ? null : day, id };
    })
    .refine(({ day }) => !day || !Number.isNaN(Date.parse(day)))
    .nullable()
    .catch(null),
});

const address = (view: RequestView, after: RequestCursor | null = null) =>
  `/inbox/ppid?view=${view}${after ? `&after=${after.day ?? "none"}.${after.id}` : ""}` as Route;

/** Requests for public information: what runs, the nearest due first, what is not complete, and what is over. */
export default page("ppid.manage", async ({ actor, search }) => {
  const found = asked.parse({ view: search.view, after: search.after ?? null });
  const { view } = found;
  // What runs is ordered by its due day: a place without one is none there.
  const after = view === "open" && !found.after?.day ? null : found.after;
  const [unit, t] = await Promise.all([currentUnit(actor), getTranslations("ppid")]);
  const { rows, next } = await listRequests(actor, unit, view, after);
  return (
    <>
      <PageHeader
        title={t("title")}
        purpose={t("purpose", { unit: unit.shortName })}
        tools={
          <a className="btn" href="/inbox/ppid/register" download>
            <span>{t("export")}</span>
          </a>
        }
      />
      <Page>
        <p className="mb-2">
          <Link className="link" href="/inbox">
            {t("inbox")}
          </Link>
        </p>
        <p className="text-13 text-ink-3 mb-4">{t("role")}</p>
        <Segments label={t("views")} className="mb-5">
          {requestViews.map((each) => (
            <SegmentLink key={each} current={view === each} href={address(each)}>
              {t(`view.${each}`)}
            </SegmentLink>
          ))}
        </Segments>
        {rows.length ? <Register rows={rows} withUnit={isGovernment(unit)} /> : <Empty>{t(`none.${view}`)}</Empty>}
        {(after || next) && (
          <nav className="flex gap-5 mt-5" aria-label={t("title")}>
            {after && (
              <Link className="link" href={address(view)}>
                {t("newest")}
              </Link>
            )}
            {next && (
              <Link className="link" href={address(view, next)}>
                {t("further")}
              </Link>
            )}
          </nav>
        )}
      </Page>
    </>
  );
});

async function Register({ rows, withUnit }: { rows: RequestRow[]; withUnit: boolean }) {
  const t = await getTranslations("ppid");
  const at = now();
  const columns = ["number", ...(withUnit ? (["unit"] as const) : []), "state", "registered", "due"] as const;
  return (
    <div className="panel">
      <table className="tbl cards">
        <caption className="sr-only">{t("title")}</caption>
        <thead>
          <tr>
            {columns.map((name) => (
              <th key={name} scope="col">
                {t(`column.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const { zone, shortName } = row.unit;
            const day = (local: string | null) => local && <Time at={startOfDay(local, zoneOf(zone))} zone={zone} style="date" />;
            const overdue = isOpenRequest(row.state) && row.dueDay !== null && row.dueDay < localDay(at, zoneOf(zone));
            return (
              <tr key={row.id} className="max-md:grid-cols-1!">
                <td>
                  <Link className="link wrap-anywhere" href={`/inbox/${row.caseId}/ppid` as Route}>
                    {row.number ?? t("noNumber")}
                  </Link>
                </td>
                {withUnit && <td className="quiet">{shortName}</td>}
                <td>{t(`state.${row.state}`)}</td>
                <td>
                  {row.registeredDay && <span className="md:hidden text-ink-3">{t("column.registered")} </span>}
                  {day(row.registeredDay)}
                </td>
                <td>
                  {row.dueDay && <span className="md:hidden text-ink-3">{t("column.due")} </span>}
                  {day(row.dueDay)} {overdue && <span className="text-danger-text">{t("overdue")}</span>}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
