import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { now } from "#lib/core/clock.ts";
import { page } from "#lib/core/doors.ts";
import type { Platform } from "#lib/platforms/contract.ts";
import { type ExcusedRow, excusableUnits, listExcused } from "#lib/scores/cases/excused.ts";
import { localDay, zoneOf } from "#lib/units/calendar.ts";
import { currentUnit, within } from "#lib/units/queries.ts";
import { Messages } from "@/components/messages.tsx";
import { useScoreWords } from "@/components/scores/words.ts";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { Empty } from "@/components/ui/empty.tsx";
import Link from "@/components/ui/link.tsx";
import { PlatformMark } from "@/components/ui/platform-mark.tsx";
import { Section } from "@/components/ui/section.tsx";
import { Time } from "@/components/ui/time.tsx";
import { ExcuseForm } from "./excuse-form.tsx";
import { RevokeButton } from "./revoke-button.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("objections.excused"))("title") });

const asked = z.object({ after: z.uuid().nullable().catch(null) });

/** Days that do not count, for whom, why and by whose word; for those with authority the form to excuse more. */
export default page("score.read", async ({ actor, search }) => {
  const { after } = asked.parse({ after: search.after ?? null });
  const [unit, t] = await Promise.all([currentUnit(actor), getTranslations("objections")]);
  const where = unit.kind === "ministry" ? {} : within(unit);
  const [{ rows, next }, units] = await Promise.all([listExcused(actor, where, after), excusableUnits(actor, where)]);
  return (
    <Messages namespaces={["objections", "problems"]}>
      <PageHeader title={t("excused.title")} purpose={t("excused.purpose")} />
      <Page>
        <p className="mb-5 flex flex-wrap gap-x-5 gap-y-1">
          <Link className="link" href={"/scores/objections" as Route}>
            {t("title")}
          </Link>
          {unit.scoreClass === null && (
            <Link className="link" href="/scores">
              {t("toBoard")}
            </Link>
          )}
        </p>
        {rows.length ? <Excused rows={rows} /> : <Empty>{t("excused.none")}</Empty>}
        {(after || next) && (
          <nav className="flex gap-5 mt-5" aria-label={t("excused.title")}>
            {after && (
              <Link className="link" href={"/scores/excused" as Route}>
                {t("newest")}
              </Link>
            )}
            {next && (
              <Link className="link" href={`/scores/excused?after=${next}` as Route}>
                {t("further")}
              </Link>
            )}
          </nav>
        )}
        {units.length > 0 && (
          <Section id="kecualikan" title={t("excused.grant")} className="mt-10">
            <ExcuseForm units={units} today={localDay(now(), zoneOf(unit.zone))} />
          </Section>
        )}
      </Page>
    </Messages>
  );
});

function Excused({ rows }: { rows: ExcusedRow[] }) {
  const { t, days } = useScoreWords();
  return (
    <div className="panel">
      <table className="tbl cards excused">
        <thead>
          <tr>
            <th scope="col">{t("excused.column.unit")}</th>
            <th scope="col">{t("excused.column.days")}</th>
            <th scope="col">{t("excused.column.cause")}</th>
            <th scope="col">{t("excused.column.by")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const span = days(row.fromDay, row.toDay);
            const cause = t(`excused.cause.${row.cause as "other"}`);
            return (
              <tr key={row.id} className={row.revoked ? "text-ink-3" : ""}>
                <td className="name">
                  {row.unit.shortName}
                  <small className="block text-13 font-body text-ink-3">
                    {row.account ? (
                      <>
                        <PlatformMark platform={row.account.platform as Platform} /> {row.account.handle}
                      </>
                    ) : (
                      t("excused.allAccounts")
                    )}
                  </small>
                </td>
                <td className="whitespace-nowrap">{row.revoked ? <s>{span}</s> : span}</td>
                <td className="quiet">
                  <b className="font-strong first-letter:uppercase inline-block">{cause}</b>
                  <span className="block wrap-anywhere">{row.evidence}</span>
                  {row.revoked && <Revoked row={row} />}
                </td>
                <td className="quiet">
                  {row.grantedBy ?? t("excused.byProduct")}
                  <span className="block text-ink-3">
                    <Time at={row.grantedAt} zone={row.unit.zone} style="date" />
                  </span>
                  {row.mayRevoke && <RevokeButton spanId={row.id} unit={row.unit.shortName} days={span} />}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Revoked({ row }: { row: ExcusedRow }) {
  const { t, day } = useScoreWords();
  if (!row.revoked) return null;
  const { by, at, reason } = row.revoked;
  return <span className="block">{t("excused.revoked", { name: by, when: day(localDay(at, zoneOf(row.unit.zone))), reason })}</span>;
}
