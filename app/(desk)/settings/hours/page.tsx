import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { reaches } from "#lib/core/access.ts";
import { page } from "#lib/core/doors.ts";
import { isLocale } from "#lib/core/text.ts";
import { targetsSettings } from "#lib/inbox/deadlines/settings.ts";
import { nationalHolidays, ramadanDays } from "#lib/units/holidays.ts";
import { hoursSettings } from "#lib/units/hours-settings.ts";
import { currentUnit } from "#lib/units/queries.ts";
import { longDay, shortDay } from "@/components/calendar/words.ts";
import { Messages } from "@/components/messages.tsx";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { Section } from "@/components/ui/section.tsx";
import { SettingsTabs } from "../settings-tabs.tsx";
import { DaysForm } from "./days-form.tsx";
import { HoursForm } from "./hours-form.tsx";
import { TargetsForm } from "./targets-form.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("hours"))("title") });

/** When the unit works, the government's special days, and how soon citizens are answered. */
export default page("hours.manage", async ({ actor }) => {
  const unit = await currentUnit(actor);
  const [t, chosen, shown, given] = await Promise.all([
    getTranslations("hours"),
    getLocale(),
    hoursSettings(actor, unit.id),
    targetsSettings(actor, unit.id),
  ]);
  const locale = isLocale(chosen) ? chosen : "id";
  const { hours, from, next, days, calendar, today } = shown;
  const government = unit.government.name;
  const leads = reaches(actor, "hours.manage", { unitId: unit.governmentId, governmentId: unit.governmentId });
  const sourceOf = (part: "week" | "targets", source: typeof from) =>
    source
      ? t(`${part}.${source.unitId === unit.id ? "own" : "inherited"}`, { unit: source.shortName, day: longDay(source.validFrom, locale) })
      : t(`${part}.default`);
  const year = Number(today.slice(0, 4));
  const years = [year, year + 1].filter((one) => nationalHolidays.some(({ day }) => day.startsWith(`${one}`)));
  const estimates = ramadanDays.filter(
    ({ from: first, to, estimate }) => estimate && days.ramadan.some((own) => own.from === first && own.to === to),
  );
  return (
    <>
      <PageHeader title={t("title")} purpose={t("purpose", { unit: unit.shortName })} />
      <Page>
        <SettingsTabs current="hours" />
        <Messages namespaces={["hours", "problems", "inbox"]}>
          <div className="grid gap-8 max-w-[1120px]">
            <Section id="jam" title={t("week.title")}>
              <p className="text-13 text-ink-2">{sourceOf("week", from)}</p>
              {next && <p className="text-13 text-ink-2">{t("week.next", { day: longDay(next, locale) })}</p>}
              <p className="text-13 text-ink-3 mb-4">
                {t("week.fixed")} {t("week.hint")}
              </p>
              <HoursForm
                key={`${unit.id} ${JSON.stringify(hours)}`}
                unitId={unit.id}
                hours={hours}
                today={today}
                mayInherit={from?.unitId === unit.id && unit.id !== unit.governmentId}
              />
            </Section>
            <Section id="waktu" title={t("targets.title")}>
              <p className="text-13 text-ink-2">{sourceOf("targets", given.from)}</p>
              <p className="text-13 text-ink-3 mb-4">
                {t("week.fixed")} {t("targets.hint")}
              </p>
              <TargetsForm
                key={`${unit.id} ${JSON.stringify(given.targets)}`}
                unitId={unit.id}
                targets={given.targets}
                calendar={calendar}
                today={today}
                mayInherit={given.from?.unitId === unit.id && unit.id !== unit.governmentId}
              />
            </Section>
            <Section id="hari" title={t("days.title", { government })}>
              <p className="text-13 text-ink-2">{t("days.hint")}</p>
              {estimates.map(({ from: first }) => (
                <p key={first} className="text-13 text-ink-2">
                  {t("days.estimate", { year: first.slice(0, 4) })}
                </p>
              ))}
              {!leads && <p className="text-13 text-ink-3">{t("days.elsewhere", { government })}</p>}
              {years.map((one) => (
                <details key={one} className="mt-3 text-13">
                  <summary>{t("days.national", { year: String(one) })}</summary>
                  <ul className="mt-2 grid gap-1">
                    {nationalHolidays
                      .filter(({ day }) => day.startsWith(`${one}`))
                      .map(({ day, name, estimate }) => (
                        <li key={day}>
                          {shortDay(day, locale)}: {name}
                          {estimate && ` (${t("days.maybe")})`}
                        </li>
                      ))}
                  </ul>
                </details>
              ))}
              <DaysForm
                key={`${unit.governmentId} ${JSON.stringify(days)}`}
                governmentId={unit.governmentId}
                days={days}
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
