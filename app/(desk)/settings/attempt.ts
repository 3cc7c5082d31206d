import type { Answer } from "#lib/core/errors.ts";

/** An action's answer; one that never arrived (no network, a server that restarts) reads "unavailable", so that a form stays as it is. */
export const attempt = <T extends object>(call: Promise<Answer<T>>): Promise<Answer<T>> =>
  call.catch(() => ({ ok: false, refused: "unavailable", problems: [] }));
