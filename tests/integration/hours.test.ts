/** Working hours, special days and times to answer as governments enter them, on a real database. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { now } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import { defaultTargets, firstResponseDue, type Targets } from "#lib/inbox/deadlines/deadlines.ts";
import { saveTargets, targetsOf, targetsSettings } from "#lib/inbox/deadlines/settings.ts";
import { addDays, addWorkingMinutes, dayMinutes, type Hours, localDay, standardHours, weekdayOf } from "#lib/units/calendar.ts";
import { standardDays } from "#lib/units/hours.ts";
import { calendarOfUnit, calendarsOf, hoursSettings, saveDays, saveHours } from "#lib/units/hours-settings.ts";
import { makeWorld, refusalOf, type World } from "../support/world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world?.stop());
afterEach(() => db.settingsVersion.deleteMany({ where: { kind: { in: ["hours", "days", "targets"] } } }));

const today = () => localDay(now(), "Asia/Jakarta");
/** The next day with such a weekday that is not today, and none that the nation has off. */
const coming = (weekday: number) => {
  const free = new Set(["2026-12-24", "2026-12-25", "2027-01-01"]);
  let day = addDays(today(), 1);
  while (weekdayOf(day) !== weekday || free.has(day)) day = addDays(day, 1);
  return day;
};
const mornings: Hours = {
  week: ([1, 2, 3, 4, 5, 6] as const).map((weekday) => ({ weekday, from: "07:00", to: "12:00" })),
  ramadan: standardHours.ramadan,
};
const setHours = (hours: Hours | null, unitId = world.units.dinkes.id, validFrom = today()) =>
  saveHours(world.people.supervisor, { unitId, validFrom, hours });
const lengthAt = async (unitId: string, day: string) => dayMinutes(await calendarOfUnit(db, unitId), day);

