import { now } from "../../core/clock.ts";
import { db } from "../../core/db.ts";
import { type News, notify } from "../../notices/notifying.ts";
import { localDay } from "../../units/calendar.ts";
import { calendarsOf } from "../../units/hours-settings.ts";
import { decidersOf } from "./deciders.ts";
import { decisionDays, dueDayOf } from "./rules.ts";

const AT_ONCE = 200;
const DAY = 86_400_000;

/** Reminds those who decide of objections whose working days to decide have passed, each person once. Returns how many were told. */
export async function remindDeciders(): Promise<number> {
  let told = 0;
  for (let after: string | undefined; ; ) {
    const waiting = await db.scoreObjection.findMany({
      where: { state: "open", filedAt: { lte: new Date(now().getTime() - decisionDays * DAY) }, id: { gt: after } },
      select: { id: true, unitId: true, component: true, filedBy: true, filedAt: true, unit: { select: { shortName: true } } },
      orderBy: { id: "asc" },
      take: AT_ONCE,
    });
    told += await db.$transaction(async (tx) => {
      const calendars = await calendarsOf(
        tx,
        waiting.map(({ unitId }) => unitId),
      );
      const late = waiting.filter(({ unitId, filedAt }) => {
        const calendar = calendars.get(unitId)!;
        return dueDayOf(filedAt, calendar) < localDay(now(), calendar.zone);
      });
      const deciders = await decidersOf(
        tx,
        late.map(({ unitId }) => unitId),
      );
      return notify(
        tx,
        late.map(
          ({ id, unitId, unit, component, filedBy }): News => ({
            type: "objection.waiting",
            to: (deciders.get(unitId) ?? []).filter((one) => one !== filedBy),
            by: null,
            subject: { type: "score_objection", id },
            unitId,
            link: `/scores/objections/${id}`,
            key: id,
            params: { unit: unit.shortName, component, days: decisionDays },
          }),
        ),
      );
    });
    if (waiting.length < AT_ONCE) return told;
    after = waiting.at(-1)?.id;
  }
}
