import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { coachingOf } from "#lib/coaching/queries.ts";
import { isLow } from "#lib/coaching/rules.ts";
import { type Actor, may } from "#lib/core/access.ts";
import { page } from "#lib/core/doors.ts";
import { activeTrend } from "#lib/scores/boards/trend.ts";
import { countOpenObjections } from "#lib/scores/cases/objections.ts";
import type { Level } from "#lib/scores/rules.ts";
import { settingsOfUnit } from "#lib/scores/settings-in-force.ts";
import { CoachingMark } from "@/components/coaching/coaching-mark.tsx";
import { LiveRefresh } from "@/components/live/live-refresh.tsx";
import { Messages } from "@/components/messages.tsx";
import { Board } from "@/components/scores/board.tsx";
import { type BoardAddress, boardHref, readBoardAddress } from "@/components/scores/board-address.ts";
import { Governments } from "@/components/scores/governments.tsx";
import { RecomputeButton } from "@/components/scores/recompute-button.tsx";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { ButtonLink } from "@/components/ui/button-link.tsx";
import { Empty } from "@/components/ui/empty.tsx";
import { Icon } from "@/components/ui/icon.tsx";
import Link from "@/components/ui/link.tsx";
import { type BoardView, boardView, counted, filesOf, governmentRows, type Run, TREND_WEEKS, unitRows } from "./view.ts";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("scores.board"))("title") });

export default page("score.read", async ({ actor, search }) => {
  const address = readBoardAddress(search);
  const view = await boardView(actor, address);
  const [t, waiting] = await Promise.all([getTranslations("scores"), countOpenObjections(actor)]);
  const engagement = `/scores/engagement${view ? `?${new URLSearchParams({ of: view.region.code })}` : ""}` as Route;
  return (
    <>
      <PageHeader
        title={t("board.title")}
        purpose={view && (view.acrossGovernments ? t("governments.purpose") : t("board.purpose", { region: view.region.name }))}
        tools={
          <>
            {view && may(actor, "report.make") && (
              <ButtonLink kind="quiet" icon={<Icon name="report" />} href={`/reports/new?unit=${view.region.id}` as Route}>
                {t("makeReport")}
              </ButtonLink>
            )}
            <ButtonLink kind="quiet" icon={<Icon name="bars" />} href={engagement}>
              {t("board.engagement")}
            </ButtonLink>
            <ButtonLink kind="quiet" icon={<Icon name="flag" />} href={"/scores/objections" as Route}>
              {waiting ? t("objectionsWaiting", { count: waiting }) : t("card.objections")}
            </ButtonLink>
            {view?.run && (
              <a className="btn btn-quiet" href={filesOf(address).xlsx} download>
                <Icon name="download" />
                {t("files.download")}
              </a>
            )}
          </>
        }
        action={
          may(actor, "score.recompute") && (
            <Messages namespaces={["problems"]}>
              <RecomputeButton icon={<Icon name="refresh" />} words={{ label: t("recompute.label"), asked: t("recompute.asked") }} />
            </Messages>
          )
        }
      />
      <Page>
        <LiveRefresh topics={["score"]} />
        {!view ? (
          <Empty>{t("board.notScored")}</Empty>
        ) : !view.run ? (
          <Empty
            action={
              may(actor, "channel.read") && (
                <Link className="link" href={"/settings/channels" as Route}>
                  {t("board.toChannels")}
                </Link>
              )
            }
          >
            {t("board.empty")}
          </Empty>
        ) : view.acrossGovernments ? (
          await governments(actor, view, view.run, address)
        ) : (
          await board(actor, view, view.run, address)
        )}
        <p className="mt-6 md:hidden">
          <Link className="link" href={engagement}>
            {t("board.engagement")}
          </Link>
        </p>
      </Page>
    </>
  );
});

const waysOf = (address: BoardAddress) => ({
  address,
  href: boardHref("/scores", address),
  mapHref: boardHref("/scores/map", address)({ level: null, tier: null, q: "" }),
  files: filesOf(address),
});

async function governments(actor: Actor, view: BoardView, run: Run, address: BoardAddress) {
  const [found, trend, settings] = await Promise.all([
    governmentRows(actor, view, address),
    activeTrend(actor, { tier: address.tier, province: address.province }, counted(address), view.day, TREND_WEEKS),
    settingsOfUnit(view.region.id, view.day),
  ]);
  return <Governments {...waysOf(address)} {...found} region={view.region} trend={trend} day={view.day} run={run} settings={settings} />;
}

async function board(actor: Actor, view: BoardView, run: Run, address: BoardAddress) {
  const [found, trend, settings] = await Promise.all([
    unitRows(actor, view, address),
    activeTrend(actor, { governmentId: view.region.id }, counted(address), view.day, TREND_WEEKS),
    settingsOfUnit(view.region.id, view.day),
  ]);
  return (
    <Board
      notes={await coachingNotes(actor, found.shown)}
      {...waysOf(address)}
      {...found}
      region={view.region}
      trend={trend}
      day={view.day}
      run={run}
      settings={settings}
      above={view.fromAbove ? boardHref("/scores", address)({ region: null, level: null }) : null}
    />
  );
}

/** Of low units that are shown: why they are silent, and who coaches them. */
async function coachingNotes(actor: Actor, rows: { unitId: string; code: string; level: Level | null }[]) {
  const low = rows.filter(({ level }) => isLow(level));
  const known = await coachingOf(
    actor,
    low.map(({ unitId }) => unitId),
  );
  return new Map(
    low.flatMap(({ unitId, code }) => {
      const coaching = known.get(unitId);
      return coaching ? [[unitId, <CoachingMark key={unitId} code={code} coaching={coaching} />] as const] : [];
    }),
  );
}
