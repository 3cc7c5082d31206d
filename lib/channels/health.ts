import { now } from "../core/clock.ts";
import { db, Prisma } from "../core/db.ts";
import { losesAccess } from "./rules.ts";

/** The platform accepted or answered: the channel is proven to work now. */
export const noteSuccess = (channelId: string) =>
  db.channel.updateMany({
    where: { id: channelId, state: { not: "disconnected" } },
    data: { state: "connected", lastOkAt: now(), lastProblem: Prisma.DbNull },
  });

/** Only the platform's own word that access is gone changes the state; a passing fault never disconnects. */
export const noteFailure = (channelId: string, code: string) =>
  db.channel.updateMany({
    where: { id: channelId, state: { not: "disconnected" } },
    data: { lastProblem: { code, at: now().toISOString() }, ...(losesAccess(code) ? { state: "needs_reauth" } : {}) },
  });
