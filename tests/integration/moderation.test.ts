/** Comments that are liked, hidden and shown again: on the platform, in the thread, and by whom. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { now } from "#lib/core/clock.ts";
import { db, Prisma } from "#lib/core/db.ts";
import { ingest } from "#lib/inbox/intake/ingest.ts";
import { decideModeration, orderModeration, withdrawModeration } from "#lib/inbox/moderation/moderating.ts";
import { listHidden } from "#lib/inbox/moderation/queries.ts";
import { moderateDue } from "#lib/inbox/moderation/sending.ts";
import { caseDetail } from "#lib/inbox/queries.ts";
import { correctKind } from "#lib/inbox/work/correcting.ts";
import { finishCase } from "#lib/inbox/work/working.ts";
import { scoreFacts } from "#lib/scores/facts.ts";
import { ska1 } from "#lib/scores/settings.ts";
import { localDay } from "#lib/units/calendar.ts";
import { unitByCode } from "#lib/units/queries.ts";
import { caseOf, comment, phonePost, poll } from "../support/citizens.ts";
import { makeWorld, page, refusalOf, type World } from "../support/world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world?.stop());

const advert = "PROMO pinjaman cepat cair tanpa agunan, klik bit.ly/xxyy WA 0812";
const criticism = "Pelayanan puskesmas sangat mengecewakan, petugasnya lambat sekali";

/** A citizen's comment on the platform, taken in; its case is called `kind`. */
async function said(text: string, kind?: "spam" | "criticism") {
  const post = await phonePost(world);
  const remoteId = await world.comment(post, "Gita", text);
  await poll(world.channels.facebook);
  const { id: caseId } = await caseOf({ remoteId });
  if (kind) await correctKind(world.people.admin, { caseId, kind });
  const message = await db.message.findFirstOrThrow({ where: { caseId } });
  if (kind === "spam") await db.message.update({ where: { id: message.id }, data: { kind: "spam" } });
  const address = `${world.lab.url}/facebook/${post.replace("_", "/posts/")}`;
  return { post, remoteId, caseId, messageId: message.id, text, address };
}
type Said = Awaited<ReturnType<typeof said>>;
type Change = Partial<Parameters<typeof orderModeration>[1]>;

const revisionOf = async (id: string) => (await db.inboxCase.findUniqueOrThrow({ where: { id } })).revision;
const order = async ({ caseId, messageId }: Said, change: Change, actor = world.people.admin) =>
  orderModeration(actor, {
    ...{ caseId, messageId, action: "hide", reason: change.action && change.action !== "hide" ? null : "spam", note: "" },
    revision: await revisionOf(caseId),
    ...change,
  });
const orders = ({ messageId }: Said) => db.moderation.findMany({ where: { messageId }, orderBy: { id: "asc" } });
const shows = async ({ address, text }: Said, as = "") => (await (await fetch(address + as)).text()).includes(text);
const inThread = async ({ caseId, messageId }: Said, actor = world.people.admin) => {
  const found = (await caseDetail(actor, caseId)).thread.find((one) => one.type === "message" && one.id === messageId);
  return found?.type === "message" ? found.moderation : null;
};
const note = "Menyebut nama dan alamat rumah petugas";

