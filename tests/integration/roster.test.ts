/** Piket: who is on duty, and who hears at once of what cannot wait. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { now } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import { ingest } from "#lib/inbox/intake/ingest.ts";
import { addShifts, removeShift } from "#lib/inbox/roster/planning.ts";
import { onDutyNow, rosterOf } from "#lib/inbox/roster/queries.ts";
import { fieldOfInstant } from "#lib/units/local-time.ts";
import { ago, caseOf, comment } from "../support/citizens.ts";
import { makeWorld, refusalOf, type World } from "../support/world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world?.stop());
beforeEach(async () => {
  await db.dutyShift.deleteMany();
  await db.notice.deleteMany();
});

const hour = 3_600_000;
const field = (hours: number) => fieldOfInstant(new Date(now().getTime() + hours * hour).toISOString(), "Asia/Jakarta");
const plan = (change: object = {}) =>
  addShifts(world.people.admin, {
    unitId: world.units.dinkes.id,
    personId: world.people.secondAdmin.personId,
    from: field(-1),
    to: field(7),
    weeks: 1,
    ...change,
  });

describe("the roster", () => {
  it("repeats a shift week by week, shows gaps, and says who is on duty now", async () => {
    expect(await plan({ weeks: 3 })).toEqual({ ok: true });
    expect(await plan({ personId: world.people.supervisor.personId })).toEqual({ ok: true });
    const { shifts, gaps } = await rosterOf(world.people.admin, world.units.dinkes);
    expect(shifts.map(({ name }) => name).sort()).toEqual(["Agus Salim", "Budi Santoso", "Budi Santoso", "Budi Santoso"]);
    expect(gaps).toHaveLength(3);
    expect((await onDutyNow(world.people.admin, world.units.dinkes)).sort()).toEqual(["Agus Salim", "Budi Santoso"]);
    const { id: shiftId } = shifts.at(-1)!;
    expect(await removeShift(world.people.admin, { shiftId })).toEqual({ ok: true });
    expect(await refusalOf(removeShift(world.people.admin, { shiftId }))).toBe("not-found");
  });

  it("takes only people who may work that inbox, and only from them", async () => {
    const { verifier, loneAdmin, farAdmin } = world.people;
    for (const { personId } of [verifier, loneAdmin])
      expect(await plan({ personId })).toMatchObject({ problems: [{ code: "shift-person" }] });
    const input = { unitId: world.units.dinkes.id, personId: farAdmin.personId, from: field(1), to: field(2), weeks: 1 };
    for (const actor of [verifier, loneAdmin, farAdmin]) expect(await refusalOf(addShifts(actor, input))).toBe("not-found");
  });

  it("refuses times that are none, run backwards, are over or too long, each with its reason", async () => {
    expect(await plan({ from: "besok" })).toMatchObject({ problems: [{ field: "from", code: "time-form" }] });
    expect(await plan({ to: field(-2) })).toMatchObject({ problems: [{ code: "shift-backwards" }] });
    expect(await plan({ from: field(-9), to: field(-3) })).toMatchObject({ problems: [{ code: "shift-past" }] });
    expect(await plan({ to: field(24 * 8) })).toMatchObject({ problems: [{ code: "shift-long" }] });
    expect(await db.dutyShift.count()).toBe(0);
  });
});

describe("what cannot wait", () => {
  const crisis = "Tolong cepat, ada korban keracunan massal di sekolah, banyak anak pingsan!";
  const told = async () => (await db.notice.findMany({ where: { type: "case.urgent" } })).map(({ personId }) => personId).sort();

  it("reaches who is on duty at once, and once, however often it comes in", async () => {
    await plan();
    const root = comment({ text: crisis, sentAt: ago(0) });
    await ingest(world.channels.facebook, [root], "webhook");
    await ingest(world.channels.facebook, [root], "poll");
    expect(await caseOf(root)).toMatchObject({ urgent: true });
    expect(await told()).toEqual([world.people.secondAdmin.personId]);
    await db.dutyShift.deleteMany();
    await ingest(world.channels.facebook, [comment({ ...root, remoteId: "901_1", parentRemoteId: root.remoteId, sentAt: now() })]);
    expect(await told()).toHaveLength(1);
  });

  it("reaches the unit's admins while nobody is on duty; so does a hoax", async () => {
    const { admin, secondAdmin } = world.people;
    const root = comment({ text: "Awas hoaks! Beredar pesan berantai vaksin mengandung chip, itu hoax", sentAt: ago(0) });
    await ingest(world.channels.facebook, [root]);
    expect(await caseOf(root)).toMatchObject({ kind: "hoax" });
    expect(await told()).toEqual([admin.personId, secondAdmin.personId].sort());
  });

  it("does not wait for somebody on the roster who works there no more", async () => {
    const { admin, secondAdmin, loneAdmin } = world.people;
    await plan();
    await db.dutyShift.updateMany({ data: { personId: loneAdmin.personId } });
    await ingest(world.channels.facebook, [comment({ text: crisis, sentAt: ago(0) })]);
    expect(await told()).toEqual([admin.personId, secondAdmin.personId].sort());
  });

  it("does not wake anybody for questions, nor for what was written long ago", async () => {
    await ingest(world.channels.facebook, [comment(), comment({ text: crisis, sentAt: ago(5 * 24 * 60) })]);
    expect(await told()).toEqual([]);
  });
});
