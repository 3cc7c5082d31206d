import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { now } from "#lib/core/clock.ts";
import { page } from "#lib/core/doors.ts";
import { readLocale } from "#lib/core/i18n.ts";
import { formatInstant } from "#lib/core/text.ts";
import { buildDocument, periodText } from "#lib/reports/document/building.ts";
import { wordsIn } from "#lib/reports/document/wording.ts";
import { monthBefore, monthPeriod, type Period } from "#lib/reports/period.ts";
import { previewReport } from "#lib/reports/queries.ts";
import { type Paper, papers } from "#lib/reports/rules.ts";
import { type SubjectChoice, subjectChoices } from "#lib/reports/subjects.ts";
import { addDays, localDay, zoneOf } from "#lib/units/calendar.ts";
import { currentUnit } from "#lib/units/queries.ts";
import { Messages } from "@/components/messages.tsx";
import { DocumentView } from "@/components/reports/document-view.tsx";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { Button } from "@/components/ui/button.tsx";
import { Field, Input, Select } from "@/components/ui/field.tsx";
import { Note } from "@/components/ui/note.tsx";
import { CreateReport } from "./create-report.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("reports.new"))("title") });

const day = z.iso.date().optional().catch(undefined);
const asked = z.object({
  unit: z.uuid().optional().catch(undefined),
  month: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
    .optional()
    .catch(undefined),
  from: day,
  to: day,
  paper: z.enum(papers).catch("f4"),
});
type Asked = z.infer<typeof asked>;
const MONTHS = 12;
const groups = ["whole", "component", "region", "agency", "district"] as const;

/** What is reported on, for which period, and how it will read; the figures are kept when the report is created. */
export default page("report.make", async ({ actor, search }) => {
  const wanted = asked.parse(search);
  const [t, locale, unit] = await Promise.all([getTranslations("reports"), readLocale(), currentUnit(actor)]);
  const choices = await subjectChoices(actor, unit);
  const today = localDay(now(), zoneOf(unit.zone));
  const unitId = wanted.unit ?? unit.id;
  const period = periodOf(wanted, today);
  const preview = await previewReport(actor, unitId, period);
  const say = await wordsIn(locale);
  return (
    <>
      <PageHeader
        title={t("new.title")}
        purpose={t("new.purpose")}
        action={
          "figures" in preview && (
            <Messages namespaces={["problems"]}>
              <CreateReport
                input={{ unitId, ...period, paper: wanted.paper }}
                words={{ label: t("new.create"), short: t("new.createShort") }}
              />
            </Messages>
          )
        }
      />
      <Page>
        <Choose choices={choices} unitId={unitId} today={today} wanted={wanted} period={period} />
        {"problem" in preview ? (
          <Note kind="warn" role="status">
            {t(`new.problem.${preview.problem as "period-future"}`)}
          </Note>
        ) : (
          <>
            <p className="text-13 text-ink-3 mb-3">{t("new.preview")}</p>
            <DocumentView
              document={buildDocument(preview.figures, preview.letterhead.basis, say, locale)}
              letterhead={preview.letterhead}
              number={null}
              signatory={preview.letterhead.signatory}
              day={formatInstant(now(), preview.figures.subject.zone, locale, "date")}
              say={say}
              locale={locale}
            />
          </>
        )}
      </Page>
    </>
  );
});

/** A month, or any stretch of days; without either the month before. */
function periodOf({ month, from, to }: Asked, today: string): Period {
  if (month) return monthPeriod(month);
  return from && to ? { from, to } : monthBefore(today);
}

type ChooseProps = { choices: SubjectChoice[]; unitId: string; today: string; wanted: Asked; period: Period };

async function Choose({ choices, unitId, today, wanted, period }: ChooseProps) {
  const [t, locale] = await Promise.all([getTranslations("reports"), readLocale()]);
  const months = Array.from({ length: MONTHS }).reduce<string[]>(
    (list) => [...list, monthBefore(`${list.at(-1) ?? today.slice(0, 7)}-01`).from.slice(0, 7)],
    [],
  );
  const all = [today.slice(0, 7), ...months];
  const free = !wanted.month && wanted.from !== undefined && wanted.to !== undefined;
  return (
    <form action="/reports/new" className="grid gap-4 mb-6 md:grid-cols-4 md:items-end">
      <Field id="laporan-unit" label={t("new.subject")}>
        {(control) => (
          <Select {...control} name="unit" defaultValue={unitId}>
            {groups.map((group) => {
              const of = choices.filter((choice) => choice.group === group);
              return of.length ? (
                <optgroup key={group} label={t(`new.group.${group}`)}>
                  {of.map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))}
                </optgroup>
              ) : null;
            })}
          </Select>
        )}
      </Field>
      <Field id="laporan-bulan" label={t("new.month")}>
        {(control) => (
          <Select {...control} name="month" defaultValue={free ? "" : period.from.slice(0, 7)}>
            <option value="">{t("new.otherPeriod")}</option>
            {all.map((month) => (
              <option key={month} value={month}>
                {periodText(monthPeriod(month), locale)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field id="laporan-kertas" label={t("paper.label")}>
        {(control) => (
          <Select {...control} name="paper" defaultValue={wanted.paper}>
            {papers.map((paper: Paper) => (
              <option key={paper} value={paper}>
                {t(`paper.${paper}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Button type="submit">{t("new.show")}</Button>
      <details className="md:col-span-4" open={free}>
        <summary className="link w-fit text-13">{t("new.range")}</summary>
        <div className="flex flex-wrap gap-4 mt-3">
          {(["from", "to"] as const).map((end) => (
            <Field key={end} id={`laporan-${end}`} label={t(`new.${end}`)}>
              {(control) => (
                <Input
                  {...control}
                  type="date"
                  name={end}
                  max={addDays(today, -1)}
                  defaultValue={free ? period[end] : ""}
                  className="w-44"
                />
              )}
            </Field>
          ))}
        </div>
        <p className="text-13 text-ink-3 mt-2">{t("new.rangeHint")}</p>
      </details>
    </form>
  );
}
