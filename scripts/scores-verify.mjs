// `npm run scores:verify [-- --day YYYY-MM-DD] [--government CODE]`: scores stored snapshots again from the facts and settings stored
// with them, while Garda runs. See docs/operations.md, "Verifying scores".
import { parseArgs } from "node:util";
import { generateIfStale } from "./build.mjs";
import { workAsWorker } from "./environment.mjs";

process.once("disconnect", () => process.exit(1)); // scripts/bootstrap.mjs is gone

try {
  process.exit(await verify(process.argv.slice(2)));
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

async function verify(args) {
  const { day, government } = optionsOf(args);
  workAsWorker();
  await generateIfStale();
  const { governmentOf, verifySnapshots } = await import("../lib/scores/verifying.ts");
  const governmentId = government && (await governmentOf(government));
  const { verified, differ, differing, unknown } = await verifySnapshots({ day, governmentId });
  for (const { unit, day, version, channelId } of differing)
    console.log(`differs: unit ${unit}, ${day}, version ${version}, account ${channelId}`);
  for (const [formula, count] of Object.entries(unknown))
    console.log(`${count} not verified: the formula ${JSON.stringify(formula)} is not known to this version of Garda`);
  console.log(`${verified} verified, ${differ} differ`);
  return differ === 0 && Object.keys(unknown).length === 0 ? 0 : 1;
}

function optionsOf(args) {
  const usage = "Usage: npm run scores:verify -- [--day YYYY-MM-DD] [--government CODE]";
  let values;
  try {
    ({ values } = parseArgs({ args, options: { day: { type: "string" }, government: { type: "string" } } }));
  } catch {
    throw new Error(usage);
  }
  const { day } = values;
  if (day !== undefined && !(/^\d{4}-\d\d-\d\d$/.test(day) && new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(day)))
    throw new Error(usage);
  return values;
}
