/** Posts go out at the hour that was meant, in every zone and on every day, and nobody's sleep goes unnoticed. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sealGrant } from "#lib/channels/accounts.ts";
import type { Actor } from "#lib/core/access.ts";
import { now } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import { formatInstant } from "#lib/core/text.ts";
import { nextDueAt } from "#lib/delivery/claims.ts";
import { LATE_SECONDS, oldestDueSeconds } from "#lib/delivery/lateness.ts";
import { alarmsOf, troubledDeliveries } from "#lib/delivery/queries.ts";
import { schedulePost } from "#lib/posts/scheduling.ts";
import type { Zone } from "#lib/units/calendar.ts";
import { instantOfField } from "#lib/units/local-time.ts";
import { GET as health } from "../../app/api/health/route.ts";
import { approvedPost, publicationsOf, runDue } from "../support/desk.ts";
import { duePost } from "../support/publications.ts";
import { makeWorld, type World } from "../support/world.ts";

let world: World;
/** Who writes and who verifies in an office of each zone, and where it publishes. */
let offices: { zone: Zone; name: string; author: Actor; verifier: Actor; channel: { id: string; unitId: string } }[];
beforeAll(async () => {
  world = await makeWorld();
  const { people, channels, units } = world;
  await db.unit.update({ where: { id: units.disdukcapil.id }, data: { zone: "Asia/Makassar" } });
  const middle = { id: "304857610293848", name: "Disdukcapil", username: "disdukcapil", token: "EAAG-tengah" };
  await world.lab.seed({ pages: [middle] });
  const { id, governmentId } = units.disdukcapil;
  const { id: channelId } = await db.channel.create({
    data: {
      ...{ unitId: id, governmentId, platform: "facebook", mode: "api", remoteId: middle.id, handle: middle.id, name: middle.name },
      ...{ baseUrl: `${world.lab.url}/meta`, firstSeenAt: now(), nextPollAt: new Date("2999-01-01") },
      grant: { create: { sealed: sealGrant({ pageToken: middle.token }), updatedAt: now() } },
    },
  });
  offices = [
    { zone: "Asia/Jakarta", name: "WIB", author: people.admin, verifier: people.verifier, channel: channels.facebook },
    {
      ...{ zone: "Asia/Makassar", name: "WITA", author: people.loneAdmin, verifier: people.namedVerifier },
      channel: { id: channelId, unitId: id },
    },
    { zone: "Asia/Jayapura", name: "WIT", author: people.farAdmin, verifier: people.farVerifier, channel: channels.far },
  ];
});
afterAll(() => world?.stop());
beforeEach(async () => {
  await db.publicationAttempt.deleteMany();
  await db.publication.deleteMany();
});

const until = (instant: string | Date) => world.passTime(new Date(instant).getTime() - now().getTime());
const stateOf = async (postId: string) => (await publicationsOf(postId))[0]!.state;

it.each([
  ["31 Desember, menjelang tahun baru", "2026-12-31T23:59", "31 Desember 2026"],
  ["1 Januari, tepat tengah malam", "2027-01-01T00:00", "1 Januari 2027"],
  ["hari kabisat", "2028-02-29T09:00", "29 Februari 2028"],
  ["hari sesudahnya", "2028-03-01T00:30", "1 Maret 2028"],
])("%s: each office's hour by its own clock, the easternmost first", async (_, field, day) => {
  const instants = offices.map(({ zone }) => instantOfField(field, zone)!);
  const [west, middle, east] = instants.map((instant) => new Date(instant).getTime());
  expect([west! - middle!, middle! - east!]).toEqual([3_600_000, 3_600_000]);
  await until(new Date(east! - 86_400_000));
  const posts = [];
  for (const [index, { zone, name, author, verifier, channel }] of offices.entries()) {
    const post = await approvedPost(author, verifier, [channel], { text: `Layanan pada ${day}, ${name}` });
    expect(await schedulePost(author, { ...post, publishAt: instants[index]! })).toEqual({ ok: true });
    const [row] = await publicationsOf(post.postId);
    expect(formatInstant(row!.dueAt, zone, "id")).toContain(day);
    expect(formatInstant(row!.dueAt, zone, "id")).toContain(`${field.slice(11).replace(":", ".")} ${name}`);
    posts.push({ ...post, instant: instants[index]! });
  }
  for (const { postId, instant } of posts.toReversed()) {
    expect((await nextDueAt())?.toISOString()).toBe(instant);
    await until(new Date(new Date(instant).getTime() - 2000));
    expect(await runDue()).toBe(0);
    expect(await stateOf(postId)).toBe("due");
    await until(new Date(new Date(instant).getTime() + 5));
    expect(await runDue()).toBe(1);
    expect(await stateOf(postId)).toBe("published");
  }
});

