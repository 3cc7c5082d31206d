/** The life of a post from the draft to the platform, on a real database. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "#lib/core/access.ts";
import { now } from "#lib/core/clock.ts";
import { db, type Prisma } from "#lib/core/db.ts";
import { confirmPublished, sendAgain } from "#lib/delivery/settling.ts";
import { channelsOf, postDetail, postHistory, postVersions } from "#lib/posts/detail.ts";
import { listPosts, reviewQueue } from "#lib/posts/queries.ts";
import { decideOnPost, submitPost, withdrawPost } from "#lib/posts/review.ts";
import { cancelPost, revisePost, schedulePost, unschedulePost } from "#lib/posts/scheduling.ts";
import { unitByCode } from "#lib/units/queries.ts";
import {
  approval,
  approvedPost,
  draft,
  handleEvents,
  type PostRef,
  publicationsOf,
  returned,
  runDue,
  startEngines,
} from "../support/desk.ts";
import { eventually, makeWorld, refusalOf, type World } from "../support/world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world?.stop());

const soon = (ms: number) => new Date(now().getTime() + ms).toISOString();
const HOUR = 3_600_000;
const stateOf = async ({ postId }: PostRef) => (await db.post.findUniqueOrThrow({ where: { id: postId } })).state;
const ready = (text: string) => approvedPost(world.people.admin, world.people.verifier, [world.channels.facebook], { text });

it("goes from a draft over a correction and an approval to the platform, and back in as one of the account's posts", async () => {
  const { admin, verifier } = world.people;
  const { facebook } = world.channels;
  const first = await draft(admin, [facebook], { text: "Imunisasi buka Senen" });
  await submitPost(admin, first);
  await decideOnPost(verifier, returned(first, "Senin, bukan Senen"));
  expect(await stateOf(first)).toBe("returned");

  const text = "Imunisasi buka Senin pukul 08.00 di https://dinkes.tegal.example";
  const mended = await draft(admin, [facebook], { ...first, text, publishAt: soon(1500) });
  await submitPost(admin, mended);
  expect(await decideOnPost(verifier, approval(mended))).toEqual({ ok: true, scheduled: true });
  expect(await world.posts()).toHaveLength(0);

  const stop = startEngines("mesin");
  const [publication] = await eventually(async () => {
    const rows = await publicationsOf(first.postId);
    expect(rows).toMatchObject([{ state: "published" }]);
    return rows;
  });
  await stop();
  const [post] = await world.posts();
  expect(post).toMatchObject({ message: text, id: publication?.remoteId });
  expect(publication?.permalink).toBe(post?.permalink_url);
  expect(publication?.publishedAt?.getTime()).toBeGreaterThanOrEqual(publication?.dueAt.getTime() ?? Number.NaN);

  expect(await handleEvents()).toBeGreaterThan(0);
  const remote = await db.remotePost.findMany({ where: { channelId: facebook.id } });
  expect(remote).toMatchObject([
    { remoteId: post?.id, postId: first.postId, publicationId: publication?.id, text, hasLink: true, likes: null, removedAt: null },
  ]);
  expect((await postDetail(admin, first.postId)).shown).toBe("published");

  const history = (await postHistory(first.postId)).map((entry) => [entry.type, entry.by]).reverse();
  expect(history).toEqual([
    ["post.begin", admin.name],
    ["post.submit", admin.name],
    ["post.return", verifier.name],
    ["post.submit", admin.name],
    ["post.approve", verifier.name],
    ["post.schedule", verifier.name],
    ["publication.published", null],
  ]);
  expect((await postVersions(first.postId)).map(({ number, text: said, sealed }) => [number, said, sealed])).toEqual([
    [2, text, true],
    [1, "Imunisasi buka Senen", true],
  ]);
});

it("an approval covers exactly the version that was submitted", async () => {
  const post = await ready("Satu isi, satu persetujuan");
  const [decision] = await db.approval.findMany({ where: { subjectId: post.postId } });
  const [version] = await db.postVersion.findMany({ where: { postId: post.postId } });
  const row = await db.post.findUniqueOrThrow({ where: { id: post.postId } });
  expect(decision).toMatchObject({ decision: "approve", round: 1, contentDigest: version?.digest });
  expect(row.approvedDigest).toBe(version?.digest);

  // Whatever changed the content past the desk, it does not go out under the old approval.
  await db.post.update({ where: { id: post.postId }, data: { text: "Isi lain" } });
  expect(await refusalOf(schedulePost(world.people.admin, { ...post, publishAt: null }))).toBe("stale");
  expect(await publicationsOf(post.postId)).toEqual([]);
});

it("a form that is behind is refused and overwrites nothing", async () => {
  const { admin, secondAdmin } = world.people;
  const { facebook } = world.channels;
  const post = await draft(admin, [facebook], { text: "Satu" });
  const newer = await draft(secondAdmin, [facebook], { ...post, text: "Dua" });
  expect(await refusalOf(draft(admin, [facebook], { ...post, text: "Tiga" }))).toBe("stale");
  expect(await refusalOf(submitPost(admin, post))).toBe("stale");
  expect((await postDetail(admin, post.postId)).content.text).toBe("Dua");

  const both = await Promise.all(["Empat", "Lima"].map((text) => refusalOf(draft(admin, [facebook], { ...newer, text }))));
  expect(both.sort()).toEqual(["done", "stale"]);
});

it("of two verifiers in the same second one decides", async () => {
  const { admin, verifier, secondVerifier } = world.people;
  const post = await draft(admin, [world.channels.facebook], { text: "Dua verifikator", publishAt: soon(HOUR) });
  await submitPost(admin, post);
  const answers = await Promise.all([
    refusalOf(decideOnPost(verifier, approval(post))),
    refusalOf(decideOnPost(secondVerifier, returned(post, "Mohon diperbaiki"))),
  ]);
  expect(answers.sort()).toEqual(["done", "stale"]);
  expect(await db.approval.count({ where: { subjectId: post.postId } })).toBe(1);
  expect(["scheduled", "returned"]).toContain(await stateOf(post));
});

describe("nobody verifies what he wrote", () => {
  const own = { ok: false, problems: [{ code: "own-post" }] };

  it("neither his own post", async () => {
    const { secondAdmin } = world.people;
    const post = await draft(secondAdmin, [world.channels.facebook], { text: "Milik sendiri" });
    await submitPost(secondAdmin, post);
    expect(await decideOnPost(secondAdmin, approval(post))).toEqual(own);
    expect((await reviewQueue(secondAdmin)).map((item) => item.id)).not.toContain(post.postId);
  });

  it("nor one that he wrote a part of", async () => {
    const { admin, secondAdmin, secondVerifier } = world.people;
    const begun = await draft(admin, [world.channels.facebook], { text: "Bersama" });
    const post = await draft(secondAdmin, [world.channels.facebook], { ...begun, text: "Bersama-sama" });
    await submitPost(admin, post);
    expect(await decideOnPost(secondAdmin, approval(post))).toEqual(own);
    expect(await decideOnPost(secondVerifier, approval(post))).toMatchObject({ ok: true });
  });

  it("and a unit of one person is verified by the one named for it", async () => {
    const { loneAdmin, namedVerifier, secondVerifier } = world.people;
    const channel = { ...world.channels.instagram, id: crypto.randomUUID(), unitId: world.units.disdukcapil.id };
    const { unitId, governmentId } = channel;
    const known = { platform: "x", mode: "manual", remoteId: "disdukcapil", handle: "disdukcapil", name: "Disdukcapil", baseUrl: "" };
    await db.channel.create({ data: { id: channel.id, unitId, governmentId, ...known, firstSeenAt: now(), nextPollAt: now() } });
    const post = await draft(loneAdmin, [channel], { text: "KTP selesai satu hari" });
    await submitPost(loneAdmin, post);
    expect(await refusalOf(decideOnPost(secondVerifier, approval(post)))).toBe("not-found");
    expect(await decideOnPost(namedVerifier, approval(post))).toMatchObject({ ok: true });
  });
});

describe("a post of others", () => {
  const commands: [string, (actor: Actor, post: PostRef) => Promise<unknown>][] = [
    ["saved", (actor, post) => draft(actor, [world.channels.facebook], post)],
    ["submitted", submitPost],
    ["withdrawn", withdrawPost],
    ["decided on", (actor, post) => decideOnPost(actor, approval(post))],
    ["scheduled", (actor, post) => schedulePost(actor, { ...post, publishAt: null })],
    ["taken off the schedule", unschedulePost],
    ["revised", revisePost],
    ["cancelled", cancelPost],
    ["read", (actor, post) => postDetail(actor, post.postId)],
  ];

  it.each(commands)("cannot be %s, and answers like one that does not exist", async (_, command) => {
    const { admin, verifier, farAdmin, farVerifier, analyst, loneAdmin } = world.people;
    const post = await draft(admin, [world.channels.facebook], { text: "Bukan untuk semua" });
    const unknown = { postId: crypto.randomUUID(), revision: 1 };
    for (const actor of [farAdmin, farVerifier, analyst, loneAdmin]) {
      expect(await refusalOf(command(actor, post))).toBe("not-found");
      expect(await refusalOf(command(actor, unknown))).toBe("not-found");
    }
    for (const actor of [admin, verifier]) expect(await refusalOf(command(actor, unknown))).toBe("not-found");
    expect(await db.post.findUniqueOrThrow({ where: { id: post.postId } })).toMatchObject({ state: "draft", revision: 1 });
  });

  it("is in nobody else's lists, nor in the ministry's", async () => {
    const { admin, head, analyst, farAdmin } = world.people;
    const dinkes = await unitByCode("33.28.dinkes");
    const regency = await unitByCode("33.28");
    const ministry = await unitByCode("00");
    if (!dinkes || !regency || !ministry) throw new Error("no units");
    expect((await listPosts(admin, dinkes, "all", null)).rows.length).toBeGreaterThan(0);
    expect((await listPosts(head, regency, "all", null)).rows.length).toBeGreaterThan(0);
    for (const unit of [dinkes, regency, ministry])
      for (const actor of [farAdmin, analyst]) expect((await listPosts(actor, unit, "all", null)).rows).toEqual([]);
  });

  it("cannot be written for: neither a foreign unit nor a foreign account", async () => {
    const { admin, farAdmin } = world.people;
    expect(await refusalOf(draft(farAdmin, [world.channels.facebook]))).toBe("not-found");
    expect(await refusalOf(draft(admin, [world.channels.facebook, world.channels.far]))).toBe("not-found");
    expect((await channelsOf(world.units.dinkes.id)).map((channel) => channel.id)).not.toContain(world.channels.far.id);
  });

  it("nor can its publications be settled", async () => {
    const post = await approvedPost(world.people.admin, world.people.verifier, [world.channels.facebook], {
      text: "Tidak untuk tetangga",
      publishAt: soon(HOUR),
    });
    const [publication] = await publicationsOf(post.postId);
    for (const publicationId of [publication?.id ?? "", crypto.randomUUID()])
      for (const actor of [world.people.farAdmin, world.people.analyst]) {
        expect(await refusalOf(sendAgain(actor, { publicationId }))).toBe("not-found");
        expect(await refusalOf(confirmPublished(actor, { publicationId, permalink: "https://www.facebook.com/1/posts/2" }))).toBe(
          "not-found",
        );
      }
  });
});

describe("after the approval", () => {
  it("the text changes only by taking the post back, and then it is verified anew", async () => {
    const { admin, verifier } = world.people;
    const post = await ready("Sudah disetujui");
    expect(await refusalOf(draft(admin, [world.channels.facebook], { ...post, text: "Diam-diam diubah" }))).toBe("stale");
    await revisePost(admin, post);
    const changed = await draft(admin, [world.channels.facebook], { ...post, text: "Diubah terang-terangan" });
    expect(await refusalOf(schedulePost(admin, { ...changed, publishAt: null }))).toBe("stale");
    await submitPost(admin, changed);
    await decideOnPost(verifier, approval(changed));
    expect(await db.approval.findMany({ where: { subjectId: post.postId }, orderBy: { round: "asc" } })).toMatchObject([
      { round: 1 },
      { round: 2 },
    ]);
    expect(await schedulePost(admin, { ...changed, publishAt: soon(HOUR) })).toEqual({ ok: true });
  });

  it("one that comes too late sends nothing: the author is asked for a new time", async () => {
    const { admin, verifier } = world.people;
    for (const late of [-2000, -30 * 60_000]) {
      const post = await draft(admin, [world.channels.facebook], { text: `Terlambat ${late}`, publishAt: soon(late) });
      await submitPost(admin, post);
      expect(await decideOnPost(verifier, approval(post))).toEqual({ ok: true, scheduled: false });
      expect(await stateOf(post)).toBe("approved");
      expect(await publicationsOf(post.postId)).toEqual([]);
    }
  });

  it("a time in the past or beyond a year is no schedule", async () => {
    const post = await ready("Waktu yang salah");
    const code = async (ms: number) =>
      (await schedulePost(world.people.admin, { ...post, publishAt: soon(ms) })) as { problems: { code: string }[] };
    expect((await code(-5 * 60_000)).problems).toMatchObject([{ code: "time-past" }]);
    expect((await code(367 * 24 * HOUR)).problems).toMatchObject([{ code: "time-far" }]);
  });
});

describe("on the schedule", () => {
  it("scheduling twice, or by two people at once, plans it once", async () => {
    const { admin, verifier } = world.people;
    const post = await ready("Dijadwalkan berdua");
    const both = await Promise.all([admin, verifier].map((actor) => refusalOf(schedulePost(actor, { ...post, publishAt: soon(HOUR) }))));
    expect(both).toContain("done");
    const live = async () => (await publicationsOf(post.postId)).filter((row) => row.state !== "cancelled");
    expect(await live()).toHaveLength(1);

    const later = soon(2 * HOUR);
    expect(await schedulePost(admin, { ...post, publishAt: later })).toEqual({ ok: true });
    expect(await live()).toMatchObject([{ state: "due", dueAt: new Date(later) }]);
  });

  it("the database itself refuses a second publication of a post on an account", async () => {
    const post = await ready("Tidak dua kali");
    await schedulePost(world.people.admin, { ...post, publishAt: soon(HOUR) });
    const [row] = await publicationsOf(post.postId);
    const again = { ...row, id: crypto.randomUUID() } as Prisma.PublicationUncheckedCreateInput;
    await expect(db.publication.create({ data: again })).rejects.toMatchObject({ code: "P2002" });
  });

  it("a post that is called off while it is due never goes out", async () => {
    const { admin } = world.people;
    const [cancelled, revised, taken] = [await ready("Batal"), await ready("Direvisi"), await ready("Ditunda")];
    for (const post of [cancelled, revised, taken]) await schedulePost(admin, { ...post, publishAt: null });
    await cancelPost(admin, cancelled);
    await revisePost(admin, revised);
    await unschedulePost(admin, taken);
    expect(await runDue()).toBe(0);
    expect([await stateOf(cancelled), await stateOf(revised), await stateOf(taken)]).toEqual(["cancelled", "draft", "approved"]);
    expect(await refusalOf(schedulePost(admin, { ...cancelled, publishAt: null }))).toBe("stale");
  });

  it("one that has begun cannot be called off, whoever comes first", async () => {
    const { admin } = world.people;
    for (let n = 0; n < 5; n += 1) {
      const post = await ready(`Berlomba ${n}`);
      await schedulePost(admin, { ...post, publishAt: null });
      const [, outcome] = await Promise.all([runDue(), refusalOf(cancelPost(admin, post))]);
      const out = (await world.posts()).some(({ message }) => message === `Berlomba ${n}`);
      expect(outcome).toBe(out ? "stale" : "done");
      expect(await stateOf(post)).toBe(out ? "scheduled" : "cancelled");
    }
  });
});
