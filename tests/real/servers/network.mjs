// Bluesky's own servers on loopback: identity directory (PLC), personal data server (PDS), the AppView that answers threads
// and notifications, and a second PDS that has no AppView. REAL_POSTGRES_URL is the AppView's database. Prints one line of
// JSON when ready and runs until its standard input ends or it is asked to stop.
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { freePort } from "../../../scripts/processes.mjs";

const folder = mkdtempSync(path.join(tmpdir(), "garda-bluesky-"));
process.env.TMPDIR = folder; // the servers keep their files here, so that removing it leaves nothing behind
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));

const { ADMIN_PASSWORD, TestBsky, TestBsync, TestPds, TestPlc, mockNetworkUtilities } = await import("@atproto/dev-env");

const jwtSecret = randomBytes(16).toString("hex");
const running = [];

const plc = keep(await TestPlc.create({}));
const pdsPort = await freePort();
const view = await startAppView(process.env.REAL_POSTGRES_URL);
const pds = keep(
  await TestPds.create({
    port: pdsPort,
    didPlcUrl: plc.url,
    jwtSecret,
    bskyAppViewUrl: view.url,
    bskyAppViewDid: view.ctx.cfg.serverDid,
  }),
);
mockNetworkUtilities(pds, view);
const lone = keep(await TestPds.create({ didPlcUrl: plc.url, jwtSecret, bskyAppViewUrl: undefined, bskyAppViewDid: undefined }));

const accounts = [await createAccount("dinas"), await createAccount("warga")];
process.stdout.write(`${JSON.stringify({ pdsUrl: pds.url, lonePdsUrl: lone.url, adminPassword: ADMIN_PASSWORD, jwtSecret, accounts })}\n`);

process.stdin.resume().once("end", stop).once("error", stop);
process.once("SIGTERM", stop).once("SIGINT", stop);

async function startAppView(url) {
  const bsync = keep(await TestBsync.create({ apiKeys: ["bsync"], dbUrl: url, dbSchema: "bsync" }));
  const bsky = keep(
    await TestBsky.create({
      plcUrl: plc.url,
      bsyncUrl: bsync.url,
      bsyncApiKey: "bsync",
      repoProvider: `ws://localhost:${pdsPort}`,
      dbPostgresUrl: url,
      dbPostgresSchema: "appview",
    }),
  );
  bsync.ctx.dataplaneClients = [bsky.ctx.dataplane];
  return bsky;
}

async function createAccount(name) {
  const account = { handle: `${name}.test`, password: randomBytes(12).toString("hex") };
  const answer = await fetch(`${pds.url}/xrpc/com.atproto.server.createAccount`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ...account, email: `${name}@example.invalid` }),
  });
  if (!answer.ok) throw new Error(`createAccount: ${answer.status} ${await answer.text()}`);
  const { did } = await answer.json();
  return { ...account, did };
}

function keep(server) {
  running.unshift(server);
  return server;
}

async function stop() {
  setTimeout(() => process.exit(1), 5000).unref();
  for (const server of running) await server.close();
  process.exit(0);
}
