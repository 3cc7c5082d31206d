/** What people say of a score: corrected posts, excused days, objections; and what became of the score. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { moveClockTo, now } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import { scoreCard } from "#lib/scores/cards.ts";
import { correctPost } from "#lib/scores/cases/correcting.ts";
import { decideObjection } from "#lib/scores/cases/deciding.ts";
import { listExcused } from "#lib/scores/cases/excused.ts";
import { excuseDays, revokeExcuse } from "#lib/scores/cases/excusing.ts";
import { fileObjection, withdrawObjection } from "#lib/scores/cases/objecting.ts";
import { listObjections, objectionDetail } from "#lib/scores/cases/objections.ts";
import { remindDeciders } from "#lib/scores/cases/reminding.ts";
import type { FileObjectionInput } from "#lib/scores/cases/schema.ts";
import { postsPage, weighPosts } from "#lib/scores/evidence/posts.ts";
import { repliesOf } from "#lib/scores/evidence/replies.ts";
import { lastFullDay, recomputeZone, rescoreAfter } from "#lib/scores/recompute.ts";
import { ska1 } from "#lib/scores/settings.ts";
import { saveScoreSettings, scoreSettingsOf, tryScoreSettings } from "#lib/scores/versions/setting.ts";
import { addDays, localDay, startOfDay } from "#lib/units/calendar.ts";
import { makeWorld, refusalOf, type World } from "../support/world.ts";

const zone = "Asia/Jakarta";
let world: World;
let day: string;
let card: NonNullable<Awaited<ReturnType<typeof scoreCard>>["card"]>;

const noon = (of: string) => new Date(startOfDay(of, zone).getTime() + 12 * 3_600_000);
const cardOf = async () => (await scoreCard(world.people.admin, "33.28.dinkes")).card!;
const postIds: Record<string, string> = {};

beforeAll(async () => {
  world = await makeWorld();
  const { dinkes, farDinkes } = world.units;
  await db.unit.updateMany({ where: { id: { in: [dinkes.id, farDinkes.id] } }, data: { scoreClass: "B" } });
  day = lastFullDay(now(), zone);
  const post = async (name: string, daysAgo: number, category: string, text: string, more: object = {}) => {
    const at = noon(addDays(day, -daysAgo));
    const { facebook } = world.channels;
    const { id } = await db.remotePost.create({
      data: {
        ...{ channelId: facebook.id, unitId: facebook.unitId, governmentId: facebook.governmentId, remoteId: name, text, textKey: text },
        ...{ publishedAt: at, firstSeenAt: at, category, ...more },
      },
      select: { id: true },
    });
    postIds[name] = id;
  };
  await post("layanan", 1, "substantive", "Jadwal imunisasi di puskesmas", { visual: "image", hasAlt: false });
  await post("salam", 2, "greeting", "Selamat pagi warga, ini jadwal layanan hari Senin");
  await post("hapus", 3, "substantive", "Vaksin tersedia", { removedAt: noon(addDays(day, -1)) });
  await post("ulang", 9, "substantive", "Jadwal imunisasi di puskesmas", { similarOwn: 9_700 });
  await recomputeZone(zone, day);
  card = await cardOf();
});
afterAll(() => world?.stop());

/** What the worker would do next, and only that. */
async function work() {
  const jobs = await db.$queryRaw<{ id: string; data: Parameters<typeof rescoreAfter>[0] }[]>`
    SELECT id, data FROM pgboss.job WHERE name = 'scores.rescore' AND state = 'created' ORDER BY created_on`;
  for (const { id, data } of jobs) {
    await rescoreAfter(data);
    await db.$executeRaw`DELETE FROM pgboss.job WHERE id = ${id}::uuid`;
  }
  return jobs.length;
}

