/** What every connector to a platform's own interface promises, whatever the platform. */
import { afterAll, beforeAll, describe } from "vitest";
import { answering } from "./promises/answering.ts";
import { type Bench, openBench } from "./promises/bench.ts";
import { changing } from "./promises/changing.ts";
import { connecting } from "./promises/connecting.ts";
import type { Harness } from "./promises/harness.ts";
import { hearing } from "./promises/hearing.ts";
import { moderating } from "./promises/moderating.ts";
import { publishing } from "./promises/publishing.ts";
import { recovering } from "./promises/recovering.ts";

export type { Fault, Harness, Step } from "./promises/harness.ts";

/** Runs the suite on the platform that `start` brings up. */
export function conformance(name: string, start: () => Promise<Harness>): void {
  describe(`${name} keeps the connector contract`, () => {
    let open: Bench;
    let harness: Harness;
    beforeAll(async () => {
      harness = await start();
      open = await openBench(harness);
    });
    afterAll(() => harness.stop());
    const bench = () => open;
    connecting(bench);
    publishing(bench);
    recovering(bench);
    answering(bench);
    moderating(bench);
    changing(bench);
    hearing(bench);
  });
}
