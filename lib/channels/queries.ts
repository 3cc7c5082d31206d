import { type Actor, inScope } from "../core/access.ts";
import { db } from "../core/db.ts";
import type { Mode, Platform } from "../platforms/contract.ts";
import { type UnitCard, within } from "../units/queries.ts";

export type ChannelRow = {
  id: string;
  unitId: string;
  governmentId: string;
  platform: Platform;
  mode: Mode;
  remoteId: string;
  handle: string;
  name: string;
  url: string | null;
  state: "connected" | "needs_reauth";
  isPrimary: boolean;
  followers: number | null;
  lastOkAt: Date | null;
  heardAt: Date | null;
  polledUntil: Date | null;
  missedAt: Date | null;
  deafSince: Date | null;
  lastProblem: { code: string; at: string } | null;
  /** When access ends unless something renews it; null where it does not end, or nobody knows. */
  accessEndsAt: Date | null;
  unit: { shortName: string; zone: string };
};

const row = {
  id: true,
  unitId: true,
  governmentId: true,
  platform: true,
  mode: true,
  remoteId: true,
  handle: true,
  name: true,
  url: true,
  state: true,
  isPrimary: true,
  followers: true,
  lastOkAt: true,
  heardAt: true,
  polledUntil: true,
  missedAt: true,
  deafSince: true,
  lastProblem: true,
  unit: { select: { shortName: true, zone: true } },
  grant: { select: { expiresAt: true } },
} as const;

/** A unit's accounts (or a government's, at most 300), with their health; never their keys. */
export async function listChannels(actor: Actor, unit: UnitCard): Promise<ChannelRow[]> {
  const rows = await db.channel.findMany({
    where: { AND: [within(unit), { state: { not: "disconnected" } }, inScope(actor, "channel.read")] },
    select: row,
    orderBy: [{ unit: { shortName: "asc" } }, { isPrimary: "desc" }, { platform: "asc" }, { id: "asc" }],
    take: 300,
  });
  return rows.map(({ grant, ...channel }) => ({ ...channel, accessEndsAt: grant?.expiresAt ?? null })) as ChannelRow[];
}

export type InviteRow = {
  id: string;
  fromName: string;
  text: string;
  permalink: string | null;
  sentAt: Date | null;
  channel: { platform: Platform; handle: string };
  unit: { shortName: string; zone: string };
};

/** Invitations to stand as an author of somebody's post that wait for an answer; at most 50, the newest first. */
export async function openInvites(actor: Actor, unit: UnitCard): Promise<InviteRow[]> {
  const rows = await db.collaborationInvite.findMany({
    where: {
      state: "open",
      channel: { AND: [within(unit), inScope(actor, "channel.manage"), { state: "connected" }] },
    },
    select: {
      id: true,
      fromName: true,
      text: true,
      permalink: true,
      sentAt: true,
      channel: { select: { platform: true, handle: true } },
      unit: { select: { shortName: true, zone: true } },
    },
    orderBy: { id: "desc" },
    take: 50,
  });
  return rows as InviteRow[];
}
