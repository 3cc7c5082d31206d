import { now } from "../core/clock.ts";
import { open, seal } from "../core/crypto.ts";
import { db } from "../core/db.ts";
import { Refusal } from "../core/errors.ts";
import type { Account, Grant, Mode, Platform } from "../platforms/contract.ts";
import { connectorFor } from "../platforms/registry.ts";

const columns = {
  platform: true,
  mode: true,
  remoteId: true,
  handle: true,
  baseUrl: true,
  state: true,
  grant: { select: { sealed: true } },
} as const;

export const sealGrant = (grant: Grant) => seal(JSON.stringify(grant));
/** When access ends unless something renews it; null where the grant names no end. */
export const accessEnd = ({ expiresAt }: Grant): Date | null => (typeof expiresAt === "string" ? new Date(expiresAt) : null);
const openGrant = (sealed: string | undefined): Grant => (sealed ? (JSON.parse(open(sealed)) as Grant) : {});

/**
 * A channel's account with its decrypted grant, refreshed first when it is nearly used up. The refresh holds the grant's
 * row, since platforms that rotate refresh tokens kill the loser of a race.
 */
export async function openAccount(channelId: string): Promise<Account> {
  const channel = await db.channel.findUnique({ where: { id: channelId }, select: columns });
  if (!channel || channel.state === "disconnected") throw new Refusal("not-found");
  const account: Account = {
    platform: channel.platform as Platform,
    mode: channel.mode as Mode,
    remoteId: channel.remoteId,
    handle: channel.handle,
    baseUrl: channel.baseUrl,
    grant: openGrant(channel.grant?.sealed),
  };
  const connector = connectorFor(account.platform, account.mode);
  if (account.mode === "manual" || !needsRefresh(account.grant)) return account;
  return db.$transaction(
    async (tx) => {
      const [row] = await tx.$queryRaw<
        { sealed: string }[]
      >`SELECT sealed FROM channel_grant WHERE channel_id = ${channelId}::uuid FOR UPDATE`;
      const current = { ...account, grant: openGrant(row?.sealed) };
      const fresh = await connector.refresh(current, now());
      if (!fresh) return current;
      await tx.channelGrant.update({
        where: { channelId },
        data: { sealed: sealGrant(fresh), expiresAt: accessEnd(fresh), updatedAt: now() },
      });
      return { ...current, grant: fresh };
    },
    { timeout: 30_000, maxWait: 10_000 },
  );
}

/** A grant that names no refresh is never refreshed; from its `refreshAfter` on, or where it names none, the connector decides. */
function needsRefresh(grant: Grant): boolean {
  if (typeof grant.refreshAfter === "string") return now() >= new Date(grant.refreshAfter);
  return Object.keys(grant).some((key) => key.startsWith("refresh"));
}
