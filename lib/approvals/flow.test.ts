import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Approver, defaultFlow, type Flow, flowSchema, progress, type Step, standing, type Vote, type Voter } from "./flow.ts";
import { canFinish, unheldRoles } from "./staffing.ts";

const people = ["a", "b", "c", "d", "e"].map((letter) => `0193${letter.repeat(4)}-0000-7000-8000-000000000000`);
const roles = ["verifier", "supervisor", "head"] as const;
const [ani = "", budi = "", citra = "", dewi = ""] = people;

const step = (more: Partial<Step> = {}): Step => ({
  name: "Verifikasi",
  need: "any",
  approvers: [{ kind: "role", role: "verifier" }],
  deputies: [],
  deputyAfterHours: null,
  ...more,
});
const named = (personId: string): Approver => ({ kind: "person", personId });
const yes = (at: number, personId: string, ...covers: number[]): Vote => ({ step: at, personId, decision: "approve", covers });
const ask = (at: Step, voter: Voter, more: Partial<Parameters<typeof standing>[1]> = {}) =>
  standing(at, { voter, writers: [ani], cast: [], missing: at.approvers.map((_, index) => index), idleHours: 0, ...more });

describe("a round of approval", () => {
  it("is over with one verifier where the unit has set nothing", () => {
    expect(flowSchema.parse(defaultFlow)).toEqual(defaultFlow);
    expect(progress(defaultFlow, [])).toEqual({ state: "open", step: 0, missing: [0] });
    expect(progress(defaultFlow, [yes(0, budi, 0)])).toEqual({ state: "approved" });
  });

  it("needs each of the named where the step says all, and one of them where it says any", () => {
    const all: Flow = { steps: [step({ need: "all", approvers: [named(budi), named(citra)] })] };
    expect(progress(all, [yes(0, budi, 0)])).toEqual({ state: "open", step: 0, missing: [1] });
    expect(progress(all, [yes(0, citra, 1), yes(0, budi, 0)])).toEqual({ state: "approved" });
    const any: Flow = { steps: [step({ approvers: [named(budi), named(citra)] })] };
    expect(progress(any, [yes(0, citra, 1)])).toEqual({ state: "approved" });
  });

  it("goes step by step: a vote on a later step does not help the first", () => {
    const flow: Flow = { steps: [step(), step({ name: "Kepala", approvers: [{ kind: "role", role: "head" }] })] };
    expect(progress(flow, [yes(1, budi, 0)])).toEqual({ state: "open", step: 0, missing: [0] });
    expect(progress(flow, [yes(0, citra, 0)])).toEqual({ state: "open", step: 1, missing: [0] });
    expect(progress(flow, [yes(0, citra, 0), yes(1, budi, 0)])).toEqual({ state: "approved" });
  });

  it("ends at once when somebody returns or rejects it", () => {
    const flow: Flow = { steps: [step(), step()] };
    expect(progress(flow, [{ step: 0, personId: budi, decision: "return", covers: [0] }])).toEqual({ state: "returned" });
    expect(progress(flow, [yes(0, budi, 0), { step: 1, personId: citra, decision: "reject", covers: [0] }])).toEqual({ state: "rejected" });
  });
});

describe("who may speak", () => {
  const verifier: Voter = { personId: budi, roles: ["verifier"] };

  it("is whoever is named or holds the role; never a writer, never twice", () => {
    expect(ask(step(), verifier)).toEqual({ may: true, covers: [0], asDeputy: false });
    expect(ask(step({ approvers: [named(citra), { kind: "role", role: "verifier" }] }), { personId: citra, roles: ["verifier"] })).toEqual({
      may: true,
      covers: [0, 1],
      asDeputy: false,
    });
    expect(ask(step(), { personId: ani, roles: ["verifier"] })).toEqual({ may: false, why: "writer" });
    expect(ask(step(), verifier, { cast: [yes(0, budi, 0)] })).toEqual({ may: false, why: "voted" });
    expect(ask(step(), verifier, { cast: [yes(3, budi, 0)] })).toEqual({ may: false, why: "voted" });
    expect(ask(step(), { personId: dewi, roles: ["head"] })).toEqual({ may: false, why: "not-named" });
  });

  it("is a deputy once the step has been idle for its hours, for all who are missing", () => {
    const idle = step({ need: "all", approvers: [named(budi), named(citra)], deputies: [named(dewi)], deputyAfterHours: 8 });
    const deputy: Voter = { personId: dewi, roles: [] };
    expect(ask(idle, deputy, { idleHours: 7.99 })).toEqual({ may: false, why: "not-named" });
    expect(ask(idle, deputy, { idleHours: 8, missing: [1] })).toEqual({ may: true, covers: [1], asDeputy: true });
    const both = { ...idle, deputies: [named(citra)] };
    expect(ask(both, { personId: citra, roles: [] }, { idleHours: 8 })).toEqual({ may: true, covers: [0, 1], asDeputy: true });
    expect(ask(both, { personId: citra, roles: [] }, { idleHours: 1 })).toEqual({ may: true, covers: [1], asDeputy: false });
    expect(ask({ ...idle, deputyAfterHours: null }, deputy, { idleHours: 1e6 })).toEqual({ may: false, why: "not-named" });
  });
});

