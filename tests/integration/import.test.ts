/** Posts and figures of an account without an interface, brought in from a table. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "#lib/core/db.ts";
import { checkImport, importPosts } from "#lib/posts/importing.ts";
import { makeWorld, type World } from "../support/world.ts";

let world: World;
let channelId: string;
beforeAll(async () => {
  world = await makeWorld();
  channelId = world.channels.instagram.id;
});
afterAll(() => world.stop());

const post = (code: string) => `https://www.instagram.com/p/${code}/`;
const table = (...rows: string[]) => ["tautan;waktu;teks;suka;jangkauan", ...rows].join("\n");
const kept = () =>
  db.remotePost.findMany({
    where: { channelId },
    orderBy: { remoteId: "asc" },
    select: { remoteId: true, likes: true, reach: true, publishedAt: true },
  });

test("a table is looked over without a change, then taken in once; unknown figures stay unknown, known posts get new figures", async () => {
  const { admin } = world.people;
  const text = table(`${post("AAA1")};20/11/2026 08.30;Vaksin;1.234;`, `${post("BBB2")};20/11/2026 09.00;;0;55`, "bukan tautan;kemarin;;;");
  const looked = await checkImport(admin, { channelId, text });
  expect(looked).toMatchObject({ ok: true, check: { rows: 3, fresh: 2, known: 0 } });
  expect(looked.ok && looked.check.problems.map(({ row, code }) => [row, code])).toEqual([
    [4, "not-an-address"],
    [4, "not-a-time"],
  ]);
  expect(await kept()).toEqual([]);

  expect(await importPosts(admin, { channelId, text })).toEqual({ ok: true, taken: 2 });
  const first = [
    { remoteId: "AAA1", likes: 1234, reach: null, publishedAt: new Date("2026-11-20T01:30:00Z") },
    { remoteId: "BBB2", likes: 0, reach: 55, publishedAt: new Date("2026-11-20T02:00:00Z") },
  ];
  expect(await kept()).toEqual(first);
  await importPosts(admin, { channelId, text });
  expect(await kept()).toEqual(first);

  const renewed = table(`${post("AAA1")};20/11/2026 08.30;Vaksin;1.300;`);
  expect(await checkImport(admin, { channelId, text: renewed })).toMatchObject({ ok: true, check: { fresh: 0, known: 1 } });
  await importPosts(admin, { channelId, text: renewed });
  expect((await kept())[0]).toMatchObject({ remoteId: "AAA1", likes: 1300 });
});

test("only for an account of the actor that is served by hand; a file that is no table says so", async () => {
  const text = table(`${post("CCC3")};20/11/2026 08.30;;;`);
  for (const foreign of [
    { actor: world.people.admin, channelId: world.channels.facebook.id },
    { actor: world.people.farAdmin, channelId },
  ])
    await expect(checkImport(foreign.actor, { channelId: foreign.channelId, text })).rejects.toMatchObject({ code: "not-found" });
  expect(await importPosts(world.people.admin, { channelId, text: "judul\nx" })).toMatchObject({
    ok: false,
    problems: [{ field: "file", code: "csv-columns-missing" }],
  });
});