describe("the worker is down over midnight", () => {
  const unitOf = (id: string) => db.unit.findUniqueOrThrow({ where: { id }, include: { government: true } });
  const watched = async () => (await health(new Request("http://garda/api/health"), { params: Promise.resolve({}) })).json();
  const sends = async (text: string) =>
    (await world.lab.journal()).filter(({ endpoint, body }) => endpoint === "POST feed" && body.message === text).length;

  it("the watch tells within two minutes, whoever calls himself healthy; back at 00.20 it publishes once, and says that it was late", async () => {
    const { admin } = world.people;
    const dinkes = await unitOf(world.units.dinkes.id);
    const dueAt = new Date(instantOfField("2028-03-05T23:58", "Asia/Jakarta")!);
    await until(new Date(dueAt.getTime() - 60_000));
    const post = await duePost(world.channels.facebook, {}, dueAt);
    expect(await watched()).toMatchObject({ ok: true, schedule: "on time", oldestDueSeconds: 0 });

    await until(new Date(dueAt.getTime() + 110_000));
    expect(await watched()).toMatchObject({ schedule: "on time" });
    await until(new Date(dueAt.getTime() + 125_000)); // the next day
    expect(await watched()).toMatchObject({ ok: true, schedule: "late", held: {} });
    expect(await oldestDueSeconds()).toBeGreaterThan(LATE_SECONDS);
    expect((await alarmsOf(admin, dinkes, now())).late).toBe(1);

    await until(instantOfField("2028-03-06T00:20", "Asia/Jakarta")!);
    expect((await watched()).oldestDueSeconds).toBeGreaterThanOrEqual(22 * 60);
    await Promise.all([runDue("satu"), runDue("dua")]);
    expect(await post.row()).toMatchObject({ state: "published", attempts: 1 });
    expect(await sends(post.text)).toBe(1);
    expect(await watched()).toMatchObject({ schedule: "on time", oldestDueSeconds: 0 });
    const { rows } = await troubledDeliveries(admin, dinkes, now(), null);
    expect(rows).toMatchObject([{ id: post.id, state: "published", late: true }]);
    expect((await alarmsOf(admin, dinkes, now())).late).toBe(0);
  });

  it.each([
    ["a look-up that nobody makes", { state: "unknown", leaseUntil: null, leasedBy: null }],
    ["a publication whose holder died", { state: "publishing", leasedBy: "mati" }],
  ])("%s is told too", async (_, change) => {
    const post = await duePost(world.channels.facebook);
    const lease = "leasedBy" in change && change.leasedBy ? { leaseUntil: now() } : {};
    await db.publication.update({ where: { id: post.id }, data: { ...change, ...lease } });
    expect(await watched()).toMatchObject({ schedule: "on time" });
    await world.passTime(125_000);
    expect(await watched()).toMatchObject({ schedule: "late" });
  });

  it("what waits for a person is late for nobody", async () => {
    const post = await duePost(world.channels.facebook);
    await db.publication.update({ where: { id: post.id }, data: { state: "unknown", runAt: new Date("9999-12-31") } });
    await world.passTime(86_400_000);
    expect(await watched()).toMatchObject({ schedule: "on time", oldestDueSeconds: 0 });
  });
});
