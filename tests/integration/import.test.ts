/** Posts, figures and followers of an account without an interface: from a table, or written down by hand. */
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { noteFollowersNow } from "#lib/channels/followers.ts";
import { moveClockTo, now } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import { pollChannel } from "#lib/inbox/intake/polling.ts";
import { checkImport, importFile } from "#lib/posts/imports/importing.ts";
import { accountFigures } from "#lib/posts/imports/queries.ts";
import { registerFollowers, registerPost } from "#lib/posts/imports/registering.ts";
import { importInput, registerInput } from "#lib/posts/imports/schema.ts";
import { takeInPosts } from "#lib/posts/intake.ts";
import { makeWorld, type World } from "../support/world.ts";

let world: World;
let channelId: string;
beforeAll(async () => {
  world = await makeWorld();
  moveClockTo(new Date("2026-11-22T05:00:00Z"));
  channelId = world.channels.instagram.id;
  await db.channel.update({ where: { id: channelId }, data: { handle: "dinkestegal", remoteId: "dinkestegal" } });
});
afterAll(() => world.stop());

const post = (code: string) => `https://www.instagram.com/p/${code}/`;
const table = (...rows: string[]) => ["tautan;waktu;teks;suka;jangkauan", ...rows].join("\n");
const input = (text: string, options: object = {}) => importInput.parse({ channelId, file: new TextEncoder().encode(text), ...options });
const check = async (text: string, options: object = {}) => {
  const answer = await checkImport(world.people.admin, input(text, options));
  if (!answer.ok) throw new Error(answer.problems[0]?.code);
  return answer.check;
};
const bringIn = (text: string, options: object = {}) => importFile(world.people.admin, input(text, options));
const kept = () =>
  db.remotePost.findMany({
    where: { channelId },
    orderBy: { remoteId: "asc" },
    select: { remoteId: true, likes: true, reach: true, publishedAt: true },
  });
const one = (remoteId: string) =>
  db.remotePost.findUniqueOrThrow({
    where: { channelId_remoteId: { channelId, remoteId } },
    select: { likes: true, reach: true, metricsAt: true, metricsFrom: true, figuresFell: true, removedAt: true },
  });
const counted = () => db.$queryRaw`SELECT (SELECT count(*) FROM remote_post) AS posts, (SELECT count(*) FROM audit_event) AS events,
  (SELECT count(*) FROM import_mapping) AS mappings, (SELECT count(*) FROM follower_count) AS followers`;

test("looking a table over changes nothing; taken in, it is there once; unknown figures stay unknown", async () => {
  const text = table(`${post("AAA1")};20/11/2026 08.30;Vaksin;1.234;`, `${post("BBB2")};20/11/2026 09.00;;0;55`, "bukan tautan;kemarin;;;");
  const before = await counted();
  const looked = await check(text);
  expect(looked).toMatchObject({ layout: "template", what: "posts", rows: 3, wrong: 1, dayOrder: "dmy", from: "2026-11-20" });
  expect(looked.fates).toEqual({ fresh: 2, renewed: 0, same: 0, older: 0, elsewhere: 0 });
  expect(looked.problems.map(({ row, code }) => [row, code])).toEqual([
    [4, "not-an-address"],
    [4, "not-a-time"],
  ]);
  expect(await counted()).toEqual(before);

  expect(await bringIn(text)).toMatchObject({ ok: true, done: { fates: { fresh: 2 }, wrong: 1 } });
  const first = [
    { remoteId: "AAA1", likes: 1234, reach: null, publishedAt: new Date("2026-11-20T01:30:00Z") },
    { remoteId: "BBB2", likes: 0, reach: 55, publishedAt: new Date("2026-11-20T02:00:00Z") },
  ];
  expect(await kept()).toEqual(first);
  expect(await bringIn(text)).toMatchObject({ ok: true, done: { fates: { fresh: 0, renewed: 0, same: 2 } } });
  expect(await kept()).toEqual(first);
});

