import type { Metadata, Route } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { z } from "zod";
import { page } from "#lib/core/doors.ts";
import { isLocale } from "#lib/core/text.ts";
import { noticesOf, preferencesOf } from "#lib/notices/queries.ts";
import type { Translate } from "#lib/notices/words.ts";
import { LiveRefresh } from "@/components/live/live-refresh.tsx";
import { Messages } from "@/components/messages.tsx";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { ButtonLink } from "@/components/ui/button-link.tsx";
import { Empty } from "@/components/ui/empty.tsx";
import { Icon } from "@/components/ui/icon.tsx";
import Link from "@/components/ui/link.tsx";
import { MarkAll } from "./mark-read.tsx";
import { NoticeLine } from "./notice-line.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("notices"))("title") });

const asked = z.object({ after: z.uuid().nullable().catch(null) });

/** The reader's own notices, newest first. */
export default page("today.read", async ({ actor, search }) => {
  const { after } = asked.parse({ after: search.after });
  const [t, locale, { rows, more }, { zone }] = await Promise.all([
    getTranslations("notices"),
    getLocale(),
    noticesOf(actor, after),
    preferencesOf(actor),
  ]);
  const last = rows.at(-1);
  const newest = after === null ? rows[0] : undefined;
  return (
    <Messages namespaces={["notices", "problems"]}>
      <PageHeader
        title={t("title")}
        purpose={t("purpose")}
        action={
          <ButtonLink href={"/settings/notices" as Route} icon={<Icon name="settings" />}>
            {t("settingsLink")}
          </ButtonLink>
        }
      />
      <Page>
        <LiveRefresh topics={["notice"]} />
        {newest && rows.some((row) => row.readAt === null) && (
          <div className="mb-4">
            <MarkAll newestId={newest.id} />
          </div>
        )}
        {rows.length ? (
          <ul className="rows max-w-[860px]">
            {rows.map((row) => (
              <NoticeLine key={row.id} row={row} zone={zone} locale={isLocale(locale) ? locale : "id"} t={t as unknown as Translate} />
            ))}
          </ul>
        ) : (
          <Empty>{t(after ? "end" : "empty")}</Empty>
        )}
        {(after || more) && (
          <nav className="flex gap-5 mt-5" aria-label={t("title")}>
            {after && (
              <Link className="link" href={"/notices" as Route}>
                {t("newest")}
              </Link>
            )}
            {more && last && (
              <Link className="link" href={`/notices?after=${last.id}` as Route}>
                {t("older")}
              </Link>
            )}
          </nav>
        )}
      </Page>
    </Messages>
  );
});
