import { type Actor, type Place, reaches, rolesOver } from "../../core/access.ts";
import { db } from "../../core/db.ts";
import type { Moderation } from "../../platforms/contract.ts";
import { actionsOf } from "../moderation/moderating.ts";
import { type HideReason, type ModerationState, mayDecide, needsSecond, offered, standingOf } from "../moderation/rules.ts";
import { namesOf } from "./replies.ts";

/** One order for a message, as a page tells it. */
export type Order = {
  id: string;
  action: Moderation;
  state: ModerationState;
  reason: HideReason | null;
  note: string | null;
  by: string;
  own: boolean;
  at: Date;
  problem: string | null;
  decided: { by: string; note: string | null } | null;
};

/** What was done with a message without words, and what the reader may do with it. */
export type MessageModeration = {
  hidden: Order | null;
  liked: Order | null;
  /** Asked or on its way; or, when it was the last that was ordered, refused or failed. */
  last: Order | null;
  may: Moderation[];
  /** Hiding it would take a second person. */
  second: boolean;
  /** The reader may be the second person for what was asked. */
  mayDecide: boolean;
};

type Found = Place & {
  id: string;
  kind: string;
  channel: { platform: string; mode: string };
  remotePost: unknown;
};
type Message = { id: string; direction: string; parentRemoteId: string | null; kind: string | null; removedAt: Date | null };

/** How the messages of a case stand, by their ids; those that nothing was or can be done with are left out. */
export async function moderationsOf(actor: Actor, found: Found): Promise<(message: Message) => MessageModeration | null> {
  const rows = await db.moderation.findMany({ where: { caseId: found.id }, orderBy: { id: "desc" }, take: 1000 });
  const names = await namesOf(rows.flatMap(({ personId, decidedBy }) => (decidedBy ? [personId, decidedBy] : [personId])));
  const orders = Map.groupBy(rows.reverse(), ({ messageId }) => messageId);
  const actions = actionsOf(found.channel);
  const works = reaches(actor, "inbox.work", found);
  const reader = { personId: actor.personId, roles: rolesOver(actor, found) };
  const shown = (row: (typeof rows)[number]): Order => ({
    id: row.id,
    action: row.action as Moderation,
    state: row.state as ModerationState,
    reason: row.reason as HideReason | null,
    note: row.note,
    by: names.get(row.personId) ?? "",
    own: row.personId === actor.personId,
    at: row.doneAt ?? row.createdAt,
    problem: row.problem,
    decided: row.decidedBy ? { by: names.get(row.decidedBy) ?? "", note: row.decisionNote } : null,
  });
  return (message) => {
    const told = (orders.get(message.id) ?? []).map(shown);
    const standing = standingOf(told);
    const subject = {
      ...message,
      actions,
      platform: found.channel.platform,
      underPost: found.remotePost !== null,
      removed: message.removedAt !== null,
    };
    const may = works ? offered(subject, standing) : [];
    const last = told.at(-1);
    if (!last && !may.length) return null;
    const asked = last?.state === "asked" ? rows.find(({ id }) => id === last.id) : undefined;
    return {
      hidden: standing.hidden ? (told.findLast(({ action, state }) => action === "hide" && state === "done") ?? null) : null,
      liked: told.findLast(({ action, state }) => action === "like" && state === "done") ?? null,
      last: last && last.state !== "done" ? last : null,
      may,
      second: needsSecond("hide", [found.kind, message.kind]),
      mayDecide: asked !== undefined && mayDecide(asked.personId, reader),
    };
  };
}
