import { type Actor, inScope } from "../../core/access.ts";
import { db } from "../../core/db.ts";
import type { Platform } from "../../platforms/contract.ts";
import { type UnitCard, within } from "../../units/queries.ts";

/** How an account's inbox fares; `provedAt`: when a reading or a webhook last brought it up to date, null when neither has. */
export type Hearing = {
  id: string;
  platform: Platform;
  handle: string;
  provedAt: Date | null;
  missedAt: Date | null;
  deafSince: Date | null;
  zone: string;
};

/** The directly connected accounts of a unit (or of a government, at most 300), those that are not heard first. */
export async function hearingOf(actor: Actor, unit: Pick<UnitCard, "id" | "governmentId">): Promise<Hearing[]> {
  const found = await db.channel.findMany({
    where: { AND: [within(unit), { mode: "api", state: "connected" }, inScope(actor, "inbox.read")] },
    select: {
      id: true,
      platform: true,
      handle: true,
      heardAt: true,
      polledUntil: true,
      missedAt: true,
      deafSince: true,
      unit: { select: { zone: true } },
    },
    orderBy: [{ deafSince: { sort: "asc", nulls: "last" } }, { platform: "asc" }, { id: "asc" }],
    take: 300,
  });
  return found.map(({ heardAt, polledUntil, unit: { zone }, platform, ...channel }) => ({
    ...channel,
    platform: platform as Platform,
    provedAt: heardAt && polledUntil ? (heardAt > polledUntil ? heardAt : polledUntil) : (heardAt ?? polledUntil),
    zone,
  }));
}
