/** Refusals that a connector expects. */

import { PlatformFailure } from "./contract.ts";

type Refusal = PlatformFailure & { failure: { kind: "rejected" } };

/** Whether the platform refused for this reason. */
export const isRejected = (error: unknown, code: string): error is Refusal =>
  error instanceof PlatformFailure && error.failure.kind === "rejected" && error.failure.code === code;

/** The answer, or `otherwise` when the platform says that the object is not there. */
export async function unlessGone<T, U>(read: Promise<T>, otherwise: U): Promise<T | U> {
  return read.catch((error: unknown) => {
    if (isRejected(error, "not-found")) return otherwise;
    throw error;
  });
}
