// How late publications go out when those of a whole country fall due at one instant: every unit posts on every channel.
import { parseArgs } from "node:util";
import { measureLateness } from "../support/publish-bench.ts";

const { values } = parseArgs({ options: { scale: { type: "string", default: "full" }, keep: { type: "boolean", default: false } } });
if (values.scale === "smoke")
  await measureLateness("publish-burst", "smoke", values.keep, 0, { units: 4, channelsEach: 5, publications: 20 });
else await measureLateness("publish-burst", "full", values.keep, 0, { units: 550, channelsEach: 5, publications: 2750 });
process.exit();
