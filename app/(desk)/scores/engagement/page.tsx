import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { Actor } from "#lib/core/access.ts";
import { now } from "#lib/core/clock.ts";
import { page } from "#lib/core/doors.ts";
import { findEngagement } from "#lib/scores/engagement/finding.ts";
import { analysedPlace, regionsInReach } from "#lib/scores/engagement/places.ts";
import { periodsOf } from "#lib/scores/engagement/rules.ts";
import { localDay } from "#lib/units/calendar.ts";
import { currentUnit } from "#lib/units/queries.ts";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { ButtonLink } from "@/components/ui/button-link.tsx";
import { Icon } from "@/components/ui/icon.tsx";
import { type EngagementAddress, exportHref, readAddress } from "./address.ts";
import { Filters } from "./filters.tsx";
import { Regions } from "./regions.tsx";
import { Report } from "./report.tsx";

const shownPosts = 25;

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("engagement"))("title") });

export default page("score.read", async ({ actor, search }) => {
  const address = readAddress(search);
  const t = await getTranslations("engagement");
  const place = await analysedPlace(actor, address.of ?? (await currentUnit(actor)).code);
  const back = (
    <ButtonLink kind="quiet" icon={<Icon name="arrowLeft" />} href="/scores">
      {t("back")}
    </ButtonLink>
  );
  if (!place)
    return (
      <>
        <PageHeader title={t("title")} purpose={t("regions.purpose")} action={back} />
        <Page>
          <Regions regions={await regionsInReach(actor, address.q)} address={address} />
        </Page>
      </>
    );
  const periods = periodsOf(address, localDay(now(), place.place.zone));
  return (
    <>
      <PageHeader
        title={t("title")}
        purpose={t("purpose", { place: place.name })}
        tools={
          <a className="btn btn-quiet" href={exportHref(address, null)} download>
            <Icon name="download" />
            <span>{t("workbook")}</span>
          </a>
        }
        action={back}
      />
      <Page>
        <Filters address={address} place={place} periods={periods} />
        {await report(actor, address, place, periods)}
        <p className="mt-8 md:hidden">
          <a className="link" href={exportHref(address, null)} download>
            {t("workbook")}
          </a>
        </p>
      </Page>
    </>
  );
});

type Found = NonNullable<Awaited<ReturnType<typeof analysedPlace>>>;

async function report(actor: Actor, address: EngagementAddress, place: Found, periods: ReturnType<typeof periodsOf>) {
  const filter = { place: place.place, periods, platform: address.platform, pillar: address.pillar };
  const found = await findEngagement(actor, filter, address.sort, shownPosts);
  return <Report {...{ address, periods }} {...found} zone={place.place.zone} byUnit={place.isRegion} />;
}
