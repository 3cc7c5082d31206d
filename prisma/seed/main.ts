import "./environment.ts";
import path from "node:path";
import { now } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import { env } from "#lib/core/env.ts";
import { platformSettings } from "#lib/platforms/settings.ts";
import { writeAdministrator, writeDemoAccounts } from "./accounts.ts";
import { firstAdministrator } from "./administrator.ts";
import { fillDemo, isDemo } from "./demo.ts";
import { fillLab } from "./lab.ts";
import { fillLabAccounts } from "./lab-accounts.ts";
import { nation } from "./regions.ts";
import { plantSettings, plantUnits } from "./tree.ts";

// Run by every start, before web and worker: what is there already is left as it is. DEMO=0 adds the units alone.

const folder = path.resolve(process.env.DATA_DIR || ".data");
const address = env().APP_URL;
const say = (step: string) => console.log(`      ${step} (${(performance.now() / 1000).toFixed(1)} s)`);

const changed = await db.$transaction(
  async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('garda: seed'))`;
    const units = await plantUnits(tx, nation());
    await plantSettings(tx);
    return units;
  },
  { timeout: 60_000, maxWait: 20_000 },
);
if (changed) say("ministry, provinces, kabupaten and kota are there");

if (env().DEMO === "0") {
  const made = await firstAdministrator({ email: process.env.ADMIN_EMAIL, password: process.env.ADMIN_PASSWORD });
  if (made) writeAdministrator(folder, address, made);
} else {
  const labUrl = process.env.LAB_URL || `http://127.0.0.1:${process.env.LAB_PORT || 41190}`;
  const graphUrl = process.env.FACEBOOK_GRAPH_URL || `${labUrl}/meta`;
  if (!(await isDemo())) say("filling in the demo, once");
  if (await fillDemo(now(), graphUrl, say)) {
    const posts = await fillLab(labUrl, graphUrl, platformSettings().FACEBOOK_API_VERSION, now());
    if (posts) say(`platform lab knows ${posts} posts`);
    await fillLabAccounts(labUrl);
    writeDemoAccounts(folder, address);
  }
}
await db.$disconnect();
