import { createHash } from "node:crypto";

export type Random = ReturnType<typeof random>;

/** Numbers that look random and are the same for the same name, so that the demo is the same story wherever it is told. */
export function random(name: string) {
  let state = createHash("sha256").update(name).digest().readUInt32LE();
  /** From 0 up to, not including, 1 (mulberry32). */
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const whole = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    /** A whole number, both ends included. */
    whole,
    between: (from: number, to: number) => from + next() * (to - from),
    chance: (share: number) => next() < share,
    pick: <T>(items: readonly T[]): T => items[whole(0, items.length - 1)]!,
    shuffle: <T>(items: readonly T[]): T[] => {
      const mixed = [...items];
      for (let i = mixed.length - 1; i > 0; i--) {
        const j = whole(0, i);
        [mixed[i], mixed[j]] = [mixed[j]!, mixed[i]!];
      }
      return mixed;
    },
  };
}

/** Deals out a rate in whole numbers: over any stretch the sum is within one of what the rate promises. */
export function dealer(start = 0) {
  let owed = start;
  return (rate: number): number => {
    owed += rate;
    const dealt = Math.floor(owed + 1e-9);
    owed -= dealt;
    return dealt;
  };
}
