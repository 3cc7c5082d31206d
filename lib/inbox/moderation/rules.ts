/** What may be done with a citizen's comment without words, and what a failed try leads to. Pure. */
import type { Failure, Moderation } from "../../platforms/contract.ts";
import type { Kind } from "../kinds.ts";

/** Why a comment may be hidden: always for its words, never for what it says of a government (UU ITE art. 27–29 name what is forbidden). */
export const hideReasons = ["spam", "phishing", "personal-data", "hate", "pornography", "threat", "gambling"] as const;
export type HideReason = (typeof hideReasons)[number];

/** What a government is owed to hear. Hiding one takes a note and a second person. */
const voices: ReadonlySet<string> = new Set<Kind>(["complaint", "criticism", "feedback", "aspiration", "question", "information_request"]);

/** Whether hiding takes a second person: the case, or the message itself when it came in, was judged to be a citizen's voice. */
export const needsSecond = (action: Moderation, kinds: readonly (string | null)[]): boolean =>
  action === "hide" && kinds.some((kind) => kind !== null && voices.has(kind));

export const shortestHideNote = 10;

/** The roles that may be the second person; never the one who asked. */
export const mayDecide = (asker: string, decider: { personId: string; roles: readonly string[] }): boolean =>
  decider.personId !== asker && decider.roles.some((role) => role === "verifier" || role === "supervisor");

export type ModerationState = "asked" | "refused" | "waiting" | "done" | "failed";
type Ordered = { action: Moderation; state: ModerationState };

/** How a message stands after everything that was ordered for it, the oldest first. Only what the platform has done counts. */
export function standingOf(orders: readonly Ordered[]): { hidden: boolean; liked: boolean; open: boolean } {
  const done = orders.filter(({ state }) => state === "done");
  return {
    hidden: done.findLast(({ action }) => action !== "like")?.action === "hide",
    liked: done.some(({ action }) => action === "like"),
    open: orders.some(({ state }) => state === "asked" || state === "waiting"),
  };
}

export type Subject = {
  /** What the account's platform has calls for. */
  actions: readonly Moderation[];
  platform: string;
  direction: string;
  /** Under a post of our own. */
  underPost: boolean;
  parentRemoteId: string | null;
  removed: boolean;
};

/** What can be done with a message at all: a citizen's, under our post, still there. Threads hides only what stands straight under the post. */
export function possible({ actions, platform, direction, underPost, parentRemoteId, removed }: Subject): Moderation[] {
  if (direction !== "in" || !underPost || removed) return [];
  return platform === "threads" && parentRemoteId !== null ? [] : [...actions];
}

/** What can be done now; nothing while an order is open. */
export const offered = (subject: Subject, { hidden, liked, open }: ReturnType<typeof standingOf>): Moderation[] =>
  open ? [] : possible(subject).filter((action) => (action === "like" ? !liked : action === "hide" ? !hidden : hidden));

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const waits = [10_000, 30_000, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR];
/** After that nobody tries any more; a quota of a day may run out once meanwhile. */
export const GIVES_UP_MS = 48 * HOUR;

export type Settled = { state: "done" | "waiting" | "failed"; runAt: Date | null; problem: string | null };

/**
 * What becomes of an order after a try; `null`: it was done. Doing it twice is doing it once, so an unknown outcome is simply
 * tried again.
 */
export function settleModeration(failure: Failure | null, attempts: number, orderedAt: Date, at: Date): Settled {
  if (!failure) return { state: "done", runAt: null, problem: null };
  const failed = (problem: string): Settled => ({ state: "failed", runAt: null, problem });
  switch (failure.kind) {
    case "rejected":
      return failed(`rejected-${failure.code}`);
    case "needs-reauth":
      return failed(`reauth-${failure.reason}`);
    case "not-entitled":
      return failed("not-entitled");
  }
  const pause = new Date(at.getTime() + waits[Math.min(Math.max(attempts, 1), waits.length) - 1]!);
  const named = failure.kind === "rate-limited" ? failure.until : failure.kind === "retryable" ? (failure.after ?? pause) : pause;
  const runAt = named > pause || failure.kind === "rate-limited" ? named : pause;
  if (runAt.getTime() - orderedAt.getTime() > GIVES_UP_MS) return failed("gave-up");
  return { state: "waiting", runAt, problem: failure.kind };
}
