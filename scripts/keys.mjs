// `npm run keys -- rotate`: seals everything anew under the first key of GARDA_KEYS or GARDA_KEYS_FILE, while Garda runs.
// Prints counts alone. See docs/operations.md, "A key must change".
import { generateIfStale } from "./build.mjs";
import { workAsWorker } from "./environment.mjs";

process.once("disconnect", () => process.exit(1)); // scripts/bootstrap.mjs is gone

try {
  process.exit(await rotate(process.argv.slice(2)));
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

async function rotate([command, ...rest]) {
  if (command !== "rotate" || rest.length > 0) throw new Error("Usage: npm run keys -- rotate");
  workAsWorker();
  await generateIfStale();
  const { resealAll } = await import("../lib/channels/resealing.ts");
  const places = await resealAll();
  for (const [name, { resealed, closed, left }] of Object.entries(places))
    console.log(`${name}: ${resealed} sealed anew, ${left} left under another key, ${closed} that no key opens`);
  const open = Object.values(places).every(({ left, closed }) => left + closed === 0);
  console.log(open ? "Everything is under the first key." : "Keep the old keys: not everything is under the first one yet.");
  return open ? 0 : 1;
}