const objection = (change: Partial<FileObjectionInput> = {}): FileObjectionInput => ({
  ...{ snapshotId: card.snapshotId, day, component: "a", statement: "Unggahan tanggal itu memuat jadwal layanan.", evidence: "" },
  postIds: [],
  ...change,
});
const trailOf = async (subjectId: string) =>
  (await db.auditEvent.findMany({ where: { subjectId }, orderBy: { id: "asc" }, select: { type: true } })).map(({ type }) => type);

describe("the evidence", () => {
  it("says post by post what the stored facts counted, and why not more", async () => {
    const evidence = await weighPosts(card);
    const weeks = card.facts.weeks.map((week) => week.creditedHalves);
    expect(evidence.credit.weeks.slice(-weeks.length)).toEqual(weeks);
    expect(evidence.judged).toEqual({ posts: card.facts.quality.posts, substantive: card.facts.quality.substantive });
    const { posts, counts } = await postsPage(evidence, "all", null, 2);
    expect(posts.map(({ id, halves, reasons }) => [id, halves, reasons])).toEqual([
      [postIds.layanan, 2, []],
      [postIds.salam, 1, ["occasion"]],
      [postIds.hapus, 0, ["removed-early"]],
      [postIds.ulang, 0, ["similar-own"]],
    ]);
    expect(counts).toMatchObject({ all: 4, reduced: 3 });
    expect(posts[0]?.lacks).toContain("alt");
    expect((await postsPage(evidence, "all", postIds.salam!, 2, 1)).posts.map(({ id }) => id)).toEqual([postIds.hapus]);
  });

  it("shows a ministry how many messages there were, and no words of them", async () => {
    const { counts, rows } = await repliesOf(world.people.analyst, card, null, null);
    expect([counts, rows]).toEqual([{ onTime: 0, late: 0, never: 0 }, null]);
    expect((await repliesOf(world.people.admin, card, null, null)).rows).toEqual([]);
  });
});

describe("a correction of a post", () => {
  const change = { from: "greeting", to: "substantive", reason: "Isinya jadwal layanan, bukan ucapan" } as const;

  it("is made by somebody above the unit, raises the score of today and stays on record", async () => {
    const postId = postIds.salam!;
    const { supervisor } = world.people;
    expect(await correctPost(supervisor, { postId, ...change })).toEqual({ ok: true });
    expect(await refusalOf(correctPost(supervisor, { postId, ...change }))).toBe("stale");
    expect(await work()).toBe(1);
    const after = await cardOf();
    expect(after.result.components.a.points).toBeGreaterThan(card.result.components.a.points!);
    expect(after.version).toBe(card.version + 1);
    const [shown] = (await postsPage(await weighPosts(after), "all", null, 2)).posts.filter(({ id }) => id === postId);
    expect(shown).toMatchObject({ halves: 2, corrected: { from: "greeting", to: "substantive", by: supervisor.name } });
    expect(await trailOf(postId)).toEqual(["score.post-corrected"]);
    card = after;
  });

  it("is refused to whoever has a role on the unit, and a foreign post answers like an unknown one", async () => {
    const both = { ...world.people.supervisor, authorities: [...world.people.supervisor.authorities, ...world.people.admin.authorities] };
    const postId = postIds.layanan!;
    const hand = { ok: false, problems: [{ code: "own-hand" }] };
    const other = { from: "substantive", to: "other", reason: "Bukan layanan sama sekali" } as const;
    expect(await correctPost(both, { postId, ...other })).toEqual(hand);
    expect(await refusalOf(correctPost(world.people.admin, { postId, ...other }))).toBe("not-found");
    expect(await refusalOf(correctPost(world.people.farVerifier, { postId, ...other }))).toBe("not-found");
    expect(await refusalOf(correctPost(world.people.supervisor, { postId: crypto.randomUUID(), ...other }))).toBe("not-found");
    expect(await db.postCorrection.count({ where: { remotePostId: postId } })).toBe(0);
  });
});

