/** Our own first comment goes under the post as soon as it stands: once, and settled like any publication. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { now } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import { planFirstComment, standing } from "#lib/delivery/planning.ts";
import { troubledDeliveries } from "#lib/delivery/queries.ts";
import { confirmPublished, confirmSent, sendAgain } from "#lib/delivery/settling.ts";
import { ingest } from "#lib/inbox/intake/ingest.ts";
import { comment, poll } from "../support/citizens.ts";
import { handleEvents, runDue } from "../support/desk.ts";
import { duePost, untilAtRest } from "../support/publications.ts";
import { makeWorld, page, refusalOf, type World } from "../support/world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world?.stop());
beforeEach(async () => {
  await db.publicationAttempt.deleteMany();
  await db.publication.deleteMany();
});

const firstComment = "Daftar lewat puskesmas terdekat, gratis.";
const post = (change = {}) => duePost(world.channels.facebook, { firstComment, ...change });
/** How often the platform took a comment with these words. */
const taken = async () =>
  (await world.lab.journal()).filter(({ endpoint, body }) => endpoint === "POST comments" && body.message === firstComment).length;
const rest = (row: () => Promise<{ state: string; runAt: Date }>) => untilAtRest(world.passTime, row);

it("is planned when the post stands, sent once, and leaves the post as it is", async () => {
  const before = await taken();
  const one = await post();
  expect(await one.firstComments()).toEqual([]);
  await runDue();
  const { remoteId, ref } = await one.row();
  expect(await one.firstComments()).toMatchObject([
    {
      state: "due",
      channelId: world.channels.facebook.id,
      content: { text: firstComment, replyTo: { remoteId, postRemoteId: remoteId, ref } },
    },
  ]);
  await runDue();
  const [sent] = await one.firstComments();
  expect(sent).toMatchObject({ state: "published", remoteId: expect.any(String), attempts: 1 });
  await handleEvents();
  expect(await runDue()).toBe(0);
  expect(await taken()).toBe(before + 1);
  expect(await one.row()).toMatchObject({ state: "published", remoteId });
  expect(await db.remotePost.count({ where: { remoteId: sent!.remoteId! } })).toBe(0);
});

it("is planned once, however often its post is settled", async () => {
  const one = await post();
  await runDue();
  const row = await db.publication.findUniqueOrThrow({ where: { id: one.id }, select: standing });
  await db.$transaction((tx) => planFirstComment(tx, row));
  await Promise.all([1, 2].map(() => db.$transaction((tx) => planFirstComment(tx, row))));
  expect(await one.firstComments()).toHaveLength(1);
});

it("is not planned for a post without one, nor before the post stands, nor where people publish by hand", async () => {
  const without = await post({ firstComment: null });
  const refused = await post();
  const byHand = await duePost(world.channels.instagram, { firstComment });
  await db.publication.update({ where: { id: without.id }, data: { runAt: new Date(now().getTime() - 1000) } });
  await world.lab.fault({ endpoint: "POST feed", fault: "368", call: 2 });
  await runDue();
  const permalink = "https://www.instagram.com/p/C9xYz12AbCd/";
  expect(await confirmPublished(world.people.admin, { publicationId: byHand.id, permalink })).toEqual({ ok: true });
  expect([(await without.row()).state, (await refused.row()).state, (await byHand.row()).state].sort()).toEqual([
    "failed",
    "published",
    "published",
  ]);
  expect(await db.publication.count({ where: { subjectType: "first-comment" } })).toBe((await without.row()).state === "failed" ? 1 : 0);
});

it("follows a post that was found by looking, and one that a person found", async () => {
  const found = await post();
  await world.lab.fault({ endpoint: "POST feed", fault: "accept-then-drop" });
  await runDue();
  expect(await found.firstComments()).toEqual([]);
  await rest(found.row);
  expect(await found.firstComments()).toHaveLength(1);

  const shown = await post();
  await world.lab.fault({ endpoint: "POST feed", fault: "368" });
  await runDue();
  const { id } = await world.graph<{ id: string }>(`${page.id}/feed`, { message: "Ditempel sendiri" });
  const permalink = `https://www.facebook.com/${id.replace("_", "/posts/")}`;
  await confirmPublished(world.people.admin, { publicationId: shown.id, permalink });
  await runDue();
  expect(await shown.firstComments()).toMatchObject([{ state: "published", content: { replyTo: { remoteId: id } } }]);
});

