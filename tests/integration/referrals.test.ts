/** Disposisi: a case that another agency can act on. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { now } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import { ingest } from "#lib/inbox/intake/ingest.ts";
import { countCases, listCases } from "#lib/inbox/lists/lists.ts";
import { caseDetail } from "#lib/inbox/queries.ts";
import {
  acceptReferral,
  bounceReferral,
  decideReferral,
  deliverReferral,
  referCase,
  withdrawReferral,
} from "#lib/inbox/referrals/referring.ts";
import { addNote, finishCase } from "#lib/inbox/work/working.ts";
import { caseOf, comment } from "../support/citizens.ts";
import { makeWorld, type World } from "../support/world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world?.stop());

const complaint = "Lapor, antrean KTP di kantor kami mengecewakan, sudah tiga bulan belum jadi, tolong diperbaiki";

async function referred(tell = "") {
  const { admin } = world.people;
  const root = comment({ text: complaint });
  await ingest(world.channels.facebook, [root]);
  const { id: caseId, revision } = await caseOf(root);
  const unitId = world.units.disdukcapil.id;
  const answer = await referCase(admin, { caseId, revision, unitId, instruction: "Mohon dicek antreannya", days: 3, tell });
  expect(answer).toEqual({ ok: true });
  const referral = await db.referral.findFirstOrThrow({ where: { caseId } });
  return { caseId, root, referral, ref: { referralId: referral.id, revision: referral.revision } };
}
const standing = (caseId: string) =>
  db.inboxCase.findUniqueOrThrow({ where: { id: caseId }, include: { units: true, pauses: true, deadlines: true } });
const rowOf = async (caseId: string, unitId: string) => (await standing(caseId)).units.find((row) => row.unitId === unitId);
const refOf = async (id: string) => ({ referralId: id, revision: (await db.referral.findUniqueOrThrow({ where: { id } })).revision });

describe("a referral", () => {
  it("shows the case to the asked agency with its own deadline, and to nobody else", async () => {
    const { loneAdmin, farAdmin } = world.people;
    const before = await countCases(loneAdmin, world.units.disdukcapil);
    const { caseId, referral } = await referred();
    const { rows } = await listCases(loneAdmin, world.units.disdukcapil, "referred", now(), null);
    expect(rows.find(({ id }) => id === caseId)).toMatchObject({ role: "referred", state: "open", dueAt: referral.dueAt });
    expect(await rowOf(caseId, world.units.dinkes.id)).toMatchObject({ role: "owner", waitingFor: "agency" });
    expect((await caseDetail(loneAdmin, caseId)).thread.map(({ type }) => type)).toEqual(["message", "referral"]);
    await expect(caseDetail(farAdmin, caseId)).rejects.toThrow("not-found");
    expect(before.referred).toBe(0);
  });

  it("lets the asked agency note and deliver, but not finish or answer for the owner", async () => {
    const { loneAdmin } = world.people;
    const { caseId } = await referred();
    expect(await addNote(loneAdmin, { caseId, text: "Kami cek loket 2" })).toEqual({ ok: true });
    const { revision } = await standing(caseId);
    await expect(finishCase(loneAdmin, { caseId, revision })).rejects.toThrow("not-found");
  });

  it("tells the citizen, once, in the same step", async () => {
    const words = "Terima kasih, Ibu. Sudah kami teruskan ke Disdukcapil.";
    const { caseId } = await referred(words);
    const reply = await db.reply.findFirstOrThrow({ where: { caseId } });
    expect(reply.text).toBe(words);
    expect(await db.publication.count({ where: { subjectType: "reply", subjectId: reply.id } })).toBe(1);
  });

  it("lets the time of the resolution stand still until the result is there, and then shows it again", async () => {
    const { loneAdmin } = world.people;
    const { caseId, ref } = await referred();
    const resolution = async () => (await standing(caseId)).deadlines.find(({ subject }) => subject === "resolution");
    const fixed = (await standing(caseId)).resolutionDueAt!;
    expect((await resolution())?.nextAt).toBeNull();
    await world.passTime(3 * 86_400_000);
    await acceptReferral(loneAdmin, ref);
    await deliverReferral(loneAdmin, { ...(await refOf(ref.referralId)), result: "KTP sudah dicetak, bisa diambil besok." });
    const after = await standing(caseId);
    expect(after).toMatchObject({ state: "open", waitingFor: null });
    expect(after.pauses).toMatchObject([{ why: "agency", to: expect.any(Date) }]);
    expect((await resolution())!.dueAt.getTime()).toBeGreaterThan(fixed.getTime());
    expect((await resolution())?.nextAt).not.toBeNull();
    expect(await rowOf(caseId, world.units.disdukcapil.id)).toMatchObject({ state: "done" });
    expect(after.deadlines.find(({ subject }) => subject === "referral")?.metAt).not.toBeNull();
  });

  it("is sent back once with a reason; what Kabid IKP upholds is not sent back again", async () => {
    const { loneAdmin, admin, supervisor } = world.people;
    const { ref } = await referred();
    const reason = "Antrean itu milik kecamatan, bukan kami";
    await bounceReferral(loneAdmin, { ...ref, reason });
    const bounced = await refOf(ref.referralId);
    await expect(decideReferral(admin, { ...bounced, decision: "upheld", note: "", unitId: null })).rejects.toThrow("forbidden");
    await decideReferral(supervisor, { ...bounced, decision: "upheld", note: "Tetap Disdukcapil", unitId: null });
    const again = await bounceReferral(loneAdmin, { ...(await refOf(ref.referralId)), reason });
    expect(again).toMatchObject({ ok: false, problems: [{ code: "bounced-before" }] });
  });

  it("that is sent back and returned, or withdrawn, is its owner's again, whose time goes on", async () => {
    const { loneAdmin, admin, supervisor } = world.people;
    const first = await referred();
    await bounceReferral(loneAdmin, { ...first.ref, reason: "Bukan kewenangan kami sama sekali" });
    await decideReferral(supervisor, { ...(await refOf(first.ref.referralId)), decision: "returned", note: "", unitId: null });
    expect(await standing(first.caseId)).toMatchObject({ waitingFor: null, state: "open" });
    const second = await referred();
    await withdrawReferral(admin, second.ref);
    expect(await standing(second.caseId)).toMatchObject({ waitingFor: null, state: "open" });
    expect(await db.referral.findUniqueOrThrow({ where: { id: second.referral.id } })).toMatchObject({ state: "withdrawn" });
  });

  it("goes to one agency at a time, of the same government, and of two who send at once one is refused", async () => {
    const { admin } = world.people;
    const { caseId } = await referred();
    const { revision } = await standing(caseId);
    const input = { caseId, revision, instruction: "x", days: 3, tell: "" };
    expect(await referCase(admin, { ...input, unitId: world.units.disdukcapil.id })).toMatchObject({
      problems: [{ code: "referral-open" }],
    });
    const root = comment({ text: complaint });
    await ingest(world.channels.facebook, [root]);
    const fresh = await caseOf(root);
    const to = (unitId: string) => referCase(admin, { ...input, caseId: fresh.id, revision: fresh.revision, unitId });
    for (const unitId of [world.units.farDinkes.id, world.units.dinkes.id, crypto.randomUUID()])
      expect(await to(unitId)).toMatchObject({ problems: [{ code: "referral-unit" }] });
    const both = await Promise.allSettled([to(world.units.disdukcapil.id), to(world.units.disdukcapil.id)]);
    expect(both.filter((one) => one.status === "fulfilled" && one.value.ok)).toHaveLength(1);
    expect(await db.referral.count({ where: { caseId: fresh.id } })).toBe(1);
  });
});
