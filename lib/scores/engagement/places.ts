import { type Actor, inScope } from "../../core/access.ts";
import { db } from "../../core/db.ts";
import { Refusal } from "../../core/errors.ts";
import { type Zone, zoneOf } from "../../units/calendar.ts";
import { regionInReach } from "../regions.ts";
import type { Place } from "./figures.ts";

export type Named = { code: string; name: string };
export type AnalysedPlace = {
  place: Place;
  code: string;
  name: string;
  isRegion: boolean;
  /** The units of the region that the actor may look at one by one; the region itself when he may see it whole. */
  region: Named | null;
  units: Named[];
};

const mostUnits = 300;

/** The unit or region whose engagement is looked at, by its code. Foreign ones answer like unknown ones; null for a ministry, which has regions. */
export async function analysedPlace(actor: Actor, code: string): Promise<AnalysedPlace | null> {
  const unit = await db.unit.findFirst({
    where: { AND: [{ code, active: true }, inScope(actor, "score.read", "id")] },
    select: { id: true, code: true, name: true, kind: true, zone: true, governmentId: true },
  });
  if (!unit) throw new Refusal("not-found");
  if (unit.kind === "ministry") return null;
  const isRegion = unit.id === unit.governmentId;
  const [region, units] = await Promise.all([
    regionInReach(actor, { id: unit.governmentId }),
    db.unit.findMany({
      where: { AND: [{ governmentId: unit.governmentId, active: true, scoreClass: { not: null } }, inScope(actor, "score.read", "id")] },
      select: { code: true, shortName: true },
      orderBy: { shortName: "asc" },
      take: mostUnits,
    }),
  ]);
  if (isRegion && !region) throw new Refusal("not-found");
  const zone: Zone = zoneOf(unit.zone);
  return {
    place: { unitId: isRegion ? null : unit.id, governmentId: unit.governmentId, zone },
    ...{ code: unit.code, name: unit.name, isRegion },
    region: region && { code: region.code, name: region.name },
    units: units.map(({ code: own, shortName }) => ({ code: own, name: shortName })),
  };
}

/** Regions in reach whose name holds some words, for those who look at many: at most `most`. */
export async function regionsInReach(actor: Actor, like: string, most = 60): Promise<Named[]> {
  return db.unit.findMany({
    where: {
      AND: [
        { active: true, kind: { in: ["province", "regency", "city"] }, name: { contains: like, mode: "insensitive" } },
        { members: { some: { scoreClass: { not: null } } } },
        inScope(actor, "score.read", "id"),
      ],
    },
    select: { code: true, name: true },
    orderBy: { name: "asc" },
    take: most,
  });
}
