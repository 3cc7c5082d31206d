import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { page } from "#lib/core/doors.ts";
import { listHidden } from "#lib/inbox/moderation/queries.ts";
import { currentUnit, isGovernment } from "#lib/units/queries.ts";
import { HiddenLine } from "@/components/inbox/hidden-line.tsx";
import { Working } from "@/components/inbox/work.tsx";
import { LiveRefresh } from "@/components/live/live-refresh.tsx";
import { Messages } from "@/components/messages.tsx";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { Empty } from "@/components/ui/empty.tsx";
import Link from "@/components/ui/link.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("inbox.moderation.register"))("title") });

const asked = z.object({ after: z.uuid().nullable().catch(null) });

/** What was hidden, by whom and why, asked for last first. */
export default page("inbox.read", async ({ actor, search }) => {
  const { after } = asked.parse({ after: search.after ?? null });
  const [unit, t] = await Promise.all([currentUnit(actor), getTranslations("inbox.moderation.register")]);
  const { rows, next } = await listHidden(actor, unit, after);
  return (
    <Messages namespaces={["inbox", "problems"]}>
      <PageHeader title={t("title")} purpose={t("purpose", { unit: unit.shortName })} />
      <Page>
        <LiveRefresh topics={["case"]} />
        <p className="mb-4">
          <Link className="link" href="/inbox">
            {t("inbox")}
          </Link>
        </p>
        {rows.length ? (
          <Working>
            <ul className="rows max-w-[860px]" aria-label={t("list")}>
              {rows.map((row) => (
                <HiddenLine key={row.id} row={row} withUnit={isGovernment(unit)} />
              ))}
            </ul>
          </Working>
        ) : (
          <Empty>{t("none")}</Empty>
        )}
        {(after || next) && (
          <nav className="flex gap-5 mt-5" aria-label={t("title")}>
            {after && (
              <Link className="link" href={"/inbox/hidden" as Route}>
                {t("newest")}
              </Link>
            )}
            {next && (
              <Link className="link" href={`/inbox/hidden?after=${next}` as Route}>
                {t("older")}
              </Link>
            )}
          </nav>
        )}
      </Page>
    </Messages>
  );
});
