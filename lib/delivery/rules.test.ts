import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Checkpoint, Failure, Found } from "../platforms/contract.ts";
import {
  absencesSoFar,
  backoff,
  checkpointAfter,
  LOOKS_TO_PROVE_ABSENCE,
  lookupDelays,
  MAX_ATTEMPTS,
  outcomeOf,
  PUT_OFF_SECONDS,
  type PublicationState,
  purposeOf,
  type Settlement,
  settleFailure,
  settleLookup,
  settlePublished,
  settlePutOff,
} from "./rules.ts";

const now = new Date("2026-11-23T03:00:00Z");
const seconds = (settlement: Settlement) => settlement.runAt && (settlement.runAt.getTime() - now.getTime()) / 1000;
const post = { remoteId: "1_2", permalink: null, ref: null };
const published: Found = { kind: "found", published: post };

/** What may befall a call to publish. `applied`: the platform has it, whether it said so or not. */
const calls = {
  accepted: { applied: true, failure: null },
  "accepted, answer lost": { applied: true, failure: { kind: "ambiguous" } },
  "lost on the way": { applied: false, failure: { kind: "ambiguous" } },
  "could not connect": { applied: false, failure: { kind: "retryable" } },
  "too many calls": { applied: false, failure: { kind: "rate-limited", until: new Date(now.getTime() + 60_000), scope: "app" } },
  refused: { applied: false, failure: { kind: "rejected", code: "invalid" } },
  "key gone": { applied: false, failure: { kind: "needs-reauth", reason: "revoked" } },
  "worker died before the call": { applied: false, failure: "died-before" },
  "worker died after the platform took it": { applied: true, failure: "died-after" },
  "worker died after the call that never arrived": { applied: false, failure: "died-after" },
} as const satisfies Record<string, { applied: boolean; failure: Failure | null | string }>;
type Call = keyof typeof calls;
/** What a look-up may tell. "late": the platform does not list yet what it has; "put off": it takes no calls now. */
type Look = "truth" | "late" | "unclear" | "put off" | "worker died";

type Row = { state: PublicationState; checkpoint: Checkpoint; attempts: number; lookups: number; waiting: boolean };
type World = { row: Row; copies: number; wasLate: boolean };

const saved = (checkpoint: Checkpoint, stage: Checkpoint["stage"]): Checkpoint => ({ ...checkpoint, stage, at: now.toISOString() });

function settle(row: Row, settlement: Settlement, absences: number): Row {
  const lookups = settlement.state === "due" ? 0 : row.lookups;
  return {
    ...row,
    state: settlement.state,
    lookups,
    waiting: settlement.runAt !== null,
    checkpoint: checkpointAfter(row.checkpoint, settlement, absences, now),
  };
}

/** One claim of the engine and what came of it, by the rules alone. */
function step(world: World, call: Call, look: Look): World {
  const looking = purposeOf(world.row.state, world.row.checkpoint.stage) === "look-up";
  const row: Row = { ...world.row, attempts: world.row.attempts + (looking ? 0 : 1), lookups: world.row.lookups + (looking ? 1 : 0) };
  return looking ? lookUp({ ...world, row }, look) : publish({ ...world, row }, call);
}

function publish(world: World, call: Call): World {
  const { applied, failure } = calls[call];
  const copies = world.copies + (applied ? 1 : 0);
  const { row } = world;
  if (failure === "died-before") return { ...world, row: { ...row, state: "publishing", checkpoint: saved(row.checkpoint, "prepared") } };
  const committing = { ...row, checkpoint: saved(row.checkpoint, "committing") };
  if (failure === "died-after") return { row: { ...committing, state: "publishing" }, copies, wasLate: false };
  const known = failure && failure.kind !== "ambiguous" ? { ...row, checkpoint: saved(row.checkpoint, "prepared") } : committing;
  const settlement = failure ? settleFailure(failure as Failure, row.attempts, now) : settlePublished({ kind: "done", published: post });
  return { row: settle(known, settlement, 0), copies, wasLate: false };
}

/** A platform lists late at most once for each post: what LOOKS_TO_PROVE_ABSENCE stands on. */
function lookUp(world: World, look: Look): World {
  if (look === "worker died") return { ...world, row: { ...world.row, state: "publishing" } };
  if (look === "put off") {
    const put = settlePutOff(now, world.row.checkpoint, now)!;
    const { row } = world;
    return { ...world, row: { ...settle(row, put, absencesSoFar(row.checkpoint)), lookups: row.lookups - 1 } };
  }
  const late = look === "late" && world.copies > 0 && !world.wasLate;
  const found: Found = look === "unclear" ? { kind: "unknown" } : world.copies > 0 && !late ? published : { kind: "absent" };
  const absences = found.kind === "absent" ? absencesSoFar(world.row.checkpoint) + 1 : 0;
  const settlement = settleLookup(found, world.row.lookups, absences, world.row.attempts, now);
  if (settlement.state === "due") expect(absences).toBeGreaterThanOrEqual(LOOKS_TO_PROVE_ABSENCE);
  return { ...world, wasLate: world.wasLate || late, row: settle(world.row, settlement, absences) };
}

