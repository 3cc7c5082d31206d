import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { type AccountCursor, furtherAccounts } from "#lib/coaching/accounts/list.ts";
import { page } from "#lib/core/doors.ts";
import { currentUnit } from "#lib/units/queries.ts";
import { AccountTable } from "@/components/coaching/account-table.tsx";
import { CoachingTabs } from "@/components/coaching/tabs.tsx";
import { LiveRefresh } from "@/components/live/live-refresh.tsx";
import { Messages } from "@/components/messages.tsx";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { Empty } from "@/components/ui/empty.tsx";
import Link from "@/components/ui/link.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("coaching.accounts"))("title") });

const cursor = z
  .string()
  .max(200)
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\..+$/)
  .transform((text): AccountCursor => ({ id: text.slice(0, 36), name: text.slice(37) }))
  .nullable()
  .catch(null);

/** Further accounts that are silent or stand twice, and what is proposed for them. */
export default page("coaching.read", async ({ actor, search }) => {
  const after = cursor.parse(search.after ?? null);
  const unit = await currentUnit(actor);
  const [{ rows, next }, t] = await Promise.all([furtherAccounts(actor, unit, after), getTranslations("coaching")]);
  return (
    <Messages namespaces={["coaching", "problems"]}>
      <PageHeader title={t("accounts.title")} purpose={t("accounts.purpose", { region: unit.name })} />
      <Page>
        <LiveRefresh topics={["coaching"]} />
        <CoachingTabs current="accounts" />
        {rows.length ? <AccountTable actor={actor} rows={rows} /> : <Empty>{t("accounts.empty")}</Empty>}
        {(after || next) && (
          <nav className="flex gap-5 mt-5" aria-label={t("accounts.pages")}>
            {after && (
              <Link className="link" href={"/coaching/accounts" as Route}>
                {t("list.first")}
              </Link>
            )}
            {next && (
              <Link className="link" href={`/coaching/accounts?${new URLSearchParams({ after: `${next.id}.${next.name}` })}` as Route}>
                {t("list.further")}
              </Link>
            )}
          </nav>
        )}
      </Page>
    </Messages>
  );
});
