/** Walks a publication over its one irreversible call, leaving a trace before it. */

import { type Checkpoint, PlatformFailure } from "./contract.ts";

/**
 * Saves `committing`, then makes the call. When the call is known not to have been applied the checkpoint goes back to
 * `prepared`; after an ambiguous outcome, or a crash, it stays `committing`. `data.firstAt` keeps the instant of the first try.
 */
export async function commit<T>(
  checkpoint: Checkpoint,
  save: (next: Checkpoint) => Promise<void>,
  now: Date,
  call: () => Promise<T>,
): Promise<T> {
  const at = now.toISOString();
  const data = { ...checkpoint.data, firstAt: checkpoint.data.firstAt ?? at };
  await save({ stage: "committing", at, data });
  try {
    return await call();
  } catch (error) {
    if (error instanceof PlatformFailure && error.failure.kind !== "ambiguous") await save({ stage: "prepared", at, data });
    throw error;
  }
}

/** The instant of the first try to commit; null when there was none. */
export function firstCommit(checkpoint: Checkpoint): Date | null {
  const at = checkpoint.data.firstAt ?? checkpoint.at;
  return typeof at === "string" ? new Date(at) : null;
}

/**
 * How far a platform's clock may be behind ours, in ms: a look-up asks for posts from so long before the first try. Too
 * little, and a server whose clock runs ahead does not find its own post and sends it twice.
 */
export const clockSkew = 10 * 60_000;