describe("hours", () => {
  it("are those of the nearest above within the government, else the standard ones", async () => {
    const { regency, dinkes, disdukcapil, farDinkes } = world.units;
    const monday = coming(1);
    expect(await lengthAt(dinkes.id, monday)).toBe(450);
    await setHours({ ...mornings, week: mornings.week.slice(0, 5) }, regency.id);
    expect([await lengthAt(dinkes.id, monday), await lengthAt(disdukcapil.id, monday), await lengthAt(farDinkes.id, monday)]).toEqual([
      300, 300, 450,
    ]);
    await setHours({ ...mornings, week: [{ weekday: 1, from: "08:00", to: "10:00" }] });
    expect([await lengthAt(dinkes.id, monday), await lengthAt(disdukcapil.id, monday)]).toEqual([120, 300]);
    await setHours(null);
    expect(await lengthAt(dinkes.id, monday)).toBe(300);
  });

  it("of many units are read at once, each in its own zone", async () => {
    const { regency, dinkes, farDinkes } = world.units;
    await setHours(mornings, regency.id);
    const found = await calendarsOf(db, [dinkes.id, farDinkes.id]);
    expect([...found.keys()].sort()).toEqual([dinkes.id, farDinkes.id].sort());
    expect([found.get(dinkes.id)?.zone, found.get(farDinkes.id)?.zone]).toEqual(["Asia/Jakarta", "Asia/Jayapura"]);
    expect(await calendarsOf(db, [])).toEqual(new Map());
  });

  it("begin on their day, and what was fixed before stays", async () => {
    const { dinkes } = world.units;
    const monday = coming(1);
    await setHours(mornings, dinkes.id, monday);
    const cal = await calendarOfUnit(db, dinkes.id);
    expect([dayMinutes(cal, addDays(monday, -1)), dayMinutes(cal, monday)]).toEqual([450, 300]);
    expect(addWorkingMinutes(new Date(`${monday}T06:00+07:00`), 60, cal)).toEqual(new Date(`${monday}T08:00+07:00`));
    expect(await hoursSettings(world.people.supervisor, dinkes.id)).toMatchObject({ from: null, next: monday, hours: standardHours });
  });

  it("of a day are those entered last, and the same words twice are no error", async () => {
    await setHours(mornings);
    await setHours({ ...mornings, week: mornings.week.slice(0, 1) });
    expect(await setHours(mornings)).toEqual({ ok: true });
    expect((await hoursSettings(world.people.supervisor, world.units.dinkes.id)).hours.week).toHaveLength(6);
  });

  it.each<[string, Partial<Hours>, object]>([
    ["overlap", { week: [...mornings.week, { weekday: 2, from: "11:59", to: "13:00" }] }, { field: "week.2", code: "hours-overlap" }],
    ["end before they begin", { week: [{ weekday: 3, from: "12:00", to: "08:00" }] }, { field: "week.3", code: "hours-backwards" }],
    ["are none at all", { ramadan: [] }, { field: "ramadan", code: "hours-none" }],
  ])("that %s are named, and nothing is kept", async (_name, change, problem) => {
    expect(await setHours({ ...mornings, ...change })).toMatchObject({ ok: false, problems: [problem] });
    expect(await db.settingsVersion.count({ where: { kind: "hours" } })).toBe(0);
  });

  it("cannot begin in the past, nor be changed by those who do not lead the unit", async () => {
    const yesterday = addDays(today(), -1);
    expect(await setHours(mornings, world.units.dinkes.id, yesterday)).toEqual({
      ok: false,
      problems: [{ field: "validFrom", code: "day-past" }],
    });
    const input = { unitId: world.units.dinkes.id, validFrom: today(), hours: mornings };
    for (const person of [world.people.admin, world.people.verifier]) expect(await refusalOf(saveHours(person, input))).toBe("not-found");
    expect(await refusalOf(saveHours(world.people.supervisor, { ...input, unitId: world.units.farDinkes.id }))).toBe("not-found");
  });

  it("and who entered them are recorded", async () => {
    await setHours(mornings);
    const [entry] = await db.auditEvent.findMany({ where: { type: "settings.hours" }, orderBy: { at: "desc" }, take: 1 });
    expect(entry).toMatchObject({ actorId: world.people.supervisor.personId, subjectId: world.units.dinkes.id });
  });
});

describe("a government's days", () => {
  const setDays = (days: Partial<typeof standardDays>) =>
    saveDays(world.people.supervisor, { governmentId: world.units.regency.id, ...standardDays, ...days });

  it("hold for all its units and nobody else's", async () => {
    const { dinkes, farDinkes } = world.units;
    const [monday, saturday] = [coming(1), coming(6)];
    const workingDays = [{ day: saturday, name: "Ganti hari", hours: { from: "08:00", to: "10:00" } }];
    expect(await setDays({ holidays: [{ day: monday, name: "Hari Jadi" }], workingDays })).toEqual({ ok: true });
    const own = await calendarOfUnit(db, dinkes.id);
    const far = await calendarOfUnit(db, farDinkes.id);
    expect([own.holidays.has(monday), far.holidays.has(monday)]).toEqual([true, false]);
    expect(addWorkingMinutes(new Date(`${saturday}T00:00+07:00`), 60, own)).toEqual(new Date(`${saturday}T09:00+07:00`));
  });

  it("that are past stay as they were counted, what is still to come may change", async () => {
    const [yesterday, monday] = [addDays(today(), -1), coming(1)];
    const past = { field: "days", code: "days-past", params: { day: yesterday } };
    expect(await setDays({ holidays: [{ day: yesterday, name: "Terlambat" }] })).toEqual({ ok: false, problems: [past] });
    expect(await setDays({ ramadan: standardDays.ramadan.slice(1) })).toMatchObject({ ok: false, problems: [{ code: "days-past" }] });
    const ramadan = standardDays.ramadan.map((range) => (range.from > today() ? { from: addDays(range.from, 1), to: range.to } : range));
    expect(await setDays({ ramadan, holidays: [{ day: monday, name: "Hari Jadi" }] })).toEqual({ ok: true });
    expect(await setDays({ ramadan })).toEqual({ ok: true });
    expect((await calendarOfUnit(db, world.units.dinkes.id)).holidays.has(monday)).toBe(false);
  });

  it("are named when they are wrong", async () => {
    const saturday = coming(6);
    const twice = { day: coming(1), name: "Hari Jadi" };
    expect(await setDays({ holidays: [twice, twice], workingDays: [{ day: saturday, name: "Masuk", hours: null }] })).toEqual({
      ok: false,
      problems: [
        { field: "holidays", code: "days-twice", params: { day: twice.day } },
        { field: "workingDays", code: "day-hours-missing", params: { day: saturday } },
      ],
    });
  });

  it("are set by those who lead it, for itself", async () => {
    const days = { governmentId: world.units.dinkes.id, ...standardDays };
    expect(await refusalOf(saveDays(world.people.supervisor, days))).toBe("not-found");
    expect(await refusalOf(saveDays(world.people.admin, { ...days, governmentId: world.units.regency.id }))).toBe("not-found");
  });
});