const begin: World = {
  row: { state: "due", checkpoint: { stage: "new", at: null, data: {} }, attempts: 0, lookups: 0, waiting: true },
  copies: 0,
  wasLate: false,
};
const over = ({ row }: World) => row.state === "published" || row.state === "failed" || (row.state === "unknown" && !row.waiting);

describe("whatever befalls a publication", () => {
  const anyCall = fc.constantFrom(...(Object.keys(calls) as Call[]));
  const anyLook = fc.constantFrom<Look>("truth", "late", "unclear", "put off", "worker died");
  const fates = fc.array(fc.tuple(anyCall, anyLook), { minLength: 1, maxLength: 60 });

  it("it is never out twice; what is called published is out, and what is called failed is not", () => {
    fc.assert(
      fc.property(fates, (fate) => {
        let world = begin;
        for (const [call, look] of fate) {
          if (over(world)) break;
          world = step(world, call, look);
          expect(world.copies).toBeLessThanOrEqual(1);
        }
        if (world.row.state === "published") expect(world.copies).toBe(1);
        if (world.row.state === "failed") expect(world.copies).toBe(0);
      }),
      { numRuns: 3000 },
    );
  });

  it("it comes to an end, or to a person, however the calls go on", () => {
    fc.assert(
      fc.property(fates, (fate) => {
        const living = fate.filter(([call, look]) => !call.startsWith("worker died") && look !== "worker died" && look !== "put off");
        if (!living.length) return;
        let world = begin;
        for (let n = 0; n < 500 && !over(world); n += 1) world = step(world, ...(living[n % living.length] as [Call, Look]));
        expect(over(world)).toBe(true);
      }),
    );
  });

  it("two absences before a retry prove nothing about that retry", () => {
    let world = step(begin, "lost on the way", "truth");
    world = step(world, "refused", "truth");
    world = step(world, "refused", "truth");
    expect(world.row).toMatchObject({ state: "due", checkpoint: { stage: "prepared" } });
    world = step(world, "worker died after the platform took it", "truth");
    world = step(world, "refused", "late");
    expect(world.row.state).toBe("unknown");
    expect(step(world, "refused", "truth").row.state).toBe("published");
  });
});

describe("after a failed call", () => {
  it.each<[string, Failure, number, Partial<Settlement>, number | null]>([
    [
      "of unknown outcome: look first",
      { kind: "ambiguous" },
      1,
      { state: "unknown", stage: "committing", problem: { code: "outcome-unknown" } },
      10,
    ],
    ["of unknown outcome, at the last try: look first all the same", { kind: "ambiguous" }, MAX_ATTEMPTS, { state: "unknown" }, 10],
    ["that never arrived: again soon", { kind: "retryable" }, 1, { state: "due", stage: "prepared", problem: { code: "will-retry" } }, 15],
    ["that never arrived, third time", { kind: "retryable" }, 3, { state: "due" }, 60],
    ["told when to come back", { kind: "retryable", after: new Date(now.getTime() + 120_000) }, 1, { state: "due" }, 120],
    ["told to come back sooner than we would", { kind: "retryable", after: new Date(now.getTime() + 1000) }, 1, { state: "due" }, 15],
    ["six times: given up", { kind: "retryable" }, MAX_ATTEMPTS, { state: "failed", problem: { code: "gave-up" } }, null],
    [
      "over the limit: when it ends",
      { kind: "rate-limited", until: new Date(now.getTime() + 900_000), scope: "app" },
      7,
      { state: "due", problem: { code: "rate-limited" } },
      900,
    ],
    ["over a limit that has just ended", { kind: "rate-limited", until: now, scope: "app" }, 1, { state: "due" }, 60],
    [
      "over the limit for ever: given up",
      { kind: "rate-limited", until: now, scope: "app" },
      MAX_ATTEMPTS * 4,
      { state: "failed", problem: { code: "gave-up" } },
      null,
    ],
    ["for want of a key", { kind: "needs-reauth", reason: "expired" }, 1, { state: "failed", problem: { code: "reauth-expired" } }, null],
    [
      "for want of an entitlement",
      { kind: "not-entitled", what: "review" },
      1,
      { state: "failed", problem: { code: "not-entitled-review" } },
      null,
    ],
    [
      "refused",
      { kind: "rejected", code: "invalid", detail: "Foto rusak" },
      1,
      { state: "failed", problem: { code: "rejected", detail: "Foto rusak", reason: "invalid" } },
      null,
    ],
    [
      "refused by policy",
      { kind: "rejected", code: "policy", policy: true },
      1,
      { state: "failed", problem: { code: "rejected-policy", detail: undefined, reason: "policy" } },
      null,
    ],
  ])("%s", (_, failure, attempts, expected, wait) => {
    const settlement = settleFailure(failure, attempts, now);
    expect(settlement).toMatchObject(expected);
    expect(seconds(settlement)).toBe(wait);
  });

  it("waits longer each time, at most a quarter of an hour", () => {
    expect([1, 2, 3, 4, 5, 6, 7, 20].map(backoff)).toEqual([15, 30, 60, 120, 240, 480, 900, 900]);
  });
});

