/** A month that was planned in a table: looked over without a change, brought in once. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { now } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import { checkPlan, importPlan } from "#lib/posts/plan-importing.ts";
import { submitPost } from "#lib/posts/review.ts";
import { addDays, localDay } from "#lib/units/calendar.ts";
import { xlsxOf } from "../support/spreadsheet.ts";
import { makeWorld, refusalOf, type World } from "../support/world.ts";

let world: World;
let unitId: string;
beforeAll(async () => {
  world = await makeWorld();
  unitId = world.units.dinkes.id;
});
afterAll(() => world?.stop());

const day = (n: number) => addDays(localDay(now(), "Asia/Jakarta"), n);
const csv = (rows: string[]) => new Uint8Array(Buffer.from(["Tanggal;Jam;Kanal;Naskah;Gambar", ...rows].join("\r\n")));
const drafts = () => db.post.count({ where: { unitId } });

test("of 1,000 rows with 37 wrong ones every problem is told by its row; the 963 others come in once", async () => {
  const wrongRows = Array.from({ length: 37 }, (_, index) => index * 27 + 5);
  const wrong = (n: number) =>
    [`kemarin;08.30;Facebook;Naskah ${n};`, `${day(2)};25.00;Facebook;Naskah ${n};`, `${day(2)};08.30;Mastodon;Naskah ${n};`][
      Math.floor(n / 27) % 3
    ]!;
  const rows = Array.from({ length: 1000 }, (_, n) =>
    wrongRows.includes(n + 2) ? wrong(n) : `${day(1 + (n % 300))};08.30;Facebook;Naskah nomor ${n} untuk warga;`,
  );
  const input = { unitId, file: csv(rows) };
  const { admin } = world.people;

  const looked = await checkPlan(admin, input);
  if (!looked.ok) throw new Error(JSON.stringify(looked));
  expect(looked.check).toMatchObject({ rows: 1000, ready: 963, known: 0, wrong: 37, mend: [] });
  expect(looked.check.problems.map(({ row }) => row)).toEqual(wrongRows);
  expect(new Set(looked.check.problems.map(({ code }) => code))).toEqual(new Set(["not-a-day", "not-a-time", "channel-unknown"]));
  expect(await drafts()).toBe(0);

  const twice = await Promise.all([importPlan(admin, input), importPlan(admin, input)]);
  expect(twice.map((answer) => answer.ok && answer.created).sort()).toEqual([0, 963]);
  expect(await importPlan(admin, input)).toEqual({ ok: true, created: 0 });
  expect(await drafts()).toBe(963);
  expect(await checkPlan(admin, input)).toMatchObject({ ok: true, check: { ready: 0, known: 963 } });

  const post = await db.post.findFirstOrThrow({
    where: { unitId, text: "Naskah nomor 0 untuk warga" },
    include: { versions: true, channels: true },
  });
  expect(post).toMatchObject({
    state: "draft",
    authorId: admin.personId,
    publishAt: new Date(`${day(1)}T01:30:00Z`),
    channels: [{ channelId: world.channels.facebook.id }],
    versions: [{ number: 1, sealed: false }],
  });
  expect(await submitPost(admin, { postId: post.id, revision: 1 })).toMatchObject({ ok: true });
  expect(await db.postVersion.count({ where: { postId: post.id } })).toBe(1);
});

test("what a platform would refuse is told beside its row and comes in to be mended; a file of the unit is named", async () => {
  await db.media.create({
    data: {
      unitId,
      digest: "d".repeat(64),
      mime: "image/jpeg",
      width: 1080,
      height: 1080,
      bytes: 90_000,
      name: "Poster.jpg",
      createdAt: now(),
      alt: "Poster",
    },
  });
  const file = xlsxOf([
    ["Tanggal", "Jam", "Kanal", "Naskah", "Gambar"],
    [day(3), "08.30", "Instagram", "Tanpa gambar", ""],
    [day(3), { time: 0.5 }, "Instagram", "Dengan gambar", "poster.jpg"],
  ]);
  const looked = await checkPlan(world.people.admin, { unitId, file });
  expect(looked).toMatchObject({ ok: true, check: { rows: 2, ready: 2, wrong: 0, problems: [] } });
  expect(looked.ok && looked.check.mend.map(({ row, platform }) => [row, platform])).toEqual([[2, "instagram"]]);
  expect(await importPlan(world.people.admin, { unitId, file })).toEqual({ ok: true, created: 2 });
  expect(await db.post.findFirst({ where: { text: "Dengan gambar" }, include: { media: true } })).toMatchObject({
    publishAt: new Date(`${day(3)}T05:00:00Z`),
    media: [{ alt: "Poster" }],
  });
});

test("only into a unit that one writes for; a file that is no plan says why", async () => {
  const file = csv([`${day(2)};08.30;Facebook;Halo;`]);
  for (const actor of [world.people.farAdmin, world.people.verifier])
    expect(await refusalOf(importPlan(actor, { unitId, file }))).toBe("not-found");
  const codes = async (text: string) => {
    const answer = await importPlan(world.people.admin, { unitId, file: new Uint8Array(Buffer.from(text)) });
    return answer.ok ? [] : answer.problems.map(({ code }) => code);
  };
  expect(await codes("Tanggal;Jam;Kanal;Naskah")).toEqual(["plan-empty"]);
  expect(await codes("Judul\nHalo")).toEqual(["plan-columns-missing"]);
  expect(await codes("\0")).toEqual(["not-a-table"]);
});

test("a table that was mended brings in what was mended alone, on another day too", async () => {
  const { admin } = world.people;
  const row = (n: number, hour: string) => `${day(20)};${hour};Facebook;Rencana yang diperbaiki ${n};`;
  const bring = async (rows: string[]) => {
    const input = { unitId, file: csv(rows) };
    const looked = await checkPlan(admin, input);
    const brought = await importPlan(admin, input);
    return [looked.ok && looked.check.ready, looked.ok && looked.check.known, brought.ok && brought.created];
  };
  expect(await bring([row(1, "08.30"), row(2, "25.00"), row(3, "10.30")])).toEqual([2, 0, 2]);
  expect(await bring([row(1, "08.30"), row(2, "09.30"), row(3, "10.30")])).toEqual([1, 2, 1]);
  await world.passTime(24 * 3_600_000);
  expect(await bring([row(1, "08.30"), row(2, "09.30"), row(3, "10.30")].map((line) => line.replace(day(20), day(19))))).toEqual([0, 3, 0]);
});
