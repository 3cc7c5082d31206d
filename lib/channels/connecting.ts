import { type Actor, inScope } from "../core/access.ts";
import { record } from "../core/audit.ts";
import { now } from "../core/clock.ts";
import { db, Prisma, type Tx } from "../core/db.ts";
import { type Answer, Refusal } from "../core/errors.ts";
import { type Mode, type Opened, type Platform, PlatformFailure } from "../platforms/contract.ts";
import { connectorFor, defaultBaseUrl } from "../platforms/registry.ts";
import { accessEnd, sealGrant } from "./accounts.ts";
import type { ConnectInput } from "./schema.ts";

/**
 * Connects an account of a unit by a key: the platform is asked first, outside any transaction, whether it opens this very
 * account. Connecting again renews the key.
 */
export async function connectChannel(actor: Actor, input: ConnectInput): Promise<Answer<{ channelId: string }>> {
  const unit = await db.unit.findFirst({
    where: { id: input.unitId, ...inScope(actor, "channel.manage", "id") },
    select: { id: true, governmentId: true },
  });
  if (!unit) throw new Refusal("not-found");
  const baseUrl = input.mode === "api" ? defaultBaseUrl(input.platform) : "";
  if (baseUrl === null) return { ok: false, problems: [{ field: "platform", code: "platform-not-offered" }] };
  const connector = connectorFor(input.platform, input.mode);
  if (!connector.connect) return { ok: false, problems: [{ field: "platform", code: "connect-by-consent" }] };
  let opened: Opened;
  try {
    opened = await connector.connect({ baseUrl, identifier: input.identifier, secret: input.secret });
  } catch (error) {
    if (!(error instanceof PlatformFailure)) throw error;
    return {
      ok: false,
      problems: [{ field: error.failure.kind === "rejected" ? "identifier" : "secret", code: `connect-${error.failure.kind}` }],
    };
  }
  const channelId = await db.$transaction((tx) => keepChannel(tx, actor, unit, input, baseUrl, opened));
  return { ok: true, channelId };
}

/**
 * Keeps an opened account as a channel of the unit, or renews it there. It is the unit's primary one while no other is. One that
 * the unit had before under the same name, with a key or by hand, is as old as it was then.
 */
export async function keepChannel(
  tx: Tx,
  actor: Actor,
  unit: { id: string; governmentId: string },
  { platform, mode }: { platform: Platform; mode: Mode },
  baseUrl: string,
  { profile, grant }: Opened,
): Promise<string> {
  const at = now();
  const known = { platform, mode, remoteId: profile.remoteId, unitId: unit.id };
  const data = {
    handle: profile.handle,
    name: profile.name,
    url: profile.url,
    baseUrl,
    state: "connected",
    disconnectedAt: null,
    followers: profile.followers,
    commentsOpen: profile.commentsOpen,
    lastOkAt: at,
    lastProblem: Prisma.DbNull,
    nextPollAt: at,
  };
  await alone(tx, unit.id);
  const isPrimary =
    (await tx.channel.count({ where: { unitId: unit.id, isPrimary: true, state: { not: "disconnected" }, NOT: known } })) === 0;
  const channel = await tx.channel.upsert({
    where: { platform_mode_remoteId_unitId: known },
    create: {
      ...known,
      ...data,
      isPrimary,
      governmentId: unit.governmentId,
      firstSeenAt: await seenSince(tx, { unitId: unit.id, platform, handle: profile.handle }, at),
    },
    update: { ...data, isPrimary },
    select: { id: true },
  });
  if (mode === "api") {
    const sealed = { sealed: sealGrant(grant), expiresAt: accessEnd(grant), updatedAt: at };
    await tx.channelGrant.upsert({ where: { channelId: channel.id }, create: { channelId: channel.id, ...sealed }, update: sealed });
  }
  await record(tx, actor, {
    type: "channel.connected",
    subjectType: "channel",
    subjectId: channel.id,
    place: { unitId: unit.id, governmentId: unit.governmentId },
    payload: { platform, mode },
  });
  return channel.id;
}

async function seenSince(tx: Tx, account: { unitId: string; platform: Platform; handle: string }, at: Date): Promise<Date> {
  const { handle, ...place } = account;
  const { _min } = await tx.channel.aggregate({
    where: { ...place, handle: { equals: handle, mode: "insensitive" } },
    _min: { firstSeenAt: true },
  });
  return _min.firstSeenAt ?? at;
}

/**
 * Ends the use of an account; its posts, comments and scores stay. The key is forgotten. Was it the unit's primary one, the
 * account that was connected next takes its place.
 */
export async function disconnectChannel(actor: Actor, { channelId }: { channelId: string }): Promise<Answer> {
  return db.$transaction(async (tx) => {
    const channel = await tx.channel.findFirst({
      where: { AND: [{ id: channelId, state: { not: "disconnected" } }, inScope(actor, "channel.manage")] },
      select: { id: true, unitId: true, governmentId: true, isPrimary: true },
    });
    if (!channel) throw new Refusal("not-found");
    const waiting = await tx.publication.count({ where: { channelId, state: { in: ["due", "held", "publishing", "unknown"] } } });
    if (waiting) return { ok: false, problems: [{ code: "channel-has-schedule", params: { count: waiting } }] };
    await tx.channel.update({ where: { id: channelId }, data: { state: "disconnected", disconnectedAt: now() } });
    await tx.channelGrant.deleteMany({ where: { channelId } });
    const { isPrimary, ...place } = channel;
    if (isPrimary) await promoteNext(tx, channel.unitId);
    await record(tx, actor, { type: "channel.disconnected", subjectType: "channel", subjectId: channelId, place });
    return { ok: true };
  });
}

async function promoteNext(tx: Tx, unitId: string) {
  await alone(tx, unitId);
  const next = await tx.channel.findFirst({
    where: { unitId, state: { not: "disconnected" } },
    orderBy: [{ firstSeenAt: "asc" }, { id: "asc" }],
    select: { id: true },
  });
  if (next) await tx.channel.update({ where: { id: next.id }, data: { isPrimary: true } });
}

/** Two at once would each leave it to the other account to be the primary one. */
const alone = (tx: Tx, unitId: string) => tx.$executeRaw`SELECT id FROM unit WHERE id = ${unitId}::uuid FOR NO KEY UPDATE`;