test("newer figures count, older ones fill only what is unknown, and a fall is kept beside the figure", async () => {
  const row = (likes: string, reach = "") => table(`${post("CCC3")};10/11/2026 08.30;Antrean;${likes};${reach}`);
  await bringIn(row("400"), { asOf: "2026-11-18" });
  expect(await check(row("300"), { asOf: "2026-11-15" })).toMatchObject({ fates: { older: 1 } });
  await bringIn(row("300", "900"), { asOf: "2026-11-15" });
  expect(await one("CCC3")).toMatchObject({ likes: 400, reach: 900, metricsFrom: "file", figuresFell: null });
  await bringIn(row("395"), { asOf: "2026-11-19" });
  expect(await one("CCC3"), "what people take back day by day").toMatchObject({ likes: 395, figuresFell: null });
  await bringIn(row("120"), { asOf: "2026-11-21" });
  const fallen = await one("CCC3");
  expect(fallen).toMatchObject({
    likes: 120,
    reach: 900,
    metricsAt: new Date("2026-11-21T16:59:59.999Z"),
    figuresFell: { likes: [395, 120] },
  });
  expect((await accountFigures(world.people.admin, channelId)).recent.find(({ likes }) => likes === 120)?.fell).toMatchObject({
    likes: [395, 120],
  });
});

test("a post that was removed is not brought back by an older table", async () => {
  const row = table(`${post("DDD4")};10/11/2026 08.30;Hilang;1;`);
  await bringIn(row, { asOf: "2026-11-12" });
  await db.remotePost.updateMany({ where: { channelId, remoteId: "DDD4" }, data: { removedAt: new Date("2026-11-20T00:00:00Z") } });
  await bringIn(row, { asOf: "2026-11-15" });
  expect((await one("DDD4")).removedAt).not.toBeNull();
  await bringIn(row, { asOf: "2026-11-21" });
  expect((await one("DDD4")).removedAt).toBeNull();
});

test("what we published by hand, or the interface brought, is not doubled", async () => {
  const { dinkes } = world.units;
  const text = "Pemeriksaan kesehatan gratis di alun-alun Slawi";
  const place = { id: channelId, unitId: dinkes.id, governmentId: dinkes.governmentId };
  const own = {
    permalink: null,
    text,
    visual: null,
    hasAlt: null,
    hasLink: null,
    repost: false,
    metrics: { likes: null, comments: null, shares: null, views: null, reach: null },
  };
  await db.$transaction(async (tx) => {
    await takeInPosts(tx, place, [
      { ...own, remoteId: "pfbid0x", publishedAt: new Date("2026-11-21T01:00:00Z"), publicationId: crypto.randomUUID() },
    ]);
    const api = await tx.channel.create({
      data: {
        ...{
          unitId: dinkes.id,
          governmentId: dinkes.governmentId,
          platform: "instagram",
          mode: "api",
          remoteId: "178900",
          handle: "dinkestegal",
        },
        ...{ name: "Dinkes", baseUrl: world.lab.url, firstSeenAt: now(), nextPollAt: now() },
      },
      select: { id: true },
    });
    await takeInPosts(tx, { ...place, id: api.id }, [
      { ...own, text: "Lain", remoteId: "17990011", permalink: post("EEE5"), publishedAt: new Date("2026-11-19T01:00:00Z") },
    ]);
  });
  const both = table(`${post("FFF6")};20/11/2026 19.00;${text};77;`, `${post("EEE5")};19/11/2026 08.00;Lain;5;`);
  expect((await check(both)).fates).toEqual({ fresh: 0, renewed: 1, same: 0, older: 0, elsewhere: 1 });
  const before = await db.remotePost.count();
  await bringIn(both);
  expect(await db.remotePost.count()).toBe(before);
  expect(await one("pfbid0x")).toMatchObject({ likes: 77, metricsFrom: "file" });
});

