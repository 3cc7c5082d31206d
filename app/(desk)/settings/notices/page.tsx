import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { page } from "#lib/core/doors.ts";
import { zoneName } from "#lib/core/text.ts";
import { preferencesOf } from "#lib/notices/queries.ts";
import { Messages } from "@/components/messages.tsx";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { Note } from "@/components/ui/note.tsx";
import { Section } from "@/components/ui/section.tsx";
import { PreferencesForm } from "./preferences-form.tsx";
import { SendTrial } from "./send-trial.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("notices.settings"))("title") });

/** How the reader himself hears of what waits for him. */
export default page("today.read", async ({ actor }) => {
  const [t, { habits, hours, locale, zone, email, mailed }] = await Promise.all([
    getTranslations("notices.settings"),
    preferencesOf(actor),
  ]);
  return (
    <>
      <PageHeader title={t("title")} purpose={t("purpose")} />
      <Page>
        <Messages namespaces={["notices", "problems"]}>
          <div className="grid gap-8 max-w-[680px]">
            {mailed ? <p className="text-ink-2 break-words">{t("mailTo", { address: email })}</p> : <Note kind="warn">{t("mailOff")}</Note>}
            <PreferencesForm kept={{ habits, hours, locale }} zone={zoneName(zone)} />
            <Section id="percobaan" title={t("test")}>
              <p className="text-13 text-ink-2 mb-3">{t("testHint")}</p>
              <SendTrial />
            </Section>
          </div>
        </Messages>
      </Page>
    </>
  );
});
