import { now } from "../../core/clock.ts";
import { db, Prisma } from "../../core/db.ts";
import { env } from "../../core/env.ts";
import { signal } from "../../core/live.ts";
import { recordset } from "../../core/recordset.ts";
import { notify } from "../../notices/notifying.ts";
import { holdersOf } from "../../people/holders.ts";
import { platforms } from "../../platforms/contract.ts";
import { connectorFor, modesOf } from "../../platforms/registry.ts";

const HOUR = 3_600_000;
const QUIET_MS = 2 * HOUR;
const ROUNDS = 3;

/** How long each platform's accounts may bring nothing: two hours, or three of its own rounds of reading where those are slower. */
export const patience = () =>
  platforms
    .filter((platform) => modesOf(platform).includes("api"))
    .map((platform) => {
      const pace = Math.max(env().POLL_SECONDS, connectorFor(platform, "api").readEvery ?? 0) * 1000;
      return { platform, quiet: Math.max(QUIET_MS, ROUNDS * pace) };
    });

type Deaf = {
  id: string;
  unitId: string;
  platform: string;
  handle: string;
  deafSince: Date;
  unit: string;
  zone: string;
};

/**
 * Marks connected accounts that have neither been read well nor told us anything for too long, and tells their units once;
 * takes the mark away as soon as one brings something again, or is connected no more. Returns how many became deaf.
 */
export const watchChannels = (): Promise<number> =>
  db.$transaction(
    async (tx) => {
      const at = now();
      const limits = recordset(
        patience().map(({ platform, quiet }) => ({ platform, before: new Date(at.getTime() - quiet) })),
        "platform text, before timestamptz",
      );
      // greatest() passes over what is null.
      const heard = Prisma.sql`greatest(c.polled_until, c.heard_at, c.created_at)`;
      const healed = await tx.$queryRaw<{ unitId: string }[]>(Prisma.sql`
        UPDATE channel c SET deaf_since = NULL FROM ${limits}
        WHERE c.platform = x.platform AND c.deaf_since IS NOT NULL AND (c.mode <> 'api' OR c.state <> 'connected' OR ${heard} >= x.before)
        RETURNING c.unit_id AS "unitId"`);
      const deaf = await tx.$queryRaw<Deaf[]>(Prisma.sql`
        UPDATE channel c SET deaf_since = ${heard} FROM ${limits}, unit u
        WHERE c.platform = x.platform AND u.id = c.unit_id AND c.mode = 'api' AND c.state = 'connected' AND c.deaf_since IS NULL AND ${heard} < x.before
        RETURNING c.id, c.unit_id AS "unitId", c.platform, c.handle, c.deaf_since AS "deafSince", u.short_name AS unit, u.zone`);
      const holders = Map.groupBy(
        await holdersOf(
          tx,
          deaf.map(({ unitId }) => unitId),
          ["admin", "supervisor"],
        ),
        ({ unitId }) => unitId,
      );
      await notify(
        tx,
        deaf.map(({ id, unitId, platform, handle, deafSince, unit, zone }) => ({
          type: "inbox.deaf" as const,
          to: (holders.get(unitId) ?? []).map(({ personId }) => personId),
          by: null,
          subject: { type: "channel", id },
          unitId,
          link: "/settings/channels",
          key: `${id} ${deafSince.toISOString()}`,
          params: { unit, platform, handle, at: deafSince.toISOString(), zone },
        })),
      );
      for (const unitId of new Set([...healed, ...deaf].map((one) => one.unitId))) await signal(tx, { topic: "case", unitId });
      return deaf.length;
    },
    { timeout: 30_000 },
  );