const approver = fc.oneof(
  fc.constantFrom(...roles).map((role): Approver => ({ kind: "role", role })),
  fc.constantFrom(...people).map(named),
);
const anyStep = fc.record({
  name: fc.constant("Langkah"),
  need: fc.constantFrom("any" as const, "all" as const),
  approvers: fc.array(approver, { minLength: 1, maxLength: 4 }),
  deputies: fc.array(approver, { maxLength: 2 }),
  deputyAfterHours: fc.constantFrom(null, 4),
});
const anyFlow = fc.array(anyStep, { minLength: 1, maxLength: 4 }).map((steps): Flow => ({ steps }));
const anyVoter = fc.record({ personId: fc.constantFrom(...people), roles: fc.subarray([...roles]) });

/** Lets people speak one after the other as the product does: only where they stand, only on the present step. */
function play(flow: Flow, speakers: { voter: Voter; decision: Vote["decision"]; idleHours: number }[], writer: string) {
  const votes: Vote[] = [];
  for (const { voter, decision, idleHours } of speakers) {
    const at = progress(flow, votes);
    if (at.state !== "open") break;
    const found = standing(flow.steps[at.step]!, { voter, writers: [writer], cast: votes, missing: at.missing, idleHours });
    if (found.may) votes.push({ step: at.step, personId: voter.personId, decision, covers: found.covers });
  }
  return votes;
}
const speakers = fc.array(
  fc.record({
    voter: anyVoter,
    decision: fc.constantFrom("approve", "approve", "approve", "return", "reject") as fc.Arbitrary<Vote["decision"]>,
    idleHours: fc.constantFrom(0, 4),
  }),
  { maxLength: 20 },
);