describe("times to answer", () => {
  const quick: Targets = { ...defaultTargets, first: { ...defaultTargets.first, complaint: { clock: "working", minutes: 120 } } };
  const setTargets = (targets: Targets | null, unitId = world.units.dinkes.id, validFrom = today()) =>
    saveTargets(world.people.supervisor, { unitId, validFrom, targets });
  const ofComplaints = async (unitId: string) => (await targetsOf(db, [unitId], now())).get(unitId)?.first.complaint;

  it("are those of the nearest above, once they have begun", async () => {
    const { regency, dinkes, disdukcapil } = world.units;
    expect(await ofComplaints(dinkes.id)).toEqual({ clock: "working", days: 1 });
    await setTargets(quick, regency.id);
    expect([await ofComplaints(dinkes.id), await ofComplaints(disdukcapil.id)]).toEqual([quick.first.complaint, quick.first.complaint]);
    await setTargets(defaultTargets);
    expect(await ofComplaints(dinkes.id)).toEqual({ clock: "working", days: 1 });
    await setTargets(null);
    expect(await ofComplaints(dinkes.id)).toEqual(quick.first.complaint);
    await setTargets(defaultTargets, dinkes.id, addDays(today(), 1));
    expect(await ofComplaints(dinkes.id)).toEqual(quick.first.complaint);
    expect(await targetsSettings(world.people.supervisor, dinkes.id)).toMatchObject({ from: { unitId: regency.id } });
  });

  it("and the unit's own hours make the deadline", async () => {
    const { dinkes } = world.units;
    await setHours(mornings);
    await setTargets(quick);
    const [cal, targets] = [await calendarOfUnit(db, dinkes.id), (await targetsOf(db, [dinkes.id], now())).get(dinkes.id)!];
    const [monday] = [coming(1)];
    const due = firstResponseDue("complaint", new Date(`${monday}T11:00+07:00`), cal, targets.first);
    expect(due && localDay(due, cal.zone) > monday).toBe(true);
    expect(due?.toISOString().slice(10)).toBe("T01:00:00.000Z");
  });

  it("let no rumour wait for office hours, and nothing end before it is answered", async () => {
    const hoax = { ...defaultTargets, first: { ...defaultTargets.first, hoax: { clock: "working" as const, days: 1 } } };
    expect(await setTargets(hoax)).toMatchObject({ ok: false, problems: [{ field: "hoax", code: "target-clock" }] });
    const question = { ...defaultTargets, first: { ...defaultTargets.first, question: { clock: "working" as const, days: 6 } } };
    expect(await setTargets(question)).toMatchObject({ ok: false, problems: [{ field: "question", code: "target-order" }] });
  });
});
