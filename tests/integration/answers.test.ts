/** Answers on their way out, and who may give them. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { now } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import { confirmSent, sendAgain } from "#lib/delivery/settling.ts";
import { ingest } from "#lib/inbox/intake/ingest.ts";
import { countCases, listCases } from "#lib/inbox/lists/lists.ts";
import { caseDetail } from "#lib/inbox/queries.ts";
import { answerCase } from "#lib/inbox/replies/answering.ts";
import { correctKind } from "#lib/inbox/work/correcting.ts";
import { addNote, assignCase, finishCase, reopenCase } from "#lib/inbox/work/working.ts";
import { unitByCode } from "#lib/units/queries.ts";
import { ago, caseOf, comment, messagesOf, phonePost, poll, question } from "../support/citizens.ts";
import { handleEvents, runDue } from "../support/desk.ts";
import { makeWorld, refusalOf, type World } from "../support/world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world?.stop());

describe("answering", () => {
  /** A citizen's comment on the platform, taken in; with the ref that the desk's form holds. */
  async function waiting(name = "Gita") {
    const post = await phonePost(world);
    const remoteId = await world.comment(post, name, question);
    await poll(world.channels.facebook);
    await world.passTime(1000); // the platform's clock counts seconds
    const { id, revision } = await caseOf({ remoteId });
    return { post, remoteId, caseId: id, revision };
  }
  const refs = ({ caseId, revision }: { caseId: string; revision: number }) => ({ caseId, revision });
  const replies = async (remoteId: string) =>
    (await world.graph<{ data: { message: string }[] }>(`${remoteId}/comments?fields=message`)).data.map((reply) => reply.message);

  it("goes out once, stands in the thread, and ends the waiting", async () => {
    const { admin } = world.people;
    const { remoteId, ...found } = await waiting();
    expect(await answerCase(admin, { ...refs(found), text: "Buka Senin pukul 08.00, Ibu." })).toEqual({ ok: true, waits: false });
    expect(await caseOf({ remoteId })).toMatchObject({ state: "open", assigneeId: admin.personId });
    await runDue();
    await handleEvents();
    expect(await replies(remoteId)).toEqual(["Buka Senin pukul 08.00, Ibu."]);
    const after = await caseOf({ remoteId });
    expect(after).toMatchObject({ state: "answered", dueAt: null });
    expect(after.duties).toMatchObject([{ answeredAt: expect.any(Date) }]);
    const thread = () => messagesOf(found.caseId).then((all) => all.map((message) => [message.direction, message.authorName]));
    expect(await thread()).toEqual([
      ["in", "Gita"],
      ["out", admin.name],
    ]);

    await poll(world.channels.facebook); // the platform lists our own answer, and its webhook told of it
    await handleEvents();
    expect(await thread()).toEqual([
      ["in", "Gita"],
      ["out", admin.name],
    ]);
    expect((await caseDetail(admin, found.caseId)).thread.map((item) => item.type)).toEqual(["message", "message"]);
  });

  it("is one message also when the platform's own notice of it comes first", async () => {
    const { admin } = world.people;
    const { remoteId, ...found } = await waiting();
    await answerCase(admin, { ...refs(found), text: "Silakan datang." });
    await runDue();
    await poll(world.channels.facebook);
    await handleEvents();
    const [, out, ...others] = await messagesOf(found.caseId);
    expect(out).toMatchObject({ direction: "out", authorName: admin.name, replyId: expect.any(String) });
    expect(others).toEqual([]);
    expect((await caseOf({ remoteId })).state).toBe("answered");
  });

  it("that is lost on the way back is found, not sent again", async () => {
    const { remoteId, ...found } = await waiting();
    await world.lab.fault({ endpoint: "POST comments", fault: "accept-then-drop" });
    await answerCase(world.people.admin, { ...refs(found), text: "Sekali saja." });
    await runDue();
    const reply = await db.reply.findFirstOrThrow({ where: { caseId: found.caseId } });
    const publication = () => db.publication.findFirstOrThrow({ where: { subjectId: reply.id } });
    expect(await publication()).toMatchObject({ state: "unknown" });
    expect(
      await answerCase(world.people.admin, { caseId: found.caseId, revision: (await caseOf({ remoteId })).revision, text: "Dua kali?" }),
    ).toMatchObject({ ok: false, problems: [{ code: "answer-on-its-way" }] });
    await world.passTime(11_000);
    await runDue();
    expect(await publication()).toMatchObject({ state: "published" });
    expect(await replies(remoteId)).toEqual(["Sekali saja."]);
  });

  it("under a post that is not known yet is looked up like any other, and the post is found later", async () => {
    const { admin } = world.people;
    const { facebook } = world.channels;
    const post = await phonePost(world);
    const remoteId = await world.comment(post, "Gita", question);
    await ingest({ id: facebook.id, unitId: facebook.unitId, governmentId: facebook.governmentId }, [
      comment({ remoteId, postRemoteId: post }),
    ]);
    const { id: caseId, revision, remotePostId } = await caseOf({ remoteId });
    expect(remotePostId).toBeNull();
    await world.passTime(1000);
    await world.lab.fault({ endpoint: "POST comments", fault: "accept-then-drop" });
    await answerCase(admin, { caseId, revision, text: "Dijawab sekali saja." });
    for (let look = 0; look < 6; look += 1) {
      await runDue();
      await world.passTime(90_000);
    }
    const { id: subjectId } = await db.reply.findFirstOrThrow({ where: { caseId } });
    expect(await db.publication.findFirstOrThrow({ where: { subjectId } })).toMatchObject({ state: "published" });
    expect(await replies(remoteId)).toEqual(["Dijawab sekali saja."]);
    await poll(facebook);
    const known = await db.remotePost.findFirstOrThrow({ where: { channelId: facebook.id, remoteId: post } });
    expect((await caseOf({ remoteId })).remotePostId).toBe(known.id);
    await handleEvents();
  });

  it("that failed is not sent again once another one answers", async () => {
    const { admin, secondAdmin } = world.people;
    const { remoteId, ...found } = await waiting();
    await world.lab.fault({ endpoint: "POST comments", fault: "368" });
    await answerCase(admin, { ...refs(found), text: "Yang pertama gagal." });
    await runDue();
    await handleEvents();
    const reply = await db.reply.findFirstOrThrow({ where: { caseId: found.caseId } });
    const { id: publicationId, state } = await db.publication.findFirstOrThrow({ where: { subjectId: reply.id } });
    expect(state).toBe("failed");
    const { revision } = await caseOf({ remoteId });
    expect(await answerCase(secondAdmin, { caseId: found.caseId, revision, text: "Yang kedua sampai." })).toMatchObject({ ok: true });
    const meanwhile = { ok: false, problems: [{ code: "answered-meanwhile" }] };
    expect(await sendAgain(admin, { publicationId })).toEqual(meanwhile);
    await runDue();
    await handleEvents();
    expect(await sendAgain(admin, { publicationId })).toEqual(meanwhile);
    await runDue();
    expect(await replies(remoteId)).toEqual(["Yang kedua sampai."]);
  });

  describe("that nobody can tell of, and a person says was sent", () => {
    const words = "Setiap hari kerja  pukul 08.00. Telepon 0812-3456-7890.";
    /** An answer that the platform took without saying so, some minutes ago. */
    async function unsure() {
      const found = await waiting();
      await world.lab.fault({ endpoint: "POST comments", fault: "accept-then-drop" });
      await answerCase(world.people.admin, { ...refs(found), text: words });
      await runDue();
      const reply = await db.reply.findFirstOrThrow({ where: { caseId: found.caseId } });
      const publication = await db.publication.findFirstOrThrow({ where: { subjectId: reply.id }, include: { tries: true } });
      expect(publication.state).toBe("unknown");
      return { ...found, replyId: reply.id, publicationId: publication.id, triedAt: publication.tries[0]!.startedAt };
    }
    const confirm = (publicationId: string) => confirmSent(world.people.admin, { publicationId });
    const said = async (caseId: string) => (await messagesOf(caseId)).filter(({ direction }) => direction === "out");
    const keys = (remoteId: string) => db.remoteKey.count({ where: { channelId: world.channels.facebook.id, remoteId } });
    const synthetic = (publicationId: string) => `confirmed:${publicationId}`;

    it("stands at once and ends the waiting when it was tried; what is read later takes its place", async () => {
      const { remoteId, caseId, publicationId, triedAt, replyId } = await unsure();
      await world.passTime(5000);
      expect(await confirm(publicationId)).toEqual({ ok: true });
      expect((await caseDetail(world.people.admin, caseId)).thread.map(({ type }) => type)).toEqual(["message", "reply"]);
      await handleEvents();
      expect(await said(caseId)).toMatchObject([{ remoteId: synthetic(publicationId), replyId, text: words, sentAt: triedAt }]);
      const answered = await caseOf({ remoteId });
      expect(answered).toMatchObject({ state: "answered", answeredAt: triedAt, dueAt: null, duties: [{ answeredAt: triedAt }] });
      const deadline = { caseId, subject: "first_response" };
      expect(await db.caseDeadline.findFirstOrThrow({ where: deadline })).toMatchObject({ metAt: triedAt, nextAt: null });

      for (const _ of [1, 2]) await poll(world.channels.facebook);
      await handleEvents();
      const [message, ...others] = await said(caseId);
      expect(others).toEqual([]);
      expect(message).toMatchObject({ replyId, text: words, authorName: world.people.admin.name });
      expect(message!.remoteId).not.toMatch(/^confirmed:/);
      expect(await keys(message!.remoteId)).toBe(1);
      expect(await keys(synthetic(publicationId))).toBe(0);
      expect(await db.publication.findUniqueOrThrow({ where: { id: publicationId } })).toMatchObject({ remoteId: message!.remoteId });
      expect(await db.messageChange.count({ where: { caseId } })).toBe(0);
      expect((await caseOf({ remoteId })).state).toBe("answered");
    });

    it.each(["before it is said", "before the thread knows"])("is one message too when it is read %s", async (when) => {
      const { remoteId, caseId, publicationId, replyId } = await unsure();
      const steps = [() => poll(world.channels.facebook), () => confirm(publicationId)];
      for (const step of when === "before it is said" ? steps : steps.toReversed()) await step();
      await handleEvents();
      const [message, ...others] = await said(caseId);
      expect(others).toEqual([]);
      expect(message).toMatchObject({ replyId, authorName: world.people.admin.name });
      expect(message!.remoteId).not.toMatch(/^confirmed:/);
      expect(await keys(synthetic(publicationId))).toBe(0);
      expect(await db.publication.findUniqueOrThrow({ where: { id: publicationId } })).toMatchObject({ remoteId: message!.remoteId });
      expect((await caseOf({ remoteId })).state).toBe("answered");
    });

    it("is not taken for other words of the account, nor twice for the same ones", async () => {
      const { remoteId, caseId, publicationId } = await unsure();
      await confirm(publicationId);
      await handleEvents();
      const { channelId } = await caseOf({ remoteId });
      const { unitId, governmentId } = world.channels.facebook;
      const own = (change: object) => comment({ parentRemoteId: remoteId, own: true, text: words, sentAt: now(), ...change });
      await ingest({ id: channelId, unitId, governmentId }, [own({ sentAt: ago(60), remoteId: "dulu" })]);
      expect((await said(caseId)).map((message) => message.remoteId)).toContain(synthetic(publicationId));
      await ingest({ id: channelId, unitId, governmentId }, [own({ remoteId: "satu" }), own({ remoteId: "dua" })]);
      await ingest({ id: channelId, unitId, governmentId }, [own({ text: "Tambahan dari ponsel.", remoteId: "tiga" })]);
      const ids = (await said(caseId)).map((message) => message.remoteId);
      expect(ids.sort()).toEqual(["dua", "dulu", "satu", "tiga"]);
    });
  });

  it("is refused when the thread has moved on since it was read", async () => {
    const { post, remoteId, ...found } = await waiting();
    await world.comment(post, "Gita", "Oh ya, maksud saya di Puskesmas Adiwerna", remoteId);
    await poll(world.channels.facebook);
    expect(await answerCase(world.people.admin, { ...refs(found), text: "Jawaban lama" })).toEqual({
      ok: false,
      problems: [{ field: "text", code: "thread-moved" }],
    });
    expect(await db.reply.count({ where: { caseId: found.caseId } })).toBe(0);
  });

  it("is refused while another answer is on its way, also to the one who is a moment later", async () => {
    const { admin, secondAdmin } = world.people;
    const { remoteId, ...found } = await waiting();
    const answers = await Promise.all(
      [admin, secondAdmin, admin].map((actor, n) => answerCase(actor, { ...refs(found), text: `Jawaban ${n}` })),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    const { revision } = await caseOf({ remoteId });
    expect(await answerCase(secondAdmin, { caseId: found.caseId, revision, text: "Satu lagi" })).toMatchObject({
      problems: [{ code: "answer-on-its-way" }],
    });
    await runDue();
    expect(await replies(remoteId)).toHaveLength(1);
    await handleEvents();
  });

  it("to a question that came while the answer was on its way leaves that question open", async () => {
    const { admin } = world.people;
    const { post, remoteId, ...found } = await waiting();
    await answerCase(admin, { ...refs(found), text: "Senin pukul 08.00." });
    await runDue();
    await world.passTime(2000);
    await world.comment(post, "Gita", "Apakah hari Sabtu juga buka?", remoteId);
    await poll(world.channels.facebook);
    await handleEvents();
    const after = await caseOf({ remoteId });
    expect(after).toMatchObject({ state: "open", dueAt: expect.any(Date) });
    expect(after.duties.map((duty) => duty.answeredAt !== null)).toEqual([true, false]);
  });
});

