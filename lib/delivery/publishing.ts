import { openAccount } from "../channels/accounts.ts";
import { noteFailure, noteSuccess } from "../channels/health.ts";
import { noteLimit } from "../channels/limits.ts";
import { codeOf } from "../channels/rules.ts";
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
import { dueOrHeld } from "./pausing.ts";
import { planFirstComment, standing } from "./planning.ts";
import { absencesSoFar, checkpointAfter, type Settlement, settleFailure, settleLookup, settlePublished, settlePutOff } from "./rules.ts";

/** `told`: what the platform said of the account itself, that its access is gone or that it takes no calls now. */
type Result = { settlement: Settlement; published: Published | null; outcome: string; absences: number; told?: string };

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
    const failure = error instanceof PlatformFailure ? error.failure : null;
    const told = failure?.kind === "needs-reauth" || failure?.kind === "rate-limited" ? codeOf(failure) : undefined;
    // A limit on one kind of call: a look that is put off holds up no sending.
    if (failure?.kind === "rate-limited" && (claim.purpose === "publish" || failure.scope !== "endpoint"))
      await noteLimit(claim.channelId, failure);
    const result = claim.purpose === "look-up" ? notSeen(claim, failure) : failed(claim, checkpoint(), failure);
    return { ...result, told };
  }
}

/** A bug past the point of no return is as unknown as a time-out there. */
function failed(claim: Claimed, checkpoint: Checkpoint, known: Failure | null): Result {
  const failure: Failure = known ?? { kind: checkpoint.stage === "committing" ? "ambiguous" : "retryable" };
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

/** The look itself failed, so it told nothing; put off by a limit, it is made later. */
function notSeen(claim: Claimed, failure: Failure | null): Result {
  const putOff = failure?.kind === "rate-limited" ? settlePutOff(failure.until, claim.checkpoint, now()) : null;
  if (!putOff) return lookedUp(claim, { kind: "unknown" });
  return { settlement: putOff, published: null, outcome: "rate-limited", absences: absencesSoFar(claim.checkpoint) };
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

async function settle(claim: Claimed, checkpoint: Checkpoint, { settlement, published, outcome, absences, told }: Result) {
  const at = now();
  await db.$transaction(async (tx) => {
    if (!(await stillOurs(tx, claim))) return;
    const state = settlement.state === "due" ? await dueOrHeld(tx, claim) : settlement.state;
    const row = await tx.publication.update({
      where: { id: claim.id },
      data: {
        state,
        runAt: settlement.runAt ?? never,
        lookups: settlement.state === "due" ? 0 : settlement.uncounted && { decrement: 1 },
        leaseUntil: null,
        leasedBy: null,
        checkpoint: checkpointAfter(checkpoint, settlement, absences, at) as unknown as Prisma.InputJsonValue,
        problem: settlement.problem ?? Prisma.DbNull,
        ...(published
          ? { remoteId: published.remoteId, permalink: published.permalink, ref: published.ref ?? Prisma.DbNull, publishedAt: at }
          : {}),
      },
      select: standing,
    });
    if (row.state === "published") await planFirstComment(tx, row);
    const open = { publicationId: claim.id, endedAt: null };
    await tx.publicationAttempt.updateMany({
      where: { ...open, number: claim.attempts + claim.lookups },
      data: { endedAt: at, outcome, detail: settlement.problem ?? Prisma.DbNull },
    });
    await tx.publicationAttempt.updateMany({ where: open, data: { endedAt: at, outcome: "cut-off" } }); // of workers that died
    await record(tx, null, {
      type: `publication.${state}`,
      subjectType: claim.subjectType,
      subjectId: claim.subjectId,
      place: row,
      payload: { publicationId: claim.id, outcome, problem: settlement.problem },
    });
    await emit(tx, { type: "publication.settled", publicationId: claim.id, subjectType: claim.subjectType, state });
    await signal(tx, { topic: claim.subjectType === "reply" ? "case" : "post", unitId: row.unitId, id: claim.subjectId });
  });
  if (published || settlement.state === "manual") await noteSuccess(claim.channelId);
  else if (settlement.problem) await noteFailure(claim.channelId, told ?? settlement.problem.code);
}
