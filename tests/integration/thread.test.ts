/** One conversation as it is read and worked: what became of its words, who is called upon, who is waited for. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { now } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import { stopWaiting, waitForCitizen } from "#lib/inbox/deadlines/waiting.ts";
import { noteRemoved } from "#lib/inbox/intake/changes.ts";
import { ingest } from "#lib/inbox/intake/ingest.ts";
import { caseDetail } from "#lib/inbox/queries.ts";
import { bounceReferral, decideReferral, deliverReferral, referCase } from "#lib/inbox/referrals/referring.ts";
import { referralTargets } from "#lib/inbox/referrals/targets.ts";
import { keepReplyDraft, replyDraftOf } from "#lib/inbox/replies/attending.ts";
import { likeThisWeek } from "#lib/inbox/replies/likeness.ts";
import type { ThreadItem } from "#lib/inbox/thread/thread.ts";
import { correctKind } from "#lib/inbox/work/correcting.ts";
import { mentionable } from "#lib/inbox/work/mentioning.ts";
import { addNote, assignCase } from "#lib/inbox/work/working.ts";
import { ago, caseOf, comment, question } from "../support/citizens.ts";
import { makeWorld, type World } from "../support/world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world?.stop());

const complaint = "Lapor, antrean KTP di kantor kami mengecewakan, sudah tiga bulan belum jadi, tolong diperbaiki";

async function ask(text = question, minutesAgo = 10) {
  const root = comment({ text, sentAt: ago(minutesAgo) });
  await ingest(world.channels.facebook, [root]);
  return { root, caseId: (await caseOf(root)).id };
}
const refOf = async (caseId: string) => ({ caseId, revision: (await caseNow(caseId)).revision });
const caseNow = (id: string) => db.inboxCase.findUniqueOrThrow({ where: { id }, include: { duties: true, deadlines: true, pauses: true } });
const of = <T extends ThreadItem["type"]>(thread: ThreadItem[], type: T) =>
  thread.filter((item): item is Extract<ThreadItem, { type: T }> => item.type === type);

describe("a thread", () => {
  it("shows words as they now are, with the earlier ones, and what was removed as it was kept", async () => {
    const { root, caseId } = await ask("Pak, jam berapa loket buka?");
    const reply = comment({ parentRemoteId: root.remoteId, text: "NIK saya 3328011203900001", sentAt: ago(5) });
    await ingest(world.channels.facebook, [reply]);
    const edited = { ...root, text: "Pak, jam berapa loket tutup?", editedAt: ago(2) };
    await ingest(world.channels.facebook, [edited]);
    await db.$transaction((tx) => noteRemoved(tx, world.channels.facebook, reply.remoteId));
    const [first, second] = of((await caseDetail(world.people.admin, caseId)).thread, "message");
    expect(first).toMatchObject({ text: edited.text, earlier: [{ text: root.text }], depth: 0, removedAt: null });
    expect(second).toMatchObject({ text: "NIK saya ⟦nik⟧", depth: 1, removedAt: expect.any(Date), editedAt: null });
  });

  it("shows a referral as one chain to both agencies, each with its own steps, and to no other", async () => {
    const { admin, loneAdmin, supervisor, farAdmin } = world.people;
    const { caseId } = await ask(complaint);
    const unitId = world.units.disdukcapil.id;
    await referCase(admin, { ...(await refOf(caseId)), unitId, instruction: "Mohon dicek", days: 3, tell: "" });
    const chain = async (actor = admin) => of((await caseDetail(actor, caseId)).thread, "referral")[0]!;
    expect(Object.keys((await chain()).may)).toEqual(["withdraw"]);
    expect(Object.keys((await chain(loneAdmin)).may)).toEqual(["accept", "bounce", "deliver"]);
    const ref = async () => {
      const { id, revision } = await chain();
      return { referralId: id, revision };
    };
    await bounceReferral(loneAdmin, { ...(await ref()), reason: "Itu milik kecamatan" });
    expect(Object.keys((await chain(supervisor)).may)).toEqual(expect.arrayContaining(["uphold", "return", "redirect"]));
    await decideReferral(supervisor, { ...(await ref()), decision: "upheld", note: "Tetap", unitId: null });
    await deliverReferral(loneAdmin, { ...(await ref()), result: "KTP sudah dicetak" });
    const done = await chain(loneAdmin);
    expect(done.events.map(({ kind, text }) => [kind, text])).toEqual([
      ["asked", "Mohon dicek"],
      ["bounced", "Itu milik kecamatan"],
      ["upheld", "Tetap"],
      ["delivered", "KTP sudah dicetak"],
    ]);
    expect(done).toMatchObject({ result: "KTP sudah dicetak", may: {} });
    await expect(caseDetail(farAdmin, caseId)).rejects.toThrow("not-found");
  });

  it("may be referred to the other agencies of its own government, those that its words fit first", async () => {
    const { caseId } = await ask(complaint);
    const { suggested, agencies } = await referralTargets(world.people.admin, caseId);
    expect(suggested[0]?.id).toBe(world.units.disdukcapil.id);
    const ids = agencies.map(({ id }) => id);
    expect(ids).toContain(world.units.disdukcapil.id);
    for (const other of [world.units.dinkes.id, world.units.farDinkes.id]) expect(ids).not.toContain(other);
    await expect(referralTargets(world.people.farAdmin, caseId)).rejects.toThrow("not-found");
  });
});

describe("a note", () => {
  it("calls upon those who may read the case, and tells them", async () => {
    const { admin, secondAdmin, loneAdmin, farAdmin } = world.people;
    const { caseId } = await ask();
    const ids = (await mentionable(admin, caseId)).map(({ id }) => id);
    expect(ids).toContain(secondAdmin.personId);
    for (const other of [admin, loneAdmin, farAdmin]) expect(ids).not.toContain(other.personId);
    expect(await addNote(admin, { caseId, text: "@Rekan, mohon dibantu", mentions: [secondAdmin.personId] })).toEqual({ ok: true });
    const told = (personId: string) => db.notice.count({ where: { personId, type: "case.mentioned", subjectId: caseId } });
    expect(await told(secondAdmin.personId)).toBe(1);
    for (const other of [loneAdmin, farAdmin]) {
      const answer = await addNote(admin, { caseId, text: "@Orang lain", mentions: [other.personId] });
      expect(answer).toMatchObject({ ok: false, problems: [{ field: "mentions", code: "mention-unknown" }] });
      expect(await told(other.personId)).toBe(0);
    }
    expect(await db.caseNote.count({ where: { caseId } })).toBe(1);
    await expect(mentionable(farAdmin, caseId)).rejects.toThrow("not-found");
  });

  it("may call upon the agency that was asked to act", async () => {
    const { admin, loneAdmin } = world.people;
    const { caseId } = await ask(complaint);
    const unitId = world.units.disdukcapil.id;
    await referCase(admin, { ...(await refOf(caseId)), unitId, instruction: "Mohon dicek", days: 3, tell: "" });
    expect(await addNote(admin, { caseId, text: "@Disdukcapil", mentions: [loneAdmin.personId] })).toEqual({ ok: true });
    expect(await addNote(loneAdmin, { caseId, text: "@Dinkes", mentions: [admin.personId] })).toEqual({ ok: true });
  });
});

describe("a case", () => {
  it("waits for the citizen until he writes, while the time of its resolution stands still", async () => {
    const { admin, loneAdmin } = world.people;
    const { root, caseId } = await ask(complaint);
    const ref = await refOf(caseId);
    await expect(waitForCitizen(loneAdmin, ref)).rejects.toThrow("not-found");
    expect(await waitForCitizen(admin, ref)).toEqual({ ok: true });
    await expect(waitForCitizen(admin, ref)).rejects.toThrow("stale");
    const detail = await caseDetail(admin, caseId);
    expect(detail).toMatchObject({ waitingFor: "citizen", resolution: { metAt: null } });
    expect(await db.auditEvent.count({ where: { subjectId: caseId, type: "case.waiting" } })).toBe(1);
    await world.passTime(2 * 86_400_000);
    const more = comment({ parentRemoteId: root.remoteId, text: "Sudah saya kirim datanya Pak, bagaimana?", sentAt: now() });
    await ingest(world.channels.facebook, [more]);
    const after = await caseDetail(admin, caseId);
    expect(after.waitingFor).toBeNull();
    expect(after.resolution!.dueAt.getTime()).toBeGreaterThan(detail.resolution!.dueAt.getTime());
  });

  it("is no longer waited for when somebody says so, once", async () => {
    const { admin } = world.people;
    const { caseId } = await ask(complaint);
    await waitForCitizen(admin, await refOf(caseId));
    const ref = await refOf(caseId);
    const both = await Promise.allSettled([stopWaiting(admin, ref), stopWaiting(admin, ref)]);
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await caseNow(caseId)).pauses).toMatchObject([{ why: "citizen", to: expect.any(Date) }]);
  });

  it("whose kind is corrected to one that is owed an answer is owed it from when it was asked", async () => {
    const { admin } = world.people;
    const { root, caseId } = await ask("Mantap, terima kasih banyak", 30);
    expect((await caseNow(caseId)).duties).toEqual([]);
    expect(await correctKind(admin, { caseId, kind: "complaint" })).toEqual({ ok: true });
    const after = await caseNow(caseId);
    expect(after).toMatchObject({ kind: "complaint", kindBy: "person", state: "open", unsure: false });
    expect(after.duties).toMatchObject([{ openedAt: root.sentAt, answeredAt: null }]);
    expect(after.dueAt).toEqual(after.duties[0]!.dueAt);
    await correctKind(admin, { caseId, kind: "praise" });
    expect((await caseNow(caseId)).duties).toMatchObject([{ id: after.duties[0]!.id, answeredAt: null }]);
  });

  it("that is given to somebody is told to him", async () => {
    const { admin, secondAdmin } = world.people;
    const { caseId } = await ask();
    await assignCase(admin, { caseId, personId: secondAdmin.personId });
    const told = { personId: secondAdmin.personId, type: "case.assigned", subjectId: caseId };
    expect(await db.notice.count({ where: told })).toBe(1);
  });

  it("knows how many others asked much the same this week", async () => {
    const words = "Kapan bantuan sembako tahap empat disalurkan di Adiwerna?";
    const { caseId } = await ask(words);
    const before = await likeThisWeek(world.people.admin, caseId);
    await ask("Bantuan sembako tahap empat untuk Adiwerna disalurkan kapan ya Bu?");
    await ask("Jalan rusak di depan rumah saya");
    expect((await likeThisWeek(world.people.admin, caseId)) - before).toBe(1);
    await expect(likeThisWeek(world.people.farAdmin, caseId)).rejects.toThrow("not-found");
  });
});

describe("a draft on the server", () => {
  it("is one person's own, the newest of it, and forgotten when emptied, not when the case is referred", async () => {
    const { admin, secondAdmin } = world.people;
    const { caseId } = await ask();
    await keepReplyDraft(admin, { caseId, text: "Selamat" });
    const kept = await keepReplyDraft(admin, { caseId, text: "Selamat pagi" });
    expect(await replyDraftOf(admin, caseId)).toEqual({ text: "Selamat pagi", updatedAt: kept.ok && kept.keptAt });
    expect(await replyDraftOf(secondAdmin, caseId)).toBeNull();
    const unitId = world.units.disdukcapil.id;
    const tell = "Sudah kami teruskan ke Disdukcapil.";
    await referCase(admin, { ...(await refOf(caseId)), unitId, instruction: "Mohon dicek", days: 3, tell });
    expect(await replyDraftOf(admin, caseId)).toMatchObject({ text: "Selamat pagi" });
    await keepReplyDraft(admin, { caseId, text: " " });
    expect(await replyDraftOf(admin, caseId)).toBeNull();
  });
});