describe("somebody else's inbox", () => {
  it("shows nothing and allows nothing, and answers like one that does not exist", async () => {
    const { farAdmin, farVerifier, analyst, loneAdmin, verifier } = world.people;
    const root = comment();
    await ingest(world.channels.facebook, [root]);
    const found = await caseOf(root);
    for (const caseId of [found.id, crypto.randomUUID()])
      for (const actor of [farAdmin, farVerifier, analyst, loneAdmin]) {
        const ref = { caseId, revision: found.revision };
        expect(await refusalOf(caseDetail(actor, caseId))).toBe("not-found");
        expect(await refusalOf(answerCase(actor, { ...ref, text: "Halo" }))).toBe("not-found");
        expect(await refusalOf(finishCase(actor, ref))).toBe("not-found");
        expect(await refusalOf(reopenCase(actor, ref))).toBe("not-found");
        expect(await refusalOf(assignCase(actor, { caseId, personId: null }))).toBe("not-found");
        expect(await refusalOf(correctKind(actor, { caseId, kind: "spam" }))).toBe("not-found");
        expect(await refusalOf(addNote(actor, { caseId, text: "Catatan" }))).toBe("not-found");
      }
    expect(await caseOf(root)).toEqual(found);
    expect((await caseDetail(verifier, found.id)).id).toBe(found.id);
    expect(await refusalOf(answerCase(verifier, { caseId: found.id, revision: found.revision, text: "Halo" }))).toBe("not-found");
    expect(await refusalOf(assignCase(world.people.admin, { caseId: found.id, personId: farAdmin.personId }))).toBe("not-found");
  });

  it("is in no list and no count, whichever unit is asked for; the ministry's analyst sees no regency's", async () => {
    const { admin, head, supervisor, farAdmin, analyst } = world.people;
    const units = await Promise.all(["00", "33", "33.28", "33.28.dinkes"].map(unitByCode));
    for (const unit of units) {
      if (!unit) throw new Error("no unit");
      for (const actor of [farAdmin, analyst]) {
        expect((await listCases(actor, unit, "all", now(), null)).rows).toEqual([]);
        expect(await countCases(actor, unit)).toEqual({ open: 0, overdue: 0, mine: 0, referred: 0 });
      }
    }
    const [, , regency, dinkes] = units;
    if (!regency || !dinkes) throw new Error("no unit");
    const mine = (await listCases(admin, dinkes, "all", now(), null, 500)).rows;
    expect(mine.length).toBeGreaterThan(0);
    for (const actor of [head, supervisor])
      expect((await listCases(actor, regency, "all", now(), null, 500)).rows).toHaveLength(mine.length);
  });
});