test("a table may take longer than a page, and is taken in whole or not at all", async () => {
  const owner = new pg.Client({ connectionString: world.database.ownerUrl });
  await owner.connect();
  const hindered = async (body: string, work: () => Promise<void>) => {
    await owner.query(`CREATE FUNCTION hinder() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${body}; RETURN NEW; END $$;
      CREATE TRIGGER hinder BEFORE INSERT ON remote_post FOR EACH ROW EXECUTE FUNCTION hinder()`);
    await work().finally(() => owner.query("DROP TRIGGER hinder ON remote_post; DROP FUNCTION hinder()"));
  };
  try {
    const before = await counted();
    const text = table(...Array.from({ length: 300 }, (_, n) => `${post(`PPP${n}`)};18/11/2026 08.30;;${n};`));
    await hindered("IF NEW.remote_id = 'PPP299' THEN RAISE EXCEPTION 'full'; END IF", async () => {
      await expect(bringIn(text)).rejects.toThrow("full");
    });
    expect(await counted()).toEqual(before);
    await hindered("IF current_setting('statement_timeout') <> '1min' THEN RAISE EXCEPTION 'hurried'; END IF", async () => {
      expect(await bringIn(text)).toMatchObject({ ok: true, done: { fates: { fresh: 300 } } });
    });
  } finally {
    await owner.end();
  }
});

test("one post out of two files stands once, also when both come at once; a later file of fewer columns takes nothing away", async () => {
  const days = { asOf: "2026-11-20" };
  await bringIn(table(`${post("QQQ1")};12/11/2026 08.30;Jadwal posyandu keliling bulan ini;10;400`), days);
  const other = `tautan,waktu,komentar\n${post("QQQ1")}?igsh=abc,2026-11-12 08:30,7\n`;
  expect((await check(other, days)).fates).toMatchObject({ fresh: 0, renewed: 1 });
  await bringIn(other, days);
  expect(
    await db.remotePost.findMany({ where: { channelId, remoteId: "QQQ1" }, select: { likes: true, reach: true, comments: true } }),
  ).toEqual([{ likes: 10, reach: 400, comments: 7 }]);
  await Promise.all([bringIn(table(`${post("RRR1")};13/11/2026 08.30;;1;`)), bringIn(table(`${post("RRR1")};13/11/2026 08.30;;1;`))]);
  expect(await db.remotePost.count({ where: { channelId, remoteId: "RRR1" } })).toBe(1);
});

test("how a person mapped a table's columns is remembered for that account and those headings", async () => {
  const text = `Alamat\tTerbit\tSukai\n${post("GGG7")}\t05/11/2026\t9\n`;
  expect(await check(text)).toMatchObject({ layout: null, missing: ["permalink", "moment"], rows: 0 });
  expect(await bringIn(text)).toMatchObject({ ok: false, problems: [{ code: "import-columns-missing" }] });
  const mapped = { columns: { permalink: 0, moment: 1, likes: 2 }, dayOrder: "mdy", zone: "Asia/Jakarta" };
  expect(await check(text, mapped)).toMatchObject({ missing: [], from: "2026-05-11", dayOrderSure: false });
  await bringIn(text, mapped);
  expect(await check(text.replaceAll("GGG7", "HHH8"))).toMatchObject({
    ...{ columns: mapped.columns, dayOrder: "mdy", fates: { fresh: 1 } },
    remembered: { by: "Sri Wahyuni" },
  });
  expect(await check(text.replace("Sukai", "Disukai")), "other headings").toMatchObject({
    remembered: null,
    missing: ["permalink", "moment"],
  });
});

test("another account's or another platform's table is answered as such, and nothing is kept", async () => {
  const before = await kept();
  const foreign = await check(`account username,publish time,permalink,post id\npuskesmas.lain,11/20/2026 08:00,${post("ZZZ9")},1\n`);
  expect(foreign).toMatchObject({ layout: "meta-instagram", wrong: 1, foreign: "puskesmas.lain" });
  const tiktok = "Video title,Video link,Post time,Total likes\na,https://www.tiktok.com/@a/video/1,November 2,3\n";
  expect(await bringIn(tiktok)).toMatchObject({ ok: false, problems: [{ code: "import-other-platform", params: { platform: "tiktok" } }] });
  expect(await kept()).toEqual(before);
});