describe("hiding", () => {
  it("takes a comment away from strangers, not from the account, and shows it again", async () => {
    const { admin } = world.people;
    const one = await said(advert, "spam");
    expect(await order(one, {})).toEqual({ ok: true, waits: false });
    expect(await shows(one), "ordered, not done").toBe(true);
    expect(await moderateDue()).toBe(1);
    expect(await shows(one)).toBe(false);
    expect(await shows(one, "?sebagai=pengelola")).toBe(true);
    const hidden = await inThread(one);
    expect(hidden).toMatchObject({ hidden: { by: admin.name, reason: "spam" }, last: null, may: ["like", "unhide"] });
    expect(await order(one, {})).toMatchObject({ problems: [{ code: "moderation-done-before" }] });

    expect(await order(one, { action: "unhide" })).toEqual({ ok: true, waits: false });
    await moderateDue();
    expect(await shows(one)).toBe(true);
    expect(await inThread(one)).toMatchObject({ hidden: null, may: ["like", "hide"] });
    const trail = await db.auditEvent.findMany({
      where: { subjectId: one.caseId, type: { startsWith: "moderation." } },
      orderBy: { id: "asc" },
    });
    expect(trail.map(({ type }) => type)).toEqual(["moderation.ordered", "moderation.done", "moderation.ordered", "moderation.done"]);
  });

  it("removes no duty to answer, and what is hidden is no removed comment", async () => {
    const one = await said(criticism);
    await correctKind(world.people.admin, { caseId: one.caseId, kind: "complaint" });
    const duties = () => db.replyDuty.findMany({ where: { caseId: one.caseId } });
    const before = await duties();
    expect(before).toMatchObject([{ answeredAt: null }]);
    const { dueAt, state } = await caseOf(one);
    await order(one, { reason: "personal-data", note });
    const [asked] = await orders(one);
    await decideModeration(world.people.verifier, {
      moderationId: asked!.id,
      revision: await revisionOf(one.caseId),
      decision: "approve",
      note: "",
    });
    await moderateDue();
    expect(await shows(one)).toBe(false);
    await world.passTime(20 * 60_000);
    await poll(world.channels.facebook);
    expect(await duties()).toEqual(before);
    expect(await caseOf(one)).toMatchObject({ dueAt, state });
    expect(await db.messageChange.count({ where: { caseId: one.caseId } })).toBe(0);
  });

  it("needs a reason from the list", async () => {
    const one = await said(advert, "spam");
    expect(await order(one, { reason: null })).toMatchObject({ problems: [{ field: "reason", code: "hide-reason" }] });
    expect(await orders(one)).toEqual([]);
  });
});

describe("a criticism", () => {
  let one: Said;
  beforeEach(async () => {
    one = await said(criticism, "criticism");
  });

  it("is hidden for its words alone, with a note, and after a second person's yes", async () => {
    const { admin, secondAdmin, head, verifier } = world.people;
    expect(await order(one, { reason: null })).toMatchObject({ problems: [{ code: "hide-voice" }] });
    expect(await order(one, { reason: "threat" })).toMatchObject({ problems: [{ field: "note", code: "hide-voice-note" }] });
    expect(await order(one, { reason: "threat", note }, secondAdmin)).toEqual({ ok: true, waits: true });
    expect(await moderateDue()).toBe(0);
    expect(await shows(one)).toBe(true);
    const told = await db.notice.findMany({ where: { type: "moderation.asked", subjectId: one.caseId }, select: { personId: true } });
    expect(told.map(({ personId }) => personId)).toContain(verifier.personId);
    expect(told.map(({ personId }) => personId)).not.toContain(secondAdmin.personId);
    const [asked] = await orders(one);
    const decide = async (actor: typeof admin, decision: "approve" | "refuse" = "approve", why = "") =>
      decideModeration(actor, { moderationId: asked!.id, revision: await revisionOf(one.caseId), decision, note: why });
    expect(await decide(secondAdmin), "a verifier too, but the one who asked").toMatchObject({ problems: [{ code: "moderation-own" }] });
    for (const other of [admin, head, world.people.farVerifier]) expect(await refusalOf(decide(other))).toBe("not-found");
    expect(await inThread(one, verifier)).toMatchObject({ last: { state: "asked", by: secondAdmin.name }, mayDecide: true });
    expect((await inThread(one))?.mayDecide).toBe(false);
    expect(await decide(verifier)).toEqual({ ok: true });
    expect(await refusalOf(decide(verifier))).toBe("stale");
    await moderateDue();
    expect(await shows(one)).toBe(false);
    expect((await inThread(one))?.hidden).toMatchObject({ by: secondAdmin.name, decided: { by: verifier.name } });
  });

  it("stays where the second person says no, and where who asked takes it back", async () => {
    const { admin, supervisor } = world.people;
    await order(one, { reason: "hate", note });
    const [asked] = await orders(one);
    const input = { moderationId: asked!.id, revision: await revisionOf(one.caseId), decision: "refuse" as const };
    expect(await decideModeration(supervisor, { ...input, note: "" })).toMatchObject({ problems: [{ field: "note" }] });
    expect(await decideModeration(supervisor, { ...input, note: "Ini kritik" })).toEqual({ ok: true });
    await order(one, { reason: "hate", note });
    const again = (await orders(one))[1]!;
    expect(await refusalOf(withdrawModeration(world.people.secondAdmin, { moderationId: again.id }))).toBe("not-found");
    expect(await withdrawModeration(admin, { moderationId: again.id })).toEqual({ ok: true });
    expect(await moderateDue()).toBe(0);
    expect((await orders(one)).map(({ state }) => state)).toEqual(["refused", "refused"]);
    expect(await shows(one)).toBe(true);
  });

  it("is not hidden by one alone who calls it spam first", async () => {
    await db.message.update({ where: { id: one.messageId }, data: { kind: "criticism" } });
    await correctKind(world.people.admin, { caseId: one.caseId, kind: "spam" });
    expect(await order(one, { note })).toEqual({ ok: true, waits: true });
  });
});

