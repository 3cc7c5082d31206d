import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { Actor } from "#lib/core/access.ts";
import { page } from "#lib/core/doors.ts";
import { governmentTallies } from "#lib/scores/boards/governments.ts";
import { areasOfProvince, provinceTallies } from "#lib/scores/boards/map.ts";
import { sumOf } from "#lib/scores/boards/tallies.ts";
import { activeTrend, regionTally } from "#lib/scores/boards/trend.ts";
import type { Region } from "#lib/scores/regions.ts";
import { settingsOfUnit } from "#lib/scores/settings-in-force.ts";
import { LiveRefresh } from "@/components/live/live-refresh.tsx";
import { ActivityMap, type Area } from "@/components/scores/activity-map.tsx";
import { type BoardAddress, boardHref, readBoardAddress } from "@/components/scores/board-address.ts";
import { BoardHero } from "@/components/scores/board-hero.tsx";
import { BoardFilters, BoardTools, EarlierDay } from "@/components/scores/board-tools.tsx";
import { regionHref } from "@/components/scores/governments.tsx";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { Empty } from "@/components/ui/empty.tsx";
import { type BoardView, boardView, counted, TREND_WEEKS } from "../view.ts";

const COUNTRY = "id";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("scores.map"))("title") });

export default page("score.read", async ({ actor, search }) => {
  const asked = readBoardAddress(search);
  // Components belong to no place on a map.
  const address: BoardAddress = { ...asked, group: asked.group === "component" ? "agency" : asked.group };
  const view = await boardView(actor, address);
  const t = await getTranslations("scores");
  const shown = view?.run ? await mapOf(actor, view, address) : null;
  const href = boardHref("/scores/map", address);
  return (
    <>
      <PageHeader
        title={t("map.title")}
        purpose={shown && t("map.purpose", { province: shown.map === COUNTRY ? "all" : "one", name: shown.name })}
      />
      <Page>
        <LiveRefresh topics={["score"]} />
        {!view?.run || !shown ? (
          <Empty>{t(view ? "board.empty" : "board.notScored")}</Empty>
        ) : (
          <>
            {view.day < view.run.day && <EarlierDay day={view.day} settings={shown.settings} href={href} />}
            {shown.tally && shown.tally.units > 0 && (
              <BoardHero
                tally={shown.tally}
                address={address}
                trend={shown.trend}
                run={{ at: view.run.at, zone: view.region.zone }}
                region={shown.heroName}
              />
            )}
            <div className="mt-8">
              <BoardTools
                view={{ path: "/scores/map", address, href }}
                other={boardHref("/scores", address)({})}
                groups={["agency", "district"]}
                latest={view.run.day}
              />
              <BoardFilters label={t("map.filter")} address={address} href={href} />
              <ActivityMap map={shown.map} name={shown.name} areas={shown.areas} href={href} />
            </div>
          </>
        )}
      </Page>
    </>
  );
});

/** What is drawn: the country by province, or a province by government; and the sum that stands above it. */
async function mapOf(actor: Actor, view: BoardView, address: BoardAddress) {
  const areas = address.province ? await provinceAreas(actor, view, address, address.province) : await countryAreas(actor, view, address);
  const whole = address.province ? areas.find((area) => area.whole) : undefined;
  const isMinistry = view.region.kind === "ministry";
  const whose = isMinistry ? { tier: null, province: address.province } : { governmentId: view.region.id };
  const [tally, trend, settings, t] = await Promise.all([
    isMinistry ? sumOf(areas.flatMap((area) => area.tally ?? [])) : regionTally(actor, view.region.id, counted(address), view.day),
    activeTrend(actor, whose, counted(address), view.day, TREND_WEEKS),
    settingsOfUnit(view.region.id, view.day),
    getTranslations("scores.map"),
  ]);
  return {
    map: address.province ?? COUNTRY,
    name: whole?.name ?? t("nation"),
    heroName: isMinistry ? undefined : view.region.name,
    areas,
    tally,
    trend,
    settings,
  };
}

async function countryAreas(actor: Actor, { region, day }: BoardView, address: BoardAddress): Promise<Area[]> {
  const rows = await provinceTallies(actor, day, counted(address));
  const open = boardHref("/scores/map", address);
  return rows.map(({ code, name, opens, tally }) => ({
    code,
    name,
    tally,
    href: opens ? open({ province: code }) : null,
    own: isOwn(region, code),
  }));
}

async function provinceAreas(actor: Actor, { region, day }: BoardView, address: BoardAddress, province: string): Promise<Area[]> {
  const [areas, tallies] = await Promise.all([
    areasOfProvince(actor, province),
    governmentTallies(actor, day, { ...counted(address), tier: null, province }),
  ]);
  const known = new Map(tallies.map((row) => [row.code, row]));
  return areas.map(({ code, name, kind, readable }) => {
    const tally = known.get(code) ?? null;
    const why = kind === "administrative_area" ? "partOf" : readable ? undefined : "outside";
    return {
      code,
      name,
      tally,
      why,
      href: tally ? regionHref(code, address) : null,
      own: region.code === code,
      whole: kind === "province",
    };
  });
}

const isOwn = (region: Region, province: string) =>
  region.kind !== "ministry" && (region.code === province || region.code.startsWith(`${province}.`));
