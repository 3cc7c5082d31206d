/** The calendar on a real database: what a person sees of a week, and what happens when a post is given another time. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { now } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import {
  type CalendarFilters,
  calendarChannels,
  calendarPosts,
  calendarUnits,
  channelHours,
  noFilters,
  plannedPosts,
  postsByDay,
  postTitles,
} from "#lib/posts/calendar.ts";
import { changeMany, moveTo } from "#lib/posts/planning.ts";
import { submitPost } from "#lib/posts/review.ts";
import { schedulePost } from "#lib/posts/scheduling.ts";
import { addDays, localDay, startOfDay } from "#lib/units/calendar.ts";
import { type UnitCard, unitByCode } from "#lib/units/queries.ts";
import { approvedPost, draft, type PostRef, publicationsOf } from "../support/desk.ts";
import { makeWorld, refusalOf, type World } from "../support/world.ts";

let world: World;
let dinkes: UnitCard;
let regency: UnitCard;
beforeAll(async () => {
  world = await makeWorld();
  dinkes = (await unitByCode("33.28.dinkes"))!;
  regency = (await unitByCode("33.28"))!;
});
afterAll(() => world?.stop());

const zone = "Asia/Jakarta";
/** `days` from today at an hour of Jakarta. */
const at = (days: number, hour: number) => new Date(startOfDay(addDays(localDay(now(), zone), days), zone).getTime() + hour * 3_600_000);
const dayAt = (days: number) => ({ from: at(days, 0), to: at(days + 1, 0) });
const one = (days: number, hour: number, text = "Posyandu") =>
  draft(world.people.admin, [world.channels.facebook], { text, publishAt: at(days, hour).toISOString() });
const list = (actor = world.people.admin, window = dayAt(1), filters: Partial<CalendarFilters> = {}, unit = dinkes) =>
  calendarPosts(actor, unit, window, { ...noFilters, ...filters }, { slot: "window", most: 100 });
const titles = async (...args: Parameters<typeof list>) => (await list(...args)).rows.map((row) => row.title);
const timeOf = async ({ postId }: PostRef) => (await db.post.findUniqueOrThrow({ where: { id: postId } })).publishAt;
const scheduled = async (days: number, hour: number, text = "Terjadwal") => {
  const post = await approvedPost(world.people.admin, world.people.verifier, [world.channels.facebook], { text });
  await schedulePost(world.people.admin, { ...post, publishAt: at(days, hour).toISOString() });
  return post;
};