describe("on the platform", () => {
  it("a like arrives, once, also when two order it at once", async () => {
    const one = await said("Terima kasih, vaksinnya lancar");
    const revision = await revisionOf(one.caseId);
    const both = await Promise.allSettled(
      [world.people.admin, world.people.secondAdmin].map((actor) => order(one, { action: "like", revision }, actor)),
    );
    expect(both.filter((one) => one.status === "fulfilled" && one.value.ok)).toHaveLength(1);
    expect(await Promise.all([moderateDue(), moderateDue()]).then((all) => all.toSorted())).toEqual([0, 1]);
    expect(await (await fetch(one.address)).text()).toContain("Disukai");
    expect(await inThread(one)).toMatchObject({ liked: { by: expect.any(String) }, may: ["hide"] });
  });

  it("an outage is waited out, and the account is not disconnected for it", async () => {
    const one = await said(advert, "spam");
    await world.lab.fault({ endpoint: "*", fault: "down" });
    await order(one, {});
    await moderateDue();
    expect(await orders(one)).toMatchObject([{ state: "waiting", attempts: 1, problem: expect.any(String) }]);
    expect(await moderateDue(), "not before its time").toBe(0);
    await world.lab.liftFaults("facebook");
    await world.passTime(31_000);
    expect(await moderateDue()).toBe(1);
    expect(await orders(one)).toMatchObject([{ state: "done", attempts: 2, problem: null }]);
    expect(await shows(one)).toBe(false);
    expect(await db.channel.findUniqueOrThrow({ where: { id: world.channels.facebook.id } })).toMatchObject({ state: "connected" });
  });

  it("one whose outcome was lost, or whose worker died, is done again and stands once", async () => {
    const one = await said(advert, "spam");
    await world.lab.fault({ endpoint: "POST *", fault: "accept-then-drop" });
    await order(one, {});
    await moderateDue();
    expect(await orders(one)).toMatchObject([{ state: "waiting" }]);
    expect(await shows(one)).toBe(false);
    await world.passTime(11_000);
    await moderateDue();
    expect(await orders(one)).toMatchObject([{ state: "done" }]);
    expect(await shows(one)).toBe(false);

    const other = await said(advert, "spam");
    await order(other, {});
    await db.moderation.updateMany({
      where: { messageId: other.messageId },
      data: { attempts: 1, runAt: new Date(now().getTime() + 1000) },
    });
    expect(await moderateDue()).toBe(0);
    await world.passTime(2000);
    expect(await moderateDue()).toBe(1);
    expect(await orders(other)).toMatchObject([{ state: "done", attempts: 2 }]);
  });

  it("a missing permission for this alone fails with its sentence and leaves the account connected; lost access does not", async () => {
    const { id } = world.channels.facebook;
    const [first, second] = [await said(advert, "spam"), await said(advert, "spam")];
    const state = async () => (await db.channel.findUniqueOrThrow({ where: { id } })).state;
    const seeded = { ...page, name: "Dinkes Kabupaten Tegal", username: "dinkestegal", followers: 1200 };
    await world.lab.seed({ pages: [{ ...seeded, scopes: ["pages_read_engagement", "pages_read_user_content", "pages_manage_posts"] }] });
    await order(first, {});
    await moderateDue();
    await world.lab.seed({ pages: [seeded] });
    expect(await orders(first)).toMatchObject([{ state: "failed", problem: "reauth-scope" }]);
    expect(await state()).toBe("connected");
    await world.lab.fault({ endpoint: "POST *", fault: "190" });
    await order(second, {});
    await moderateDue();
    expect(await orders(second)).toMatchObject([{ state: "failed", problem: expect.stringMatching(/^reauth-/) }]);
    expect(await state()).toBe("needs_reauth");
    await db.channel.update({ where: { id }, data: { state: "connected", lastProblem: Prisma.DbNull } });
  });

  it("a comment that is gone ends as failed with its sentence's code, and may be tried again", async () => {
    const one = await said(advert, "spam");
    await order(one, {});
    await world.lab.changeComment("facebook", one.remoteId);
    await moderateDue();
    expect(await orders(one)).toMatchObject([{ state: "failed", problem: expect.stringMatching(/^rejected-/) }]);
    expect(await inThread(one)).toMatchObject({ hidden: null, last: { state: "failed" } });
  });
});

