import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { may } from "#lib/core/access.ts";
import { now } from "#lib/core/clock.ts";
import { page } from "#lib/core/doors.ts";
import { isLocale } from "#lib/core/text.ts";
import { type CalendarChannel, calendarChannels, calendarTags, calendarUnits, planFilters } from "#lib/posts/calendar.ts";
import { pillars } from "#lib/posts/rules.ts";
import { localDay, type Zone } from "#lib/units/calendar.ts";
import { currentUnit, isGovernment } from "#lib/units/queries.ts";
import { type Address, hrefOf, readAddress, spanOf, stepped } from "@/components/calendar/address.ts";
import { type Filter, Filters } from "@/components/calendar/filters.tsx";
import { monthName, rangeName, wholeDay } from "@/components/calendar/words.ts";
import { LiveRefresh } from "@/components/live/live-refresh.tsx";
import { Messages } from "@/components/messages.tsx";
import { platformNames } from "@/components/posts/platform-names.ts";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { ButtonLink } from "@/components/ui/button-link.tsx";
import { Icon } from "@/components/ui/icon.tsx";
import { SegmentLink, Segments } from "@/components/ui/segments.tsx";
import { ListView, MonthView, WeekView } from "./views.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("calendar"))("title") });

export default page("post.read", async ({ actor, search }) => {
  const [t, chosen, unit] = await Promise.all([getTranslations("calendar"), getLocale(), currentUnit(actor)]);
  const locale = isLocale(chosen) ? chosen : "id";
  const zone = unit.zone as Zone;
  const today = localDay(now(), zone);
  const address = readAddress(search, today);
  const [units, channels, tags] = await Promise.all([
    calendarUnits(actor, unit),
    calendarChannels(actor, unit, address.filters.unitId),
    calendarTags(actor, unit, address.filters.unitId),
  ]);
  const { view, day } = address;
  const span = spanOf(address);
  const heading =
    view === "month" ? monthName(day, locale) : view === "day" ? wholeDay(day, locale) : rangeName(span.first, span.last, locale);
  const View = { month: MonthView, week: WeekView, list: ListView, day: ListView }[view];
  return (
    <>
      <PageHeader
        title={t("title")}
        purpose={t("purpose")}
        tools={
          <ButtonLink kind="quiet" small href="/posts" icon={<Icon name="post" />}>
            {t("allPosts")}
          </ButtonLink>
        }
        action={
          may(actor, "post.write") && (
            <ButtonLink kind="primary" href="/posts/new" icon={<Icon name="pencil" />}>
              {t("write")}
            </ButtonLink>
          )
        }
      />
      <Page work>
        <LiveRefresh topics={["post"]} />
        <Messages namespaces={["calendar", "problems", "ui"]}>
          <div className="cal-bar">
            <div className="cal-steps">
              <ButtonLink
                kind="quiet"
                small
                href={hrefOf(address, { day: stepped(address, -1) })}
                icon={<Icon name="chevronLeft" />}
                aria-label={t(`before.${view}`)}
              />
              <ButtonLink
                kind="quiet"
                small
                href={hrefOf(address, { day: stepped(address, 1) })}
                icon={<Icon name="chevronRight" />}
                aria-label={t(`after.${view}`)}
              />
              <h2>{heading}</h2>
              {day !== today && (
                <ButtonLink kind="quiet" small href={hrefOf(address, { day: today })}>
                  {t("toToday")}
                </ButtonLink>
              )}
            </div>
            <Segments label={t("view")}>
              {(["month", "week", "list"] as const).map((each) => (
                <SegmentLink
                  key={each}
                  current={each === view || (each === "list" && view === "day")}
                  href={hrefOf(address, { view: each })}
                >
                  {t(`views.${each}`)}
                </SegmentLink>
              ))}
            </Segments>
            <Filters kept={{ view, day }} filters={await filtersOf(address, { units, channels, tags, several: isGovernment(unit) })} />
          </div>
          <View actor={actor} unit={unit} address={address} channels={channels} today={today} />
        </Messages>
      </Page>
    </>
  );
});

async function filtersOf(
  address: Address,
  {
    units,
    channels,
    tags,
    several,
  }: { units: { id: string; shortName: string }[]; channels: CalendarChannel[]; tags: string[]; several: boolean },
): Promise<Filter[]> {
  const [t, words] = await Promise.all([getTranslations("calendar.filters"), getTranslations("posts.composer")]);
  const { unitId, channelId, pillar, tag, state } = address.filters;
  const named = ({ platform, handle, unitShortName }: CalendarChannel) =>
    `${platformNames[platform]} ${handle}${several && !unitId ? `, ${unitShortName}` : ""}`;
  return [
    ...(units.length > 1
      ? [{ name: "unit" as const, chosen: unitId, choices: units.map(({ id, shortName }) => ({ id, name: shortName })) }]
      : []),
    { name: "channel", chosen: channelId, choices: channels.map((channel) => ({ id: channel.id, name: named(channel) })) },
    { name: "pillar", chosen: pillar, choices: pillars.map((id) => ({ id, name: words(`pillars.${id}`) })) },
    ...(tags.length || tag
      ? [{ name: "tag" as const, chosen: tag, choices: [...new Set([...(tag ? [tag] : []), ...tags])].map((id) => ({ id, name: id })) }]
      : []),
    { name: "state", chosen: state, choices: planFilters.map((id) => ({ id, name: t(`states.${id}`) })) },
  ];
}
