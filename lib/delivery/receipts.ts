import { z } from "zod";
import { record } from "../core/audit.ts";
import { now } from "../core/clock.ts";
import { db, Prisma } from "../core/db.ts";
import { emit, type PublicationSubject } from "../core/events.ts";
import { signal } from "../core/live.ts";
import type { WebhookEvent } from "../platforms/contract.ts";
import { settleFailure } from "./rules.ts";

const columns = { id: true, unitId: true, governmentId: true, subjectType: true, subjectId: true, state: true } as const;

type Receipt = Extract<WebhookEvent, { kind: "sent" | "not-sent" }>;

/**
 * What a platform tells afterwards of something that we sent over one of `channelIds`: an unknown outcome is known now, and a
 * send that was taken may still have failed. Keys that are none of ours, and receipts that tell nothing new, change nothing.
 */
export async function takeInReceipt(channelIds: string[], receipt: Receipt): Promise<void> {
  if (!z.uuid().safeParse(receipt.key).success) return;
  const at = now();
  const sent = receipt.kind === "sent";
  const problem = sent ? null : settleFailure(receipt.failure, Number.POSITIVE_INFINITY, at).problem;
  const known = sent ? { remoteId: receipt.remoteId, problem: Prisma.DbNull } : {};
  await db.$transaction(async (tx) => {
    const ours = { id: receipt.key, channelId: { in: channelIds } };
    const change = (where: Prisma.PublicationWhereInput, data: Prisma.PublicationUpdateManyMutationInput) =>
      tx.publication.updateManyAndReturn({ where: { ...ours, ...where }, data, select: columns });
    const [row] = !sent
      ? await change({ state: { in: ["unknown", "published"] } }, { state: "failed", problem: problem ?? Prisma.DbNull })
      : [
          ...(await change({ state: "unknown" }, { state: "published", ...known, publishedAt: at })),
          // What a person said was sent, at a time that is known; only its id was not.
          ...(await change({ state: "published", remoteId: null }, known)),
        ];
    if (!row) return;
    const subjectType = row.subjectType as PublicationSubject;
    await record(tx, null, {
      type: `publication.${row.state}`,
      subjectType,
      subjectId: row.subjectId,
      place: row,
      payload: { publicationId: row.id, outcome: "receipt", problem },
    });
    await emit(tx, { type: "publication.settled", publicationId: row.id, subjectType, state: row.state });
    await signal(tx, { topic: subjectType === "reply" ? "case" : "post", unitId: row.unitId, id: row.subjectId });
  });
}