describe("whatever the flow and whoever speaks", () => {
  it("is approved only when every step was satisfied by people who stood there and wrote nothing of it", () => {
    fc.assert(
      fc.property(anyFlow, speakers, fc.constantFrom(...people), (flow, said, writer) => {
        const votes = play(flow, said, writer);
        expect(votes.every((vote) => vote.personId !== writer)).toBe(true);
        if (progress(flow, votes).state !== "approved") return;
        expect(votes.every((vote) => vote.decision === "approve")).toBe(true);
        for (const [index, { need, approvers }] of flow.steps.entries()) {
          const covered = new Set(votes.filter((vote) => vote.step === index).flatMap((vote) => vote.covers));
          expect(covered.size).toBeGreaterThanOrEqual(need === "all" ? approvers.length : 1);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it("never goes back, and is the same whatever the order of votes within a step", () => {
    fc.assert(
      fc.property(anyFlow, speakers, (flow, said) => {
        const votes = play(
          flow,
          said.map((one) => ({ ...one, decision: "approve" as const })),
          "nobody",
        );
        const step = (count: number) => {
          const at = progress(flow, votes.slice(0, count));
          return at.state === "open" ? at.step : flow.steps.length;
        };
        for (let count = 1; count <= votes.length; count += 1) expect(step(count)).toBeGreaterThanOrEqual(step(count - 1));
        expect(progress(flow, [...votes].reverse())).toEqual(progress(flow, votes));
      }),
    );
  });

  it("lets nobody speak twice in a round, so that two steps mean two people", () => {
    fc.assert(
      fc.property(anyFlow, speakers, (flow, said) => {
        const votes = play(flow, said, "nobody");
        expect(new Set(votes.map((vote) => vote.personId)).size).toBe(votes.length);
        if (progress(flow, votes).state === "approved") expect(votes.length).toBeGreaterThanOrEqual(flow.steps.length);
      }),
    );
  });

  it("can finish exactly where its people finish it in some order", () => {
    const staff = fc.uniqueArray(anyVoter, { maxLength: 4, selector: (voter) => voter.personId });
    fc.assert(
      fc.property(anyFlow, staff, (flow, voters) => {
        expect(canFinish(flow, voters)).toBe(ordersOf(voters).some((order) => finishes(flow, order)));
      }),
      { numRuns: 3_000 },
    );
  });
});

const ordersOf = <T>(all: readonly T[]): T[][] =>
  all.length ? all.flatMap((one, index) => ordersOf(all.toSpliced(index, 1)).map((rest) => [one, ...rest])) : [[]];

/** All of them say yes in this order once the deputies may; in between a step may begin anew for who comes next. */
const finishes = (flow: Flow, order: Voter[]) => {
  const yeses = order.map((voter) => ({ voter, decision: "approve" as const, idleHours: 4 }));
  return progress(flow, play(flow, yeses, "nobody")).state === "approved";
};

describe("people for a flow", () => {
  const head = step({ approvers: [{ kind: "role", role: "head" }] });
  const both = step({
    need: "all",
    approvers: [
      { kind: "role", role: "verifier" },
      { kind: "role", role: "head" },
    ],
  });
  const voter = (personId: string, ...held: string[]): Voter => ({ personId, roles: held });
  const orHead = step({ approvers: [named(ani), { kind: "role", role: "head" }] });

  it.each<[string, Flow, Voter[], string[][]]>([
    ["a role that nobody holds", { steps: [step(), head] }, [voter(budi, "verifier")], [[], ["head"]]],
    ["nothing with one of two, where one is enough", { steps: [{ ...both, need: "any" }] }, [voter(budi, "verifier")], [[]]],
    ["one of two, where both are needed", { steps: [both] }, [voter(budi, "verifier")], [["head"]]],
    ["nothing with a role beside a named person, where one is enough", { steps: [orHead] }, [], [[]]],
  ])("lacks %s", (_name, flow, staff, expected) => expect(unheldRoles(flow, staff)).toEqual(expected));

  const ofBudi = step({ approvers: [named(budi)] });
  it.each<[string, boolean, Flow, Voter[]]>([
    ["one verifier for two steps", false, { steps: [step(), step()] }, [voter(budi, "verifier")]],
    ["two verifiers for two steps", true, { steps: [step(), step()] }, [voter(budi, "verifier"), voter(citra, "verifier")]],
    ["one person with both roles for two steps", false, { steps: [step(), head] }, [voter(budi, "verifier", "head")]],
    ["one person with both roles for one step", true, { steps: [both] }, [voter(budi, "verifier", "head")]],
    ["the only verifier, named on the second step too", false, { steps: [step(), ofBudi] }, [voter(budi, "verifier")]],
    ["the named one spared for his step", true, { steps: [step(), ofBudi] }, [voter(budi, "verifier"), voter(citra, "verifier")]],
    [
      "a deputy for the second step, after its hours",
      true,
      { steps: [step(), step({ deputies: [named(citra)], deputyAfterHours: 4 })] },
      [voter(budi, "verifier"), voter(citra)],
    ],
    ["a deputy who never may", false, { steps: [step(), step({ deputies: [named(citra)] })] }, [voter(budi, "verifier"), voter(citra)]],
  ])("%s: %s", (_name, enough, flow, staff) => expect(canFinish(flow, staff)).toBe(enough));

  it("is decided for the longest flow and two hundred people", () => {
    const many = Array.from({ length: 200 }, (_, n) => voter(`p${n}`, ...roles.filter((_role, bit) => n & (1 << bit))));
    const wide = step({ need: "all", approvers: [...roles.map((role): Approver => ({ kind: "role", role })), ...people.map(named)] });
    const all = [...many, ...people.map((id) => voter(id, ...roles))];
    expect(canFinish({ steps: [wide, wide, wide, wide] }, all)).toBe(false);
    expect(canFinish({ steps: [wide, both, both, both] }, all)).toBe(true);
  });
});