test("followers come by day from a table, by hand and from the platform, whose own word stands", async () => {
  const text = "Tanggal,Total pengikut\n2026-11-19,1.902\n2026-11-20,1.915\n";
  expect(await check(text)).toMatchObject({ layout: "followers", what: "followers", fates: { fresh: 2 } });
  await bringIn(text);
  const { admin } = world.people;
  expect(await registerFollowers(admin, { channelId, day: "2026-11-23", followers: "1" })).toMatchObject({
    problems: [{ code: "in-future" }],
  });
  expect(await registerFollowers(admin, { channelId, day: "2026-11-21", followers: "1,9 rb" })).toEqual({ ok: true });
  const followers = async (id = channelId) =>
    (await accountFigures(admin, id)).followers.map(({ day, followers, source }) => [day, followers, source]);
  expect(await followers()).toEqual([
    ["2026-11-21", 1900, "hand"],
    ["2026-11-20", 1915, "file"],
    ["2026-11-19", 1902, "file"],
  ]);
  expect(await db.channel.findUnique({ where: { id: channelId }, select: { followers: true } })).toEqual({ followers: 1900 });
  await noteFollowersNow(db, channelId, 2000);
  await registerFollowers(admin, { channelId, day: "2026-11-22", followers: "5" });
  expect((await followers())[0]).toEqual(["2026-11-22", 2000, "api"]);

  const { id, unitId, governmentId } = world.channels.facebook;
  await pollChannel({ id, unit_id: unitId, government_id: governmentId, polled_until: null, first_seen_at: now() });
  expect((await followers(id))[0]).toEqual(["2026-11-22", 1200, "api"]);
});

test("one post by hand: its link, its time and its figures are checked; a known one is not doubled", async () => {
  const { admin } = world.people;
  const given = { channelId, permalink: post("KKK1"), publishedAt: "2026-11-20T08:30", text: "Catatan", visual: "image", alt: "unknown" };
  const figures = { likes: "1,2 rb", comments: "", shares: "", views: "", reach: "" };
  const register = (change: object = {}) => registerPost(admin, registerInput.parse({ ...given, figures, ...change }));
  expect(await register({ permalink: "https://www.tiktok.com/@a/video/1" })).toMatchObject({ problems: [{ code: "other-platform" }] });
  expect(await register({ permalink: "https://www.instagram.com/orang.lain/p/KKK1/" })).toMatchObject({
    problems: [{ code: "other-account" }],
  });
  expect(await register({ publishedAt: "2027-01-01T08:00", figures: { ...figures, views: "banyak" } })).toMatchObject({
    problems: [{ code: "in-future" }, { field: "figures.views", code: "not-a-count" }],
  });
  expect(await register()).toEqual({ ok: true });
  expect(await db.remotePost.findFirst({ where: { channelId, remoteId: "KKK1" } })).toMatchObject({
    ...{ likes: 1200, views: null, hasAlt: null, visual: "image", metricsFrom: "hand" },
    publishedAt: new Date("2026-11-20T01:30:00Z"),
  });
  expect(await register()).toMatchObject({ problems: [{ code: "post-known" }] });
});

test("only for an account of the actor that is served by hand", async () => {
  const text = table(`${post("LLL1")};20/11/2026 08.30;;;`);
  for (const foreign of [
    { actor: world.people.admin, channelId: world.channels.facebook.id },
    { actor: world.people.farAdmin, channelId },
    { actor: world.people.verifier, channelId },
  ]) {
    await expect(checkImport(foreign.actor, { ...input(text), channelId: foreign.channelId })).rejects.toMatchObject({ code: "not-found" });
    await expect(importFile(foreign.actor, { ...input(text), channelId: foreign.channelId })).rejects.toMatchObject({ code: "not-found" });
  }
  await expect(accountFigures(world.people.farAdmin, channelId)).rejects.toMatchObject({ code: "not-found" });
  await expect(accountFigures(world.people.admin, "bukan-id")).rejects.toMatchObject({ code: "not-found" });
});
