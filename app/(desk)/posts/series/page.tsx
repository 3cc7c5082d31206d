import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { page } from "#lib/core/doors.ts";
import { readLocale } from "#lib/core/i18n.ts";
import { listSeries } from "#lib/posts/series.ts";
import { currentUnit, isGovernment } from "#lib/units/queries.ts";
import { LiveRefresh } from "@/components/live/live-refresh.tsx";
import { Messages } from "@/components/messages.tsx";
import { ruleWords } from "@/components/posts/rule-words.ts";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { Empty } from "@/components/ui/empty.tsx";
import Link from "@/components/ui/link.tsx";
import { PlatformMark } from "@/components/ui/platform-mark.tsx";
import { Time } from "@/components/ui/time.tsx";
import { SeriesActions } from "./series-actions.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("series"))("title") });

const afterOf = z.uuid().nullable().catch(null);

/** The unit's posts that come again. */
export default page("post.read", async ({ actor, search }) => {
  const [t, locale, unit] = await Promise.all([getTranslations("series"), readLocale(), currentUnit(actor)]);
  const { rows, more } = await listSeries(actor, unit, afterOf.parse(search.after ?? null));
  const several = isGovernment(unit);
  return (
    <>
      <PageHeader title={t("title")} purpose={t("purpose", { unit: unit.shortName })} />
      <Page>
        <LiveRefresh topics={["post"]} />
        <Messages namespaces={["series", "problems", "ui"]}>
          {rows.length ? (
            <ul className="grid gap-4">
              {rows.map((row) => (
                <li key={row.id} className="panel p-4 grid gap-1">
                  <p className="font-strong">{row.title || t("untitled")}</p>
                  <p className="text-14">{ruleWords(t, row.rule, locale)}</p>
                  <p className="flex flex-wrap gap-x-4 gap-y-1 text-13 text-ink-2">
                    <b>{t(`states.${row.over && row.state === "active" ? "over" : row.state}`)}</b>
                    <span>{t("counts", { made: row.made, ahead: row.ahead })}</span>
                    {row.next && (
                      <span>
                        {t("nextAt")} <Time at={row.next} zone={row.zone} style="short" />
                      </span>
                    )}
                    <span>{row.author}</span>
                    {several && <span>{row.unitShortName}</span>}
                    {row.platforms.map((platform) => (
                      <PlatformMark key={platform} platform={platform} />
                    ))}
                  </p>
                  {row.writable && row.state !== "ended" && !row.over && (
                    <SeriesActions seriesId={row.id} paused={row.state === "paused"} title={row.title || t("untitled")} />
                  )}
                </li>
              ))}
            </ul>
          ) : (
            <Empty>{t("empty")}</Empty>
          )}
        </Messages>
        {more && (
          <p className="mt-5">
            <Link className="link" href={`/posts/series?after=${rows.at(-1)?.id}` as Route}>
              {t("older")}
            </Link>
          </p>
        )}
      </Page>
    </>
  );
});
