/** Waits inside a connector take the world's time, not the test's. */
export const waits = { pass: async (_ms: number) => {} };

/** The same connector, which pauses so. */
export const waiting =
  <O extends object, C>(make: (options: O) => C) =>
  (options: O) =>
    make({ ...options, pause: (ms: number) => waits.pass(ms) });
