import { randomUUID } from "node:crypto";
import { limitedSql } from "../channels/limits.ts";
import { now } from "../core/clock.ts";
import { db, Prisma, type Tx } from "../core/db.ts";
import { Refusal } from "../core/errors.ts";
import type { PublicationSubject } from "../core/events.ts";
import type { Checkpoint } from "../platforms/contract.ts";
import { checkpointSchema, type FrozenContent, frozenContent } from "./content.ts";
import { LEASE_SECONDS, type PublicationState, purposeOf } from "./rules.ts";

export type Claimed = {
  id: string;
  /** Of this claim alone: a worker that slept past its lease and claims the row again is somebody else. */
  lease: string;
  channelId: string;
  unitId: string;
  subjectType: PublicationSubject;
  subjectId: string;
  content: FrozenContent;
  checkpoint: Checkpoint;
  attempts: number;
  lookups: number;
  purpose: "publish" | "look-up";
};

type Row = {
  id: string;
  channel_id: string;
  unit_id: string;
  subject_type: PublicationSubject;
  subject_id: string;
  content: unknown;
  checkpoint: unknown;
  attempts: number;
  lookups: number;
  was: PublicationState;
};

const leaseEnd = (at: Date) => new Date(at.getTime() + LEASE_SECONDS * 1000);

/**
 * Takes up to `limit` rows whose time has come, or whose holder died, and commits the lease before anything is sent.
 * Two workers never get the same row (SKIP LOCKED). Rows whose platform takes no calls now wait.
 */
export async function claimDue(worker: string, limit: number): Promise<Claimed[]> {
  const at = now();
  const lease = `${worker}/${randomUUID()}`;
  const rows = await db.$queryRaw<Row[]>(Prisma.sql`
    WITH picked AS (
      SELECT id, state AS was FROM publication q
      WHERE ((state IN ('due', 'unknown') AND run_at <= ${at}) OR (state = 'publishing' AND lease_until < ${at}))
        AND NOT ${limitedSql("q.channel_id", at)}
      ORDER BY run_at LIMIT ${limit} FOR UPDATE SKIP LOCKED
    ), taken AS (
      UPDATE publication p SET state = 'publishing', lease_until = ${leaseEnd(at)}, leased_by = ${lease},
        attempts = p.attempts + CASE WHEN picked.was <> 'unknown' AND p.checkpoint->>'stage' <> 'committing' THEN 1 ELSE 0 END,
        lookups = p.lookups + CASE WHEN picked.was = 'unknown' OR p.checkpoint->>'stage' = 'committing' THEN 1 ELSE 0 END
      FROM picked WHERE p.id = picked.id
      RETURNING p.id, p.channel_id, p.unit_id, p.subject_type, p.subject_id, p.content, p.checkpoint, p.attempts, p.lookups, picked.was
    ), noted AS (
      INSERT INTO publication_attempt (publication_id, number, purpose, worker, started_at)
      SELECT id, attempts + lookups, CASE WHEN was = 'unknown' OR checkpoint->>'stage' = 'committing' THEN 'look-up' ELSE 'publish' END, ${worker}, ${at} FROM taken
    )
    SELECT * FROM taken`);
  return rows.map((r) => {
    const checkpoint = checkpointSchema.parse(r.checkpoint);
    return {
      id: r.id,
      lease,
      channelId: r.channel_id,
      unitId: r.unit_id,
      subjectType: r.subject_type,
      subjectId: r.subject_id,
      content: frozenContent.parse(r.content),
      checkpoint,
      attempts: r.attempts,
      lookups: r.lookups,
      purpose: purposeOf(r.was, checkpoint.stage),
    };
  });
}

/** Saves how far a publication got and renews its lease. Refuses when the lease has passed to somebody else. */
export async function saveCheckpoint({ id, lease }: Pick<Claimed, "id" | "lease">, checkpoint: Checkpoint) {
  const at = now();
  const { count } = await db.publication.updateMany({
    where: { id, state: "publishing", leasedBy: lease, leaseUntil: { gt: at } },
    data: { checkpoint: checkpoint as unknown as Prisma.InputJsonValue, leaseUntil: leaseEnd(at) },
  });
  if (!count) throw new Refusal("stale", "the lease of this publication has passed on");
}

/** When the next row falls due, or a limit ends, if any: the engine sleeps until then. */
export async function nextDueAt(): Promise<Date | null> {
  const at = now();
  const free = Prisma.sql`NOT ${limitedSql("q.channel_id", at)}`;
  const [row] = await db.$queryRaw<{ at: Date | null }[]>(Prisma.sql`
    SELECT least(
      (SELECT run_at FROM publication q WHERE state IN ('due', 'unknown') AND ${free} ORDER BY run_at LIMIT 1),
      (SELECT lease_until FROM publication q WHERE state = 'publishing' AND ${free} ORDER BY lease_until LIMIT 1),
      (SELECT min(until) FROM rate_limit WHERE until > ${at})) AS at`);
  return row?.at ?? null;
}

/** Whether a row is still ours to settle, locked until the transaction ends. */
export async function stillOurs(tx: Tx, { id, lease }: Pick<Claimed, "id" | "lease">): Promise<boolean> {
  const rows = await tx.$queryRaw<
    unknown[]
  >`SELECT 1 FROM publication WHERE id = ${id}::uuid AND state = 'publishing' AND leased_by = ${lease} FOR UPDATE`;
  return rows.length > 0;
}
