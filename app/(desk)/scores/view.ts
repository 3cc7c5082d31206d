import { redirect } from "next/navigation";
import type { Actor } from "#lib/core/access.ts";
import { Refusal } from "#lib/core/errors.ts";
import { type GovernmentRow, governmentTallies } from "#lib/scores/boards/governments.ts";
import { leaderboard } from "#lib/scores/boards/leaderboard.ts";
import { placesByShare, tallyOf } from "#lib/scores/boards/ranking.ts";
import { regionTally } from "#lib/scores/boards/trend.ts";
import { lastRun, type Region, regionInReach } from "#lib/scores/regions.ts";
import { currentUnit } from "#lib/units/queries.ts";
import { type BoardAddress, boardHref } from "@/components/scores/board-address.ts";
import { cardHref } from "@/components/scores/score-summary.tsx";

export const TREND_WEEKS = 12;

export type Run = { day: string; at: Date };

/** The board that an address asks for: whose, when it was last computed, and the day that is shown. */
export type BoardView = { region: Region; run: Run | null; day: string; acrossGovernments: boolean; fromAbove: boolean };

/** Null where nothing is scored. Who may read single units alone is led to the chosen one's report card. */
export async function boardView(actor: Actor, address: BoardAddress): Promise<BoardView | null> {
  const region = await regionOf(actor, address.region);
  if (!region) return null;
  const unit = await currentUnit(actor);
  const run = await lastRun(region.zone, region.id);
  const day = run && (address.day && address.day < run.day ? address.day : run.day);
  return {
    region,
    run,
    day: day ?? "",
    acrossGovernments: region.kind === "ministry" && address.group !== "component",
    fromAbove: region.kind !== "ministry" && unit.government.kind === "ministry",
  };
}

async function regionOf(actor: Actor, code: string | null): Promise<Region | null> {
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

/** The units of one government: all of the group, what is counted of them, and what the filters leave. */
export async function unitRows(actor: Actor, { region, day }: BoardView, address: BoardAddress) {
  const rows = await leaderboard(actor, region.id, address.group, day);
  const ofClass = rows.filter((row) => !address.class || row.scoreClass === address.class);
  const tally = rows.length > 0 ? tallyOf(ofClass) : await regionTally(actor, region.id, counted(address), day);
  return { rows, ofClass, tally, shown: ofClass.filter((row) => !address.level || row.level === address.level) };
}

/** The governments that the filters leave, with the places they have among all of them. */
export async function governmentRows(actor: Actor, { day }: BoardView, address: BoardAddress) {
  const rows = await governmentTallies(actor, day, { ...counted(address), tier: address.tier, province: address.province });
  const like = address.q.toLowerCase();
  return {
    rows,
    place: placesByShare(rows) as Map<GovernmentRow, number>,
    shown: rows.filter((row) => row.name.toLowerCase().includes(like)),
  };
}

export const counted = ({ group, class: scoreClass }: BoardAddress) => ({ group, scoreClass });

/** The same rows as files. */
export const filesOf = (address: BoardAddress) => {
  const href = boardHref("/scores/export", address)({});
  const as = (format: string) => `${href}${href.includes("?") ? "&" : "?"}format=${format}`;
  return { csv: as("csv"), xlsx: as("xlsx") };
};
