import type { Checkpoint, Failure, Found, PublishResult } from "../platforms/contract.ts";

// What becomes of a publication after each call: the whole of "never twice, never lost". Pure.

/** "held": it waits for the end of a pause of the schedule, and for a person to say when. */
export type PublicationState = "due" | "held" | "publishing" | "published" | "manual" | "failed" | "unknown" | "cancelled";

export const MAX_ATTEMPTS = 6;
/** Seconds before each look-up of an unknown outcome; when they are used up, a person is asked. */
export const lookupDelays = [10, 30, 120, 600] as const;
/** A platform may list a post late: only the second look that does not find it proves that it is absent. */
export const LOOKS_TO_PROVE_ABSENCE = 2;
/** A look that the platform put off is none of the four, but nobody waits longer than this for one: then it counts. */
export const PUT_OFF_SECONDS = 86_400;
/** Longer than any single call to a platform may take. */
export const LEASE_SECONDS = 90;

export type Settlement = {
  state: PublicationState;
  /** When the engine looks again; null: not by itself. */
  runAt: Date | null;
  /** `detail`: the platform's own words; `reason`: its code, for the records alone. */
  problem: { code: string; detail?: string; reason?: string } | null;
  /** The look-up was put off before it began: it is not one of the four. */
  uncounted?: true;
  /** The stage that the checkpoint goes back to or is forced to. */
  stage?: Checkpoint["stage"];
};

const after = (now: Date, seconds: number) => new Date(now.getTime() + seconds * 1000);
/** 15 s, 30 s, 1 min … at most 15 min. */
export const backoff = (attempt: number) => Math.min(900, 15 * 2 ** (attempt - 1));

export function settlePublished(result: PublishResult): Settlement {
  return result.kind === "done" ? { state: "published", runAt: null, problem: null } : { state: "manual", runAt: null, problem: null };
}

/** After a failed call to publish. `attempts` counts this one. */
export function settleFailure(failure: Failure, attempts: number, now: Date): Settlement {
  switch (failure.kind) {
    case "ambiguous":
      return { state: "unknown", runAt: after(now, lookupDelays[0]), problem: { code: "outcome-unknown" }, stage: "committing" };
    case "retryable": {
      if (attempts >= MAX_ATTEMPTS) return { state: "failed", runAt: null, problem: { code: "gave-up" } };
      const earliest = after(now, backoff(attempts));
      return {
        state: "due",
        runAt: failure.after && failure.after > earliest ? failure.after : earliest,
        problem: { code: "will-retry" },
        stage: "prepared",
      };
    }
    case "rate-limited": {
      if (attempts >= MAX_ATTEMPTS * 4) return { state: "failed", runAt: null, problem: { code: "gave-up" } };
      return {
        state: "due",
        runAt: failure.until > now ? failure.until : after(now, 60),
        problem: { code: "rate-limited" },
        stage: "prepared",
      };
    }
    case "needs-reauth":
      return { state: "failed", runAt: null, problem: { code: `reauth-${failure.reason}` } };
    case "not-entitled":
      return { state: "failed", runAt: null, problem: { code: `not-entitled-${failure.what}` } };
    case "rejected":
      return {
        state: "failed",
        runAt: null,
        problem: { code: failure.policy ? "rejected-policy" : "rejected", detail: failure.detail, reason: failure.code },
      };
  }
}

/**
 * After a look-up. `lookups` counts this one, `absences` the looks in a row that did not find it, this one included.
 * Absence proved twice means that the call was not applied, so it may be tried again.
 */
export function settleLookup(found: Found, lookups: number, absences: number, attempts: number, now: Date): Settlement {
  if (found.kind === "found") return { state: "published", runAt: null, problem: null };
  if (found.kind === "absent" && absences >= LOOKS_TO_PROVE_ABSENCE) {
    return attempts >= MAX_ATTEMPTS
      ? { state: "failed", runAt: null, problem: { code: "gave-up" } }
      : { state: "due", runAt: after(now, backoff(attempts)), problem: { code: "will-retry" }, stage: "prepared" };
  }
  const delay = found.kind === "unknown" && found.never ? undefined : lookupDelays[lookups];
  return {
    state: "unknown",
    runAt: delay === undefined ? null : after(now, delay),
    problem: { code: delay === undefined ? "ask-person" : "outcome-unknown" },
  };
}

/** After a look-up that the platform refused for now: it is put off, unless the outcome was unknown too long already. */
export function settlePutOff(until: Date, before: Checkpoint, now: Date): Settlement | null {
  const since = before.data.firstAt ?? before.at;
  if (typeof since !== "string" || now > after(new Date(since), PUT_OFF_SECONDS)) return null;
  return { state: "unknown", runAt: until > now ? until : after(now, 60), problem: { code: "outcome-unknown" }, uncounted: true };
}

/** What the next claim starts from. What look-ups proved holds for the try before them, not for the next one. */
export function checkpointAfter(before: Checkpoint, settlement: Settlement, absences: number, now: Date): Checkpoint {
  const stage = settlement.stage ?? before.stage;
  return {
    stage: stage === "prepared" && before.stage === "new" ? "new" : stage,
    at: before.at ?? now.toISOString(),
    data: { ...before.data, absences: settlement.state === "unknown" ? absences : 0 },
  };
}

/** Looks in a row that did not find it, up to now. */
export const absencesSoFar = ({ data }: Checkpoint) => (typeof data.absences === "number" ? data.absences : 0);

/** A lease ran out: whoever held it died. Past the point of no return it is looked up, before it simply tried again. */
export const purposeOf = (was: PublicationState, stage: Checkpoint["stage"]): "publish" | "look-up" =>
  was === "unknown" || stage === "committing" ? "look-up" : "publish";

/** The state of a post or reply as its publications make it. Cancelled ones do not count beside others. */
export type Outcome = "scheduled" | "held" | "publishing" | "published" | "partly" | "failed" | "unknown" | "manual" | "cancelled";
export function outcomeOf(states: readonly PublicationState[]): Outcome {
  const live = states.filter((s) => s !== "cancelled");
  if (!live.length) return states.length ? "cancelled" : "scheduled";
  if (live.includes("unknown")) return "unknown";
  if (live.includes("publishing")) return "publishing";
  if (live.includes("held")) return "held";
  if (live.every((s) => s === "published")) return "published";
  const published = live.includes("published");
  if (live.includes("due")) return published ? "publishing" : "scheduled";
  if (live.includes("failed")) return published ? "partly" : "failed";
  return "manual";
}
