import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { page } from "#lib/core/doors.ts";
import { type LaporCursor, type LaporRow, listLapor } from "#lib/inbox/lapor/queries.ts";
import { laporStates } from "#lib/inbox/lapor/rules.ts";
import { currentUnit, isGovernment } from "#lib/units/queries.ts";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { Empty } from "@/components/ui/empty.tsx";
import Link from "@/components/ui/link.tsx";
import { SegmentLink, Segments } from "@/components/ui/segments.tsx";
import { Time } from "@/components/ui/time.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("lapor"))("title") });

const asked = z.object({
  state: z.enum(laporStates).nullable().catch(null),
  after: z
    .string()
    .regex(/^\d{1,15}\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    .transform((text): LaporCursor => {
      const [at, id] = text.split(".") as [string, string];
      return { at: new Date(Number(at)), id };
    })
    .nullable()
    .catch(null),
});

const address = (state: string | null, after: LaporCursor | null = null) => {
  const query = new URLSearchParams({ ...(state ? { state } : {}), ...(after ? { after: `${after.at.getTime()}.${after.id}` } : {}) });
  return `/inbox/lapor${query.size ? `?${query}` : ""}` as Route;
};

/** The tickets of LAPOR! that were noted here, the ones noted last first. */
export default page("inbox.read", async ({ actor, search }) => {
  const { state, after } = asked.parse({ state: search.state ?? null, after: search.after ?? null });
  const [unit, t] = await Promise.all([currentUnit(actor), getTranslations("lapor")]);
  const { rows, next } = await listLapor(actor, unit, state, after);
  return (
    <>
      <PageHeader title={t("title")} purpose={t("purpose", { unit: unit.shortName })} />
      <Page>
        <p className="mb-4">
          <Link className="link" href="/inbox">
            {t("inbox")}
          </Link>
        </p>
        <Segments label={t("filter")} className="mb-5">
          <SegmentLink current={state === null} href={address(null)}>
            {t("all")}
          </SegmentLink>
          {laporStates.map((each) => (
            <SegmentLink key={each} current={state === each} href={address(each)}>
              {t(`state.${each}`)}
            </SegmentLink>
          ))}
        </Segments>
        {rows.length ? (
          <ul className="rows max-w-[860px]" aria-label={t("list")}>
            {rows.map((row) => (
              <TicketLine key={row.id} row={row} withUnit={isGovernment(unit)} />
            ))}
          </ul>
        ) : (
          <Empty>{t(state ? "noneState" : "none")}</Empty>
        )}
        {(after || next) && (
          <nav className="flex gap-5 mt-5" aria-label={t("title")}>
            {after && (
              <Link className="link" href={address(state)}>
                {t("newest")}
              </Link>
            )}
            {next && (
              <Link className="link" href={address(state, next)}>
                {t("older")}
              </Link>
            )}
          </nav>
        )}
      </Page>
    </>
  );
});

async function TicketLine({ row, withUnit }: { row: LaporRow; withUnit: boolean }) {
  const t = await getTranslations("lapor");
  const { zone, shortName } = row.unit;
  return (
    <li className="py-3">
      <Link className="link break-words" href={`/inbox/${row.caseId}/lapor` as Route}>
        {row.title}
      </Link>
      <p className="meta">
        <span>{row.number ?? t("noNumber")}</span>
        <span>{t(`state.${row.state}`)}</span>
        <span>{t(`category.${row.category}`)}</span>
        {withUnit && <span>{shortName}</span>}
        {row.dueAt && <span>{t.rich("due", { day: () => <Time at={row.dueAt!} zone={zone} style="date" /> })}</span>}
        <span>{t.rich("updated", { at: () => <Time at={row.updatedAt} zone={zone} style="short" /> })}</span>
      </p>
    </li>
  );
}
