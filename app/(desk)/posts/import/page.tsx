import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { reaches } from "#lib/core/access.ts";
import { page } from "#lib/core/doors.ts";
import { Refusal } from "#lib/core/errors.ts";
import { planColumns } from "#lib/posts/plan-import.ts";
import { type Zone, zoneLabel } from "#lib/units/calendar.ts";
import { currentUnit } from "#lib/units/queries.ts";
import { Messages } from "@/components/messages.tsx";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { ImportPlan } from "./import-plan.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("plan"))("title") });

export default page("post.write", async ({ actor }) => {
  const [t, unit] = await Promise.all([getTranslations("plan"), currentUnit(actor)]);
  if (!reaches(actor, "post.write", { unitId: unit.id, governmentId: unit.governmentId })) throw new Refusal("not-found");
  return (
    <Messages namespaces={["plan", "problems"]}>
      <PageHeader title={t("title")} purpose={t("purpose", { unit: unit.shortName })} />
      <Page>
        <ImportPlan unitId={unit.id} zone={zoneLabel(unit.zone as Zone)} columns={planColumns} />
      </Page>
    </Messages>
  );
});
