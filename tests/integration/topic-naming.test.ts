/** What a case is about and where: known when it comes in, found out later for older ones, and a person's to correct. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { db } from "#lib/core/db.ts";
import { ingest } from "#lib/inbox/intake/ingest.ts";
import { correctTopic } from "#lib/inbox/topics/correcting.ts";
import { nameOlderTopics } from "#lib/inbox/topics/naming.ts";
import { ago, caseOf, comment } from "../support/citizens.ts";
import { makeWorld, refusalOf, type World } from "../support/world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
  const { regency, far } = world.units;
  for (const [code, name, governmentId] of [
    ["33.28.slawi", "Kecamatan Slawi", regency.id],
    ["91.03.sentani", "Distrik Sentani", far.id],
  ] as const)
    await db.unit.create({ data: { code, name, shortName: name, kind: "district", governmentId } });
});
afterAll(() => world?.stop());

const refOf = async (caseId: string) => ({ caseId, revision: (await db.inboxCase.findUniqueOrThrow({ where: { id: caseId } })).revision });
const road = "Jalan rusak dari Slawi sampai Sentani, berlubang semua";

it("a new case has its topic and the district of its own government", async () => {
  const [near, far, other, spam] = [
    comment({ text: road }),
    comment({ text: road }),
    comment({ text: "Kapan dibalas?" }),
    comment({ text: "Slot gacor maxwin hari ini, depo 10rb, klik link di bio, harga beras" }),
  ];
  await ingest(world.channels.facebook, [near, other, spam]);
  await ingest(world.channels.far, [far]);
  expect(await caseOf(near)).toMatchObject({ topic: "roads", place: "33.28.slawi" });
  expect(await caseOf(far)).toMatchObject({ topic: "roads", place: "91.03.sentani" });
  expect(await caseOf(other)).toMatchObject({ topic: null, place: null });
  expect(await caseOf(spam)).toMatchObject({ kind: "spam", topic: null });
});

it("a private conversation has the topic of the message that comes to the point", async () => {
  const author = { remoteId: "62811", name: "Warga" };
  const greeting = comment({ text: "Selamat pagi", author, postRemoteId: null, sentAt: ago(5) });
  await ingest(world.channels.facebook, [greeting]);
  await ingest(world.channels.facebook, [comment({ text: road, author, postRemoteId: null, sentAt: ago(4) })]);
  expect(await caseOf(greeting)).toMatchObject({ topic: "roads", place: "33.28.slawi" });
});

it("what a person said of a private conversation stays, whatever is written after it", async () => {
  const author = { remoteId: "62812", name: "Warga" };
  const greeting = comment({ text: "Selamat pagi", author, postRemoteId: null, sentAt: ago(5) });
  await ingest(world.channels.facebook, [greeting]);
  const { id: caseId } = await caseOf(greeting);
  expect(await correctTopic(world.people.admin, { ...(await refOf(caseId)), topic: "other" })).toEqual({ ok: true });
  await ingest(world.channels.facebook, [comment({ text: road, author, postRemoteId: null, sentAt: ago(4) })]);
  expect(await caseOf(greeting)).toMatchObject({ topic: "other", place: "33.28.slawi" });
});

it("older cases are named later, in batches, and what a person said stays", async () => {
  const roots = Array.from({ length: 25 }, () => comment({ text: road }));
  const unclear = comment({ text: "Bagaimana ini?" });
  await ingest(world.channels.facebook, [...roots, unclear]);
  const first = await caseOf(roots[0]!);
  expect(await correctTopic(world.people.admin, { ...(await refOf(first.id)), topic: "other" })).toEqual({ ok: true });
  const ids = (await Promise.all(roots.slice(1).map(caseOf))).map(({ id }) => id);
  await db.inboxCase.updateMany({ where: { id: { in: ids } }, data: { topic: null, place: null } });
  const before = await db.inboxCase.findMany({ select: { id: true, revision: true } });
  expect(await nameOlderTopics(10)).toBe(24);
  expect(await nameOlderTopics(10)).toBe(0);
  expect(await db.inboxCase.count({ where: { id: { in: ids }, topic: "roads", place: "33.28.slawi" } })).toBe(24);
  expect(await caseOf(roots[0]!)).toMatchObject({ topic: "other" });
  expect(await caseOf(unclear)).toMatchObject({ topic: null });
  // Whoever writes an answer meanwhile is not told that the thread has moved on.
  const after = await db.inboxCase.findMany({ select: { id: true, revision: true } });
  expect(new Map(after.map(({ id, revision }) => [id, revision]))).toEqual(new Map(before.map(({ id, revision }) => [id, revision])));
});

it("only those who work the inbox correct a topic, and it is on record", async () => {
  const root = comment({ text: road });
  await ingest(world.channels.facebook, [root]);
  const { id: caseId } = await caseOf(root);
  const { admin, loneAdmin, farAdmin, verifier } = world.people;
  for (const actor of [loneAdmin, farAdmin, verifier])
    expect(await refusalOf(correctTopic(actor, { ...(await refOf(caseId)), topic: "traffic" }))).toBe("not-found");
  expect(await correctTopic(admin, { ...(await refOf(caseId)), topic: "traffic" })).toEqual({ ok: true });
  expect(await caseOf(root)).toMatchObject({ topic: "traffic" });
  expect(await db.auditEvent.count({ where: { subjectId: caseId, type: "case.topic-corrected", actorId: admin.personId } })).toBe(1);
});

it("that nobody can tell is an answer too: no later look names it, and of two who correct at once the second is refused", async () => {
  const root = comment({ text: road });
  await ingest(world.channels.facebook, [root]);
  const ref = await refOf((await caseOf(root)).id);
  const { admin } = world.people;
  expect(await correctTopic(admin, { ...ref, topic: null })).toEqual({ ok: true });
  expect(await refusalOf(correctTopic(admin, { ...ref, topic: "traffic" }))).toBe("stale");
  expect(await nameOlderTopics()).toBe(0);
  expect(await caseOf(root)).toMatchObject({ topic: null });
});