describe("excused days", () => {
  const span = () => ({ fromDay: addDays(day, -20), toDay: addDays(day, -16), cause: "outage", evidence: "Tiket 123" }) as const;

  it("leave a week's target, are shown, and count again when they are revoked", async () => {
    const { head } = world.people;
    const unitId = world.units.dinkes.id;
    const answer = await excuseDays(head, { unitId, channelId: null, ...span() });
    expect(answer).toMatchObject({ ok: true });
    expect(await excuseDays(head, { unitId, channelId: world.channels.facebook.id, ...span() })).toMatchObject({
      problems: [{ field: "fromDay", code: "span-double" }],
    });
    await work();
    const with_ = await cardOf();
    const days = (weeks: { workdays: number }[]) => weeks.reduce((sum, week) => sum + week.workdays, 0);
    expect(days(with_.facts.weeks)).toBeLessThan(days(card.facts.weeks));
    const { rows } = await listExcused(world.people.admin, { unitId }, null);
    expect(rows).toMatchObject([{ cause: "outage", grantedBy: head.name, revoked: null, mayRevoke: false }]);
    const spanId = rows[0]!.id;
    expect(await refusalOf(revokeExcuse(world.people.farVerifier, { spanId, reason: "Bukan wewenang saya" }))).toBe("not-found");
    expect(await revokeExcuse(head, { spanId, reason: "Gangguan ternyata di hari lain" })).toEqual({ ok: true });
    expect(await refusalOf(revokeExcuse(head, { spanId, reason: "Gangguan ternyata di hari lain" }))).toBe("stale");
    await work();
    expect((await cardOf()).facts).toEqual(card.facts);
    expect(await trailOf(spanId)).toEqual(["score.excused", "score.excuse-revoked"]);
    card = await cardOf();
  });

  it("are granted by nobody with a hand in the score, and to no foreign unit", async () => {
    const both = { ...world.people.head, authorities: [...world.people.head.authorities, ...world.people.secondAdmin.authorities] };
    const unitId = world.units.dinkes.id;
    expect(await excuseDays(both, { unitId, channelId: null, ...span() })).toEqual({ ok: false, problems: [{ code: "own-hand" }] });
    expect(await refusalOf(excuseDays(world.people.head, { unitId: world.units.farDinkes.id, channelId: null, ...span() }))).toBe(
      "not-found",
    );
    expect(await refusalOf(excuseDays(world.people.head, { unitId, channelId: world.channels.far.id, ...span() }))).toBe("not-found");
    expect(await excuseDays(world.people.analyst, { unitId: world.units.farDinkes.id, channelId: null, ...span() })).toMatchObject({
      ok: true,
    });
  });
});

