/** Answers that somebody else has to say yes to. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { now } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import { ingest } from "#lib/inbox/intake/ingest.ts";
import { answerCase } from "#lib/inbox/replies/answering.ts";
import { replyApprovalOf, replyApprovalSettings, saveReplyApproval } from "#lib/inbox/replies/approving.ts";
import { decideReply, withdrawReply } from "#lib/inbox/replies/deciding.ts";
import { localDay } from "#lib/units/calendar.ts";
import { caseOf, comment } from "../support/citizens.ts";
import { makeWorld, type World } from "../support/world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
  const validFrom = localDay(now(), "Asia/Jakarta");
  const rules = { unitId: world.units.dinkes.id, validFrom, approval: { kinds: ["question" as const], sensitive: true } };
  expect(await saveReplyApproval(world.people.supervisor, rules)).toEqual({ ok: true });
});
afterAll(() => world?.stop());

const text = "Loket imunisasi buka Senin sampai Kamis pukul 08.00, Bu.";

async function waiting(by = world.people.admin) {
  const root = comment();
  await ingest(world.channels.facebook, [root]);
  const { id: caseId, revision } = await caseOf(root);
  expect(await answerCase(by, { caseId, revision, text })).toEqual({ ok: true, waits: true });
  const reply = await db.reply.findFirstOrThrow({ where: { caseId } });
  const decide = async (decision: "approve" | "return" | "reject", who = world.people.verifier, note = "") =>
    decideReply(who, { replyId: reply.id, revision: (await caseOf(root)).revision, decision, note });
  return { root, caseId, reply, decide };
}
const sent = (replyId: string) => db.publication.findMany({ where: { subjectType: "reply", subjectId: replyId } });

describe("an answer of a kind that waits for approval", () => {
  it("goes out with exactly its words once it is approved, and those who may approve are told", async () => {
    const { reply, decide } = await waiting();
    expect(await sent(reply.id)).toEqual([]);
    expect(await db.notice.count({ where: { type: "reply.asked", personId: world.people.verifier.personId } })).toBeGreaterThan(0);
    expect(await decide("approve")).toEqual({ ok: true });
    expect((await sent(reply.id)).map(({ content }) => (content as { text: string }).text)).toEqual([text]);
    await expect(decide("approve")).rejects.toThrow("stale");
  });

  it("is not approved by its writer, by somebody of another agency, or by a reader of an older thread", async () => {
    const { root, reply, decide } = await waiting(world.people.secondAdmin);
    expect(await decide("approve", world.people.secondAdmin)).toMatchObject({ problems: [{ code: "own-reply" }] });
    await expect(decide("approve", world.people.namedVerifier)).rejects.toThrow("not-found");
    const { revision } = await caseOf(root);
    await ingest(world.channels.facebook, [
      comment({ parentRemoteId: root.remoteId, text: "Kalau hari Sabtu bagaimana Pak?", sentAt: now() }),
    ]);
    const old = { replyId: reply.id, revision, decision: "approve" as const, note: "" };
    expect(await decideReply(world.people.verifier, old)).toMatchObject({ problems: [{ code: "thread-moved" }] });
    expect(await sent(reply.id)).toEqual([]);
    expect(await decide("approve")).toEqual({ ok: true });
  });

  it("lets nobody answer beside it, and of two who decide at once one is taken", async () => {
    const { root, caseId, reply, decide } = await waiting();
    const { revision } = await caseOf(root);
    const second = await answerCase(world.people.secondAdmin, { caseId, revision, text: "Jawaban lain" });
    expect(second).toMatchObject({ problems: [{ code: "answer-on-its-way" }] });
    const both = await Promise.allSettled([decide("approve"), decide("approve", world.people.secondVerifier)]);
    expect(both.filter((one) => one.status === "fulfilled" && one.value.ok)).toHaveLength(1);
    expect(await sent(reply.id)).toHaveLength(1);
  });

  it("comes back with a reason, or is taken back by its writer with its words kept", async () => {
    const first = await waiting();
    expect(await first.decide("return")).toMatchObject({ problems: [{ field: "note", code: "note-empty" }] });
    expect(await first.decide("return", world.people.verifier, "Jamnya keliru")).toEqual({ ok: true });
    expect(
      await db.notice.count({ where: { type: "reply.decided", subjectId: first.caseId, personId: world.people.admin.personId } }),
    ).toBe(1);
    const second = await waiting();
    await expect(withdrawReply(world.people.secondAdmin, { replyId: second.reply.id })).rejects.toThrow("not-found");
    expect(await withdrawReply(world.people.admin, { replyId: second.reply.id })).toEqual({ ok: true });
    expect(await db.replyDraft.findFirst({ where: { caseId: second.caseId } })).toMatchObject({ text });
    expect([...(await sent(first.reply.id)), ...(await sent(second.reply.id))]).toEqual([]);
  });
});

describe("a unit's rules", () => {
  const set = (unitId: string, approval: Parameters<typeof saveReplyApproval>[1]["approval"]) =>
    saveReplyApproval(world.people.supervisor, { unitId, validFrom: localDay(now(), "Asia/Jakarta"), approval });

  it("go before those above it, until it goes by them again", async () => {
    const { dinkes, disdukcapil, regency } = world.units;
    await set(regency.id, { kinds: ["hoax"], sensitive: false });
    expect(await replyApprovalOf(db, dinkes.id)).toEqual({ kinds: ["question"], sensitive: true });
    expect(await replyApprovalOf(db, disdukcapil.id)).toEqual({ kinds: ["hoax"], sensitive: false });
    expect(await set(dinkes.id, null)).toEqual({ ok: true });
    expect(await replyApprovalOf(db, dinkes.id)).toEqual({ kinds: ["hoax"], sensitive: false });
    expect((await replyApprovalSettings(world.people.supervisor, dinkes.id)).from?.unitId).toBe(regency.id);
    await set(regency.id, null);
    expect(await replyApprovalOf(db, dinkes.id)).toEqual({ kinds: [], sensitive: false });
  });
});
