import type { Metadata, Route } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { type Actor, may } from "#lib/core/access.ts";
import { now } from "#lib/core/clock.ts";
import { page } from "#lib/core/doors.ts";
import { Refusal } from "#lib/core/errors.ts";
import { governmentsByActivity } from "#lib/scores/boards/governments.ts";
import { leaderboard } from "#lib/scores/boards/leaderboard.ts";
import { activeTrend } from "#lib/scores/boards/trend.ts";
import { countOpenObjections } from "#lib/scores/cases/objections.ts";
import { type Group, groups, lastRun, type Region, regionInReach } from "#lib/scores/regions.ts";
import { type Level, levels } from "#lib/scores/rules.ts";
import { localDay } from "#lib/units/calendar.ts";
import { currentUnit } from "#lib/units/queries.ts";
import { LiveRefresh } from "@/components/live/live-refresh.tsx";
import { Messages } from "@/components/messages.tsx";
import { Board } from "@/components/scores/board.tsx";
import { Governments } from "@/components/scores/governments.tsx";
import { RecomputeButton } from "@/components/scores/recompute-button.tsx";
import { cardHref } from "@/components/scores/score-summary.tsx";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { ButtonLink } from "@/components/ui/button-link.tsx";
import { Empty } from "@/components/ui/empty.tsx";
import { Icon } from "@/components/ui/icon.tsx";
import Link from "@/components/ui/link.tsx";

const TREND_WEEKS = 12;

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("scores.board"))("title") });

const searchOf = z.object({
  region: z.string().max(60).optional().catch(undefined),
  group: z.enum(groups).catch("agency"),
  level: z.enum(levels).nullable().catch(null),
  q: z.string().trim().max(80).catch(""),
});
type Search = z.infer<typeof searchOf>;

export default page("score.read", async ({ actor, search }) => {
  const wanted = searchOf.parse(search);
  const region = await regionOf(actor, wanted.region);
  const [t, waiting] = await Promise.all([getTranslations("scores"), countOpenObjections(actor)]);
  return (
    <>
      <PageHeader
        title={t("board.title")}
        purpose={region && (region.kind === "ministry" ? t("governments.purpose") : t("board.purpose", { region: region.name }))}
        tools={
          <ButtonLink kind="quiet" icon={<Icon name="flag" />} href={"/scores/objections" as Route}>
            {waiting ? t("objectionsWaiting", { count: waiting }) : t("card.objections")}
          </ButtonLink>
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
        {!region ? (
          <Empty>{t("board.notScored")}</Empty>
        ) : region.kind === "ministry" ? (
          await governments(actor, region, wanted)
        ) : (
          await board(actor, region, wanted)
        )}
      </Page>
    </>
  );
});

/** The region asked for, else that of the chosen unit. Who may read single units alone sees the chosen one's report card, if it is scored. */
async function regionOf(actor: Actor, code: string | undefined): Promise<Region | null> {
  if (code) {
    const asked = await regionInReach(actor, { code });
    if (!asked) throw new Refusal("not-found");
    return asked;
  }
  const unit = await currentUnit(actor);
  const own = await regionInReach(actor, { id: unit.governmentId });
  if (!own && unit.scoreClass) redirect(cardHref(unit.code));
  return own;
}

async function governments(actor: Actor, ministry: Region, { q }: Search) {
  const run = await lastRun(ministry.zone);
  return <Governments {...(await governmentsByActivity(actor, run?.day ?? localDay(now(), "Asia/Jakarta"), q))} like={q} />;
}

async function board(actor: Actor, region: Region, { group, level, region: asked }: Search) {
  const t = await getTranslations("scores.board");
  const run = await lastRun(region.zone, region.id);
  const unit = await currentUnit(actor);
  const back = asked && unit.government.kind === "ministry" && (
    <p className="mb-4">
      <Link className="link" href="/scores">
        {t("allGovernments")}
      </Link>
    </p>
  );
  if (!run)
    return (
      <>
        {back}
        <Empty
          action={
            may(actor, "channel.read") && (
              <Link className="link" href={"/settings/channels" as Route}>
                {t("toChannels")}
              </Link>
            )
          }
        >
          {t("empty")}
        </Empty>
      </>
    );
  const [rows, trend] = await Promise.all([
    leaderboard(actor, region.id, group, run.day),
    activeTrend(actor, region.id, group, run.day, TREND_WEEKS),
  ]);
  const href = (filter: { group: Group; level: Level | null }) =>
    `/scores?${new URLSearchParams({ ...(asked && { region: asked }), ...(filter.group !== "agency" && { group: filter.group }), ...(filter.level && { level: filter.level }) })}` as Route;
  return (
    <>
      {back}
      <Board region={region} group={group} level={level} rows={rows} trend={trend} run={run} href={href} />
    </>
  );
}