describe("what is seen", () => {
  it("is the window's posts in time, from its first instant and without its last", async () => {
    await one(1, 9, "Kedua");
    await one(1, 0, "Pertama");
    await one(2, 0, "Hari berikutnya");
    await draft(world.people.admin, [world.channels.facebook], { text: "Tanpa waktu" });
    expect(await titles()).toEqual(["Pertama", "Kedua"]);
    expect([...(await postsByDay(world.people.admin, dinkes, { from: at(1, 0), to: at(3, 0) }, noFilters)).values()]).toEqual([2, 1]);
  });

  it("is the own unit's, a government's for those who reach it, and nobody else's", async () => {
    const { loneAdmin, farAdmin, analyst, head } = world.people;
    const ids = (await list(head, dayAt(1), {}, regency)).rows.map(({ id }) => id);
    expect((await plannedPosts(head, regency, dayAt(1), noFilters)).map(({ postId }) => postId)).toEqual(ids);
    expect([...(await postTitles(head, ids)).values()].sort()).toEqual(["Kedua", "Pertama"]);
    expect(await titles(head, dayAt(1), {}, regency)).toEqual(["Pertama", "Kedua"]);
    expect(await titles(head, dayAt(1), { unitId: world.units.dinkes.id }, regency)).toHaveLength(2);
    for (const stranger of [loneAdmin, farAdmin, analyst]) {
      expect(await list(stranger)).toEqual({ rows: [], total: 0 });
      expect(await titles(stranger, dayAt(1), { unitId: world.units.dinkes.id }, regency)).toEqual([]);
      expect((await postTitles(stranger, ids)).size).toBe(0);
      expect(await plannedPosts(stranger, regency, dayAt(1), noFilters)).toEqual([]);
      expect((await postsByDay(stranger, regency, dayAt(1), noFilters)).size).toBe(0);
    }
    // A unit of another government in the address does not widen the view.
    const far = (await unitByCode("91.03"))!;
    expect(await titles(head, dayAt(1), { unitId: world.units.dinkes.id }, far)).toEqual([]);
    expect((await calendarUnits(head, regency)).map((unit) => unit.shortName)).toEqual(["Dinkes", "Disdukcapil", "Kabupaten Tegal"]);
    expect(await calendarUnits(farAdmin, regency)).toEqual([]);
    expect(await calendarChannels(farAdmin, regency, null)).toEqual([]);
    expect((await calendarChannels(head, regency, null)).map((c) => c.platform).sort()).toEqual(["facebook", "instagram"]);
  });

  it("is narrowed by channel, pillar, tag and state", async () => {
    const { admin } = world.people;
    await draft(admin, [world.channels.instagram], {
      text: "Edukasi",
      pillar: "edukasi",
      tags: ["stunting"],
      publishAt: at(3, 9).toISOString(),
    });
    const post = await one(3, 10, "Menunggu");
    await submitPost(admin, post);
    const narrowed = (filters: Partial<CalendarFilters>) => titles(admin, dayAt(3), filters);
    expect(await narrowed({ channelId: world.channels.instagram.id })).toEqual(["Edukasi"]);
    expect(await narrowed({ pillar: "edukasi" })).toEqual(["Edukasi"]);
    expect(await narrowed({ tag: "stunting" })).toEqual(["Edukasi"]);
    expect(await narrowed({ state: "submitted" })).toEqual(["Menunggu"]);
    expect(await narrowed({ state: "scheduled" })).toEqual([]);
  });

  it("tells scheduled, published and troubled posts apart by their publications", async () => {
    const { admin } = world.people;
    const [due, done, failed] = [await scheduled(4, 8, "Akan"), await scheduled(4, 9, "Sudah"), await scheduled(4, 10, "Gagal")];
    await db.publication.updateMany({ where: { subjectId: done.postId }, data: { state: "published" } });
    await db.publication.updateMany({ where: { subjectId: failed.postId }, data: { state: "failed" } });
    const of = (state: CalendarFilters["state"]) => titles(admin, dayAt(4), { state });
    expect([await of("scheduled"), await of("published"), await of("trouble")]).toEqual([["Akan"], ["Sudah"], ["Gagal"]]);
    expect((await list(admin, dayAt(4))).rows.map((row) => [row.shown, row.movable])).toEqual([
      ["scheduled", true],
      ["published", false],
      ["failed", true],
    ]);
    expect((await list(world.people.head, dayAt(4))).rows.some((row) => row.movable)).toBe(false);
    expect(due.revision).toBe(1);
  });

  it("keeps to so many posts of an hour and counts the others", async () => {
    for (const text of ["A", "B", "C"]) await one(5, 9, text);
    await one(5, 11, "D");
    const week = await calendarPosts(world.people.admin, dinkes, dayAt(5), noFilters, { slot: "hour", most: 2 });
    expect(week.total).toBe(4);
    expect(week.rows.map((row) => [row.title, row.inSlot])).toEqual([
      ["A", 3],
      ["B", 3],
      ["D", 1],
    ]);
    const second = await calendarPosts(world.people.admin, dinkes, dayAt(5), noFilters, { slot: "window", most: 2, skip: 2 });
    expect([second.total, second.rows.map((row) => row.title)]).toEqual([4, ["C", "D"]]);
  });

  it("knows an account's good hours only from enough posts of its own", async () => {
    const { facebook } = world.channels;
    expect(await channelHours(world.people.admin, facebook.id, zone, now())).toMatchObject({ state: "not-enough-data", posts: 0 });
    const rows = Array.from({ length: 40 }, (_, index) => ({
      channelId: facebook.id,
      unitId: facebook.unitId,
      governmentId: facebook.governmentId,
      remoteId: `lama-${index}`,
      text: "x",
      textKey: "x",
      category: "substantive",
      firstSeenAt: now(),
      publishedAt: at(-7 * (1 + (index % 10)), index % 2 ? 9 : 15),
      likes: index % 2 ? 400 : 5,
    }));
    await db.remotePost.createMany({ data: rows });
    const known = await channelHours(world.people.admin, facebook.id, zone, now());
    expect(known.state === "known" && known.hours.map(({ hour }) => hour)).toEqual([9]);
    expect(await channelHours(world.people.loneAdmin, facebook.id, zone, now())).toMatchObject({ posts: 0 });
  });
});

