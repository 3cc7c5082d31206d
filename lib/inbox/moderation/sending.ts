import { openAccount } from "../../channels/accounts.ts";
import { noteFailure, noteSuccess } from "../../channels/health.ts";
import { limitedSql, noteLimit } from "../../channels/limits.ts";
import { codeOf } from "../../channels/rules.ts";
import { record } from "../../core/audit.ts";
import { now } from "../../core/clock.ts";
import { db, Prisma } from "../../core/db.ts";
import { Refusal } from "../../core/errors.ts";
import { log } from "../../core/log.ts";
import { type Failure, type Json, type Moderation, PlatformFailure } from "../../platforms/contract.ts";
import { connectorFor } from "../../platforms/registry.ts";
import { signalCases } from "../signalling.ts";
import { type Settled, settleModeration } from "./rules.ts";

/** Longer than any call takes with its own refresh; a worker that dies leaves the order to the next after it. */
const LEASE_MS = 3 * 60_000;

type Claimed = {
  id: string;
  /** Of this claim alone: whoever claims the order after it has a higher number. */
  attempts: number;
  caseId: string;
  messageId: string;
  channelId: string;
  action: Moderation;
  createdAt: Date;
  remoteId: string;
  ref: Json;
  postRemoteId: string;
  unitId: string;
  governmentId: string;
};

/** Does up to `limit` orders that are due on their platforms. Two workers never take the same one. Returns how many were taken. */
export async function moderateDue(limit = 20): Promise<number> {
  const claims = await claim(limit);
  await Promise.all(
    claims.map((one) =>
      carryOut(one).catch((error) => log.error({ err: error, moderation: one.id }, "could not settle; the lease will run out")),
    ),
  );
  return claims.length;
}

/** The lease is committed before anything is sent. Orders whose platform takes no calls now wait. */
async function claim(limit: number): Promise<Claimed[]> {
  const at = now();
  return db.$queryRaw<Claimed[]>(Prisma.sql`
    WITH picked AS MATERIALIZED (
      SELECT id FROM moderation q WHERE state = 'waiting' AND run_at <= ${at} AND NOT ${limitedSql("q.channel_id", at)}
      ORDER BY run_at LIMIT ${limit} FOR UPDATE SKIP LOCKED
    ), taken AS (
      UPDATE moderation m SET attempts = m.attempts + 1, run_at = ${new Date(at.getTime() + LEASE_MS)} FROM picked WHERE m.id = picked.id RETURNING m.*
    )
    SELECT t.id, t.attempts, t.case_id AS "caseId", t.message_id AS "messageId", t.channel_id AS "channelId", t.action, t.created_at AS "createdAt",
      g.remote_id AS "remoteId", g.ref, p.remote_id AS "postRemoteId", c.unit_id AS "unitId", c.government_id AS "governmentId"
    FROM taken t JOIN message g ON g.id = t.message_id JOIN inbox_case c ON c.id = t.case_id JOIN remote_post p ON p.id = c.remote_post_id`);
}

async function carryOut(claimed: Claimed) {
  const failure = await act(claimed);
  const settled =
    failure === "disconnected"
      ? ({ state: "failed", runAt: null, problem: "disconnected" } satisfies Settled)
      : settleModeration(failure, claimed.attempts, claimed.createdAt, now());
  await settle(claimed, settled);
  if (failure === "disconnected") return;
  if (!failure) await noteSuccess(claimed.channelId);
  else if (failure.kind === "rate-limited") await noteLimit(claimed.channelId, failure);
  // A permission that is missing for this alone is no lost access, and what a platform refuses to do with a comment no trouble of the account.
  else if (failure.kind === "needs-reauth" && failure.reason !== "scope") await noteFailure(claimed.channelId, codeOf(failure));
}

async function act({ id, channelId, remoteId, postRemoteId, ref, action }: Claimed): Promise<Failure | "disconnected" | null> {
  try {
    const account = await openAccount(channelId);
    const { moderation } = connectorFor(account.platform, account.mode);
    if (!moderation?.actions.includes(action)) return { kind: "rejected", code: "unsupported" };
    await moderation.act(account, { remoteId, postRemoteId, ref }, action);
    return null;
  } catch (error) {
    if (error instanceof Refusal && error.code === "not-found") return "disconnected";
    if (error instanceof PlatformFailure) return error.failure;
    log.error({ err: error, moderation: id }, "moderation failed");
    return { kind: "retryable" };
  }
}

async function settle(claimed: Claimed, { state, runAt, problem }: Settled) {
  const { id, attempts, caseId, action, messageId } = claimed;
  await db.$transaction(async (tx) => {
    const { count } = await tx.moderation.updateMany({
      where: { id, attempts, state: "waiting" },
      data: { state, problem, ...(runAt ? { runAt } : {}), doneAt: state === "done" ? now() : null },
    });
    if (!count) return;
    if (state !== "waiting") {
      const payload = { moderationId: id, messageId, action, problem };
      await record(tx, null, { type: `moderation.${state}`, subjectType: "case", subjectId: caseId, place: claimed, payload });
    }
    await signalCases(tx, [caseId]);
  });
}
