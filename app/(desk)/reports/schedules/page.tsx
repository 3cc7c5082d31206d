import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { page } from "#lib/core/doors.ts";
import { zoneName } from "#lib/core/text.ts";
import { listSchedules, possibleRecipients } from "#lib/reports/scheduling.ts";
import { subjectChoices } from "#lib/reports/subjects.ts";
import { currentUnit } from "#lib/units/queries.ts";
import { Messages } from "@/components/messages.tsx";
import { ReportTabs } from "@/components/reports/report-tabs.tsx";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { Empty } from "@/components/ui/empty.tsx";
import { Section } from "@/components/ui/section.tsx";
import { Time } from "@/components/ui/time.tsx";
import { EndSchedule } from "./end-schedule.tsx";
import { ScheduleForm } from "./schedule-form.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("reports.schedules"))("title") });

/** Reports that are made each month and sent by e-mail. */
export default page("report.make", async ({ actor }) => {
  const [t, unit] = await Promise.all([getTranslations("reports"), currentUnit(actor)]);
  const [rows, { people, domain }, choices] = await Promise.all([
    listSchedules(actor, unit),
    possibleRecipients(actor, unit.id),
    subjectChoices(actor, unit),
  ]);
  return (
    <>
      <PageHeader title={t("schedules.title")} purpose={t("schedules.purpose")} />
      <Page>
        <ReportTabs current="schedules" />
        <Messages namespaces={["reports", "problems"]}>
          <div className="grid gap-8 max-w-[760px]">
            <Section id="jadwal-laporan" title={t("schedules.running")}>
              {rows.length ? (
                <ul className="grid gap-4">
                  {rows.map((row) => (
                    <li key={row.id} className="panel p-4 grid gap-1">
                      <p className="font-strong">{row.unit.name}</p>
                      <p className="text-14">
                        {t("schedules.when", {
                          day: row.dayOfMonth,
                          hour: String(row.hour).padStart(2, "0"),
                          zone: zoneName(row.unit.zone),
                        })}
                      </p>
                      <p className="text-13 text-ink-2">
                        {t("schedules.next")} <Time at={row.nextAt} zone={row.unit.zone} style="long" /> · {t(`paper.${row.paper}`)} ·{" "}
                        {t(`schedules.delivery.${row.delivery}`)}
                      </p>
                      <p className="text-13 text-ink-2">
                        {row.recipients.length ? t("schedules.to", { names: row.recipients.join(", ") }) : t("schedules.toNobody")}
                      </p>
                      <div className="mt-1">
                        <EndSchedule scheduleId={row.id} name={row.unit.name} />
                      </div>
                    </li>
                  ))}
                </ul>
              ) : (
                <Empty>{t("schedules.empty")}</Empty>
              )}
            </Section>
            <Section id="jadwal-baru" title={t("schedules.new")}>
              <ScheduleForm
                key={unit.id}
                unitId={unit.id}
                choices={choices.filter(({ group }) => group !== "region").map(({ id, name }) => ({ id, name }))}
                people={people}
                domain={domain}
                zone={zoneName(unit.zone)}
              />
            </Section>
          </div>
        </Messages>
      </Page>
    </>
  );
});
