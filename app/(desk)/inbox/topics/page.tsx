import type { Metadata, Route } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { now } from "#lib/core/clock.ts";
import { page } from "#lib/core/doors.ts";
import { formatInstant, isLocale } from "#lib/core/text.ts";
import { periodOf } from "#lib/inbox/topics/period-rules.ts";
import { topicFigures } from "#lib/inbox/topics/week-figures.ts";
import { addDays, startOfDay, type Zone, zoneOf } from "#lib/units/calendar.ts";
import { currentUnit, isGovernment } from "#lib/units/queries.ts";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import Link from "@/components/ui/link.tsx";
import { readTopicsAddress, type TopicsAddress, topicsHref } from "./address.ts";
import { BehindFigure } from "./behind-figure.tsx";
import { Figures } from "./figures.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("topics"))("title") });

/** What citizens spoke of in a week and what rose and fell, down to their sentences. */
export default page("inbox.read", async ({ actor, search }) => {
  const [unit, t] = await Promise.all([currentUnit(actor), getTranslations("topics")]);
  const zone = zoneOf(unit.zone);
  const at = now();
  const address = readTopicsAddress(search, zone, at);
  const period = periodOf(address.week, 1, zone, at);
  return (
    <>
      <PageHeader
        title={t("title")}
        purpose={unit.shortName}
        tools={
          <a className="btn" href={`/inbox/topics/export?week=${address.week}`} download>
            <span>{t("export")}</span>
          </a>
        }
      />
      <Page>
        <p className="flex flex-wrap gap-x-5 gap-y-1 mb-4 print:hidden">
          <Link className="link" href="/inbox">
            {t("inbox")}
          </Link>
          <Link className="link" href={`/inbox/topics/aspirations?week=${address.week}` as Route}>
            {t("aspirationsLink")}
          </Link>
        </p>
        {address.behind ? (
          <BehindFigure actor={actor} unit={unit} address={{ ...address, behind: address.behind }} period={period} />
        ) : (
          <>
            <WeekPicker address={address} zone={zone} today={at} />
            <Figures
              figures={await topicFigures(actor, unit, period)}
              address={address}
              running={period.to.getTime() === at.getTime()}
              unitName={unit.shortName}
              byUnit={isGovernment(unit)}
            />
          </>
        )}
      </Page>
    </>
  );
});

type PickerProps = { address: TopicsAddress; zone: Zone; today: Date };

async function WeekPicker({ address: { week, order }, zone, today }: PickerProps) {
  const [t, locale] = await Promise.all([getTranslations("topics.week"), getLocale()]);
  const day = (local: string) => formatInstant(startOfDay(local, zone), zone, isLocale(locale) ? locale : "id", "date");
  const following = addDays(week, 7);
  return (
    <div className="mb-5 flex flex-wrap items-end justify-between gap-x-8 gap-y-3">
      <div>
        <p className="font-strong">{t("span", { from: day(week), to: day(addDays(week, 6)) })}</p>
        <p className="mt-1 flex flex-wrap gap-x-5 print:hidden">
          <Link className="link" href={topicsHref(addDays(week, -7), { order })}>
            {t("earlier")}
          </Link>
          {startOfDay(following, zone) <= today && (
            <Link className="link" href={topicsHref(following, { order })}>
              {t("later")}
            </Link>
          )}
        </p>
      </div>
      <div className="print:hidden">
        <form action="/inbox/topics" className="flex flex-wrap items-end gap-2">
          {order !== "most" && <input type="hidden" name="order" value={order} />}
          <span>
            <label className="label" htmlFor="week">
              {t("day")}
            </label>
            <input className="input" id="week" name="week" type="date" defaultValue={week} required />
          </span>
          <button type="submit" className="btn">
            <span>{t("open")}</span>
          </button>
        </form>
      </div>
    </div>
  );
}
