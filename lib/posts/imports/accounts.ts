import { type Actor, inScope } from "../../core/access.ts";
import { db, Prisma, type Tx } from "../../core/db.ts";
import { Refusal } from "../../core/errors.ts";
import type { Platform, RemotePost } from "../../platforms/contract.ts";
import { readPermalink } from "../../platforms/permalink.ts";
import type { Zone } from "../../units/calendar.ts";
import { textKey } from "../intake.ts";
import { type KnownPost, matchKnown } from "./known.ts";

export type ImportChannel = {
  id: string;
  unitId: string;
  governmentId: string;
  platform: Platform;
  remoteId: string;
  handle: string;
  name: string;
  zone: Zone;
};

/** An account without an interface that the actor may write figures down for. */
export async function findImportChannel(actor: Actor, channelId: string): Promise<ImportChannel> {
  const channel = await db.channel.findFirst({
    where: { AND: [{ id: channelId, mode: "manual", state: { not: "disconnected" } }, inScope(actor, "channel.manage")] },
    select: {
      ...{ id: true, unitId: true, governmentId: true, platform: true, remoteId: true, handle: true, name: true },
      unit: { select: { zone: true } },
    },
  });
  if (!channel) throw new Refusal("not-found");
  const { unit, ...rest } = channel;
  return { ...rest, platform: channel.platform as Platform, zone: unit.zone as Zone };
}

/** One at a time writes down posts of an account. */
export const lockChannel = (tx: Tx, channelId: string) =>
  tx.$queryRaw`SELECT id FROM channel WHERE id = ${channelId}::uuid FOR NO KEY UPDATE`;

type Row = Omit<KnownPost, "metrics"> & KnownPost["metrics"];

/** Each post with the one that we have of it already: at this account, or at another connection of the same one. */
export async function withKnown<P extends { post: RemotePost }>(tx: Pick<Tx, "$queryRaw">, channel: ImportChannel, posts: readonly P[]) {
  if (!posts.length) return [];
  const times = posts.map(({ post }) => post.publishedAt.getTime());
  const [from, to] = [new Date(least(times) - around), new Date(-least(times.map((time) => -time)) + around)];
  const rows = await tx.$queryRaw<Row[]>(Prisma.sql`
    WITH same AS MATERIALIZED (
      SELECT c.id, c.id <> ${channel.id}::uuid AND c.state <> 'disconnected' AS elsewhere FROM channel c
      WHERE c.unit_id = ${channel.unitId}::uuid AND c.platform = ${channel.platform} AND (c.id = ${channel.id}::uuid
        OR c.remote_id = ${channel.remoteId} OR lower(ltrim(c.handle, '@')) = lower(ltrim(${channel.handle}, '@'))))
    SELECT r.channel_id AS "channelId", r.remote_id AS "remoteId", r.permalink, r.text_key AS "textKey", r.published_at AS "publishedAt",
      r.publication_id IS NOT NULL AS ours, s.elsewhere, r.likes, r.comments, r.shares, r.views, r.reach, r.metrics_at AS "metricsAt"
    FROM same s JOIN remote_post r ON r.channel_id = s.id
    WHERE (r.published_at >= ${from} AND r.published_at <= ${to}) OR r.remote_id = ANY(${posts.map(({ post }) => post.remoteId)}::text[])`);
  const known = rows.map(({ likes, comments, shares, views, reach, ...row }) => ({
    ...row,
    metrics: { likes, comments, shares, views, reach },
  }));
  const addressId = (permalink: string) => {
    const read = readPermalink(channel.platform, permalink, channel.remoteId);
    return read.ok ? read.remoteId : null;
  };
  const keyed = posts.map((one) => ({ ...one, textKey: textKey(one.post.text) }));
  return matchKnown(keyed, known, addressId);
}

/** Somebody's times may be a day off, by their zone or for want of the hour. */
const around = 3 * 86_400_000;
const least = (numbers: readonly number[]) => numbers.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
