/** SP4N-LAPOR!: what a person enters there himself, and how it stands. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { now } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import { ingest } from "#lib/inbox/intake/ingest.ts";
import { keepLapor, stepLapor } from "#lib/inbox/lapor/filing.ts";
import { laporOf, listLapor } from "#lib/inbox/lapor/queries.ts";
import type { LaporForm } from "#lib/inbox/lapor/schema.ts";
import { localDay } from "#lib/units/calendar.ts";
import { caseOf, comment } from "../support/citizens.ts";
import { makeWorld, refusalOf, type World } from "../support/world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world?.stop());

const form: LaporForm = {
  title: "Jalan rusak di Desa Slawi",
  body: "Jalan berlubang sejak tiga bulan.",
  place: "Slawi",
  happenedOn: "2026-11-20",
  agency: "Pemerintah Kabupaten Tegal",
  attachments: "",
};
async function someCase() {
  const root = comment({ text: "Lapor, jalan di Slawi rusak parah, tolong diperbaiki" });
  await ingest(world.channels.facebook, [root]);
  return (await caseOf(root)).id;
}
const ticketOf = (caseId: string) => db.laporTicket.findUniqueOrThrow({ where: { caseId } });
const today = () => localDay(now(), "Asia/Jakarta");
const prepare = (caseId: string, change: Partial<LaporForm> = {}, revision = 0) =>
  keepLapor(world.people.admin, { caseId, revision, category: "desk", form: { ...form, ...change } });
const step = async (caseId: string, to: "entered" | "in_progress" | "answered" | "closed", number = "", day = today()) => {
  const { id: ticketId, revision } = await ticketOf(caseId);
  return stepLapor(world.people.admin, { ticketId, revision, to, day, number });
};

it("is prepared once, corrected by its revision, and never carries a citizen's number", async () => {
  const caseId = await someCase();
  expect(await prepare(caseId, { body: "NIK saya 3328011507850003, jalan rusak" })).toMatchObject({
    problems: [{ field: "form.body", code: "lapor-personal" }],
  });
  expect(await laporOf(world.people.admin, caseId)).toBeNull();
  expect(await prepare(caseId)).toEqual({ ok: true });
  expect(await refusalOf(prepare(caseId))).toBe("stale");
  expect(await prepare(caseId, { title: "Jalan rusak" }, 1)).toEqual({ ok: true });
  expect(await laporOf(world.people.admin, caseId)).toMatchObject({
    state: "prepared",
    number: null,
    revision: 2,
    form: { title: "Jalan rusak" },
  });
});

it("goes on by hand, with its number from the first step on, its days kept and its deadline with them", async () => {
  const caseId = await someCase();
  await prepare(caseId);
  expect(await step(caseId, "entered")).toMatchObject({ problems: [{ field: "number", code: "lapor-number" }] });
  expect(await step(caseId, "entered", "10234567", "2999-01-01")).toMatchObject({ problems: [{ code: "day-future" }] });
  expect(await refusalOf(step(caseId, "answered", "10234567"))).toBe("stale");
  expect(await step(caseId, "entered", "10234567")).toEqual({ ok: true });
  const entered = await ticketOf(caseId);
  expect(entered).toMatchObject({ state: "entered", number: "10234567" });
  expect(entered.dueAt!.getTime()).toBeGreaterThan(now().getTime() + 14 * 86_400_000);
  expect(await step(caseId, "in_progress", "", "2026-01-01")).toMatchObject({ problems: [{ code: "lapor-day-early" }] });
  for (const to of ["in_progress", "answered", "closed"] as const) expect(await step(caseId, to)).toEqual({ ok: true });
  expect(await ticketOf(caseId)).toMatchObject({ state: "closed", dueAt: null, number: "10234567" });
  const trail = await db.auditEvent.findMany({ where: { subjectId: caseId, type: { startsWith: "lapor." } }, orderBy: { id: "asc" } });
  expect(trail.map(({ type }) => type)).toEqual(["lapor.prepared", "lapor.entered", "lapor.in_progress", "lapor.answered", "lapor.closed"]);
});

it("is for those who work the case; others neither see nor note it", async () => {
  const caseId = await someCase();
  await prepare(caseId);
  const { id: ticketId, revision } = await ticketOf(caseId);
  const { farAdmin, loneAdmin, verifier } = world.people;
  expect(await laporOf(farAdmin, caseId)).toBeNull();
  expect(await laporOf(verifier, caseId)).not.toBeNull();
  for (const actor of [farAdmin, loneAdmin, verifier])
    expect(await refusalOf(stepLapor(actor, { ticketId, revision, to: "entered", day: today(), number: "123456" }))).toBe("not-found");
  expect((await listLapor(farAdmin, world.units.farDinkes, null, null)).rows).toEqual([]);
});

it("is listed page by page, what was noted last first, each ticket once", async () => {
  const dinkes = world.units.dinkes;
  for (let i = 0; i < 32; i++) await prepare(await someCase());
  const first = await listLapor(world.people.admin, dinkes, "prepared", null);
  const second = await listLapor(world.people.supervisor, world.units.regency, "prepared", first.next);
  expect(first.rows).toHaveLength(30);
  expect(second.next).toBeNull();
  const ids = [...first.rows, ...second.rows].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toHaveLength(await db.laporTicket.count({ where: { state: "prepared" } }));
  expect((await listLapor(world.people.admin, dinkes, "closed", null)).rows).toHaveLength(1);
});