describe("nobody", () => {
  it("touches another unit's comments, or reads of them", async () => {
    const { farAdmin, loneAdmin, verifier, farVerifier, admin, supervisor } = world.people;
    const one = await said(advert, "spam");
    for (const actor of [farAdmin, loneAdmin, verifier]) expect(await refusalOf(order(one, {}, actor))).toBe("not-found");
    expect(await refusalOf(order({ ...one, messageId: (await said(advert)).messageId }, {}))).toBe("not-found");
    await order(one, {});
    await moderateDue();
    const [dinkes, regency] = await Promise.all(["33.28.dinkes", "33.28"].map(unitByCode));
    const first = async (actor: typeof admin, unit: typeof dinkes) => (await listHidden(actor, unit!, null)).rows[0];
    for (const [actor, unit] of [
      [admin, dinkes],
      [supervisor, regency],
    ] as const)
      expect(await first(actor, unit)).toMatchObject({
        messageId: one.messageId,
        reason: "spam",
        by: admin.name,
        stillHidden: true,
        mayShow: true,
      });
    expect(await first(farVerifier, regency)).toBeUndefined();
    expect(await refusalOf(order(one, { revision: 1 }))).toBe("stale");
  });

  it("hides where the platform has no call for it, nor our own words", async () => {
    const root = comment({ text: advert });
    await ingest(world.channels.instagram, [root]);
    const { id: caseId } = await caseOf(root);
    const message = await db.message.findFirstOrThrow({ where: { caseId } });
    const byHand = { caseId, messageId: message.id } as Said;
    expect(await order(byHand, { note })).toMatchObject({ problems: [{ code: "moderation-not-offered" }] });
    expect(await inThread(byHand)).toBeNull();
  });
});

it("nothing that a unit does with a citizen's comment raises its score: hidden, called otherwise, closed or deleted, it stays owed", async () => {
  const { dinkes } = world.units;
  const { admin, verifier } = world.people;
  await db.unit.update({ where: { id: dinkes.id }, data: { scoreClass: "B" } });
  const asked = [];
  for (const words of ["Kapan posyandu buka lagi?", "Di mana kami mengambil vaksin?", "Berapa biaya periksa di puskesmas?"])
    asked.push(await said(words));
  const [hidden, called, deleted] = asked as [Said, Said, Said];
  await world.passTime(12 * 86_400_000); // all of them are overdue
  const day = localDay(new Date(now().getTime() - 86_400_000), "Asia/Jakarta");
  const repliesNow = async () => {
    const [found] = await scoreFacts(day, "Asia/Jakarta", ska1, day, { channelIds: [world.channels.facebook.id] });
    return found!.facts.replies;
  };
  const before = await repliesNow();
  expect(before.due).toBeGreaterThan(2);

  await order(hidden, { reason: "personal-data", note });
  const [waiting] = await orders(hidden);
  if (waiting?.state === "asked")
    await decideModeration(verifier, {
      moderationId: waiting.id,
      revision: await revisionOf(hidden.caseId),
      decision: "approve",
      note: "",
    });
  await moderateDue();
  expect(await shows(hidden)).toBe(false);
  expect(await repliesNow()).toEqual(before);

  for (const kind of ["spam", "praise", "other"] as const) {
    await correctKind(admin, { caseId: called.caseId, kind });
    expect(await repliesNow()).toEqual(before);
  }
  await finishCase(admin, { caseId: called.caseId, revision: await revisionOf(called.caseId) });
  expect(await repliesNow()).toEqual(before);

  await world.lab.changeComment("facebook", deleted.remoteId);
  await poll(world.channels.facebook);
  expect(await db.messageChange.count({ where: { caseId: deleted.caseId, kind: "removed" } })).toBe(1);
  expect(await repliesNow()).toEqual(before);
});
