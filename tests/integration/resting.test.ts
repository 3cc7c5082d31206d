/** Answered cases to which nobody adds anything. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { now } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import { restAnswered, restsBefore } from "#lib/inbox/deadlines/resting.ts";
import { ingest } from "#lib/inbox/intake/ingest.ts";
import { keepRequest, registerRequest } from "#lib/inbox/ppid/requesting.ts";
import { addWorkingDays, localDay, standardCalendar } from "#lib/units/calendar.ts";
import { calendarOfUnit } from "#lib/units/hours-settings.ts";
import { ago, caseOf, comment, ownReply } from "../support/citizens.ts";
import { makeWorld, type World } from "../support/world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world?.stop());

const day = 86_400_000;
async function answered(text?: string) {
  const root = comment({ ...(text ? { text } : {}), sentAt: ago(60) });
  await ingest(world.channels.facebook, [root, ownReply(root, ago(30))]);
  return root;
}

it("counts ten working days of the unit since the last word, holidays left out", () => {
  const calendar = standardCalendar("Asia/Jakarta", new Set(["2026-11-26"]));
  // Said on Monday 23 November: the tenth working day is Tuesday 8 December.
  const said = new Date("2026-11-23T02:00:00Z");
  expect(restsBefore(new Date("2026-12-08T16:00:00Z"), calendar) > said).toBe(false);
  expect(restsBefore(new Date("2026-12-08T17:30:00Z"), calendar) > said).toBe(true);
});

it("are done by the product after ten working days, not a day before, with a trail and the citizen's next word opening them again", async () => {
  const root = await answered();
  const before = await caseOf(root);
  expect(before.state).toBe("answered");
  const calendar = await calendarOfUnit(db, world.units.dinkes.id);
  const last = addWorkingDays(localDay(now(), calendar.zone), 10, calendar);
  while (localDay(now(), calendar.zone) < last) await world.passTime(day);
  expect(await restAnswered()).toBe(0);
  await world.passTime(day);
  expect(await restAnswered()).toBe(1);
  expect(await restAnswered()).toBe(0);
  const rested = await caseOf(root);
  expect(rested).toMatchObject({ state: "done", revision: before.revision + 1, doneAt: expect.any(Date) });
  expect(rested.units).toMatchObject([{ state: "done" }]);
  expect(await db.auditEvent.count({ where: { subjectId: rested.id, type: "case.done", actorId: null } })).toBe(1);
  await ingest(world.channels.facebook, [comment({ parentRemoteId: root.remoteId, sentAt: now(), author: root.author })]);
  expect((await caseOf(root)).state).toBe("open");
});

it("stay while the matter is not settled, or a request for information runs", async () => {
  const complaint = await answered("Lapor, antrean KTP di kantor kami mengecewakan, sudah tiga bulan belum jadi, tolong diperbaiki");
  expect(await db.caseDeadline.count({ where: { caseId: (await caseOf(complaint)).id, subject: "resolution", metAt: null } })).toBe(1);
  const asked = await answered();
  const { id: caseId } = await caseOf(asked);
  const form = { name: "Siti", address: "Slawi", contact: "0281", information: "Anggaran", purpose: "Riset", way: "copy" as const };
  await keepRequest(world.people.admin, { caseId, revision: 0, form });
  const { id: requestId, revision } = await db.informationRequest.findUniqueOrThrow({ where: { caseId } });
  const registered = { requestId, revision, number: "001/PPID", day: localDay(now(), "Asia/Jakarta") };
  expect(await registerRequest(world.people.admin, registered)).toEqual({ ok: true });
  await world.passTime(40 * day);
  await restAnswered();
  expect((await caseOf(complaint)).state).toBe("answered");
  expect((await caseOf(asked)).state).toBe("answered");
});

it("rest by the hundred in bounded steps", async () => {
  const roots = Array.from({ length: 120 }, () => comment({ sentAt: ago(60) }));
  await ingest(world.channels.facebook, [...roots, ...roots.map((root) => ownReply(root, ago(30)))]);
  await world.passTime(40 * day);
  expect(await restAnswered(50)).toBe(120);
});
