import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { reaches } from "#lib/core/access.ts";
import { page } from "#lib/core/doors.ts";
import { readLocale } from "#lib/core/i18n.ts";
import { formatInstant, type Locale, zoneName } from "#lib/core/text.ts";
import { assignableBy } from "#lib/inbox/queries.ts";
import { onDutyNow, rosterOf, type Shift } from "#lib/inbox/roster/queries.ts";
import type { Stretch } from "#lib/inbox/roster/rules.ts";
import { localDay, zoneOf } from "#lib/units/calendar.ts";
import { currentUnit } from "#lib/units/queries.ts";
import { Messages } from "@/components/messages.tsx";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { Empty } from "@/components/ui/empty.tsx";
import { Section } from "@/components/ui/section.tsx";
import { Time } from "@/components/ui/time.tsx";
import { RemoveShift, ShiftForm } from "./shift-form.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("roster"))("title") });

const GAPS = 7;

/** Who is on duty for a unit's inbox in the coming weeks, and when nobody is. */
export default page("inbox.read", async ({ actor }) => {
  const [unit, t, locale] = await Promise.all([currentUnit(actor), getTranslations("roster"), readLocale()]);
  const place = { unitId: unit.id, governmentId: unit.governmentId };
  const may = reaches(actor, "inbox.work", place);
  const [{ shifts, gaps }, names, people] = await Promise.all([rosterOf(actor, unit), onDutyNow(actor, unit), assignableBy(actor, place)]);
  return (
    <Messages namespaces={["roster", "problems"]}>
      <PageHeader title={t("title")} purpose={t("purpose", { unit: unit.shortName })} />
      <Page>
        <div className="with-rail">
          <div className="grid gap-8">
            <p className="font-strong">{names.length ? t("onDuty", { names: names.join(", ") }) : t("nobody")}</p>
            <Section id="giliran" title={t("shifts")} count={shifts.length}>
              {shifts.length ? <Shifts shifts={shifts} zone={unit.zone} locale={locale} may={may} /> : <Empty>{t("none")}</Empty>}
            </Section>
          </div>
          <div className="rail">
            {may ? (
              <Section id="tambah" title={t("add")}>
                {people.length ? (
                  <ShiftForm key={shifts.length} unitId={unit.id} people={people} zone={zoneName(unit.zone)} />
                ) : (
                  <p className="text-13 text-ink-2">{t("noPeople")}</p>
                )}
              </Section>
            ) : (
              <p className="text-13 text-ink-2">{t("readOnly")}</p>
            )}
            {shifts.length > 0 && (
              <Section id="sela" title={t("gaps")}>
                <p className="text-13 text-ink-2">{t(gaps.length ? "gapsHint" : "noGaps")}</p>
                <ul className="mt-2">
                  {gaps.slice(0, GAPS).map((gap) => (
                    <li key={gap.from.getTime()} className="py-1 border-b border-line text-13">
                      <Span {...gap} zone={unit.zone} locale={locale} />
                    </li>
                  ))}
                </ul>
                {gaps.length > GAPS && <p className="mt-1 text-13 text-ink-3">{t("moreGaps", { count: gaps.length - GAPS })}</p>}
              </Section>
            )}
          </div>
        </div>
      </Page>
    </Messages>
  );
});

/** A stretch of time; the day is not said twice. */
function Span({ from, to, zone, locale }: Stretch & { zone: string; locale: Locale }) {
  const sameDay = localDay(from, zoneOf(zone)) === localDay(to, zoneOf(zone));
  const begin = formatInstant(from, zone, locale, "near").slice(0, -zoneName(zone).length - 1);
  return (
    <>
      <time dateTime={from.toISOString()}>{begin}</time> – <Time at={to} zone={zone} style={sameDay ? "time" : "near"} />
    </>
  );
}

type ShiftsProps = { shifts: Shift[]; zone: string; locale: Locale; may: boolean };

const Shifts = ({ shifts, zone, locale, may }: ShiftsProps) => (
  <ul className="rows">
    {shifts.map(({ id, name, from, to }) => (
      <li key={id} className="grid grid-cols-[minmax(0,1fr)_auto] md:grid-cols-[180px_minmax(0,1fr)_auto] items-center gap-x-4 py-1.5">
        <span className="font-strong wrap-anywhere">{name}</span>
        <span className="text-13 text-ink-2 max-md:row-start-2">
          <Span from={from} to={to} zone={zone} locale={locale} />
        </span>
        {may && (
          <span className="max-md:row-span-2 max-md:row-start-1 max-md:col-start-2">
            <RemoveShift shiftId={id} name={name} at={formatInstant(from, zone, locale, "near")} />
          </span>
        )}
      </li>
    ))}
  </ul>
);