describe("when its answer is lost", () => {
  it("it is looked up, not sent again", async () => {
    const before = await taken();
    const one = await post();
    await world.lab.fault({ endpoint: "POST comments", fault: "accept-then-drop" });
    await runDue();
    await runDue();
    const row = async () => (await one.firstComments())[0]!;
    expect(await row()).toMatchObject({ state: "unknown" });
    await rest(row);
    expect(await row()).toMatchObject({ state: "published", attempts: 1 });
    expect(await taken()).toBe(before + 1);
  });

  it("and the looks fail too, a person says that it is there, or that it is to be sent again; the list shows it with its post", async () => {
    const { admin } = world.people;
    const asked = async () => {
      const one = await post();
      const row = async () => (await one.firstComments())[0]!;
      await runDue();
      await world.lab.fault({ endpoint: "POST comments", fault: "accept-then-drop" });
      await runDue();
      await world.lab.fault({ endpoint: "GET *", fault: "500-before", times: 4 });
      await rest(row);
      return { ...one, comment: row };
    };
    const there = await asked();
    const { id } = await there.comment();
    const unit = await db.unit.findUniqueOrThrow({ where: { id: world.units.dinkes.id }, include: { government: true } });
    const { rows } = await troubledDeliveries(admin, unit, now(), null);
    expect(rows.find((row) => row.id === id)).toMatchObject({
      ...{ subjectType: "first-comment", subjectId: there.postId, text: firstComment, maySendAgain: true, mayConfirm: true },
    });
    expect(await refusalOf(confirmSent(world.people.farAdmin, { publicationId: id }))).toBe("not-found");
    expect(await confirmSent(admin, { publicationId: id })).toEqual({ ok: true });
    expect(await there.comment()).toMatchObject({ state: "published", settledBy: admin.personId });
    expect(await refusalOf(confirmSent(admin, { publicationId: id }))).toBe("stale");

    const lost = await asked();
    await sendAgain(admin, { publicationId: (await lost.comment()).id });
    await runDue();
    expect(await lost.comment()).toMatchObject({ state: "published" });
    expect(await there.row()).toMatchObject({ state: "published" });
  });
});

describe("in the inbox", () => {
  const cases = () => db.inboxCase.count();

  it("opens no case, whether it is notified or read", async () => {
    const one = await post();
    await runDue();
    await runDue();
    const [sent] = await one.firstComments();
    const before = await cases();
    const own = comment({ remoteId: sent!.remoteId!, postRemoteId: (await one.row()).remoteId, own: true, text: firstComment });
    await ingest(world.channels.facebook, [own]);
    await poll(world.channels.facebook);
    expect(await cases()).toBe(before);
    expect(await db.message.count({ where: { remoteId: sent!.remoteId! } })).toBe(0);
  });

  it("a citizen's question under it is owed an answer, in whichever order both come", async () => {
    const sentAt = (seconds: number) => new Date(now().getTime() - 60_000 + seconds * 1000);
    for (const order of [
      [0, 1],
      [1, 0],
    ]) {
      const own = comment({ own: true, text: firstComment, sentAt: sentAt(0) });
      const question = comment({ parentRemoteId: own.remoteId, sentAt: sentAt(30) });
      for (const which of order) await ingest(world.channels.facebook, [[own, question][which]!]);
      const { caseId } = await db.message.findFirstOrThrow({ where: { remoteId: question.remoteId } });
      const found = await db.inboxCase.findUniqueOrThrow({ where: { id: caseId }, include: { duties: true } });
      expect(found).toMatchObject({ state: "open", duties: [{ answeredAt: null }] });
    }
  });
});
