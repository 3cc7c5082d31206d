import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { now } from "#lib/core/clock.ts";
import { page } from "#lib/core/doors.ts";
import { listObjections, type ObjectionRow } from "#lib/scores/cases/objections.ts";
import { type ObjectionView, objectionViews } from "#lib/scores/cases/rules.ts";
import { localDay, startOfDay, zoneOf } from "#lib/units/calendar.ts";
import { currentUnit, isGovernment, within } from "#lib/units/queries.ts";
import { LiveRefresh } from "@/components/live/live-refresh.tsx";
import { ObjectionMark } from "@/components/scores/objection-mark.tsx";
import { useScoreWords } from "@/components/scores/words.ts";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { Empty } from "@/components/ui/empty.tsx";
import Link from "@/components/ui/link.tsx";
import { SegmentLink, Segments } from "@/components/ui/segments.tsx";
import { Time } from "@/components/ui/time.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("objections"))("title") });

const asked = z.object({ view: z.enum(objectionViews).catch("open"), after: z.uuid().nullable().catch(null) });
const address = (view: ObjectionView, after: string | null = null) =>
  `/scores/objections?view=${view}${after ? `&after=${after}` : ""}` as Route;

/** Objections within the chosen unit or government; the ministry sees all that lie in the reader's reach. */
export default page("score.read", async ({ actor, search }) => {
  const { view, after } = asked.parse({ view: search.view, after: search.after ?? null });
  const [unit, t] = await Promise.all([currentUnit(actor), getTranslations("objections")]);
  const everywhere = unit.kind === "ministry";
  const { rows, next } = await listObjections(actor, everywhere ? {} : within(unit), view, after);
  return (
    <>
      <PageHeader title={t("title")} purpose={t("purpose")} />
      <Page>
        <LiveRefresh topics={["score"]} />
        <p className="mb-4 flex flex-wrap gap-x-5 gap-y-1">
          <Link className="link" href={unit.scoreClass ? (`/scores/${encodeURIComponent(unit.code)}` as Route) : "/scores"}>
            {t(unit.scoreClass ? "toCard" : "toBoard")}
          </Link>
          <Link className="link" href={"/scores/excused" as Route}>
            {t("toExcused")}
          </Link>
        </p>
        <Segments label={t("views")} className="mb-5">
          {objectionViews.map((each) => (
            <SegmentLink key={each} current={view === each} href={address(each)}>
              {t(`view.${each}`)}
            </SegmentLink>
          ))}
        </Segments>
        {rows.length ? (
          <Objections rows={rows} view={view} withUnit={isGovernment(unit)} withGovernment={everywhere} />
        ) : (
          <Empty>{t(`none.${view}`)}</Empty>
        )}
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

type Props = { rows: ObjectionRow[]; view: ObjectionView; withUnit: boolean; withGovernment: boolean };

async function Objections({ rows, view, withUnit, withGovernment }: Props) {
  const t = await getTranslations("objections");
  const at = now();
  return (
    <div className="panel">
      <table className="tbl cards labelled objections">
        <caption className="sr-only">{t("title")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("column.about")}</th>
            {withUnit && <th scope="col">{t("column.unit")}</th>}
            <th scope="col">{t("column.filed")}</th>
            <th scope="col">{t(view === "open" ? "column.due" : "column.state")}</th>
            <th scope="col" className="num">
              {t("column.score")}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const { zone, shortName, governmentName } = row.unit;
            const late = row.state === "open" && row.dueDay < localDay(at, zoneOf(zone));
            return (
              <tr key={row.id}>
                <td className="name">
                  <Link href={`/scores/objections/${row.id}` as Route}>{t(`component.${row.component}`)}</Link>
                </td>
                {withUnit && (
                  <td className="quiet" data-label={t("column.unit")}>
                    {withGovernment ? `${shortName}, ${governmentName}` : shortName}
                  </td>
                )}
                <td className="quiet" data-label={t("column.filed")}>
                  <span>
                    <Time at={row.filedAt} zone={zone} style="date" />, {row.filedBy}
                  </span>
                </td>
                <td data-label={t(view === "open" ? "column.due" : "column.state")}>
                  {view === "open" ? (
                    <span>
                      <Time at={startOfDay(row.dueDay, zoneOf(zone))} zone={zone} style="date" />{" "}
                      {late && <b className="text-danger-text font-strong">{t("overdue")}</b>}
                    </span>
                  ) : (
                    <ObjectionMark state={row.state} />
                  )}
                </td>
                <td className="num" data-label={t("column.score")}>
                  <Score row={row} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Score({ row }: { row: ObjectionRow }) {
  const { points } = useScoreWords();
  return row.outcome === null || row.outcome === row.score ? points(row.score) : `${points(row.score)} → ${points(row.outcome)}`;
}
