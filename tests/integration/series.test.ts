/** Posts that come again: each a draft of its own that is verified for itself, made once however often it is made. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { now } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import { calendarPosts, noFilters } from "#lib/posts/calendar.ts";
import { keepDraft } from "#lib/posts/drafting.ts";
import type { Recurrence } from "#lib/posts/recurrence.ts";
import { beginSeries, changeSeries, listSeries, previewSeries } from "#lib/posts/series.ts";
import { aheadDays, makeSeriesPosts } from "#lib/posts/series-making.ts";
import { addDays, localDay } from "#lib/units/calendar.ts";
import { standardDays } from "#lib/units/hours.ts";
import { saveDays } from "#lib/units/hours-settings.ts";
import { nationalDay } from "#lib/units/national-days.ts";
import { approvedPost, draft, publicationsOf } from "../support/desk.ts";
import { makeWorld, refusalOf, type World } from "../support/world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world?.stop());
beforeEach(() => db.postSeries.updateMany({ data: { state: "ended" } }));

const DAY = 86_400_000;
const today = () => localDay(now(), "Asia/Jakarta");
const daily = (more: Partial<Recurrence> = {}): Recurrence =>
  ({
    every: "day",
    interval: 1,
    time: "08:30",
    zone: "Asia/Jakarta",
    from: addDays(today(), 1),
    end: { by: "until", day: addDays(today(), 60) },
    onHoliday: "keep",
    ...more,
  }) as Recurrence;
const made = (seriesId: string) => db.post.findMany({ where: { seriesId }, orderBy: { seriesDay: "asc" }, include: { channels: true } });
const daysOf = async (seriesId: string) => (await made(seriesId)).map((post) => post.seriesDay!.toISOString().slice(0, 10));
const ahead = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, n) => addDays(today(), first + n));
async function begin(rule: Recurrence, text = "Cuaca pagi ini") {
  const { admin } = world.people;
  const post = await draft(admin, [world.channels.facebook], { text, tags: ["#Cuaca"] });
  const answer = await beginSeries(admin, { postId: post.postId, rule });
  if (!answer.ok) throw new Error(JSON.stringify(answer));
  return answer;
}

describe("a series", () => {
  it("stands for the coming 14 days as drafts with the content of the post, each at its own time", async () => {
    const { seriesId, made: count } = await begin(daily());
    expect(count).toBe(aheadDays);
    const posts = await made(seriesId);
    expect(await daysOf(seriesId)).toEqual(ahead(1, aheadDays));
    for (const post of posts)
      expect(post).toMatchObject({ state: "draft", text: "Cuaca pagi ini", tags: ["cuaca"], authorId: world.people.admin.personId });
    expect(posts[0]?.channels).toMatchObject([{ channelId: world.channels.facebook.id }]);
    expect(posts[0]?.publishAt?.toISOString()).toBe(new Date(`${addDays(today(), 1)}T08:30:00+07:00`).toISOString());
    const { admin } = world.people;
    const [first] = posts;
    expect(await keepDraft(admin, { ...form(), postId: first!.id, revision: 1, text: "Cuaca, diubah" })).toMatchObject({ behind: null });
  });

  it("leaves out the holidays that its government has entered itself, and its preview names them", async () => {
    const { admin, supervisor } = world.people;
    const holidays = [{ day: addDays(today(), 3), name: "Hari Jadi Kabupaten Tegal" }];
    await saveDays(supervisor, { governmentId: world.units.regency.id, ...standardDays, holidays });
    const { seriesId } = await begin(daily({ onHoliday: "skip" }));
    expect(await daysOf(seriesId)).not.toContain(addDays(today(), 3));
    expect(await daysOf(seriesId)).toContain(addDays(today(), 2));
    const post = await draft(admin, [world.channels.facebook]);
    const shown = await previewSeries(admin, { postId: post.postId, rule: daily() });
    expect(shown).toMatchObject({
      ok: true,
      preview: {
        next: expect.arrayContaining([
          expect.objectContaining({
            marks: expect.arrayContaining([expect.objectContaining({ name: "Hari Jadi Kabupaten Tegal", off: true })]),
          }),
        ]),
      },
    });
    await saveDays(supervisor, { governmentId: world.units.regency.id, ...standardDays });
  });

  it("keeps to the unit's clock, whatever the form says", async () => {
    const { seriesId } = await begin(daily({ zone: "Asia/Jayapura" }));
    expect((await made(seriesId))[0]?.publishAt?.toISOString()).toBe(new Date(`${addDays(today(), 1)}T08:30:00+07:00`).toISOString());
  });

  it("publishes nothing that was not verified, though the post it was made from was approved", async () => {
    const { admin, verifier } = world.people;
    const post = await approvedPost(admin, verifier, [world.channels.facebook], { text: "Disetujui sekali" });
    const answer = await beginSeries(admin, { postId: post.postId, rule: daily() });
    const posts = await made(answer.ok ? answer.seriesId : "");
    expect(posts).toHaveLength(aheadDays);
    for (const { id, approvedDigest, state } of posts) {
      expect([state, approvedDigest]).toEqual(["draft", null]);
      expect(await publicationsOf(id)).toEqual([]);
    }
  });

  it("is made once a day by two workers at once, on a rerun, and after somebody called a day off", async () => {
    const { seriesId } = await begin(daily());
    const [first] = await made(seriesId);
    await db.post.update({ where: { id: first!.id }, data: { state: "cancelled" } });
    await db.postSeries.update({ where: { id: seriesId }, data: { madeUntil: null } });
    expect(await Promise.all([makeSeriesPosts(), makeSeriesPosts()])).toEqual([0, 0]);
    await world.passTime(2 * DAY);
    const counts = await Promise.all([makeSeriesPosts(), makeSeriesPosts(), makeSeriesPosts()]);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(2);
    expect(await makeSeriesPosts()).toBe(0);
    expect(await daysOf(seriesId)).toEqual(ahead(-1, aheadDays));
    expect(await db.postVersion.count({ where: { post: { seriesId } } })).toBe(aheadDays + 2);
  });

  it("ends on its day, and goes on without channels that were disconnected", async () => {
    const until = addDays(today(), 5);
    const { seriesId, made: count } = await begin(daily({ end: { by: "until", day: until } }));
    expect(count).toBe(5);
    await world.passTime(3 * DAY);
    expect(await makeSeriesPosts()).toBe(0);
    expect((await daysOf(seriesId)).at(-1)).toBe(until);

    const { admin } = world.people;
    const two = await draft(admin, [world.channels.facebook, world.channels.instagram], { text: "Dua kanal" });
    const answer = await beginSeries(admin, { postId: two.postId, rule: daily() });
    const id = answer.ok ? answer.seriesId : "";
    await db.channel.update({ where: { id: world.channels.instagram.id }, data: { state: "disconnected" } });
    await world.passTime(DAY);
    await makeSeriesPosts();
    await db.channel.update({ where: { id: world.channels.instagram.id }, data: { state: "connected" } });
    const posts = await made(id);
    expect(posts.at(0)?.channels).toHaveLength(2);
    expect(posts.at(-1)?.channels).toMatchObject([{ channelId: world.channels.facebook.id }]);
  });

  it("makes nothing while it is paused, and resumed not what the pause left out; ended, what was made stays", async () => {
    const { admin, farAdmin, verifier } = world.people;
    const { seriesId } = await begin(daily());
    for (const stranger of [farAdmin, verifier])
      expect(await refusalOf(changeSeries(stranger, { seriesId, to: "ended" }))).toBe("not-found");
    const before = await daysOf(seriesId);
    expect(await changeSeries(admin, { seriesId, to: "paused" })).toEqual({ ok: true, made: 0 });
    await world.passTime(20 * DAY);
    expect(await makeSeriesPosts()).toBe(0);
    expect(await refusalOf(changeSeries(admin, { seriesId, to: "paused" }))).toBe("stale");
    const resumed = await changeSeries(admin, { seriesId, to: "active" });
    const after = await daysOf(seriesId);
    expect(resumed).toMatchObject({ ok: true, made: after.length - before.length });
    expect(after).toEqual([...before, ...after.slice(before.length)]);
    expect(after[before.length]! >= today()).toBe(true);
    await changeSeries(admin, { seriesId, to: "ended" });
    await world.passTime(DAY);
    expect(await makeSeriesPosts()).toBe(0);
    expect(await daysOf(seriesId)).toEqual(after);
    expect(await refusalOf(changeSeries(admin, { seriesId, to: "active" }))).toBe("stale");
  });

  it("is previewed with its next six days and refused where it has none, or plans too far", async () => {
    const { admin, farAdmin } = world.people;
    const { postId } = await draft(admin, [world.channels.facebook]);
    // The next national day, whenever the test runs.
    const known = ahead(10, 110).find((day) => nationalDay(day))!;
    const last = addDays(known, 8);
    const rule = daily({ from: addDays(known, -1), end: { by: "until", day: last } });
    const answer = await previewSeries(admin, { postId, rule });
    expect(answer).toMatchObject({ ok: true, preview: { count: 10, last } });
    if (answer.ok) {
      expect(answer.preview.next).toHaveLength(6);
      expect(answer.preview.next[1]).toMatchObject({
        day: known,
        marks: expect.arrayContaining([{ day: known, name: nationalDay(known), off: false, estimate: false }]),
      });
    }
    const past = daily({ from: addDays(today(), -9), end: { by: "until", day: addDays(today(), -1) } });
    expect(await previewSeries(admin, { postId, rule: past })).toMatchObject({ problems: [{ code: "series-empty" }] });
    expect(await beginSeries(admin, { postId, rule: past })).toMatchObject({ problems: [{ code: "series-empty" }] });
    const far = daily({ end: { by: "until", day: addDays(today(), 400) } });
    expect(await beginSeries(admin, { postId, rule: far })).toMatchObject({ problems: [{ code: "series-far" }] });
    expect(await refusalOf(beginSeries(farAdmin, { postId, rule: daily() }))).toBe("not-found");
  });

  it("is listed with what it made, for those who see the unit, and marked on the calendar", async () => {
    const { admin, head, farAdmin } = world.people;
    const { seriesId } = await begin(daily(), "Ada di daftar");
    const { dinkes, regency } = world.units;
    const rows = async (actor = admin, unit: { id: string; governmentId: string } = dinkes) => (await listSeries(actor, unit, null)).rows;
    expect((await rows())[0]).toMatchObject({ id: seriesId, title: "Ada di daftar", state: "active", ahead: 14, made: 14, writable: true });
    expect((await rows(head, regency))[0]).toMatchObject({ id: seriesId, writable: false });
    expect(await rows(farAdmin)).toEqual([]);
    const window = { from: now(), to: new Date(now().getTime() + 3 * DAY) };
    const calendar = await calendarPosts(admin, dinkes, window, noFilters, { slot: "window", most: 100 });
    expect(calendar.rows.filter((post) => post.title === "Ada di daftar").every((post) => post.repeats)).toBe(true);
  });
});

const form = () => ({
  unitId: world.units.dinkes.id,
  text: "",
  link: null,
  pillar: null,
  source: null,
  publishAt: null,
  channels: [],
  media: [],
});
