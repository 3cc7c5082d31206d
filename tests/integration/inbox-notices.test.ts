/** Who hears of what becomes of a case, and who does not. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { now } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import { actorOfSession } from "#lib/core/session.ts";
import { ingest } from "#lib/inbox/intake/ingest.ts";
import { decideModeration, orderModeration } from "#lib/inbox/moderation/moderating.ts";
import { bounceReferral, deliverReferral, referCase, withdrawReferral } from "#lib/inbox/referrals/referring.ts";
import { answerCase } from "#lib/inbox/replies/answering.ts";
import { keepCanned } from "#lib/inbox/replies/canned.ts";
import { questionForPost } from "#lib/inbox/replies/likeness.ts";
import { suggestionsFor } from "#lib/inbox/replies/suggesting.ts";
import { tellOfReply } from "#lib/inbox/replies/telling.ts";
import { correctKind } from "#lib/inbox/work/correcting.ts";
import { unitsHeard } from "#lib/units/queries.ts";
import { ago, caseOf, comment, ownReply, phonePost, poll } from "../support/citizens.ts";
import { makeWorld, type World } from "../support/world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world?.stop());

async function ask(text?: string) {
  const root = comment(text ? { text } : {});
  await ingest(world.channels.facebook, [root]);
  return { root, caseId: (await caseOf(root)).id };
}
const refOf = async (caseId: string) => ({ caseId, revision: (await db.inboxCase.findUniqueOrThrow({ where: { id: caseId } })).revision });
const told = async (caseId: string, type: string) =>
  (await db.notice.findMany({ where: { subjectId: caseId, type }, orderBy: { personId: "asc" } })).map(({ personId }) => personId);

describe("a referral", () => {
  const refer = async () => {
    const { caseId } = await ask();
    const unitId = world.units.disdukcapil.id;
    await referCase(world.people.admin, { ...(await refOf(caseId)), unitId, instruction: "Mohon dicek", days: 3, tell: "" });
    return caseId;
  };

  it("is told to the asked agency; Kabid IKP hears when it comes back", async () => {
    const { loneAdmin, supervisor } = world.people;
    const caseId = await refer();
    expect(await told(caseId, "case.referred")).toEqual([loneAdmin.personId]);
    const { id: referralId, revision } = await db.referral.findFirstOrThrow({ where: { caseId } });
    await bounceReferral(loneAdmin, { referralId, revision, reason: "Bukan kewenangan kami" });
    expect(await told(caseId, "case.bounced")).toContain(supervisor.personId);
  });

  it("is told to who asked when its result is there, and to the asked agency when it is withdrawn", async () => {
    const { admin, secondAdmin, loneAdmin } = world.people;
    const referral = async (caseId: string) => {
      const { id: referralId, revision } = await db.referral.findFirstOrThrow({ where: { caseId } });
      return { referralId, revision };
    };
    const delivered = await refer();
    await deliverReferral(loneAdmin, { ...(await referral(delivered)), result: "KTP sudah dicetak" });
    expect(new Set(await told(delivered, "case.referral-delivered"))).toEqual(new Set([admin.personId, secondAdmin.personId]));
    const withdrawn = await refer();
    await withdrawReferral(admin, await referral(withdrawn));
    expect(await told(withdrawn, "case.referral-withdrawn")).toEqual([loneAdmin.personId]);
  });

  it("is told to Kabid IKP where the asked agency has nobody who answers", async () => {
    const { loneAdmin, supervisor } = world.people;
    const grants = { personId: loneAdmin.personId, role: "admin" };
    await db.roleGrant.updateMany({ where: grants, data: { validTo: ago(1) } });
    const caseId = await refer();
    await db.roleGrant.updateMany({ where: grants, data: { validTo: null } });
    expect(await told(caseId, "case.referred")).toEqual([supervisor.personId]);
  });
});

describe("an answer", () => {
  const answered = async () => {
    const { caseId } = await ask();
    await answerCase(world.people.admin, { ...(await refOf(caseId)), text: "Setiap Senin pukul 08.00, Bu." });
    const reply = await db.reply.findFirstOrThrow({ where: { caseId } });
    return { caseId, publication: await db.publication.findFirstOrThrow({ where: { subjectId: reply.id } }) };
  };

  it.each([
    ["reply.failed", "failed", null],
    ["reply.asks-person", "unknown", { code: "ask-person" }],
  ])("tells its author, once: %s", async (type, state, problem) => {
    const { caseId, publication } = await answered();
    await db.publication.update({ where: { id: publication.id }, data: { state, ...(problem ? { problem } : {}) } });
    for (const _ of [1, 2]) await tellOfReply(publication.id);
    expect(await told(caseId, type)).toEqual([world.people.admin.personId]);
  });

  it("that is on its way, is being looked up or waits tells nobody", async () => {
    const { caseId, publication } = await answered();
    await tellOfReply(publication.id);
    for (const state of ["unknown", "held"]) {
      await db.publication.update({ where: { id: publication.id }, data: { state } });
      await tellOfReply(publication.id);
    }
    expect(await db.notice.count({ where: { subjectId: caseId, type: { startsWith: "reply." } } })).toBe(0);
  });
});

it.each(["approve", "refuse"] as const)("who asked to hide a citizen's voice hears: %s", async (decision) => {
  const { admin, verifier } = world.people;
  const post = await phonePost(world);
  const remoteId = await world.comment(post, "Gita", "Pelayanan puskesmas sangat mengecewakan, petugasnya lambat sekali");
  await poll(world.channels.facebook);
  const { id: caseId } = await caseOf({ remoteId });
  await correctKind(admin, { caseId, kind: "criticism" });
  const { id: messageId } = await db.message.findFirstOrThrow({ where: { caseId } });
  const note = "Menyebut nama dan alamat rumah petugas";
  await orderModeration(admin, { ...(await refOf(caseId)), messageId, action: "hide", reason: "personal-data", note });
  const { id: moderationId } = await db.moderation.findFirstOrThrow({ where: { caseId } });
  const { revision } = await refOf(caseId);
  expect(await decideModeration(verifier, { moderationId, revision, decision, note: "Sudah dibaca" })).toEqual({ ok: true });
  const [notice, ...rest] = await db.notice.findMany({ where: { subjectId: caseId, type: "moderation.decided" } });
  expect(notice).toMatchObject({ personId: admin.personId, params: { decision, by: verifier.name } });
  expect(rest).toEqual([]);
});

it("a post that answers a question shows it masked, to those who read the case alone", async () => {
  const { caseId } = await ask("Bu, kapan imunisasi? WA saya 0812-0000-4471");
  expect(await questionForPost(world.people.admin, caseId)).toMatchObject({ excerpt: "Bu, kapan imunisasi? WA saya ⟦telepon⟧" });
  for (const actor of [world.people.loneAdmin, world.people.farAdmin])
    await expect(questionForPost(actor, caseId)).rejects.toThrow("not-found");
});

it("an open page hears of the units in its reach alone, and of none once the grant is over", async () => {
  const { admin, supervisor } = world.people;
  const { dinkes, disdukcapil, farDinkes } = world.units;
  expect([...(await unitsHeard(admin))]).toEqual([dinkes.id]);
  const heard = await unitsHeard(supervisor);
  expect([dinkes.id, disdukcapil.id, farDinkes.id].map((id) => heard.has(id))).toEqual([true, true, false]);
  const session = { personId: admin.personId, createdAt: now(), expiresAt: new Date(now().getTime() + 3_600_000) };
  const { id } = await db.session.create({ data: session });
  expect((await unitsHeard((await actorOfSession(id))!)).size).toBe(1);
  await db.roleGrant.updateMany({ where: { personId: admin.personId }, data: { validTo: ago(1) } });
  const renewed = await actorOfSession(id);
  await db.roleGrant.updateMany({ where: { personId: admin.personId }, data: { validTo: null } });
  expect((await unitsHeard(renewed!)).size).toBe(0);
});

describe("answers that may serve", () => {
  beforeAll(async () => {
    const answered = comment({ text: "Kapan imunisasi polio di puskesmas Slawi, min? Terima kasih", sentAt: ago(60) });
    await ingest(world.channels.facebook, [answered, ownReply(answered, ago(50))]);
    const canned = {
      name: "Jadwal imunisasi",
      text: "Selamat pagi, terima kasih sudah bertanya. Imunisasi di puskesmas setiap Senin, mohon membawa buku KIA.",
      kind: null,
    };
    await keepCanned(world.people.admin, { ...canned, cannedId: null, unitId: world.units.dinkes.id });
  });
  const sources = async (text: string) => {
    const { caseId } = await ask(text);
    return (await suggestionsFor(world.people.admin, caseId)).map(({ source }) => source).sort();
  };

  it("are those to like questions", async () => {
    expect(await sources("Mau tanya jadwal imunisasi polio untuk bayi di puskesmas")).toEqual(["canned", "earlier"]);
  });

  it.each([
    "Selamat pagi min, mohon info, terima kasih",
    "Min, lampu jalan di Slawi mati, mohon diperbaiki, terima kasih",
    "Puskesmas",
    "''; \\ | & !",
  ])("are none for something else: %s", async (text) => {
    expect(await sources(text)).toEqual([]);
  });
});
