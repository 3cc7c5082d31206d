import { openAccount } from "../channels/accounts.ts";
import { noteFailure, noteSuccess } from "../channels/health.ts";
import { noteLimit } from "../channels/limits.ts";
import { record } from "../core/audit.ts";
import { now } from "../core/clock.ts";
import { db, Prisma } from "../core/db.ts";
import { Refusal } from "../core/errors.ts";
import { emit } from "../core/events.ts";
import { signal } from "../core/live.ts";
import { log } from "../core/log.ts";
import { type Checkpoint, type Failure, type Found, PlatformFailure, type Published, type PublishResult } from "../platforms/contract.ts";
import { connectorFor } from "../platforms/registry.ts";
import { type Claimed, saveCheckpoint, stillOurs } from "./claims.ts";
import { toContent } from "./content.ts";
import { absencesSoFar, checkpointAfter, type Settlement, settleFailure, settleLookup, settlePublished } from "./rules.ts";

type Result = { settlement: Settlement; published: Published | null; outcome: string; absences: number };

/** Sends or looks up one claimed publication and settles it. Everything that can go wrong ends in a state. */
export async function deliver(claim: Claimed) {
  let checkpoint = claim.checkpoint;
  const save = async (next: Checkpoint) => {
    await saveCheckpoint(claim, next);
    checkpoint = next;
  };
  const result = await attempt(claim, () => checkpoint, save);
  if (result) await settle(claim, checkpoint, result);
}

async function attempt(claim: Claimed, checkpoint: () => Checkpoint, save: (next: Checkpoint) => Promise<void>): Promise<Result | null> {
  const content = toContent(claim.id, claim.content);
  try {
    const account = await openAccount(claim.channelId);
    const connector = connectorFor(account.platform, account.mode);
    if (claim.purpose === "look-up")
      return lookedUp(claim, await ours(claim, await connector.findPublished(account, content, checkpoint())));
    const done: PublishResult = await connector.publish(account, content, checkpoint(), save);
    return { settlement: settlePublished(done), published: done.kind === "done" ? done.published : null, outcome: done.kind, absences: 0 };
  } catch (error) {
    if (error instanceof Refusal && error.code === "stale") {
      log.warn({ publication: claim.id }, "lease lost; whoever holds it settles");
      return null;
    }
    if (!(error instanceof PlatformFailure)) log.error({ err: error, publication: claim.id }, "delivery failed");
    else if (error.failure.kind === "rate-limited") await noteLimit(claim.channelId, error.failure);
    if (claim.purpose === "look-up") return lookedUp(claim, { kind: "unknown" });
    return failed(claim, checkpoint(), error);
  }
}

/** A bug past the point of no return is as unknown as a time-out there. */
function failed(claim: Claimed, checkpoint: Checkpoint, error: unknown): Result {
  const failure: Failure =
    error instanceof PlatformFailure ? error.failure : checkpoint.stage === "committing" ? { kind: "ambiguous" } : { kind: "retryable" };
  return { settlement: settleFailure(failure, claim.attempts, now()), published: null, outcome: failure.kind, absences: 0 };
}

/** What was found is another publication, with the same text perhaps: it hides whether this one is out, so that proves nothing. */
async function ours(claim: Claimed, found: Found): Promise<Found> {
  if (found.kind !== "found") return found;
  const another = await db.publication.count({
    where: { channelId: claim.channelId, remoteId: found.published.remoteId, id: { not: claim.id } },
  });
  return another ? { kind: "unknown" } : found;
}

function lookedUp(claim: Claimed, found: Found): Result {
  const absences = found.kind === "absent" ? absencesSoFar(claim.checkpoint) + 1 : 0;
  return {
    settlement: settleLookup(found, claim.lookups, absences, claim.attempts, now()),
    published: found.kind === "found" ? found.published : null,
    outcome: `look-up-${found.kind}`,
    absences,
  };
}

const never = new Date("9999-12-31T00:00:00Z");

async function settle(claim: Claimed, checkpoint: Checkpoint, { settlement, published, outcome, absences }: Result) {
  const at = now();
  await db.$transaction(async (tx) => {
    if (!(await stillOurs(tx, claim))) return;
    const row = await tx.publication.update({
      where: { id: claim.id },
      data: {
        state: settlement.state,
        runAt: settlement.runAt ?? never,
        lookups: settlement.state === "due" ? 0 : undefined,
        leaseUntil: null,
        leasedBy: null,
        checkpoint: checkpointAfter(checkpoint, settlement, absences, at) as unknown as Prisma.InputJsonValue,
        problem: settlement.problem ?? Prisma.DbNull,
        ...(published
          ? { remoteId: published.remoteId, permalink: published.permalink, ref: published.ref ?? Prisma.DbNull, publishedAt: at }
          : {}),
      },
      select: { id: true, unitId: true, governmentId: true, subjectType: true, subjectId: true },
    });
    const open = { publicationId: claim.id, endedAt: null };
    await tx.publicationAttempt.updateMany({
      where: { ...open, number: claim.attempts + claim.lookups },
      data: { endedAt: at, outcome, detail: settlement.problem ?? Prisma.DbNull },
    });
    await tx.publicationAttempt.updateMany({ where: open, data: { endedAt: at, outcome: "cut-off" } }); // of workers that died
    await record(tx, null, {
      type: `publication.${settlement.state}`,
      subjectType: claim.subjectType,
      subjectId: claim.subjectId,
      place: row,
      payload: { publicationId: claim.id, outcome, problem: settlement.problem },
    });
    await emit(tx, { type: "publication.settled", publicationId: claim.id, subjectType: claim.subjectType, state: settlement.state });
    await signal(tx, { topic: claim.subjectType === "post" ? "post" : "case", unitId: row.unitId, id: claim.subjectId });
  });
  if (published || settlement.state === "manual") await noteSuccess(claim.channelId);
  else if (settlement.problem) await noteFailure(claim.channelId, settlement.problem.code);
}
