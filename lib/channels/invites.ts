import { type Actor, inScope } from "../core/access.ts";
import { record } from "../core/audit.ts";
import { now } from "../core/clock.ts";
import { db } from "../core/db.ts";
import { type Answer, Refusal } from "../core/errors.ts";
import { log } from "../core/log.ts";
import { cut, storable } from "../core/text.ts";
import { PlatformFailure, platforms } from "../platforms/contract.ts";
import { connectorFor, modesOf } from "../platforms/registry.ts";
import { openAccount } from "./accounts.ts";
import { limitedSql } from "./limits.ts";

/** Accepts or declines an invitation. Answered meanwhile, here or in the platform's app: stale. */
export async function answerInvite(actor: Actor, { inviteId, accept }: { inviteId: string; accept: boolean }): Promise<Answer> {
  const invite = await db.collaborationInvite.findFirst({
    where: { id: inviteId, channel: inScope(actor, "channel.manage") },
    select: { id: true, state: true, remoteId: true, channelId: true, channel: { select: { unitId: true, governmentId: true } } },
  });
  if (!invite) throw new Refusal("not-found");
  if (invite.state !== "open") throw new Refusal("stale");
  const account = await openAccount(invite.channelId);
  const { collaboration } = connectorFor(account.platform, account.mode);
  if (!collaboration) throw new Refusal("not-found");
  try {
    await collaboration.answer(account, invite.remoteId, accept);
  } catch (error) {
    if (!(error instanceof PlatformFailure)) throw error;
    await takeInInvites(invite.channelId).catch((unread: unknown) => log.warn({ err: unread }, "invitations could not be read"));
    return { ok: false, problems: [{ code: `invite-${error.failure.kind}` }] };
  }
  await db.$transaction(async (tx) => {
    await tx.collaborationInvite.update({
      where: { id: invite.id },
      data: { state: accept ? "accepted" : "declined", answeredAt: now(), answeredBy: actor.personId },
    });
    await record(tx, actor, {
      type: accept ? "invite.accepted" : "invite.declined",
      subjectType: "channel",
      subjectId: invite.channelId,
      place: invite.channel,
      payload: { inviteId: invite.id },
    });
  });
  return { ok: true };
}

/** Reads one account's open invitations; those that the platform lists no more are gone. */
export async function takeInInvites(channelId: string): Promise<void> {
  const account = await openAccount(channelId);
  const { collaboration } = connectorFor(account.platform, account.mode);
  if (!collaboration) return;
  const invites = await collaboration.invites(account);
  const at = now();
  const { unitId } = await db.channel.findUniqueOrThrow({ where: { id: channelId }, select: { unitId: true } });
  await db.$transaction([
    db.collaborationInvite.createMany({
      data: invites.map(({ remoteId, from, text, permalink, sentAt }) => ({
        ...{ channelId, unitId, remoteId, permalink, sentAt, seenAt: at },
        fromName: cut(storable(from), 120),
        text: cut(storable(text), 300),
      })),
      skipDuplicates: true,
    }),
    db.collaborationInvite.updateMany({
      where: { channelId, state: "open", remoteId: { notIn: invites.map(({ remoteId }) => remoteId) } },
      data: { state: "gone" },
    }),
    db.collaborationInvite.updateMany({
      where: { channelId, state: "gone", remoteId: { in: invites.map(({ remoteId }) => remoteId) } },
      data: { state: "open" },
    }),
  ]);
}

/** Reads the invitations of every account whose platform has them and takes calls now, one after the other. */
export async function takeInAllInvites(): Promise<void> {
  const asked = platforms.filter((platform) => modesOf(platform).includes("api") && connectorFor(platform, "api").collaboration);
  if (!asked.length) return;
  const channels = await db.$queryRaw<{ id: string }[]>`
    SELECT c.id FROM channel c WHERE c.mode = 'api' AND c.state = 'connected' AND c.platform = ANY(${asked}) AND NOT ${limitedSql("c.id", now())}
    ORDER BY c.id`;
  for (const { id } of channels)
    await takeInInvites(id).catch((error: unknown) => log.warn({ err: error, channel: id }, "invitations could not be read"));
}