describe("an objection", () => {
  it("goes to those who may decide; one at a time for a component and a day", async () => {
    const { admin, supervisor, head, loneAdmin, farAdmin } = world.people;
    const answer = await fileObjection(admin, objection({ postIds: [postIds.hapus!] }));
    if (!answer.ok) throw new Error("not filed");
    const told = await db.notice.findMany({ where: { subjectId: answer.objectionId }, select: { personId: true, type: true } });
    expect(told.map(({ personId }) => personId).sort()).toEqual([supervisor.personId, head.personId].sort());
    expect(await fileObjection(admin, objection())).toMatchObject({ problems: [{ field: "component", code: "objection-double" }] });
    expect(await refusalOf(fileObjection(loneAdmin, objection({ component: "d" })))).toBe("not-found");
    expect(await refusalOf(fileObjection(farAdmin, objection({ component: "d" })))).toBe("not-found");
    expect(await fileObjection(admin, objection({ component: "d", postIds: [crypto.randomUUID()] }))).toMatchObject({
      problems: [{ code: "objection-posts" }],
    });
    expect(await refusalOf(objectionDetail(farAdmin, answer.objectionId))).toBe("not-found");
    expect((await listObjections(farAdmin, {}, "open", null)).rows).toEqual([]);
    expect(await refusalOf(withdrawObjection(farAdmin, { objectionId: answer.objectionId, revision: 1 }))).toBe("not-found");
    expect(await withdrawObjection(admin, { objectionId: answer.objectionId, revision: 1 })).toEqual({ ok: true });
    expect(await refusalOf(withdrawObjection(admin, { objectionId: answer.objectionId, revision: 1 }))).toBe("stale");
  });

  it("to a score that no longer stands is stale", async () => {
    const old = await db.scoreSnapshot.findFirstOrThrow({ where: { channelId: card.account.id }, orderBy: { version: "asc" } });
    expect(await refusalOf(fileObjection(world.people.admin, objection({ snapshotId: old.id })))).toBe("stale");
  });

  it("is decided with its remedies by somebody without a hand in it; both scores are kept, and the unit is told", async () => {
    const { admin, supervisor, analyst } = world.people;
    const filed = await fileObjection(admin, objection({ component: "d", postIds: [postIds.layanan!] }));
    if (!filed.ok) throw new Error("not filed");
    const ref = { objectionId: filed.objectionId, revision: 1, note: "Bukti diterima: ini ucapan, bukan layanan" } as const;
    const remedies = { corrections: [{ postId: postIds.layanan!, from: "substantive", to: "other" } as const], excused: null };
    const both = { ...supervisor, authorities: [...supervisor.authorities, ...world.people.secondAdmin.authorities] };
    expect(await decideObjection(both, { ...ref, decision: "accepted", ...remedies })).toEqual({
      ok: false,
      problems: [{ code: "own-hand" }],
    });
    expect(await refusalOf(decideObjection(world.people.farVerifier, { ...ref, decision: "accepted", ...remedies }))).toBe("not-found");
    expect(await decideObjection(supervisor, { ...ref, decision: "rejected", ...remedies })).toMatchObject({
      problems: [{ code: "objection-rejected-remedy" }],
    });
    expect(await refusalOf(decideObjection(supervisor, { ...ref, revision: 9, decision: "accepted", ...remedies }))).toBe("stale");
    expect((await objectionDetail(analyst, filed.objectionId)).may.decide).toBe(true);
    expect(await decideObjection(supervisor, { ...ref, decision: "partly", ...remedies })).toEqual({ ok: true });
    expect(await refusalOf(decideObjection(supervisor, { ...ref, decision: "partly", ...remedies }))).toBe("stale");
    expect((await objectionDetail(admin, filed.objectionId)).outcome).toBeNull();
    await work();
    const { before, outcome, corrections, state, may } = await objectionDetail(admin, filed.objectionId);
    expect([state, before.id, may]).toEqual(["partly", card.snapshotId, { decide: false, hand: false, withdraw: false }]);
    expect(outcome!.version).toBe(before.version + 1);
    expect(outcome!.facts.quality.substantive).toBe(before.facts.quality.substantive - 1);
    expect(corrections).toEqual([{ postId: postIds.layanan, from: "substantive", to: "other" }]);
    const told = await db.notice.findMany({ where: { subjectId: filed.objectionId, type: "objection.decided" } });
    expect(told.map(({ personId }) => personId)).toEqual([admin.personId]);
    expect(await trailOf(filed.objectionId)).toEqual(["score.objection-filed", "score.objection-decided"]);
  });

  it("goes to the ministry's analyst where nobody near is free of a role on the unit", async () => {
    await db.unit.update({ where: { id: world.units.far.id }, data: { scoreClass: "B" } });
    await db.channel.update({ where: { id: world.channels.far.id }, data: { unitId: world.units.far.id } });
    await recomputeZone("Asia/Jayapura", day);
    const far = await scoreCard(world.people.farVerifier, "91.03");
    const filed = await fileObjection(world.people.farVerifier, objection({ snapshotId: far.card!.snapshotId }));
    if (!filed.ok) throw new Error("not filed");
    const told = await db.notice.findMany({ where: { subjectId: filed.objectionId } });
    expect(told.map(({ personId }) => personId)).toEqual([world.people.analyst.personId]);
    const ref = { objectionId: filed.objectionId, revision: 1, note: "Tidak ada bukti yang disertakan" } as const;
    expect(await decideObjection(world.people.analyst, { ...ref, decision: "rejected", corrections: [], excused: null })).toEqual({
      ok: true,
    });
  });

  it("reminds those who decide, once, when its five working days have passed, and not before", async () => {
    const { admin, supervisor, head } = world.people;
    const filed = await fileObjection(admin, objection({ snapshotId: (await cardOf()).snapshotId, component: "b" }));
    if (!filed.ok) throw new Error("not filed");
    const reminded = async () =>
      (await db.notice.findMany({ where: { subjectId: filed.objectionId, type: "objection.waiting" } }))
        .map(({ personId }) => personId)
        .sort();
    const begun = now();
    const { rows } = await listObjections(supervisor, {}, "open", null);
    const { dueDay } = rows.find(({ id }) => id === filed.objectionId)!;
    try {
      moveClockTo(noon(dueDay));
      await remindDeciders();
      expect(await reminded()).toEqual([]);
      moveClockTo(noon(addDays(dueDay, 1)));
      await remindDeciders();
      await remindDeciders();
      expect(await reminded()).toEqual([supervisor.personId, head.personId].sort());
    } finally {
      moveClockTo(begun);
    }
    expect(await withdrawObjection(admin, { objectionId: filed.objectionId, revision: 1 })).toEqual({ ok: true });
  });
});

