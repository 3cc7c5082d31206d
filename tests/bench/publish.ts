// How late publications go out when many fall due within a minute, and whether any is doubled or lost.
import { parseArgs } from "node:util";
import { measureLateness } from "../support/publish-bench.ts";

const { values } = parseArgs({ options: { scale: { type: "string", default: "full" }, keep: { type: "boolean", default: false } } });
if (values.scale === "smoke") await measureLateness("publish", "smoke", values.keep, 0.5, { units: 1, channelsEach: 5, publications: 20 });
else await measureLateness("publish", "full", values.keep, 60, { units: 10, channelsEach: 5, publications: 500 });
process.exit();
