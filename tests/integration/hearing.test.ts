/** Accounts that have fallen silent, and what is made up for when they are heard again. */
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { db } from "#lib/core/db.ts";
import { hearingOf } from "#lib/inbox/intake/hearing-queries.ts";
import { watchChannels } from "#lib/inbox/intake/listening.ts";
import { claimPolls, pollChannel } from "#lib/inbox/intake/polling.ts";
import { takeInWebhook } from "#lib/inbox/intake/webhooks.ts";
import { ago, comment, phonePost, poll } from "../support/citizens.ts";
import { makeWorld, page, type World } from "../support/world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world?.stop());
beforeEach(async () => {
  await db.notice.deleteMany();
});

const hour = 3_600_000;
const facebook = () => db.channel.findUniqueOrThrow({ where: { id: world.channels.facebook.id } });
const told = async () =>
  (await db.notice.findMany({ where: { type: "inbox.deaf", subjectId: world.channels.facebook.id } })).map((n) => n.personId).sort();
/** A look that the platform may refuse. */
async function tryToRead() {
  const { id } = world.channels.facebook;
  await db.channel.updateMany({ data: { nextPollAt: new Date("2999-01-01") } });
  await db.channel.update({ where: { id }, data: { nextPollAt: ago(1), pollLeaseUntil: null } });
  const [due] = await claimPolls(5);
  await pollChannel(due!);
}

it("an account that is down for a day is told of once, and everything that was said meanwhile comes in when it is back", async () => {
  const { admin, secondAdmin, supervisor } = world.people;
  const post = await phonePost(world);
  await poll(world.channels.facebook);
  const proved = (await facebook()).polledUntil!;
  await world.lab.fault({ endpoint: "*", fault: "down" });
  await world.passTime(1.5 * hour);
  await tryToRead();
  await watchChannels();
  expect(await told()).toEqual([]);
  await world.passTime(hour);
  await tryToRead();
  for (let look = 0; look < 3; look++) await watchChannels();
  expect((await facebook()).deafSince).toEqual(proved);
  expect(await told()).toEqual([admin, secondAdmin, supervisor].map(({ personId }) => personId).sort());
  const [shown] = await hearingOf(admin, { id: world.units.dinkes.id, governmentId: world.units.regency.id });
  expect(shown).toMatchObject({ deafSince: proved, provedAt: proved });
  const asked: string[] = [];
  for (let part = 0; part < 7; part++) {
    await world.passTime(3 * hour);
    asked.push(await world.comment(post, `Warga ${part}`, "Kapan vaksin keliling datang?"));
  }
  await world.lab.liftFaults("facebook");
  await world.passTime(hour);
  await poll(world.channels.facebook);
  expect(await db.message.count({ where: { remoteId: { in: asked } } })).toBe(asked.length);
  await watchChannels();
  expect(await facebook()).toMatchObject({ deafSince: null });
});

it("an account that is heard by webhook alone is not deaf; silent again, it is told of again", async () => {
  await world.passTime(3 * hour);
  const events = [{ kind: "comment" as const, accountRemoteId: page.id, comment: comment({ sentAt: ago(0) }) }];
  await takeInWebhook("facebook", events);
  await watchChannels();
  expect(await facebook()).toMatchObject({ deafSince: null });
  expect(await told()).toEqual([]);
  await world.passTime(3 * hour);
  await watchChannels();
  expect(await told()).toHaveLength(3);
});

it("one that is connected no more is not called deaf", async () => {
  await db.channel.update({ where: { id: world.channels.facebook.id }, data: { state: "needs_reauth" } });
  await watchChannels();
  expect(await facebook()).toMatchObject({ deafSince: null });
  await db.channel.update({ where: { id: world.channels.facebook.id }, data: { state: "connected", deafSince: null } });
});

it("reading that brings what a webhook should have told ten minutes ago is noted, and nothing else is", async () => {
  const post = await phonePost(world);
  await poll(world.channels.facebook);
  await world.comment(post, "Tini", "Apakah loket buka hari Sabtu?");
  await poll(world.channels.facebook);
  expect((await facebook()).missedAt).toBeNull();
  await world.comment(post, "Tono", "Berapa biaya imunisasi?");
  await world.passTime(20 * 60_000);
  await poll(world.channels.facebook);
  const { missedAt } = await facebook();
  expect(missedAt).not.toBeNull();
  await world.passTime(20 * 60_000);
  await poll(world.channels.facebook);
  expect((await facebook()).missedAt).toEqual(missedAt);
});