describe("the numbers of the score", () => {
  const harder = { ...ska1, levels: { ...ska1.levels, lessActive: 401 }, weeklyTarget: { A: 5, B: 5, C: 2 } };

  it("are tried on the units that they would count for, and kept as a new version from a day that is not past", async () => {
    const { head, analyst } = world.people;
    const unitId = world.units.regency.id;
    const tried = await tryScoreSettings(head, { unitId, payload: harder });
    if (!tried.ok) throw new Error("not tried");
    expect(tried.preview).toMatchObject({ looked: 1, of: 1, countsOtherwise: false });
    const today = localDay(now(), zone);
    const save = (validFrom: string, payload: unknown) => saveScoreSettings(head, { unitId, validFrom, payload });
    expect(await save(day, harder)).toMatchObject({ problems: [{ field: "validFrom", code: "day-past" }] });
    expect(await save(today, { ...harder, weights: { ...ska1.weights, a: 31 } })).toMatchObject({
      problems: [{ code: "score-weights-sum" }],
    });
    expect(await save(today, harder)).toEqual({ ok: true });
    const { settings, from, versions } = await scoreSettingsOf(head, unitId);
    expect([settings.weeklyTarget.B, from?.own, versions.map(({ by, inForce }) => [by, inForce])]).toEqual([5, true, [[head.name, true]]]);
    expect(await trailOf(unitId)).toContain("settings.score");
    expect(await refusalOf(saveScoreSettings(analyst, { unitId, validFrom: today, payload: harder }))).toBe("not-found");
    expect(await saveScoreSettings(analyst, { unitId: world.units.ministry.id, validFrom: today, payload: ska1 })).toEqual({ ok: true });
  });

  it("stand at governments alone, and foreign ones answer like unknown ones", async () => {
    const today = localDay(now(), zone);
    const at = (unitId: string) => refusalOf(saveScoreSettings(world.people.head, { unitId, validFrom: today, payload: ska1 }));
    expect(await at(world.units.dinkes.id)).toBe("not-found");
    expect(await at(world.units.far.id)).toBe("not-found");
    expect(await refusalOf(tryScoreSettings(world.people.head, { unitId: world.units.far.id, payload: ska1 }))).toBe("not-found");
  });
});
