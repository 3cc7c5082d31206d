// How fast citizens' words get from signed webhooks into the inbox, and that none is lost or doubled when notifications are
// dropped, repeated and shuffled; what was dropped is found when the accounts are read.
import { type ChildProcess, spawn } from "node:child_process";
import { createHmac, randomBytes } from "node:crypto";
import { createServer } from "node:http";
import { registerHooks } from "node:module";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import pg from "pg";
import type { RemoteComment } from "#lib/platforms/contract.ts";
import { benchDatabase, machine } from "../support/bench-database.ts";
import { bodiesOf, type Said, saidBy } from "../support/ingest-bench.ts";
import { compileCache } from "../support/lab.ts";

const { values } = parseArgs({ options: { scale: { type: "string", default: "full" }, keep: { type: "boolean", default: false } } });
const smoke = values.scale === "smoke";
const EVENTS = smoke ? 600 : 200_000;
const ACCOUNTS = smoke ? 10 : 500;
const SENDERS = 8;
const secret = "rahasia-aplikasi";

const database = await benchDatabase("ingest", values.keep);
const environment = {
  PATH: process.env.PATH,
  NODE_ENV: "production" as const,
  NODE_COMPILE_CACHE: compileCache,
  DATABASE_URL: database.url,
  AUTH_SECRET: randomBytes(24).toString("hex"),
  GARDA_KEYS: `b1:${randomBytes(32).toString("base64")}`,
  FACEBOOK_APP_SECRET: secret,
  STORAGE_DIR: database.folder,
  POLL_SECONDS: "86400",
  LOG_LEVEL: process.env.LOG_LEVEL ?? "error",
};
Object.assign(process.env, environment);
const client = new pg.Client({ connectionString: database.ownerUrl });
await client.connect();
// The route imports from Next.js, which names its files without their endings.
registerHooks({ resolve: (name, context, next) => next(/^next\/(headers|navigation)$/.test(name) ? `${name}.js` : name, context) });
const { POST } = await import("../../app/api/webhooks/[platform]/route.ts");
const { ingest } = await import("#lib/inbox/intake/ingest.ts");
const { db } = await import("#lib/core/db.ts");

let worker: ChildProcess | null = null;
const server = createServer(async (incoming, response) => {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  const headers = new Headers({ "x-hub-signature-256": String(incoming.headers["x-hub-signature-256"]) });
  const request = new Request("http://garda.invalid/api/webhooks/facebook", { method: "POST", headers, body: Buffer.concat(parts) });
  const answer = await POST(request, { params: Promise.resolve({ platform: "facebook" }) });
  response.writeHead(answer.status).end();
});
try {
  await makeAccounts();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const said = saidBy(ACCOUNTS, EVENTS, Date.now());
  const { bodies, sent } = bodiesOf(said, { dropped: 0.05, repeated: 0.2, most: 50 });
  worker = spawn(process.execPath, ["lib/worker/main.ts"], { env: environment, stdio: ["ignore", "ignore", "inherit"] });

  const begun = performance.now();
  await Promise.all(Array.from({ length: SENDERS }, () => sendAll(address, bodies)));
  const accepted = (performance.now() - begun) / 1000;
  while ((await count("SELECT count(*) FROM webhook_delivery WHERE state = 'waiting'")) > 0) {
    await sleep(smoke ? 100 : 2000);
  }
  const drained = (performance.now() - begun) / 1000;
  const found = await count("SELECT count(*) FROM message");
  for (const [account, comments] of Map.groupBy(said, ({ account }) => account))
    await ingest(channelOf(account), comments.map(commentOf), "poll");
  const kept = await count("SELECT count(*) FROM message");
  const different = await count("SELECT count(DISTINCT (channel_id, remote_id)) FROM message");
  const figures = {
    sent,
    accepted_per_s: Math.round(sent / accepted),
    per_s: Math.round(sent / drained),
    lost: EVENTS - different,
    doubled: kept - different,
    found_by_webhook: found,
    failed_deliveries: await count("SELECT count(*) FROM webhook_delivery WHERE state = 'failed'"),
    orphans: await count("SELECT count(*) FROM inbox_case c WHERE NOT EXISTS (SELECT FROM message m WHERE m.case_id = c.id)"),
  };
  const conditions = `${values.scale}, ${ACCOUNTS} accounts, bodies of ≤50, 5 % dropped, 20 % repeated, shuffled, ${SENDERS} senders, the route in a plain HTTP server, 1 worker, accounts read through the intake afterwards, ${machine()}`;
  console.log(JSON.stringify({ ...figures, conditions }));
  if (figures.lost || figures.doubled || figures.failed_deliveries) process.exitCode = 1;
} finally {
  worker?.kill("SIGTERM");
  if (worker) await new Promise((resolve) => worker!.once("exit", resolve));
  server.close();
  server.closeAllConnections();
  await db.$disconnect();
  await client.end();
  await database.stop();
}
process.exit();

async function count(sql: string): Promise<number> {
  const { rows } = await client.query<{ count: string }>(sql);
  return Number(rows[0]!.count);
}

async function sendAll(address: string, bodies: Buffer[]) {
  for (let body = bodies.pop(); body; body = bodies.pop()) {
    const signature = `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
    const answer = await fetch(address, { method: "POST", body: new Uint8Array(body), headers: { "x-hub-signature-256": signature } });
    if (answer.status !== 200) throw new Error(`a webhook was answered with ${answer.status}`);
  }
}

function commentOf({ id, post, parent, author, name, text, sentAt, own }: Said): RemoteComment {
  return {
    remoteId: id,
    postRemoteId: post,
    parentRemoteId: parent,
    author: { remoteId: author, name },
    text,
    sentAt: new Date(sentAt),
    own,
    ref: null,
  };
}

function idOf(kind: "a" | "c", account: number): string {
  return `00000000-0000-7000-8000-${kind}${String(account).padStart(11, "0")}`;
}

function channelOf(account: number) {
  return { id: idOf("c", account), unitId: idOf("a", account), governmentId: idOf("a", account) };
}

async function makeAccounts() {
  const accounts = Array.from({ length: ACCOUNTS }, (_, n) => ({ unit: idOf("a", n), channel: idOf("c", n), page: `page-${n}` }));
  await client.query(
    `INSERT INTO unit (id, code, name, short_name, kind, government_id)
     SELECT (x->>'unit')::uuid, x->>'page', x->>'page', x->>'page', 'regency', (x->>'unit')::uuid FROM jsonb_array_elements($1) x`,
    [JSON.stringify(accounts)],
  );
  await client.query("INSERT INTO unit_closure (ancestor_id, unit_id, depth) SELECT id, id, 0 FROM unit");
  await client.query(
    `INSERT INTO channel (id, unit_id, government_id, platform, mode, remote_id, handle, name, base_url, first_seen_at, next_poll_at)
     SELECT (x->>'channel')::uuid, (x->>'unit')::uuid, (x->>'unit')::uuid, 'facebook', 'api', x->>'page', x->>'page', x->>'page', 'http://127.0.0.1:9', now(),
       '2999-01-01' FROM jsonb_array_elements($1) x`,
    [JSON.stringify(accounts)],
  );
}
