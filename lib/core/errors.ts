export type RefusalCode = "unauthenticated" | "forbidden" | "not-found" | "stale" | "unavailable";

/** A refusal: one of few codes, shown as a plain sentence. Anything else that is thrown is a bug and logged as one. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  constructor(code: RefusalCode, message?: string) {
    super(message ?? code);
    this.name = "Refusal";
    this.code = code;
  }
}

/** What a person can mend: a code with parameters, rendered beside `field` in the reader's language. */
export type Problem = { field?: string; code: string; params?: Record<string, string | number> };

export type Outcome<T extends object = object> = ({ ok: true } & T) | { ok: false; problems: Problem[] };
export type Answer<T extends object = object> = Outcome<T> | { ok: false; refused: RefusalCode; problems: Problem[] };
