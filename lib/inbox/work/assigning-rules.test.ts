import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Assignment, giveOut, placesIn, type Worker } from "./assigning-rules.ts";

const ids = (count: number) => Array.from({ length: count }, (_, index) => `kasus-${index}`);
const workers = fc
  .array(fc.record({ load: fc.nat(30), turn: fc.nat(1000), onDuty: fc.boolean() }), { maxLength: 8 })
  .map((list): Worker[] => list.map((worker, index) => ({ ...worker, personId: `petugas-${index}` })));
const mode = fc.constantFrom("round_robin" as const, "load" as const);
const count = fc.nat(80);
const givenTo = (given: ReturnType<typeof giveOut>, { personId }: Worker) => given.filter((one) => one.personId === personId).length;
const teamOf = (people: readonly Worker[]) => (people.some(({ onDuty }) => onDuty) ? people.filter(({ onDuty }) => onDuty) : people);

describe("cases given out by themselves", () => {
  it("never bring anybody above the limit, and leave a case only when all are at it", () => {
    fc.assert(
      fc.property(workers, mode, fc.integer({ min: 1, max: 40 }), count, (people, by, limit, cases) => {
        const given = giveOut(ids(cases), people, { mode: by, limit });
        for (const worker of people) {
          const more = givenTo(given, worker);
          if (more) expect(worker.load + more).toBeLessThanOrEqual(limit);
        }
        const room = teamOf(people).reduce((sum, { load }) => sum + Math.max(0, limit - load), 0);
        expect(given).toHaveLength(Math.min(cases, room));
        expect(placesIn(people, { mode: by, limit })).toBe(room);
      }),
      { numRuns: 2000 },
    );
  });

  it("go to each equally within one in turns, also over several rounds", () => {
    fc.assert(
      fc.property(workers, fc.array(fc.nat(9), { maxLength: 6 }), (people, rounds) => {
        let team: Worker[] = people.map((worker) => ({ ...worker, turn: 0, load: 0 }));
        const total = new Map<string, number>();
        for (const cases of rounds) {
          const given = giveOut(ids(cases), team, { mode: "round_robin", limit: 10_000 });
          for (const { personId } of given) total.set(personId, (total.get(personId) ?? 0) + 1);
          team = team.map((worker) => ({
            ...worker,
            turn: given.findLast((one) => one.personId === worker.personId)?.turn ?? worker.turn,
          }));
        }
        const counts = teamOf(team).map(({ personId }) => total.get(personId) ?? 0);
        if (counts.length) expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      }),
      { numRuns: 2000 },
    );
  });

  it("leave nobody who was given one with more than one above another's load", () => {
    fc.assert(
      fc.property(workers, count, (people, cases) => {
        const given = giveOut(ids(cases), people, { mode: "load", limit: 10_000 });
        const after = teamOf(people).map((worker) => ({ more: givenTo(given, worker), load: worker.load + givenTo(given, worker) }));
        const least = Math.min(...after.map(({ load }) => load));
        for (const { more, load } of after) if (more) expect(load - least).toBeLessThanOrEqual(1);
      }),
      { numRuns: 2000 },
    );
  });

  it("go to those on duty alone, and to nobody by hand", () => {
    const people: Worker[] = [
      { personId: "a", load: 0, turn: 0, onDuty: false },
      { personId: "b", load: 5, turn: 9, onDuty: true },
    ];
    const set = (by: Assignment["mode"]) => giveOut(ids(2), people, { mode: by, limit: 6 });
    expect(set("load")).toEqual([{ caseId: "kasus-0", personId: "b", turn: 10 }]);
    expect(set("hand")).toEqual([]);
  });
});
