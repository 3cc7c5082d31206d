/** Requests for public information: a form, a number, ten working days. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { now } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import { tellDeadlines } from "#lib/inbox/deadlines/escalating.ts";
import { ingest } from "#lib/inbox/intake/ingest.ts";
import { exportRequests, listRequests, numberFor, requestOf } from "#lib/inbox/ppid/queries.ts";
import { closeRequest, extendRequest, keepRequest, registerRequest } from "#lib/inbox/ppid/requesting.ts";
import type { RequestForm } from "#lib/inbox/ppid/schema.ts";
import { addWorkingDays, localDay } from "#lib/units/calendar.ts";
import { calendarOfUnit } from "#lib/units/hours-settings.ts";
import { caseOf, comment } from "../support/citizens.ts";
import { makeWorld, refusalOf, type World } from "../support/world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world?.stop());

const form: RequestForm = {
  name: "Siti Rahayu",
  address: "Jl. Anggrek 5, Slawi",
  contact: "siti@warga.example",
  information: "Anggaran posyandu 2026",
  purpose: "Penelitian",
  way: "email",
};
async function someCase() {
  const root = comment({ text: "Mohon data anggaran posyandu tahun 2026" });
  await ingest(world.channels.facebook, [root]);
  return (await caseOf(root)).id;
}
const rowOf = (caseId: string) => db.informationRequest.findUniqueOrThrow({ where: { caseId } });
const refOf = async (caseId: string) => {
  const { id: requestId, revision } = await rowOf(caseId);
  return { requestId, revision };
};
const keep = (caseId: string, change: Partial<RequestForm> = {}, revision = 0) =>
  keepRequest(world.people.admin, { caseId, revision, form: { ...form, ...change } });
const today = () => localDay(now(), "Asia/Jakarta");
const register = async (caseId: string, number: string, day = today()) =>
  registerRequest(world.people.admin, { ...(await refOf(caseId)), number, day });
const deadlineOf = async (caseId: string) => db.caseDeadline.findFirst({ where: { caseId, subject: "information_request" } });

it("is no request while its form is not complete, and says what is missing", async () => {
  const caseId = await someCase();
  await keep(caseId, { address: "", purpose: "" });
  expect(await register(caseId, "001/PPID/2026")).toEqual({
    ok: false,
    problems: [
      { field: "form.address", code: "required" },
      { field: "form.purpose", code: "required" },
    ],
  });
  expect(await deadlineOf(caseId)).toBeNull();
  await keep(caseId, {}, 1);
  expect(await register(caseId, "001/PPID/2026", "2999-01-01")).toMatchObject({ problems: [{ code: "day-future" }] });
  expect(await register(caseId, "001/PPID/2026")).toEqual({ ok: true });
  const other = await someCase();
  await keep(other);
  expect(await register(other, "001/PPID/2026")).toMatchObject({ problems: [{ field: "number", code: "number-taken" }] });
  expect((await numberFor(world.units.dinkes)).number).toBe("002/PPID/2026");
});

it("names nobody in the database, the trail, the register and the file; only who manages requests opens it", async () => {
  const caseId = await someCase();
  await keep(caseId);
  await register(caseId, "SEGEL-1");
  const { admin, supervisor, head, verifier, loneAdmin, farAdmin } = world.people;
  const row = await rowOf(caseId);
  const trail =
    await db.$queryRaw`SELECT p.payload::text FROM audit_payload p JOIN audit_event e ON e.id = p.event_id WHERE e.subject_id = ${caseId}::uuid`;
  const shown = [row, trail, await exportRequests(admin, world.units.dinkes), await listRequests(admin, world.units.dinkes, "open", null)];
  for (const word of ["Siti", "Anggrek", "siti@", "posyandu 2026"]) expect(JSON.stringify(shown)).not.toContain(word);
  for (const actor of [admin, supervisor, admin, head]) expect((await requestOf(actor, caseId))?.form).toEqual(form);
  const looks = await db.auditEvent.findMany({ where: { subjectId: caseId, type: "ppid.opened" }, orderBy: { id: "asc" } });
  expect(looks.map(({ actorId }) => actorId)).toEqual([admin, supervisor, head].map(({ personId }) => personId));
  for (const actor of [verifier, loneAdmin, farAdmin]) {
    expect(await requestOf(actor, caseId)).toBeNull();
    expect(await refusalOf(closeRequest(actor, { ...(await refOf(caseId)), outcome: "granted", note: "" }))).toBe("not-found");
  }
});

it("is due after ten working days of the unit, seven more once with a reason, and warned of before", async () => {
  const caseId = await someCase();
  await keep(caseId);
  await register(caseId, "TENGGAT-1");
  const calendar = await calendarOfUnit(db, world.units.dinkes.id);
  const due = async () => (await rowOf(caseId)).dueDay?.toISOString().slice(0, 10);
  expect(await due()).toBe(addWorkingDays(today(), 10, calendar));
  const before = await deadlineOf(caseId);
  expect(before!.nextAt!.getTime()).toBeLessThan(before!.dueAt.getTime());
  const reason = "Data masih dihimpun dari lima puskesmas";
  expect(await extendRequest(world.people.admin, { ...(await refOf(caseId)), reason })).toEqual({ ok: true });
  expect(await due()).toBe(addWorkingDays(addWorkingDays(today(), 10, calendar), 7, calendar));
  const after = await deadlineOf(caseId);
  expect(after!.dueAt.getTime()).toBeGreaterThan(before!.dueAt.getTime());
  expect(after!.nextAt!.getTime()).toBeGreaterThan(before!.nextAt!.getTime());
  expect(await refusalOf(extendRequest(world.people.admin, { ...(await refOf(caseId)), reason }))).toBe("stale");
  await db.caseDeadline.update({ where: { id: after!.id }, data: { nextAt: now() } });
  await tellDeadlines();
  await closeRequest(world.people.admin, { ...(await refOf(caseId)), outcome: "refused", note: "Pasal 17 huruf h UU 14/2008" });
  expect(await deadlineOf(caseId)).toMatchObject({ metAt: expect.any(Date), nextAt: null });
  expect(await rowOf(caseId)).toMatchObject({ state: "refused", closedAt: expect.any(Date) });
  expect(await refusalOf(closeRequest(world.people.admin, { ...(await refOf(caseId)), outcome: "granted", note: "" }))).toBe("stale");
});

it("of two who register at once with one number one is refused; the register shows the nearest due first", async () => {
  const [one, two] = [await someCase(), await someCase()];
  await keep(one);
  await keep(two);
  const both = await Promise.all([register(one, "KEMBAR-9"), register(two, "KEMBAR-9")]);
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  const { rows, next } = await listRequests(world.people.supervisor, world.units.regency, "open", null, 1);
  const further = await listRequests(world.people.supervisor, world.units.regency, "open", next, 20);
  const days = [...rows, ...further.rows].map(({ dueDay }) => dueDay);
  expect(days).toEqual([...days].sort());
  expect(days).toHaveLength(await db.informationRequest.count({ where: { state: { in: ["registered", "extended"] } } }));
});
