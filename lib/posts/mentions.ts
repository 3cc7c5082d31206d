import { type Actor, inScope } from "../core/access.ts";
import { db } from "../core/db.ts";
import { type Answer, Refusal } from "../core/errors.ts";
import type { Platform } from "../platforms/contract.ts";
import type { MentionsInput } from "./schema.ts";

export type MentionedAccount = { id: string; platform: Platform; handle: string; name: string; unitShortName: string };
/** So many are shown; a search finds the rest. */
const SHOWN = 60;

/** The connected accounts of a unit's government that a text can mention by their handle, by platform and name. */
export async function listMentions(
  actor: Actor,
  { unitId, search }: MentionsInput,
): Promise<Answer<{ accounts: MentionedAccount[]; more: boolean }>> {
  const unit = await db.unit.findFirst({
    where: { AND: [{ id: unitId }, inScope(actor, "post.write", "id")] },
    select: { governmentId: true },
  });
  if (!unit) throw new Refusal("not-found");
  const contains = { contains: search.replace(/[\\%_]/g, "\\$&"), mode: "insensitive" as const };
  const rows = await db.channel.findMany({
    where: {
      governmentId: unit.governmentId,
      state: { not: "disconnected" },
      // A WhatsApp channel has no handle.
      platform: { not: "whatsapp" },
      NOT: [{ handle: "" }, { handle: { contains: " " } }],
      ...(search ? { OR: [{ handle: contains }, { name: contains }, { unit: { shortName: contains } }] } : {}),
    },
    select: { id: true, platform: true, handle: true, name: true, unit: { select: { shortName: true } } },
    orderBy: [{ platform: "asc" }, { name: "asc" }, { id: "asc" }],
    take: SHOWN + 1,
  });
  const accounts = rows
    .slice(0, SHOWN)
    .map(({ unit: { shortName }, platform, ...row }) => ({ ...row, platform: platform as Platform, unitShortName: shortName }));
  return { ok: true, accounts, more: rows.length > SHOWN };
}
