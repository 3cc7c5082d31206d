import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { reaches } from "#lib/core/access.ts";
import { page } from "#lib/core/doors.ts";
import { type ShownSettings, scoreSettingsOf } from "#lib/scores/versions/setting.ts";
import { currentUnit } from "#lib/units/queries.ts";
import { Messages } from "@/components/messages.tsx";
import { useScoreWords } from "@/components/scores/words.ts";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { Empty } from "@/components/ui/empty.tsx";
import { Section } from "@/components/ui/section.tsx";
import { Time } from "@/components/ui/time.tsx";
import { SettingsTabs } from "../settings-tabs.tsx";
import { ScoreForm } from "./score-form.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("scoreSettings"))("title") });

/** The numbers of the score, for a government or by the ministry for all; the nearest count. */
export default page("score.set", async ({ actor }) => {
  const unit = await currentUnit(actor);
  const place = { unitId: unit.governmentId, governmentId: unit.governmentId };
  const t = await getTranslations("scoreSettings");
  const may = reaches(actor, "score.set", place);
  const shown = may ? await scoreSettingsOf(actor, unit.governmentId) : null;
  return (
    <>
      <PageHeader title={t("title")} purpose={t("purpose", { government: unit.government.name })} />
      <Page>
        <SettingsTabs current="score" />
        <Messages namespaces={["scoreSettings", "problems", "ui"]}>
          {shown ? (
            <div className="grid gap-10 max-w-[860px]">
              <Section id="angka" title={t("numbers")}>
                <Origin shown={shown} />
                <ScoreForm key={JSON.stringify(shown.settings)} unitId={unit.governmentId} settings={shown.settings} today={shown.today} />
              </Section>
              <Versions shown={shown} />
            </div>
          ) : (
            <Empty>{t("elsewhere")}</Empty>
          )}
        </Messages>
      </Page>
    </>
  );
});

function Origin({ shown }: { shown: ShownSettings }) {
  const { t, day } = useScoreWords();
  const { from, settings } = shown;
  return (
    <p className="text-13 text-ink-2 mb-6 max-w-[68ch]">
      {from ? t(from.own ? "settings.own" : "settings.inherited", { unit: from.unitName, since: day(from.since) }) : t("settings.shipped")}{" "}
      {t("settings.formula", { formula: settings.version, weeks: settings.windowWeeks })}
    </p>
  );
}

function Versions({ shown: { versions, zone } }: { shown: ShownSettings }) {
  const { t, day } = useScoreWords();
  return (
    <Section id="versi" title={t("settings.versions")}>
      {versions.length === 0 && <p className="text-13 text-ink-3">{t("settings.noVersions")}</p>}
      <ul className="rows">
        {versions.map((one) => (
          <li key={one.id} className="py-2.5">
            <p>
              <b className="font-strong">{t("settings.version", { unit: one.unitName, since: day(one.since) })}</b>{" "}
              {one.inForce && <span className="state state-ok">{t("settings.inForce")}</span>}
            </p>
            <p className="text-13 text-ink-3">
              {one.by ?? t("settings.byProduct")}, <Time at={one.at} zone={zone} style="long" />
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}
