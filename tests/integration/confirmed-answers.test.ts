/** Answers whose outcome the platform would not tell, and of which a person said that they are there. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { db } from "#lib/core/db.ts";
import { takeInReceipt } from "#lib/delivery/receipts.ts";
import { confirmSent } from "#lib/delivery/settling.ts";
import { ingest } from "#lib/inbox/intake/ingest.ts";
import { answerCase } from "#lib/inbox/replies/answering.ts";
import type { RemoteComment } from "#lib/platforms/contract.ts";
import { ago, caseOf, comment, messagesOf, ownReply, question } from "../support/citizens.ts";
import { handleEvents } from "../support/desk.ts";
import { makeWorld, type World } from "../support/world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world?.stop());

const text = "Setiap Senin pukul 08.00";
const never = new Date("9999-12-31T00:00:00Z");

/** An answer that was sent ten minutes ago, and nobody knows whether it arrived. */
async function unknownAnswer() {
  const root = comment({ text: question, sentAt: ago(60) });
  await ingest(world.channels.facebook, [root]);
  const { id: caseId, revision } = await caseOf(root);
  await answerCase(world.people.admin, { caseId, revision, text });
  const reply = await db.reply.findFirstOrThrow({ where: { caseId } });
  const { id: publicationId } = await db.publication.findFirstOrThrow({ where: { subjectId: reply.id } });
  const sentAt = ago(10);
  await db.publication.update({
    where: { id: publicationId },
    data: {
      state: "unknown",
      runAt: never,
      createdAt: ago(11),
      checkpoint: { stage: "committing", at: sentAt.toISOString(), data: {} },
      problem: { code: "ask-person" },
    },
  });
  return { root, caseId, publicationId, sentAt, replyId: reply.id };
}
async function confirmed() {
  const one = await unknownAnswer();
  expect(await confirmSent(world.people.admin, { publicationId: one.publicationId })).toEqual({ ok: true });
  await handleEvents();
  return one;
}
const answers = async (caseId: string) =>
  (await messagesOf(caseId))
    .filter(({ direction }) => direction === "out")
    .map(({ remoteId, replyId, text: said }) => ({ remoteId, replyId, text: said }));
const read = (root: RemoteComment, change: Partial<RemoteComment> = {}) =>
  ingest(world.channels.facebook, [{ ...ownReply(root, ago(9)), text, ...change }]);

it("it is a message of its thread, and the citizen waits no more since it was sent", async () => {
  const { caseId, publicationId, replyId, sentAt } = await confirmed();
  expect(await answers(caseId)).toEqual([{ remoteId: `confirmed:${publicationId}`, replyId, text }]);
  const found = await db.inboxCase.findUniqueOrThrow({ where: { id: caseId }, include: { duties: true, deadlines: true } });
  expect(found).toMatchObject({ state: "answered", answeredAt: sentAt, duties: [{ answeredAt: sentAt }] });
  expect(found.deadlines.find(({ subject }) => subject === "first_response")).toMatchObject({ metAt: sentAt, nextAt: null });
});

it("read on the platform afterwards it is still one message, under the platform's id", async () => {
  const { root, caseId, publicationId, replyId } = await confirmed();
  await read(root, { remoteId: "900_real" });
  await read(root, { remoteId: "900_real" });
  expect(await answers(caseId)).toEqual([{ remoteId: "900_real", replyId, text }]);
  expect(await db.publication.findUniqueOrThrow({ where: { id: publicationId } })).toMatchObject({ remoteId: "900_real" });
  expect(await db.remoteKey.count({ where: { remoteId: `confirmed:${publicationId}` } })).toBe(0);
});

it("another word of the account in that thread is a message of its own", async () => {
  const { root, caseId, publicationId } = await confirmed();
  await read(root, { remoteId: "900_other", text: "Mohon bawa buku KIA" });
  expect((await answers(caseId)).map(({ remoteId }) => remoteId).sort()).toEqual(["900_other", `confirmed:${publicationId}`]);
});

it("what was read before it was confirmed is that answer", async () => {
  const { root, caseId, publicationId, replyId } = await unknownAnswer();
  await read(root, { remoteId: "900_before" });
  await confirmSent(world.people.admin, { publicationId });
  await handleEvents();
  expect(await answers(caseId)).toEqual([{ remoteId: "900_before", replyId, text }]);
});

it("a receipt that comes later tells its id, or that it never arrived", async () => {
  const there = await confirmed();
  await takeInReceipt([world.channels.facebook.id], { kind: "sent", accountRemoteId: "1", key: there.publicationId, remoteId: "wamid.1" });
  await handleEvents();
  expect(await answers(there.caseId)).toEqual([{ remoteId: "wamid.1", replyId: there.replyId, text }]);

  const lost = await confirmed();
  const failure = { kind: "rejected" as const, code: "other" };
  await takeInReceipt([world.channels.facebook.id], { kind: "not-sent", accountRemoteId: "1", key: lost.publicationId, failure });
  await handleEvents();
  expect(await db.inboxCase.findUniqueOrThrow({ where: { id: lost.caseId }, include: { duties: true } })).toMatchObject({
    state: "open",
    duties: [{ answeredAt: null }],
  });
});
