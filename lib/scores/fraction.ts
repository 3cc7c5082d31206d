/** Exact fractions, so that a score on the edge between two tenths is rounded by the rule and not by the machine. */

/** `d` is always positive; fractions are not reduced, the sums here stay short. */
export type Fraction = { n: bigint; d: bigint };

export const zero: Fraction = { n: 0n, d: 1n };
export const one: Fraction = { n: 1n, d: 1n };

/** `n / d` of integers; throws RangeError when `d` is not positive or either is no integer. */
export function fraction(n: number, d: number): Fraction {
  if (!(d > 0)) throw new RangeError(`a fraction needs a positive denominator: ${d}`);
  return { n: BigInt(n), d: BigInt(d) };
}

export const add = (x: Fraction, y: Fraction): Fraction => ({ n: x.n * y.d + y.n * x.d, d: x.d * y.d });
export const subtract = (x: Fraction, y: Fraction): Fraction => ({ n: x.n * y.d - y.n * x.d, d: x.d * y.d });
export const times = (x: Fraction, y: Fraction): Fraction => ({ n: x.n * y.n, d: x.d * y.d });
export const atLeast = (x: Fraction, y: Fraction): boolean => x.n * y.d >= y.n * x.d;
export const atMostOne = (x: Fraction): Fraction => (x.n > x.d ? one : x);
export const sum = (all: readonly Fraction[]): Fraction => all.reduce(add, zero);

/** `x / y`; throws RangeError unless `y` is positive. */
export function over(x: Fraction, y: Fraction): Fraction {
  if (y.n <= 0n) throw new RangeError("division by a fraction that is not positive");
  return { n: x.n * y.d, d: x.d * y.n };
}

/** The whole number of `1 / scale` nearest to `x`, halves up (towards the larger). */
export function roundHalfUp(x: Fraction, scale: number): number {
  return Number(floorDiv(2n * x.n * BigInt(scale) + x.d, 2n * x.d));
}

/** The smallest whole number of `1 / scale` that is not below `x`. */
export function ceiling(x: Fraction, scale: number): number {
  return -Number(floorDiv(-x.n * BigInt(scale), x.d));
}

function floorDiv(n: bigint, d: bigint): bigint {
  const quotient = n / d;
  return n % d < 0n ? quotient - 1n : quotient;
}