describe("another time", () => {
  it("is a plan for a draft, and an open form that is behind is refused", async () => {
    const { admin } = world.people;
    const post = await one(6, 9);
    const to = at(7, 10).toISOString();
    const moved = await moveTo(admin, { ...post, publishAt: to });
    expect(moved).toEqual({ ok: true, revision: post.revision + 1, from: at(6, 9).toISOString(), publishAt: to });
    expect(await refusalOf(moveTo(admin, { ...post, publishAt: to }))).toBe("stale");
    expect(await refusalOf(draft(admin, [world.channels.facebook], { ...post, text: "Tertinggal" }))).toBe("stale");
    expect(await timeOf(post)).toEqual(at(7, 10));
    expect(await db.auditEvent.count({ where: { subjectId: post.postId, type: "post.replan" } })).toBe(1);
  });

  it("moves what is scheduled with its publications, approved as it was, and back again", async () => {
    const { verifier } = world.people;
    const post = await scheduled(6, 9);
    const moved = await moveTo(verifier, { ...post, publishAt: at(7, 11).toISOString() });
    expect(moved).toMatchObject({ ok: true, from: at(6, 9).toISOString() });
    const due = async () => (await publicationsOf(post.postId)).filter((row) => row.state === "due").map((row) => row.dueAt);
    expect(await due()).toEqual([at(7, 11)]);
    if (moved.ok) await moveTo(verifier, { postId: post.postId, revision: moved.revision, publishAt: moved.from! });
    expect(await due()).toEqual([at(6, 9)]);
  });

  it("keeps the approval of an approved post", async () => {
    const post = await approvedPost(world.people.admin, world.people.verifier, [world.channels.facebook]);
    const moved = await moveTo(world.people.admin, { ...post, publishAt: at(8, 9).toISOString() });
    if (!moved.ok) throw new Error("not moved");
    expect(
      await schedulePost(world.people.admin, { postId: post.postId, revision: moved.revision, publishAt: moved.publishAt }),
    ).toMatchObject({
      ok: true,
    });
  });

  it("is refused with a reason while a verifier looks, once a channel has begun, and in the past", async () => {
    const { admin } = world.people;
    const codeOf = async (post: PostRef, publishAt: Date) => {
      const answer = await moveTo(admin, { ...post, publishAt: publishAt.toISOString() });
      return answer.ok ? "moved" : answer.problems[0]?.code;
    };
    const waiting = await one(9, 9);
    await submitPost(admin, waiting);
    expect(await codeOf(waiting, at(9, 10))).toBe("move-submitted");
    const begun = await scheduled(9, 9);
    await db.publication.updateMany({ where: { subjectId: begun.postId }, data: { state: "publishing", leaseUntil: at(9, 9) } });
    expect(await codeOf(begun, at(9, 10))).toBe("move-begun");
    for (const post of [await one(9, 12), await scheduled(9, 12)]) {
      expect(await codeOf(post, at(-1, 9))).toBe("time-past");
      expect(await timeOf(post)).toEqual(at(9, 12));
    }
  });

  it("is given by those who may, and to nobody's posts but theirs", async () => {
    const { verifier, loneAdmin, farAdmin, head } = world.people;
    const [own, planned] = [await one(10, 9), await scheduled(10, 10)];
    const to = at(10, 15).toISOString();
    expect(await refusalOf(moveTo(verifier, { ...own, publishAt: to }))).toBe("forbidden");
    for (const stranger of [loneAdmin, farAdmin, head])
      for (const post of [own, planned, { postId: crypto.randomUUID(), revision: 1 }])
        expect(await refusalOf(moveTo(stranger, { ...post, publishAt: to }))).toBe("not-found");
    expect(await timeOf(own)).toEqual(at(10, 9));
  });

  it("is won by one of two who move a draft in the same second", async () => {
    const { admin, secondAdmin } = world.people;
    const post = await one(11, 9);
    const moves = [
      moveTo(admin, { ...post, publishAt: at(11, 10).toISOString() }),
      moveTo(secondAdmin, { ...post, publishAt: at(11, 12).toISOString() }),
    ];
    expect((await Promise.all(moves.map(refusalOf))).sort()).toEqual(["done", "stale"]);
  });
});

describe("several at once", () => {
  it("are moved by days at their hour, each with its own answer", async () => {
    const { admin } = world.people;
    const [first, second, waiting, behind] = [await one(12, 9), await scheduled(12, 10), await one(12, 11), await one(12, 12)];
    await submitPost(admin, waiting);
    const foreign = { postId: crypto.randomUUID(), revision: 1 };
    const posts = [first, second, waiting, { ...behind, revision: behind.revision + 5 }, foreign];
    const answer = await changeMany(admin, { act: "shift", days: 2, posts });
    expect(answer.ok && answer.results.map((r) => (r.ok ? "moved" : (r.refused ?? r.problems[0]?.code)))).toEqual([
      "moved",
      "moved",
      "move-submitted",
      "stale",
      "not-found",
    ]);
    expect(await Promise.all([first, second, waiting, behind].map(timeOf))).toEqual([at(14, 9), at(14, 10), at(12, 11), at(12, 12)]);
  });

  it("are taken off the schedule or called off", async () => {
    const { admin, verifier } = world.people;
    const [post, other] = [await scheduled(15, 9), await one(15, 10)];
    const outcome = async (act: "unschedule" | "cancel", actor = admin) => {
      const answer = await changeMany(actor, { act, days: 0, posts: [post, other] });
      return answer.ok && answer.results.map((r) => (r.ok ? "done" : r.refused));
    };
    expect(await outcome("unschedule")).toEqual(["done", "stale"]);
    expect(await outcome("cancel", verifier)).toEqual(["not-found", "not-found"]);
    expect(await outcome("cancel")).toEqual(["done", "done"]);
  });
});
