import { type Actor, inScope, reaches } from "../../core/access.ts";
import { db } from "../../core/db.ts";
import type { Platform } from "../../platforms/contract.ts";
import { type UnitCard, within } from "../../units/queries.ts";
import { namesOf } from "../thread/replies.ts";
import { type HideReason, type ModerationState, standingOf } from "./rules.ts";

/** A comment that was hidden, or whose hiding was asked for. */
export type HiddenRow = {
  id: string;
  caseId: string;
  messageId: string;
  revision: number;
  platform: Platform;
  unit: { shortName: string; zone: string };
  authorName: string;
  text: string;
  by: string;
  decidedBy: string | null;
  reason: HideReason;
  note: string | null;
  state: ModerationState;
  at: Date;
  /** It is hidden now, by this very order. */
  stillHidden: boolean;
  mayShow: boolean;
};
const PAGE = 30;

/** What was hidden in a unit (or a government), asked for last first. `after`: the id of the last one that was seen. */
export async function listHidden(
  actor: Actor,
  unit: Pick<UnitCard, "id" | "governmentId">,
  after: string | null,
): Promise<{ rows: HiddenRow[]; next: string | null }> {
  const found = await db.moderation.findMany({
    where: {
      action: "hide",
      governmentId: unit.governmentId,
      inboxCase: { AND: [within(unit), inScope(actor, "inbox.read")] },
      ...(after ? { id: { lt: after } } : {}),
    },
    select: {
      id: true,
      caseId: true,
      messageId: true,
      personId: true,
      decidedBy: true,
      reason: true,
      note: true,
      state: true,
      createdAt: true,
      channel: { select: { platform: true } },
      inboxCase: {
        select: { revision: true, unitId: true, governmentId: true, unit: { select: { shortName: true, zone: true } } },
      },
    },
    orderBy: { id: "desc" },
    take: PAGE + 1,
  });
  const page = found.slice(0, PAGE);
  const messageIds = page.map(({ messageId }) => messageId);
  const [messages, orders, names] = await Promise.all([
    db.message.findMany({ where: { id: { in: messageIds } }, select: { id: true, authorName: true, text: true } }),
    db.moderation.findMany({
      where: { messageId: { in: messageIds } },
      orderBy: { id: "asc" },
      select: { id: true, messageId: true, action: true, state: true },
    }),
    namesOf(page.flatMap(({ personId, decidedBy }) => (decidedBy ? [personId, decidedBy] : [personId]))),
  ]);
  const said = new Map(messages.map((one) => [one.id, one]));
  const ordered = Map.groupBy(orders, ({ messageId }) => messageId);
  const rows = page.map((row): HiddenRow => {
    const all = ordered.get(row.messageId) ?? [];
    const standing = standingOf(all as Parameters<typeof standingOf>[0]);
    const latest = all.findLast(({ action, state }) => action === "hide" && state === "done")?.id === row.id;
    const stillHidden = standing.hidden && latest;
    return {
      id: row.id,
      caseId: row.caseId,
      messageId: row.messageId,
      revision: row.inboxCase.revision,
      platform: row.channel.platform as Platform,
      unit: row.inboxCase.unit,
      authorName: said.get(row.messageId)?.authorName ?? "",
      text: said.get(row.messageId)?.text ?? "",
      by: names.get(row.personId) ?? "",
      decidedBy: row.decidedBy && (names.get(row.decidedBy) ?? ""),
      reason: row.reason as HideReason,
      note: row.note,
      state: row.state as ModerationState,
      at: row.createdAt,
      stillHidden,
      mayShow: stillHidden && !standing.open && reaches(actor, "inbox.work", row.inboxCase),
    };
  });
  return { rows, next: found.length > PAGE ? page.at(-1)!.id : null };
}
