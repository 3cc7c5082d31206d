import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { now } from "#lib/core/clock.ts";
import { page } from "#lib/core/doors.ts";
import { readLocale } from "#lib/core/i18n.ts";
import { formatNumber, formatPercent } from "#lib/core/text.ts";
import { type TradeRow, tradeFigures } from "#lib/posts/trade.ts";
import { currentUnit } from "#lib/units/queries.ts";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { ChipLink } from "@/components/ui/chip.tsx";
import { Empty } from "@/components/ui/empty.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("plan.figures"))("title") });

const windows = [30, 90, 365] as const;
const daysOf = z.coerce.number().pipe(z.literal(windows)).catch(30);

export default page("figures.read", async ({ actor, search }) => {
  const [t, unit, locale] = await Promise.all([getTranslations("plan.figures"), currentUnit(actor), readLocale()]);
  const days = daysOf.parse(search.days);
  const to = now();
  const rows = await tradeFigures(actor, unit, new Date(to.getTime() - days * 86_400_000), to);
  const share = (value: TradeRow["returned"]) =>
    value ? t("share", { share: formatPercent(value.share, locale), of: formatNumber(value.of, locale) }) : t("unknown");
  return (
    <>
      <PageHeader title={t("title")} purpose={t("purpose", { unit: unit.shortName, days })} />
      <Page>
        <nav className="chips mb-5" aria-label={t("window")}>
          {windows.map((each) => (
            <ChipLink key={each} current={each === days} href={`/posts/figures?days=${each}` as Route}>
              {t("days", { count: each })}
            </ChipLink>
          ))}
        </nav>
        {rows.length ? (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls is reached by keyboard
          <section className="panel relative overflow-x-auto" tabIndex={0} aria-label={t("title")}>
            <table className="tbl">
              <thead>
                <tr>
                  <th scope="col">{t("who")}</th>
                  <th scope="col">{t("published")}</th>
                  <th scope="col">{t("median")}</th>
                  <th scope="col">{t("returned")}</th>
                  <th scope="col">{t("corrected")}</th>
                  <th scope="col">{t("withdrawn")}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={`${row.unitId}-${row.person?.id ?? ""}`}>
                    <th scope="row" className={`text-14 ${row.person ? "font-normal text-ink-2 pl-6" : "font-strong text-ink"}`}>
                      {row.person ? row.person.name : row.unit}
                    </th>
                    <td>{formatNumber(row.published, locale)}</td>
                    <td>{row.medianHours === null ? t("unknown") : t("hours", { hours: formatNumber(row.medianHours, locale, 1) })}</td>
                    <td>{share(row.returned)}</td>
                    <td>{share(row.corrected)}</td>
                    <td>{share(row.withdrawn)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        ) : (
          <Empty>{t("empty")}</Empty>
        )}
        <p className="text-13 text-ink-2 mt-4">{t("note")}</p>
      </Page>
    </>
  );
});
