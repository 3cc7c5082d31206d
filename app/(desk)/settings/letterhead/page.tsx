import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { now } from "#lib/core/clock.ts";
import { page } from "#lib/core/doors.ts";
import { readLocale } from "#lib/core/i18n.ts";
import { formatInstant } from "#lib/core/text.ts";
import { wordsIn } from "#lib/reports/document/wording.ts";
import { letterheadSettings } from "#lib/reports/letterhead/settings.ts";
import { letterNumber } from "#lib/reports/numbering.ts";
import { startOfDay, type Zone } from "#lib/units/calendar.ts";
import { currentUnit } from "#lib/units/queries.ts";
import { Messages } from "@/components/messages.tsx";
import { LetterheadView, SignBlock } from "@/components/reports/document-view.tsx";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { Section } from "@/components/ui/section.tsx";
import { SettingsTabs } from "../settings-tabs.tsx";
import { LetterheadForm } from "./letterhead-form.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("reports.letterhead"))("title") });

/** How the unit's reports are headed, numbered and signed, with what that looks like now. */
export default page("approval.manage", async ({ actor }) => {
  const unit = await currentUnit(actor);
  const [t, locale, settings, say] = await Promise.all([
    getTranslations("reports.letterhead"),
    readLocale(),
    letterheadSettings(actor, unit.id),
    wordsIn("id"),
  ]);
  const { letterhead, from, logos, today } = settings;
  const words = (key: string, values?: Record<string, string | number>) => say(`reports.doc.${key}`, values);
  const begun = from ? formatInstant(startOfDay(from.validFrom, unit.zone as Zone), unit.zone, locale, "date") : "";
  const standsHere = from?.unitId === unit.id;
  return (
    <>
      <PageHeader title={t("title")} purpose={t("purpose", { unit: unit.shortName })} />
      <Page>
        <SettingsTabs current="letterhead" />
        <div className="grid gap-10 max-w-[820px]">
          <Section id="pratinjau-kop" title={t("preview")}>
            <p className="text-13 text-ink-2 mb-3">
              {from ? t(standsHere ? "own" : "inherited", { unit: from.shortName, day: begun }) : t("default")}
            </p>
            <div className="sheet-paper" lang="id">
              <LetterheadView letterhead={letterhead} />
              <p className="text-center text-14">
                {words("number")}: {letterhead.form.code ? letterNumber(letterhead.form, null, today) : words("unnumbered")}
              </p>
              {letterhead.signatory && (
                <SignBlock
                  signatory={letterhead.signatory}
                  place={letterhead.place}
                  day={formatInstant(now(), unit.zone, "id", "date")}
                  t={words}
                />
              )}
            </div>
          </Section>
          <Section id="isian-kop" title={t("form")}>
            <Messages namespaces={["reports", "problems"]}>
              <LetterheadForm
                key={`${unit.id} ${JSON.stringify(letterhead)}`}
                unitId={unit.id}
                letterhead={letterhead}
                logos={logos}
                today={today}
              />
            </Messages>
          </Section>
        </div>
      </Page>
    </>
  );
});
