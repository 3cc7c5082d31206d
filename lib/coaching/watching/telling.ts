import type { Tx } from "../../core/db.ts";
import { type News, notify } from "../../notices/notifying.ts";
import { holdersOf } from "../../people/holders.ts";
import { unitLink } from "../links.ts";
import { daysLeft } from "./watch-rules.ts";
import type { Proposed, Seen } from "./watching.ts";

/**
 * Warns the admins of a unit that is near to Dorman, asks those of a fallen one for the cause, and tells each government's head
 * and supervisor once of all that fell, not of each.
 */
export async function tellOfSilence(tx: Tx, seen: readonly Seen[], proposed: readonly Proposed[]) {
  const told = seen.flatMap((one) => (one.step.kind !== "end" && one.step.tell ? [{ ...one, tell: one.step.tell }] : []));
  if (!told.length) return;
  const holders = await holdersOf(tx, [...new Set(told.map(({ unitId }) => unitId))], ["admin", "supervisor", "head"]);
  const admins = (unitId: string) =>
    holders.filter((one) => one.unitId === unitId && one.role === "admin" && one.own).map(({ personId }) => personId);
  const news: News[] = told.map((one): News => {
    const { unitId, code, shortName, day, tell } = one;
    const common = { to: admins(unitId), by: null, subject: { type: "unit", id: unitId }, unitId, link: unitLink(code) };
    if (tell === "fallen") return { ...common, type: "coaching.cause-asked", params: { unit: shortName }, key: `${unitId} ${day}` };
    const days = daysLeft(one) ?? 0;
    return { ...common, type: "coaching.silence-soon", params: { unit: shortName, days }, key: `${unitId} ${tell} ${day}` };
  });
  const fallen = Map.groupBy(
    told.filter(({ tell }) => tell === "fallen"),
    ({ governmentId }) => governmentId,
  );
  for (const [governmentId, units] of fallen) {
    const [first] = units;
    const ids = new Set(units.map(({ unitId }) => unitId));
    const above = holders.filter(({ unitId, role }) => ids.has(unitId) && role !== "admin").map(({ personId }) => personId);
    const names = units.map(({ shortName }) => shortName).join(", ");
    const cases = proposed.filter(({ unitId }) => ids.has(unitId)).length;
    news.push({
      type: "coaching.fallen",
      to: [...new Set(above)],
      by: null,
      subject: { type: "unit", id: governmentId },
      unitId: governmentId,
      params: { unit: first!.governmentName, count: units.length, names, cases },
      link: "/coaching?state=proposed",
      key: `${governmentId} ${first!.day} ${[...ids].sort()[0]}`,
    });
  }
  await notify(tx, news);
}
