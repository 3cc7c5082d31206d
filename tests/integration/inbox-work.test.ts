/** The list at work: many at once, put off, given out, looked through. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { now } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import { ingest } from "#lib/inbox/intake/ingest.ts";
import { foundMarks } from "#lib/inbox/lists/found-marks.ts";
import { type CaseCursor, listCases, searchCases } from "#lib/inbox/lists/lists.ts";
import { caseViews, noFilters } from "#lib/inbox/rules.ts";
import { giveOutCases } from "#lib/inbox/work/assigning.ts";
import { saveAssignment } from "#lib/inbox/work/assigning-settings.ts";
import { changeCases } from "#lib/inbox/work/bulk.ts";
import type { BulkChange } from "#lib/inbox/work/bulk-schema.ts";
import { wakeSnoozed } from "#lib/inbox/work/snoozing.ts";
import { localDay } from "#lib/units/calendar.ts";
import { ago, caseOf, comment, question } from "../support/citizens.ts";
import { makeWorld, type World } from "../support/world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world?.stop());

async function ask(text = question, minutesAgo = 10) {
  const root = comment({ text, sentAt: ago(minutesAgo) });
  await ingest(world.channels.facebook, [root]);
  return { ...(await caseOf(root)), root };
}
const refOf = async (id: string) => ({ caseId: id, revision: (await caseNow(id)).revision });
const caseNow = (id: string) => db.inboxCase.findUniqueOrThrow({ where: { id }, include: { deadlines: true, units: true } });
const unitOf = (name: "dinkes" | "regency" | "disdukcapil" | "farDinkes") => ({ ...world.units[name], kind: "agency" });
const change = async (ids: string[], what: BulkChange, actor = world.people.admin) => {
  const answer = await changeCases(actor, { cases: await Promise.all(ids.map(refOf)), change: what });
  if (!answer.ok) throw new Error(JSON.stringify(answer));
  return new Map(answer.results.map(({ caseId, ...result }) => [caseId, result]));
};

describe("many cases at once", () => {
  it("are changed each by itself: what moved on meanwhile and what is foreign stays", async () => {
    const [one, stale] = [await ask(), await ask()];
    const cases = [await refOf(one.id), await refOf(stale.id), { caseId: crypto.randomUUID(), revision: 1 }];
    await ingest(world.channels.facebook, [comment({ parentRemoteId: stale.root.remoteId, text: "Halo, bagaimana, kapan buka?" })]);
    const answer = await changeCases(world.people.admin, { cases, change: { do: "done" } });
    expect(answer).toMatchObject({ ok: true, results: [{ result: "changed" }, { result: "moved" }, { result: "refused" }] });
    expect(await caseNow(one.id)).toMatchObject({ state: "done" });
    expect(await caseNow(stale.id)).toMatchObject({ state: "open" });
    expect(await db.auditEvent.count({ where: { subjectId: one.id, type: "case.done" } })).toBe(1);
    expect(await db.auditEvent.count({ where: { subjectId: stale.id, type: "case.done" } })).toBe(0);
    for (const actor of [world.people.farAdmin, world.people.loneAdmin, world.people.verifier])
      expect((await change([stale.id], { do: "spam" }, actor)).get(stale.id)).toEqual({ result: "refused" });
  });

  it("come back where they stood when it is taken back, their resolution with them", async () => {
    const { id } = await ask("Lapor, antrean KTP mengecewakan, sudah tiga bulan belum jadi, tolong diperbaiki");
    await change([id], { do: "done" });
    expect((await caseNow(id)).deadlines.find(({ subject }) => subject === "resolution")?.metAt).not.toBeNull();
    await change([id], { do: "restore" });
    const back = await caseNow(id);
    expect(back).toMatchObject({ state: "open", doneAt: null });
    expect(back.deadlines.find(({ subject }) => subject === "resolution")).toMatchObject({ metAt: null });
    expect(back.dueAt).not.toBeNull();
  });

  it("are given to those who answer for their unit alone, who are told", async () => {
    const { id } = await ask();
    const { admin, secondAdmin, farAdmin } = world.people;
    expect((await change([id], { do: "assign", personId: farAdmin.personId })).get(id)).toEqual({ result: "refused" });
    await change([id], { do: "assign", personId: secondAdmin.personId }, admin);
    expect(await caseNow(id)).toMatchObject({ assigneeId: secondAdmin.personId });
    expect(await db.notice.count({ where: { personId: secondAdmin.personId, type: "case.assigned", subjectId: id } })).toBe(1);
    await change([id], { do: "spam" });
    expect(await caseNow(id)).toMatchObject({ kind: "spam", kindBy: "person" });
  });

  it("can be changed by two at once, and only by the first", async () => {
    const { id } = await ask();
    const cases = [await refOf(id)];
    const both = await Promise.all([
      changeCases(world.people.admin, { cases, change: { do: "done" } }),
      changeCases(world.people.secondAdmin, { cases, change: { do: "spam" } }),
    ]);
    const results = both.map((answer) => answer.ok && answer.results[0]?.result).sort();
    expect(results).toEqual(["changed", "moved"]);
  });
});

describe("a case that is put off", () => {
  const noDeadline = async () => {
    const { id } = await ask("Terima kasih, petugasnya ramah. Mantap!");
    await db.inboxCase.update({ where: { id }, data: { state: "open" } });
    return id;
  };

  it("wakes by itself when its time has come, once for two workers", async () => {
    const id = await noDeadline();
    const until = (await change([id], { do: "snooze", until: { choice: "tomorrow" } })).get(id)!.until!;
    expect(await caseNow(id)).toMatchObject({ state: "snoozed", snoozedUntil: until, units: [{ state: "snoozed" }] });
    await wakeSnoozed();
    expect(await caseNow(id)).toMatchObject({ state: "snoozed" });
    await world.passTime(until.getTime() - now().getTime() + 1000);
    const woken = await Promise.all([wakeSnoozed(), wakeSnoozed()]);
    expect(woken[0] + woken[1]).toBeGreaterThanOrEqual(1);
    expect(await caseNow(id)).toMatchObject({ state: "open", snoozedUntil: null });
    expect(await db.auditEvent.count({ where: { subjectId: id, type: "case.woken" } })).toBe(1);
  });

  it("wakes when the citizen writes", async () => {
    const { id, root } = await ask();
    await change([id], { do: "snooze", until: { choice: "workday" } });
    expect(await caseNow(id)).toMatchObject({ state: "snoozed" });
    await ingest(world.channels.facebook, [comment({ parentRemoteId: root.remoteId, text: "Pak, jadi jam berapa?", sentAt: now() })]);
    expect(await caseNow(id)).toMatchObject({ state: "open", snoozedUntil: null });
  });

  it("is never put off past the first warning of its deadline, and not at all after it", async () => {
    const { id } = await ask(question, 0);
    const { deadlines } = await caseNow(id);
    const field = `${localDay(new Date(now().getTime() + 200 * 86_400_000), "Asia/Jakarta")}T08:00`;
    const result = (await change([id], { do: "snooze", until: { field } })).get(id)!;
    expect(result).toMatchObject({ result: "changed", capped: true });
    expect(result.until!.getTime()).toBeLessThan(deadlines[0]!.dueAt.getTime());
    await world.passTime(result.until!.getTime() - now().getTime() + 1000);
    await wakeSnoozed();
    expect((await change([id], { do: "snooze", until: { choice: "tomorrow" } })).get(id)).toEqual({ result: "too-late" });
    await db.caseDeadline.deleteMany({ where: { caseId: id } });
    expect((await change([id], { do: "snooze", until: { choice: "tomorrow" } })).get(id)).toEqual({ result: "too-late" });
    const past = await changeCases(world.people.admin, {
      cases: [await refOf(id)],
      change: { do: "snooze", until: { field: "2020-01-01T08:00" } },
    });
    expect(past).toEqual({ ok: false, problems: [{ field: "until", code: "snooze-past" }] });
  });
});

describe("cases that give themselves out", () => {
  const automatic = (assignment: Parameters<typeof saveAssignment>[1]["assignment"]) =>
    saveAssignment(world.people.supervisor, {
      unitId: world.units.dinkes.id,
      validFrom: localDay(now(), "Asia/Jakarta"),
      assignment,
    });
  const loads = async () => {
    const rows = await db.inboxCase.groupBy({ by: ["assigneeId"], where: { state: "open" }, _count: true });
    return new Map(rows.map((row) => [row.assigneeId, row._count]));
  };
  beforeAll(async () => {
    await db.inboxCase.updateMany({ data: { state: "done", assigneeId: null } });
  });

  it("stay with nobody while a unit gives by hand", async () => {
    await ask();
    expect(await giveOutCases()).toBe(0);
  });

  it("go around in turns, each once, however many workers give at once, and no further than the limit", async () => {
    for (let i = 0; i < 6; i += 1) await ask();
    expect(await automatic({ mode: "round_robin", limit: 3 })).toEqual({ ok: true });
    const given = await Promise.all([giveOutCases(), giveOutCases(), giveOutCases()]);
    expect(given.reduce((sum, count) => sum + count, 0)).toBe(6);
    const held = await loads();
    expect(held.get(world.people.admin.personId)).toBe(3);
    expect(held.get(world.people.secondAdmin.personId)).toBe(3);
    expect(held.get(null)).toBe(1);
    const assigned = await db.auditEvent.findMany({ where: { type: "case.assigned", actorId: null }, select: { subjectId: true } });
    expect(new Set(assigned.map(({ subjectId }) => subjectId)).size).toBe(assigned.length);
  });

  it("of a unit whose people all have enough keep no other unit waiting", async () => {
    const { dinkes, disdukcapil } = world.units;
    expect((await loads()).get(null)).toBe(1);
    const { id } = await ask();
    await db.inboxCase.update({ where: { id }, data: { unitId: disdukcapil.id } });
    await db.caseUnit.updateMany({ where: { caseId: id }, data: { unitId: disdukcapil.id } });
    const validFrom = localDay(now(), "Asia/Jakarta");
    await saveAssignment(world.people.supervisor, { unitId: disdukcapil.id, validFrom, assignment: { mode: "load", limit: 5 } });
    expect(await giveOutCases(1)).toBe(1);
    expect(await caseNow(id)).toMatchObject({ assigneeId: world.people.loneAdmin.personId });
    expect(await db.inboxCase.count({ where: { unitId: dinkes.id, state: "open", assigneeId: null } })).toBe(1);
    expect(await giveOutCases()).toBe(0);
  });

  it("go to nobody who is disabled or whose grant is over, and to those on duty first", async () => {
    await automatic({ mode: "load", limit: 50 });
    const { admin, secondAdmin } = world.people;
    await db.person.update({ where: { id: secondAdmin.personId }, data: { disabledAt: now() } });
    const first = await ask();
    await giveOutCases();
    expect(await caseNow(first.id)).toMatchObject({ assigneeId: admin.personId });
    await db.person.update({ where: { id: secondAdmin.personId }, data: { disabledAt: null } });
    const { id: unitId, governmentId } = world.units.dinkes;
    const shift = { unitId, governmentId, createdBy: admin.personId, createdAt: now() };
    await db.dutyShift.create({
      data: { ...shift, personId: admin.personId, from: ago(60), to: new Date(now().getTime() + 3_600_000) },
    });
    const second = await ask();
    await giveOutCases();
    expect(await caseNow(second.id)).toMatchObject({ assigneeId: admin.personId });
    await db.roleGrant.updateMany({ where: { personId: admin.personId }, data: { validTo: ago(1) } });
    const third = await ask();
    await giveOutCases();
    expect(await caseNow(third.id)).toMatchObject({ assigneeId: secondAdmin.personId });
    await db.roleGrant.updateMany({ where: { personId: admin.personId }, data: { validTo: null } });
  });

  it("is set by those who lead the unit", async () => {
    const input = { unitId: world.units.dinkes.id, validFrom: localDay(now(), "Asia/Jakarta"), assignment: null };
    await expect(saveAssignment(world.people.farVerifier, input)).rejects.toThrow("not-found");
    await expect(saveAssignment(world.people.admin, input)).rejects.toThrow("not-found");
    expect(await saveAssignment(world.people.supervisor, { ...input, validFrom: "2020-01-01" })).toMatchObject({
      problems: [{ code: "day-past" }],
    });
  });
});

describe("the views and what narrows them", () => {
  const pages = async (view: (typeof caseViews)[number], size: number, filters = noFilters) => {
    const seen: string[] = [];
    let after: CaseCursor | null = null;
    for (let turn = 0; turn < 200; turn += 1) {
      const { rows, next } = await listCases(world.people.admin, unitOf("dinkes"), view, now(), after, size, filters);
      seen.push(...rows.map(({ id }) => id));
      if (!next) return seen;
      after = next;
    }
    throw new Error("the list has no end");
  };

  it.each(caseViews)("show every case of %s once, however long a page is", async (view) => {
    const whole = await pages(view, 500);
    expect(new Set(whole).size).toBe(whole.length);
    for (const size of [1, 7]) expect(await pages(view, size)).toEqual(whole);
  });

  it("show by kind, account, urgency and unit what is in them alone", async () => {
    const all = await pages("all", 500);
    const spam = await pages("all", 500, { ...noFilters, kind: "spam" });
    expect(spam.length).toBeGreaterThan(0);
    expect(await db.inboxCase.count({ where: { id: { in: spam }, kind: { not: "spam" } } })).toBe(0);
    expect(await pages("all", 500, { ...noFilters, channelIds: [world.channels.facebook.id] })).toEqual(all);
    expect(await pages("all", 500, { ...noFilters, channelIds: [] })).toEqual([]);
    expect(await pages("all", 500, { ...noFilters, urgent: true })).toHaveLength(await db.inboxCase.count({ where: { urgent: true } }));
    expect(await pages("all", 500, { ...noFilters, unitId: world.units.disdukcapil.id })).toEqual([]);
  });

  it("show a foreign unit nothing in any view, nor in what it looks for", async () => {
    for (const view of caseViews) expect((await listCases(world.people.farAdmin, unitOf("dinkes"), view, now(), null)).rows).toEqual([]);
    for (const unit of [unitOf("dinkes"), unitOf("farDinkes"), { ...world.units.regency, kind: "regency" }])
      expect((await searchCases(world.people.farAdmin, unit, "loket imunisasi", null)).rows).toEqual([]);
  });
});

describe("words that are looked for", () => {
  it("are found in every form of their stem, and marked", async () => {
    const given = await ask("Kapan kami dibantu beras oleh dinas?", 50);
    const noun = await ask("Apakah bantuan beras sudah turun?", 40);
    const { rows } = await searchCases(world.people.admin, unitOf("dinkes"), "bantuan", null);
    expect(rows.map(({ id }) => id)).toEqual([noun.id, given.id]);
    expect(rows[1]!.words).toContain(`${foundMarks.from}dibantu${foundMarks.to}`);
  });

  it("come page by page, each case once, though the same citizen used them again and again", async () => {
    const again = comment({ text: "Beras yang kemarin sudah habis, kapan beras lagi?", sentAt: ago(90) });
    await ingest(world.channels.facebook, [again]);
    await ingest(world.channels.facebook, [comment({ parentRemoteId: again.remoteId, text: "Berasnya kapan?", sentAt: ago(2) })]);
    const seen: string[] = [];
    let before: { id: string; at: Date } | null = null;
    do {
      const { rows, next }: Awaited<ReturnType<typeof searchCases>> = await searchCases(
        world.people.admin,
        unitOf("dinkes"),
        "beras",
        before,
        1,
      );
      seen.push(...rows.map(({ id }) => id));
      before = next;
    } while (before);
    expect(seen).toHaveLength(3);
    expect(new Set(seen).size).toBe(3);
    expect(seen[0]).toBe((await caseOf(again)).id);
  });
});
