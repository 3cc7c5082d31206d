/** Steps of verification, gates, remarks and the emergency path, on a real database. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Flow, Step } from "#lib/approvals/flow.ts";
import { approvalSettings, flowInForce, gatesInForce, saveFlow, saveGates } from "#lib/approvals/settings.ts";
import type { Actor } from "#lib/core/access.ts";
import { now } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import { contentOfLastRound, postDetail, postHistory } from "#lib/posts/detail.ts";
import { markEmergencySeen, publishEmergency } from "#lib/posts/emergency.ts";
import { countForReview, reviewQueue } from "#lib/posts/queries.ts";
import { addRemark, remarksOf, resolveRemark } from "#lib/posts/remarks.ts";
import { decideOnPost, overrideGates, submitPost, withdrawPost } from "#lib/posts/review.ts";
import { gatesOfPost, roundOf } from "#lib/posts/round.ts";
import { schedulePost } from "#lib/posts/scheduling.ts";
import type { DraftInput } from "#lib/posts/schema.ts";
import { addDays, localDay } from "#lib/units/calendar.ts";
import { approval, draft, type PostRef, publicationsOf, returned } from "../support/desk.ts";
import { makeWorld, refusalOf, type World } from "../support/world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world?.stop());
afterEach(() => db.settingsVersion.deleteMany({ where: { kind: { in: ["approval", "gates"] } } }));

const HOUR = 3_600_000;
const soon = (ms: number) => new Date(now().getTime() + ms).toISOString();
const today = () => localDay(now(), "Asia/Jakarta");
const step = (more: Partial<Step> = {}): Step => ({
  name: "Verifikasi",
  need: "any",
  approvers: [{ kind: "role", role: "verifier" }],
  deputies: [],
  deputyAfterHours: null,
  ...more,
});
const ofHead = step({ name: "Persetujuan kepala", approvers: [{ kind: "role", role: "head" }] });
const named = ({ personId }: Actor) => ({ kind: "person" as const, personId });
const setFlow = (flow: Flow | null, unitId = world.units.dinkes.id, validFrom = today()) =>
  saveFlow(world.people.supervisor, { unitId, validFrom, flow });
const setGates = (gates: { electionMode?: boolean; bannedTerms?: string[]; candidateNames?: string[] }) =>
  saveGates(world.people.supervisor, {
    governmentId: world.units.regency.id,
    validFrom: today(),
    electionMode: false,
    bannedTerms: [],
    candidateNames: [],
    ...gates,
  });
const submitted = async (change: Partial<DraftInput> = {}): Promise<PostRef> => {
  const post = await draft(world.people.admin, [world.channels.facebook], change);
  expect(await submitPost(world.people.admin, post)).toEqual({ ok: true });
  return post;
};
const rowOf = ({ postId }: PostRef) => db.post.findUniqueOrThrow({ where: { id: postId } });
const waitsFor = async (actor: Actor, post: PostRef) => (await reviewQueue(actor)).find((item) => item.id === post.postId);

describe("two steps", () => {
  it("ask one after the other; the last yes puts it on the schedule, in one approval of the round", async () => {
    const { verifier, head, admin } = world.people;
    await setFlow({ steps: [step(), ofHead] });
    const post = await submitted({ text: "Dua langkah", publishAt: soon(HOUR) });
    expect(await waitsFor(head, post)).toBeUndefined();
    expect(await decideOnPost(head, approval(post))).toEqual({ ok: false, problems: [{ code: "not-your-step" }] });
    expect((await waitsFor(verifier, post))?.step).toMatchObject({ number: 1, of: 2, name: "Verifikasi" });

    expect(await decideOnPost(verifier, approval(post))).toEqual({ ok: true, scheduled: false, step: 1 });
    expect(await rowOf(post)).toMatchObject({ state: "submitted", step: 1, approvedDigest: null });
    expect(await db.approval.count({ where: { subjectId: post.postId } })).toBe(0);
    expect(await waitsFor(verifier, post)).toBeUndefined();
    expect((await waitsFor(head, post))?.step).toMatchObject({ number: 2, of: 2 });
    const detail = await postDetail(head, post.postId);
    expect(await roundOf(head, detail)).toMatchObject({
      step: 1,
      waitingFor: [{ kind: "role", role: "head" }],
      votes: [{ step: 0, by: verifier.name, decision: "approve" }],
      standing: { may: true },
    });

    expect(await decideOnPost(head, approval(post))).toEqual({ ok: true, scheduled: true });
    expect(await rowOf(post)).toMatchObject({ state: "scheduled" });
    expect(await db.approval.findMany({ where: { subjectId: post.postId } })).toMatchObject([
      { round: 1, decision: "approve", decidedBy: head.personId },
    ]);
    const types = (await postHistory(post.postId)).map((entry) => [entry.type, entry.by]).reverse();
    expect(types).toEqual([
      ["post.begin", admin.name],
      ["post.submit", admin.name],
      ["post.vote", verifier.name],
      ["post.approve", head.name],
      ["post.schedule", head.name],
    ]);
  });

  it("end at once when the second returns it, and begin at the first again", async () => {
    const { verifier, head, admin } = world.people;
    await setFlow({ steps: [step(), ofHead] });
    const post = await submitted({ text: "Kembali dari kepala" });
    await decideOnPost(verifier, approval(post));
    expect(await decideOnPost(head, returned(post, "Sumbernya?"))).toMatchObject({ ok: true });
    expect(await rowOf(post)).toMatchObject({ state: "returned" });
    const mended = await draft(admin, [world.channels.facebook], { ...post, text: "Kembali dari kepala, bersumber" });
    await submitPost(admin, mended);
    expect(await rowOf(post)).toMatchObject({ round: 2, step: 0 });
    expect(await decideOnPost(head, approval(mended))).toEqual({ ok: false, problems: [{ code: "not-your-step" }] });
  });

  it("after a withdrawal show what changed since the last decision, not nothing", async () => {
    const { admin, verifier } = world.people;
    const post = await submitted({ text: "Posyandu hari Rabu" });
    await decideOnPost(verifier, returned(post, "Hari apa?"));
    const mended = await draft(admin, [world.channels.facebook], { ...post, text: "Posyandu hari Kamis" });
    await submitPost(admin, mended);
    await withdrawPost(admin, mended);
    await submitPost(admin, mended);
    const before = await contentOfLastRound(await postDetail(verifier, post.postId));
    expect(before?.text).toBe("Posyandu hari Rabu");
  });

  it("keep to the steps of the day it was submitted", async () => {
    const { verifier } = world.people;
    await setFlow({ steps: [step(), ofHead] });
    const post = await submitted({ text: "Alur lama" });
    await setFlow({ steps: [step()] });
    expect(await decideOnPost(verifier, approval(post))).toEqual({ ok: true, scheduled: false, step: 1 });
  });
});

describe("in the same second", () => {
  it("one yes is enough: the second is refused as stale where the step has moved on, though he might speak on the next", async () => {
    const { verifier, secondVerifier } = world.people;
    await setFlow({ steps: [step(), step({ name: "Verifikasi kedua" })] });
    const post = await submitted({ text: "Dua orang, satu langkah" });
    const vote = { ...approval(post), step: 0 };
    const answers = await Promise.all([verifier, secondVerifier].map((actor) => refusalOf(decideOnPost(actor, vote))));
    expect(answers.sort()).toEqual(["done", "stale"]);
    expect(await rowOf(post)).toMatchObject({ state: "submitted", step: 1 });
    expect(await db.approvalVote.count({ where: { subjectId: post.postId } })).toBe(1);
  });

  it("both are counted where both are needed", async () => {
    const { verifier, secondVerifier } = world.people;
    await setFlow({ steps: [step({ need: "all", approvers: [named(verifier), named(secondVerifier)] })] });
    const post = await submitted({ text: "Keduanya perlu" });
    const vote = { ...approval(post), step: 0 };
    const answers = await Promise.all([verifier, secondVerifier].map((actor) => decideOnPost(actor, vote)));
    expect(answers).toEqual(
      expect.arrayContaining([
        { ok: true, scheduled: false, step: 0 },
        { ok: true, scheduled: false },
      ]),
    );
    expect(await rowOf(post)).toMatchObject({ state: "approved" });
    expect(await db.approval.count({ where: { subjectId: post.postId } })).toBe(1);
  });

  it("nobody speaks twice for two", async () => {
    const { verifier, secondVerifier } = world.people;
    await setFlow({ steps: [step({ need: "all", approvers: [named(verifier), named(secondVerifier)] })] });
    const post = await submitted({ text: "Tidak dua kali" });
    const answers = await Promise.all([1, 2].map(() => decideOnPost(verifier, approval(post))));
    expect(answers).toEqual(
      expect.arrayContaining([
        { ok: true, scheduled: false, step: 0 },
        { ok: false, problems: [{ code: "already-voted" }] },
      ]),
    );
    expect(await rowOf(post)).toMatchObject({ state: "submitted" });
    expect(await waitsFor(verifier, post)).toBeUndefined();
    expect(await waitsFor(secondVerifier, post)).toBeDefined();
  });

  it("withdrawn and approved: whichever comes first, the other is refused", async () => {
    const { admin, verifier } = world.people;
    for (let n = 0; n < 5; n += 1) {
      const post = await submitted({ text: `Ditarik ${n}` });
      const answers = await Promise.all([refusalOf(withdrawPost(admin, post)), refusalOf(decideOnPost(verifier, approval(post)))]);
      expect(answers.sort()).toEqual(["done", "stale"]);
      const { state } = await rowOf(post);
      expect(await db.approval.count({ where: { subjectId: post.postId } })).toBe(state === "approved" ? 1 : 0);
    }
  });
});

it("a post that was withdrawn cannot be approved, nor content that is no longer what was submitted", async () => {
  const { admin, verifier } = world.people;
  const post = await submitted({ text: "Ditarik dahulu" });
  await withdrawPost(admin, post);
  expect(await refusalOf(decideOnPost(verifier, approval(post)))).toBe("stale");

  const other = await submitted({ text: "Isi yang diajukan" });
  await db.post.update({ where: { id: other.postId }, data: { text: "Isi lain" } });
  expect(await refusalOf(decideOnPost(verifier, approval(other)))).toBe("stale");
  expect(await db.approvalVote.count({ where: { subjectId: other.postId } })).toBe(0);
});

it("deputies decide once a step has waited for its hours, and the queue says so", async () => {
  const { verifier, head } = world.people;
  await setFlow({ steps: [step({ approvers: [named(verifier)], deputies: [{ kind: "role", role: "head" }], deputyAfterHours: 8 })] });
  const post = await submitted({ text: "Menunggu terlalu lama" });
  expect(await waitsFor(head, post)).toBeUndefined();
  expect(await decideOnPost(head, approval(post))).toEqual({ ok: false, problems: [{ code: "not-your-step" }] });
  await db.post.update({ where: { id: post.postId }, data: { stepSince: new Date(now().getTime() - 8 * HOUR) } });
  expect((await waitsFor(head, post))?.step).toMatchObject({ asDeputy: true });
  expect((await waitsFor(verifier, post))?.step.idleHours).toBeGreaterThanOrEqual(8);
  expect(await decideOnPost(head, approval(post))).toMatchObject({ ok: true });
  expect(await db.approvalVote.findMany({ where: { subjectId: post.postId } })).toMatchObject([{ asDeputy: true, covers: [0] }]);
  expect((await postHistory(post.postId))[0]).toMatchObject({ type: "post.approve", by: head.name, payload: { asDeputy: true } });
});

describe("a unit's flow", () => {
  const two: Flow = { steps: [step(), ofHead] };
  const inUnit = (unitId: string) => flowInForce(db, unitId, now());

  it("is the nearest setting upwards, else one verifier, and does not cross a government's border", async () => {
    const { dinkes, regency, province, disdukcapil } = world.units;
    expect(await inUnit(dinkes.id)).toMatchObject({ flow: { steps: [{ name: "Verifikasi" }] }, from: null });
    await db.settingsVersion.create({
      data: {
        kind: "approval",
        unitId: province.id,
        validFrom: new Date("2026-01-01"),
        payload: { flow: two },
        digest: "-",
        createdAt: now(),
      },
    });
    expect((await inUnit(dinkes.id)).from).toBeNull();
    await setFlow(two, regency.id);
    expect(await inUnit(dinkes.id)).toMatchObject({ flow: two, from: { unitId: regency.id } });
    const three: Flow = { steps: [step({ name: "Satu" }), step({ name: "Dua" }), step({ name: "Tiga" })] };
    await setFlow(three);
    expect((await inUnit(dinkes.id)).flow).toEqual(three);
    expect((await inUnit(disdukcapil.id)).flow).toEqual(two);
    await setFlow(null);
    expect((await inUnit(dinkes.id)).from).toMatchObject({ unitId: regency.id });
    await setFlow(three);
    expect((await inUnit(dinkes.id)).flow).toEqual(three);
  });

  it("holds from its day on, which is not past", async () => {
    const unitId = world.units.dinkes.id;
    expect(await setFlow(two, unitId, addDays(today(), 2))).toEqual({ ok: true });
    expect((await inUnit(unitId)).from).toBeNull();
    expect((await flowInForce(db, unitId, new Date(now().getTime() + 48 * HOUR))).flow).toEqual(two);
    expect(await setFlow(two, unitId, addDays(today(), -1))).toMatchObject({ problems: [{ field: "validFrom", code: "day-past" }] });
  });

  it("asks for a role only where somebody holds it, and for two steps two people; the problem stands at its step", async () => {
    const { disdukcapil, dinkes } = world.units;
    const ofRole = (role: "verifier" | "supervisor" | "head") => step({ approvers: [{ kind: "role", role }] });
    await db.person.update({ where: { id: world.people.head.personId }, data: { disabledAt: now() } });
    expect(await setFlow({ steps: [step(), ofRole("head")] }, dinkes.id)).toEqual({
      ok: false,
      problems: [{ field: "flow.steps.1", code: "nobody-holds", params: { role: "head" } }],
    });
    const either = step({ approvers: [{ kind: "role", role: "head" }, named(world.people.verifier)] });
    expect(await setFlow({ steps: [either] }, dinkes.id)).toEqual({ ok: true });
    expect(await setFlow({ steps: [{ ...either, need: "all" }] }, dinkes.id)).toMatchObject({ problems: [{ code: "nobody-holds" }] });
    await db.person.update({ where: { id: world.people.head.personId }, data: { disabledAt: null } });

    // Over Disdukcapil two people verify: the one of the regency and its own.
    expect(await setFlow({ steps: [step(), step()] }, disdukcapil.id)).toEqual({ ok: true });
    expect(await setFlow({ steps: [step(), step(), step()] }, disdukcapil.id)).toEqual({
      ok: false,
      problems: [{ field: "flow", code: "too-few-people" }],
    });
    expect(await setFlow({ steps: [step(), step(), ofHead] }, disdukcapil.id)).toEqual({ ok: true });
  });

  it("lets nobody decide on two of its steps, whatever roles he holds", async () => {
    const { verifier, secondVerifier } = world.people;
    await setFlow({ steps: [step(), step({ name: "Verifikasi kedua" })] });
    const post = await submitted({ text: "Dua langkah, dua orang" });
    expect(await decideOnPost(verifier, approval(post))).toMatchObject({ ok: true, step: 1 });
    expect(await waitsFor(verifier, post)).toBeUndefined();
    expect(await waitsFor(secondVerifier, post)).toBeDefined();
    expect(await roundOf(verifier, await postDetail(verifier, post.postId))).toMatchObject({ standing: { may: false, why: "voted" } });
    expect(await decideOnPost(verifier, approval(post))).toEqual({ ok: false, problems: [{ code: "already-voted" }] });
    expect(await decideOnPost(verifier, returned(post, "Berubah pikiran"))).toEqual({ ok: false, problems: [{ code: "already-voted" }] });
    expect(await decideOnPost(secondVerifier, approval(post))).toMatchObject({ ok: true });
    expect(await rowOf(post)).toMatchObject({ state: "approved" });
  });

  it("names only people who may verify for the unit, and is set by those who lead it", async () => {
    const { admin, farVerifier, verifier, head, loneAdmin } = world.people;
    for (const stranger of [admin, farVerifier])
      expect(await setFlow({ steps: [step({ approvers: [named(stranger)] })] })).toMatchObject({ problems: [{ code: "cannot-decide" }] });
    const unitId = world.units.dinkes.id;
    for (const actor of [verifier, admin, loneAdmin, farVerifier])
      expect(await refusalOf(saveFlow(actor, { unitId, validFrom: today(), flow: two }))).toBe("not-found");
    expect(await saveFlow(head, { unitId, validFrom: today(), flow: two })).toEqual({ ok: true });
    expect((await approvalSettings(head, unitId)).people.map((person) => person.name)).toEqual(
      expect.arrayContaining([verifier.name, head.name]),
    );
  });
});

describe("gates", () => {
  it("stop the approval wherever the term stands, until a verifier opens them by name and with a reason", async () => {
    const { verifier, admin } = world.people;
    await setGates({ electionMode: true, bannedTerms: ["sembako gratis"], candidateNames: ["Bambang Pamungkas"] });
    const channels = [{ channelId: world.channels.facebook.id, text: "Hadir juga Bambang-Pamungkas" }];
    const post = await submitted({ text: "Sembako  gratis di balai desa", channels });
    const closed = await decideOnPost(verifier, approval(post));
    expect(closed).toMatchObject({ ok: false, problems: [{ code: "gate-closed" }] });
    expect(JSON.stringify(closed)).toContain("Bambang Pamungkas");
    expect(await refusalOf(overrideGates(admin, { ...post, reason: "Saya penulisnya sendiri" }))).toBe("not-found");
    expect(await overrideGates(verifier, { ...post, reason: "Kutipan resmi dari KPU" })).toEqual({ ok: true });
    const shown = await gatesOfPost(await postDetail(verifier, post.postId));
    expect(shown.hits.map((hit) => hit.place)).toEqual(["main", "version"]);
    expect(shown.gates).toMatchObject([
      { term: "sembako gratis", override: { by: verifier.name, reason: "Kutipan resmi dari KPU" } },
      { term: "Bambang Pamungkas", override: { by: verifier.name } },
    ]);
    expect((await postHistory(post.postId))[0]).toMatchObject({ type: "post.override", payload: { note: "Kutipan resmi dari KPU" } });
    expect(await decideOnPost(verifier, approval(post))).toMatchObject({ ok: true });
  });

  it("are closed again once the content is another", async () => {
    const { verifier, admin } = world.people;
    await setGates({ bannedTerms: ["pilkada"] });
    const post = await submitted({ text: "Jadwal pilkada" });
    await overrideGates(verifier, { ...post, reason: "Jadwal resmi KPU" });
    await withdrawPost(admin, post);
    const changed = await draft(admin, [world.channels.facebook], { ...post, text: "Pilkada, pilih dia" });
    await submitPost(admin, changed);
    expect(await decideOnPost(verifier, approval(changed))).toMatchObject({ problems: [{ code: "gate-closed" }] });
  });

  it("of the day on which it would go out stop it today: at its approval, and at the desk that plans it anew", async () => {
    const { verifier, admin } = world.people;
    const day = 86_400_000;
    const inDays = (n: number) => new Date(now().getTime() + n * day).toISOString();
    const election = { electionMode: true, bannedTerms: [], candidateNames: ["Bambang Pamungkas"] };
    const validFrom = inDays(10).slice(0, 10);
    await saveGates(world.people.supervisor, { governmentId: world.units.regency.id, validFrom, ...election });
    const text = "Bambang Pamungkas meresmikan jembatan";
    const later = await submitted({ text, publishAt: inDays(20) });
    expect(await decideOnPost(verifier, approval(later))).toMatchObject({ problems: [{ code: "gate-closed" }] });
    const soon = await submitted({ text });
    expect(await decideOnPost(verifier, approval(soon))).toMatchObject({ ok: true });
    expect(await schedulePost(admin, { ...soon, publishAt: inDays(20) })).toMatchObject({ problems: [{ code: "gate-closed" }] });
    expect(await schedulePost(admin, { ...soon, publishAt: inDays(2) })).toEqual({ ok: true });
  });

  it("know candidates only while an election runs, and stop no return", async () => {
    const { verifier } = world.people;
    await setGates({ candidateNames: ["Bambang Pamungkas"] });
    expect(await decideOnPost(verifier, approval(await submitted({ text: "Bambang Pamungkas hadir" })))).toMatchObject({ ok: true });
    await setGates({ electionMode: true, candidateNames: ["Bambang Pamungkas"] });
    expect(await gatesInForce(db, world.units.regency.id, now())).toMatchObject({ electionMode: true });
    const post = await submitted({ text: "Bambang Pamungkas hadir lagi" });
    expect(await decideOnPost(verifier, returned(post, "Tanpa nama calon"))).toMatchObject({ ok: true });
  });
});

describe("the emergency path", () => {
  const reason = "Banjir bandang, warga harus segera mengungsi";

  it("publishes at once, by name and reason, and waits to be looked at by somebody else", async () => {
    const { admin, verifier, farVerifier, secondAdmin } = world.people;
    const post = await draft(admin, [world.channels.facebook], { text: "Peringatan dini banjir bandang" });
    expect(await publishEmergency(admin, { ...post, reason })).toEqual({ ok: true });
    const [publication] = await publicationsOf(post.postId);
    expect(publication?.state).toBe("due");
    expect(publication?.dueAt.getTime()).toBeLessThanOrEqual(now().getTime());
    expect((await postDetail(admin, post.postId)).emergency).toMatchObject({ by: admin.name, reason, seenAt: null });
    expect((await postHistory(post.postId)).find((entry) => entry.type === "post.emergency")).toMatchObject({
      by: admin.name,
      payload: { note: reason },
    });
    expect(await db.approval.count({ where: { subjectId: post.postId } })).toBe(0);

    expect(await waitsFor(verifier, post)).toMatchObject({ emergency: true });
    expect(await waitsFor(farVerifier, post)).toBeUndefined();
    expect(await refusalOf(markEmergencySeen(admin, { postId: post.postId, note: "" }))).toBe("not-found");
    const before = await countForReview(secondAdmin);
    expect(await markEmergencySeen(verifier, { postId: post.postId, note: "Sesuai info BPBD" })).toEqual({ ok: true });
    expect(await waitsFor(verifier, post)).toBeUndefined();
    expect(await countForReview(secondAdmin)).toBe(before - 1);
    expect(await refusalOf(markEmergencySeen(secondAdmin, { postId: post.postId, note: "" }))).toBe("stale");
  });

  it("is not seen by its own writer, even where he verifies too", async () => {
    const { secondAdmin } = world.people;
    const post = await draft(secondAdmin, [world.channels.facebook], { text: "Gempa terasa" });
    await publishEmergency(secondAdmin, { ...post, reason });
    expect(await waitsFor(secondAdmin, post)).toBeUndefined();
    expect(await markEmergencySeen(secondAdmin, { postId: post.postId, note: "" })).toEqual({
      ok: false,
      problems: [{ code: "own-post" }],
    });
  });

  it("takes over what waits for a verifier; his vote is then refused as stale", async () => {
    const { admin, verifier } = world.people;
    const post = await submitted({ text: "Menunggu, lalu genting" });
    const answers = await Promise.all([
      refusalOf(publishEmergency(admin, { ...post, reason })),
      refusalOf(decideOnPost(verifier, approval(post))),
    ]);
    expect(answers).toContain("done");
    expect((await publicationsOf(post.postId)).filter((row) => row.state !== "cancelled").length).toBeLessThanOrEqual(1);
    const late = await submitted({ text: "Genting lebih dahulu" });
    await publishEmergency(admin, { ...late, reason });
    expect(await refusalOf(decideOnPost(verifier, approval(late)))).toBe("stale");
  });

  it("stops at a closed gate, at an empty post, and is nobody's but the unit's writers'", async () => {
    const { admin, verifier, farAdmin, loneAdmin } = world.people;
    await setGates({ bannedTerms: ["pilkada"] });
    const gated = await draft(admin, [world.channels.facebook], { text: "Pilkada ditunda" });
    expect(await publishEmergency(admin, { ...gated, reason })).toMatchObject({ problems: [{ code: "gate-closed" }] });
    expect(await rowOf(gated)).toMatchObject({ state: "draft", emergencyBy: null });
    const empty = await draft(admin, [], { unitId: world.units.dinkes.id, text: "" });
    expect(await publishEmergency(admin, { ...empty, reason })).toMatchObject({ problems: [{ code: "no-channel" }] });
    const post = await draft(admin, [world.channels.facebook], { text: "Bukan milik mereka" });
    for (const actor of [verifier, farAdmin, loneAdmin])
      expect(await refusalOf(publishEmergency(actor, { ...post, reason }))).toBe("not-found");
    expect(await publicationsOf(post.postId)).toEqual([]);
  });
});

it("an approval after the proposed time publishes nothing, in the last of two steps neither", async () => {
  const { verifier, head } = world.people;
  await setFlow({ steps: [step(), ofHead] });
  const post = await submitted({ text: "Terlambat dua langkah", publishAt: soon(-2000) });
  await decideOnPost(verifier, approval(post));
  expect(await decideOnPost(head, approval(post))).toEqual({ ok: true, scheduled: false });
  expect(await rowOf(post)).toMatchObject({ state: "approved" });
  expect(await publicationsOf(post.postId)).toEqual([]);
});

describe("remarks", () => {
  it("stand on the words they are about, and the author resolves them", async () => {
    const { admin, verifier, farAdmin } = world.people;
    const text = "Buka Senin. Tutup Senin sore.";
    const post = await submitted({ text });
    const second = text.lastIndexOf("Senin");
    const remark = { ...post, channelId: null, quote: "Senin", text: "Hari apa?" };
    expect(await addRemark(verifier, { ...remark, from: second })).toEqual({ ok: true });
    expect(await addRemark(verifier, { ...remark, from: 1 })).toEqual({ ok: true });
    expect(await addRemark(verifier, { ...remark, quote: "Selasa", from: 0 })).toMatchObject({ problems: [{ code: "quote-missing" }] });
    expect(await refusalOf(addRemark(admin, { ...remark, from: 0 }))).toBe("not-found");
    await decideOnPost(verifier, returned(post, "Mohon lihat catatan"));
    const remarks = await remarksOf(post.postId);
    expect(remarks).toMatchObject([
      { from: 5, to: 10, quote: "Senin", by: verifier.name, round: 1, resolvedAt: null },
      { from: second, quote: "Senin" },
    ]);
    const remarkId = remarks[0]?.id ?? "";
    for (const actor of [verifier, farAdmin]) expect(await refusalOf(resolveRemark(actor, { remarkId }))).toBe("not-found");
    expect(await resolveRemark(admin, { remarkId })).toEqual({ ok: true });
    expect((await remarksOf(post.postId))[0]?.resolvedAt).not.toBeNull();
    expect(await refusalOf(addRemark(verifier, { ...remark, from: 0 }))).toBe("stale");
  });
});
