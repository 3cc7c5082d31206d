import type { ChannelRow } from "./queries.ts";

/** How an account fares, as the person who looks after it should read it. */
export type Health =
  /** Nothing is connected: people publish by hand. */
  | { kind: "by-hand" }
  | { kind: "healthy" }
  /** Connected, but neither proved nor refused yet. */
  | { kind: "unproved" }
  /** The last try failed; the product tries again by itself. */
  | { kind: "trouble"; cause: "unreachable" | "limited" | "not-entitled" | "refused" | "other" }
  /** The platform itself said that the access is gone; a person has to give a new key. */
  | { kind: "reconnect"; reason: "expired" | "revoked" | "scope" };

type Account = Pick<ChannelRow, "mode" | "state" | "lastOkAt" | "lastProblem">;

/** The health of an account, from what its last calls left behind. */
export function healthOf({ mode, state, lastOkAt, lastProblem }: Account): Health {
  if (mode === "manual") return { kind: "by-hand" };
  const code = lastProblem?.code ?? "";
  if (state === "needs_reauth")
    return { kind: "reconnect", reason: code === "reauth-expired" ? "expired" : code === "reauth-scope" ? "scope" : "revoked" };
  if (code) return { kind: "trouble", cause: causeOf(code) };
  return lastOkAt ? { kind: "healthy" } : { kind: "unproved" };
}

function causeOf(code: string) {
  if (code === "rate-limited") return "limited";
  if (code.startsWith("not-entitled")) return "not-entitled";
  if (code.startsWith("rejected")) return "refused";
  const unanswered = ["retryable", "ambiguous", "will-retry", "gave-up", "outcome-unknown", "ask-person"];
  return unanswered.includes(code) ? "unreachable" : "other";
}
