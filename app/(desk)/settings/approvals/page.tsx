import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { approvalSettings } from "#lib/approvals/settings.ts";
import { reaches } from "#lib/core/access.ts";
import { page } from "#lib/core/doors.ts";
import { readLocale } from "#lib/core/i18n.ts";
import { formatInstant } from "#lib/core/text.ts";
import { startOfDay, type Zone } from "#lib/units/calendar.ts";
import { currentUnit } from "#lib/units/queries.ts";
import { Messages } from "@/components/messages.tsx";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { Section } from "@/components/ui/section.tsx";
import { SettingsTabs } from "../settings-tabs.tsx";
import { FlowForm } from "./flow-form.tsx";
import { GatesForm } from "./gates-form.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("approvals.settings"))("title") });

/** Who has to say yes for the unit's posts, and which words need a verifier's name. */
export default page("approval.manage", async ({ actor }) => {
  const unit = await currentUnit(actor);
  const [t, settings] = await Promise.all([getTranslations("approvals.settings"), approvalSettings(actor, unit.id)]);
  const { flow, from, gates, people, today } = settings;
  const government = unit.government.name;
  const leads = reaches(actor, "approval.manage", { unitId: unit.governmentId, governmentId: unit.governmentId });
  const inForce = from && formatInstant(startOfDay(from.validFrom, unit.zone as Zone), unit.zone, await readLocale(), "date");
  const words = { unit: from?.shortName ?? "", day: inForce ?? "" };
  const standsHere = from?.unitId === unit.id;
  return (
    <>
      <PageHeader title={t("title")} purpose={t("purpose", { unit: unit.shortName })} />
      <Page>
        <SettingsTabs current="approvals" />
        <Messages namespaces={["approvals", "problems", "people"]}>
          <div className="grid gap-8 max-w-[760px]">
            <Section id="langkah" title={t("flow")}>
              <p className="text-13 text-ink-2">{from ? t(standsHere ? "own" : "inherited", words) : t("default")}</p>
              <p className="text-13 text-ink-3 mb-4">{t("running")}</p>
              <FlowForm
                key={`${unit.id} ${from?.unitId} ${JSON.stringify(flow)}`}
                unitId={unit.id}
                flow={flow}
                people={people}
                today={today}
                mayInherit={standsHere}
              />
            </Section>
            <Section id="kata" title={t("gates", { government })}>
              <p className="text-13 text-ink-2 mb-4">{t("gatesHint")}</p>
              {!leads && <p className="text-13 text-ink-3 mb-4">{t("gatesElsewhere", { government })}</p>}
              <GatesForm
                key={`${unit.governmentId} ${JSON.stringify(gates)}`}
                governmentId={unit.governmentId}
                gates={gates}
                today={today}
                may={leads}
              />
            </Section>
          </div>
        </Messages>
      </Page>
    </>
  );
});