describe("after a look", () => {
  const look = (found: Found, lookups: number, absences: number, attempts = 1) => settleLookup(found, lookups, absences, attempts, now);

  it("that found it: published, however many looks before did not", () => {
    expect(look(published, 4, 0)).toMatchObject({ state: "published", problem: null });
  });

  it("that did not find it once: nothing is sent yet", () => {
    expect(look({ kind: "absent" }, 1, 1)).toMatchObject({ state: "unknown", problem: { code: "outcome-unknown" } });
  });

  it("that did not find it twice in a row: sent again, unless it was tried often enough", () => {
    expect(look({ kind: "absent" }, 2, 2)).toMatchObject({ state: "due", stage: "prepared" });
    expect(look({ kind: "absent" }, 2, 2, MAX_ATTEMPTS)).toMatchObject({ state: "failed", problem: { code: "gave-up" } });
  });

  it("the waits grow, then a person is asked", () => {
    expect([1, 2, 3].map((n) => seconds(look({ kind: "unknown" }, n, 0)))).toEqual(lookupDelays.slice(1));
    expect(look({ kind: "unknown" }, lookupDelays.length, 0)).toEqual({ state: "unknown", runAt: null, problem: { code: "ask-person" } });
    expect(look({ kind: "absent" }, lookupDelays.length, 1)).toMatchObject({ state: "unknown", runAt: null });
  });

  it("a platform that never tells is asked once: then a person is", () => {
    expect(look({ kind: "unknown", never: true }, 1, 0)).toEqual({ state: "unknown", runAt: null, problem: { code: "ask-person" } });
  });
});

describe("after a look that the platform put off", () => {
  const ago = (seconds: number): Checkpoint => ({
    ...{ stage: "committing", at: now.toISOString() },
    data: { firstAt: new Date(now.getTime() - seconds * 1000).toISOString() },
  });
  const until = new Date(now.getTime() + 900_000);

  it("it is made when the platform takes calls again, and none of the four is used up", () => {
    expect(settlePutOff(until, ago(60), now)).toEqual({
      state: "unknown",
      runAt: until,
      problem: { code: "outcome-unknown" },
      uncounted: true,
    });
    expect(seconds(settlePutOff(now, ago(60), now)!)).toBe(60);
  });

  it("nobody waits for it longer than a day: from then on it counts", () => {
    expect(settlePutOff(until, ago(PUT_OFF_SECONDS - 1), now)).not.toBeNull();
    expect(settlePutOff(until, ago(PUT_OFF_SECONDS + 1), now)).toBeNull();
    expect(settlePutOff(until, { stage: "committing", at: null, data: {} }, now)).toBeNull();
  });
});

it.each<[PublicationState, Checkpoint["stage"], "publish" | "look-up"]>([
  ["due", "new", "publish"],
  ["due", "prepared", "publish"],
  ["publishing", "new", "publish"],
  ["publishing", "prepared", "publish"],
  ["publishing", "committing", "look-up"],
  ["unknown", "committing", "look-up"],
  ["unknown", "prepared", "look-up"],
])("whoever takes over a %s row at stage %s is to %s", (was, stage, purpose) => expect(purposeOf(was, stage)).toBe(purpose));

describe("the state of a post, from its publications", () => {
  it.each<[string, PublicationState[], string]>([
    ["none yet", [], "scheduled"],
    ["all due", ["due", "due"], "scheduled"],
    ["one has begun", ["due", "publishing"], "publishing"],
    ["one is out, one to come", ["published", "due"], "publishing"],
    ["all out", ["published", "published"], "published"],
    ["one out, one failed", ["published", "failed"], "partly"],
    ["none out, one failed", ["failed", "manual"], "failed"],
    ["one waits for its turn, another failed", ["due", "failed"], "scheduled"],
    ["one out, one waits for a person's hand", ["published", "manual"], "manual"],
    ["by hand alone", ["manual"], "manual"],
    ["one unclear among others: look here first", ["published", "unknown", "failed", "publishing"], "unknown"],
    ["all wait for the end of a pause", ["held", "held"], "held"],
    ["one out, the other waits for the end of a pause", ["published", "held"], "held"],
    ["one still on its way as the pause began", ["publishing", "held"], "publishing"],
    ["all called off", ["cancelled", "cancelled"], "cancelled"],
    ["called off and planned anew", ["cancelled", "due"], "scheduled"],
    ["called off and out", ["cancelled", "published"], "published"],
  ])("%s", (_, states, outcome) => expect(outcomeOf(states)).toBe(outcome));

  it("depends on what they are, not on their order", () => {
    const state = fc.constantFrom<PublicationState>("due", "held", "publishing", "published", "manual", "failed", "unknown", "cancelled");
    fc.assert(
      fc.property(fc.array(state, { maxLength: 5 }), (states) => {
        expect(outcomeOf(states.toReversed())).toBe(outcomeOf(states));
      }),
    );
  });
});
