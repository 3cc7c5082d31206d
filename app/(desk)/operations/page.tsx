import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { z } from "zod";
import { may } from "#lib/core/access.ts";
import { now } from "#lib/core/clock.ts";
import { page } from "#lib/core/doors.ts";
import { troubledDeliveries } from "#lib/delivery/queries.ts";
import { unreadOf } from "#lib/inbox/intake/unread.ts";
import { currentUnit } from "#lib/units/queries.ts";
import { Alarms } from "@/components/delivery/alarms.tsx";
import { LiveRefresh } from "@/components/live/live-refresh.tsx";
import { Messages } from "@/components/messages.tsx";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { ButtonLink } from "@/components/ui/button-link.tsx";
import { Empty } from "@/components/ui/empty.tsx";
import Link from "@/components/ui/link.tsx";
import { DeliveryTable } from "./delivery-table.tsx";
import { UnreadList } from "./unread-list.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("operations"))("title") });

const cursorOf = z
  .string()
  .regex(/^\d{1,14}_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  .transform((v) => ({ dueAt: new Date(Number(v.split("_")[0])), id: v.split("_")[1]! }))
  .nullable()
  .catch(null);

export default page("channel.read", async ({ actor, search }) => {
  const [t, unit] = await Promise.all([getTranslations("operations"), currentUnit(actor)]);
  const at = now();
  const [{ rows, more }, unread] = await Promise.all([
    troubledDeliveries(actor, unit, at, cursorOf.parse(search.after ?? null)),
    may(actor, "channel.manage") ? unreadOf(actor) : [],
  ]);
  const last = rows.at(-1);
  return (
    <Messages namespaces={["operations", "problems"]}>
      <PageHeader
        title={t("title")}
        purpose={t("purpose", { unit: unit.shortName })}
        tools={
          may(actor, "schedule.pause") && (
            <ButtonLink kind="quiet" small href={"/operations/pause" as Route}>
              {t("pause")}
            </ButtonLink>
          )
        }
      />
      <Page>
        <LiveRefresh topics={["post"]} />
        <Suspense>
          <Alarms actor={actor} unit={unit} at={at} here />
        </Suspense>
        {unread.length > 0 && <UnreadList rows={unread} />}
        {rows.length ? <DeliveryTable rows={rows} /> : <Empty>{t("empty")}</Empty>}
        {more && last && (
          <p className="mt-5">
            <Link className="link" href={`/operations?after=${last.dueAt.getTime()}_${last.id}` as Route}>
              {t("older")}
            </Link>
          </p>
        )}
      </Page>
    </Messages>
  );
});
