// Whether the inbox stays quick with years of citizens' words in it: lists, filters, search, threads, and how soon open pages hear of a new comment.
import { randomBytes } from "node:crypto";
import { registerHooks } from "node:module";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { encode } from "next-auth/jwt";
import pg from "pg";
import type { Actor } from "#lib/core/access.ts";
import { benchDatabase, machine, percentile } from "../support/bench-database.ts";
import { fillInboxes, makeUnits, wordsLookedFor } from "../support/inbox-bench.ts";

const { values } = parseArgs({
  options: { scale: { type: "string", default: "full" }, messages: { type: "string" }, keep: { type: "boolean", default: false } },
});
const smoke = values.scale === "smoke";
const MESSAGES = values.messages ? Number(values.messages) : smoke ? 3000 : 10_000_000;
const SMALL = Math.min(100_000, Math.round(MESSAGES / 10));
const [GOVERNMENTS, UNITS_EACH] = smoke ? [3, 20] : [50, 40];
const READERS = smoke ? 10 : 500;
const CALLS = smoke ? 20 : 200;
const COMMENTS = smoke ? 5 : 40;
const BETWEEN_MS = 50;
const cookie = "authjs.session-token";

const database = await benchDatabase("inbox", values.keep);
Object.assign(process.env, {
  DATABASE_URL: database.url,
  AUTH_SECRET: "bench".repeat(8),
  LOG_LEVEL: "error", // the stopping server is no news, and the figures come last
  GARDA_KEYS: `b1:${randomBytes(32).toString("base64")}`,
});
// Next.js tells the headers of a request only inside its own server: here they are those of the request being opened.
const asked = globalThis as { benchHeaders?: Headers };
const nextHeaders =
  "data:text/javascript,export const headers = async () => globalThis.benchHeaders; export const cookies = async () => null;";
registerHooks({
  resolve: (name, context, next) =>
    name === "next/headers" ? { url: nextHeaders, shortCircuit: true } : next(name === "next/navigation" ? `${name}.js` : name, context),
});
const { db } = await import("#lib/core/db.ts");
const { ingest } = await import("#lib/inbox/intake/ingest.ts");
const { listCases, searchCases, inboxChannels } = await import("#lib/inbox/lists/lists.ts");
const { noFilters } = await import("#lib/inbox/rules.ts");
const { caseDetail } = await import("#lib/inbox/queries.ts");
const { GET } = await import("../../app/api/live/route.ts");

type Inbox = { id: string; kind: string; governmentId: string };
type Look = { label: string; run: () => Promise<unknown> };

const client = new pg.Client({ connectionString: database.ownerUrl });
await client.connect();
await client.query("SET session_replication_role = replica"); // no foreign key is looked up for the made rows
const pages = new AbortController();
try {
  await makeUnits(client, GOVERNMENTS, UNITS_EACH);
  // The most spoken to and one that hears less, of governments and of units.
  const inboxes = await Promise.all((smoke ? ["1", "1.1"] : ["1", "2", "1.1", "2.5"]).map(inboxOf));
  await fillInboxes(client, SMALL);
  const small = await p95Of("list_small", lists(inboxes));
  await fillInboxes(client, MESSAGES);
  console.log(`${MESSAGES} messages stand …`);
  const list = await p95Of("list", lists(inboxes));
  const filter = await p95Of("filter", await filtered(inboxes));
  const search = await p95Of("search", searches(inboxes));
  const thread = await p95Of("thread", await threads(inboxes));
  const live = await hear();
  console.log(
    JSON.stringify({
      messages: MESSAGES,
      list_p95_ms: list,
      filter_p95_ms: filter,
      search_p95_ms: search,
      thread_p95_ms: thread,
      live_p95_ms: live.p95,
      live_unheard: live.unheard,
      list_small_p95_ms: small,
      ratio_list: Math.round((list / small) * 100) / 100,
      conditions: `${values.scale}, ${GOVERNMENTS * UNITS_EACH} units of ${GOVERNMENTS} governments, the most spoken to and a middle one, small: ${SMALL} messages, ${CALLS} calls each one after another; ${READERS} open pages in one process with the intake, ${COMMENTS} comments at ${1000 / BETWEEN_MS}/s; ${machine()}`,
    }),
  );
  if (live.unheard) process.exitCode = 1;
} finally {
  pages.abort();
  await db.$disconnect();
  await client.end();
  await database.stop();
}
process.exit();

async function inboxOf(code: string): Promise<Inbox> {
  return db.unit.findUniqueOrThrow({ where: { code }, select: { id: true, kind: true, governmentId: true } });
}

/** A unit's admin, or a government's supervisor. */
function readerOf(unit: Inbox): Actor {
  const whole = unit.id === unit.governmentId;
  const authority = { unitId: unit.id, governmentId: unit.governmentId };
  return {
    personId: unit.id,
    name: "Bench",
    locale: "id",
    sessionId: unit.id,
    authorities: [whole ? { ...authority, role: "supervisor", reach: "government" } : { ...authority, role: "admin", reach: "own" }],
  };
}

function nameOf(unit: Inbox): string {
  return unit.id === unit.governmentId ? "government" : "unit";
}

function lists(inboxes: Inbox[]): Look[] {
  return inboxes.flatMap((unit) =>
    (["open", "overdue", "done", "all"] as const).map((view) => ({
      label: `${nameOf(unit)} ${view}`,
      run: () => listCases(readerOf(unit), unit, view, new Date(), null),
    })),
  );
}

async function filtered(inboxes: Inbox[]): Promise<Look[]> {
  const looks: Look[] = [];
  for (const unit of inboxes) {
    const accounts = await inboxChannels(readerOf(unit), unit);
    const channelIds = accounts.filter(({ platform }) => platform === "instagram").map(({ id }) => id);
    const filters = { kind: { kind: "hoax" as const }, urgent: { urgent: true }, platform: { channelIds } };
    for (const view of ["open", "done", "all"] as const)
      for (const [name, filter] of Object.entries(filters))
        looks.push({
          label: `${nameOf(unit)} ${view} ${name}`,
          run: () => listCases(readerOf(unit), unit, view, new Date(), null, undefined, { ...noFilters, ...filter }),
        });
  }
  return looks;
}

function searches(inboxes: Inbox[]): Look[] {
  return inboxes.flatMap((unit) =>
    ["common", "middle", "rare"].map((word, place) => ({
      label: `${nameOf(unit)} ${word}`,
      run: () => searchCases(readerOf(unit), unit, wordsLookedFor()[place]!, null),
    })),
  );
}

async function threads(inboxes: Inbox[]): Promise<Look[]> {
  const looks: Look[] = [];
  for (const unit of inboxes) {
    const cases = await db.inboxCase.findMany({
      where: unit.id === unit.governmentId ? { governmentId: unit.id } : { unitId: unit.id },
      orderBy: { receivedAt: "desc" },
      select: { id: true },
      take: 2000,
    });
    const some = () => cases[Math.floor(Math.random() * cases.length)]!.id;
    looks.push({ label: nameOf(unit), run: () => caseDetail(readerOf(unit), some()) });
  }
  return looks;
}

/** Looks in turn, CALLS in all after each was done once; prints what each sort took. */
async function p95Of(name: string, looks: Look[]): Promise<number> {
  for (const { run } of looks) await run();
  const times: { label: string; ms: number }[] = [];
  for (let call = 0; call < Math.max(CALLS, looks.length); call++) {
    const { label, run } = looks[call % looks.length]!;
    const began = performance.now();
    await run();
    times.push({ label, ms: performance.now() - began });
  }
  const p95 = (of: typeof times) =>
    Math.round(
      percentile(
        of.map(({ ms }) => ms),
        0.95,
      ) * 10,
    ) / 10;
  for (const [label, of] of Map.groupBy(times, ({ label }) => label)) console.log(`${name}: ${label} ${p95(of)} ms`);
  return p95(times);
}

/** How long from a comment's coming in until each open page in whose reach it is was told, by the route that pages listen to. */
async function hear(): Promise<{ p95: number; unheard: number }> {
  const { rows: units } = await client.query<Inbox & { n: number }>(
    `SELECT u.id, u.kind, u.government_id AS "governmentId" FROM bench_unit b JOIN unit u USING (id) ORDER BY (b.n % ${UNITS_EACH}) > 0, b.n LIMIT $1`,
    [READERS],
  );
  await client.query(
    `WITH reader AS (SELECT id, government_id FROM unit WHERE id = ANY($1::uuid[])),
     person AS (INSERT INTO person (id, email, name, password_hash) SELECT id, id || '@bench.invalid', 'Bench', '-' FROM reader),
     held AS (INSERT INTO role_grant (person_id, unit_id, role, reach, valid_from)
       SELECT id, id, CASE WHEN id = government_id THEN 'supervisor' ELSE 'admin' END, CASE WHEN id = government_id THEN 'government' ELSE 'own' END,
         now() - interval '1 day' FROM reader)
     INSERT INTO session (id, person_id, created_at, expires_at) SELECT id, id, now(), now() + interval '1 hour' FROM reader`,
    [units.map(({ id }) => id)],
  );
  const told = new Map(units.map(({ id }) => [id, new Map<string, number>()]));
  for (const { id } of units) await openPage(id, told.get(id)!);
  await sleep(smoke ? 300 : 2000); // what each reaches is asked once at the opening

  const channels = await db.channel.findMany({ where: { unitId: { in: units.map(({ id }) => id) }, platform: "facebook" } });
  const said: { remoteId: string; unitId: string; governmentId: string; began: number; taken: Promise<unknown> }[] = [];
  for (let n = 0; n < COMMENTS; n++) {
    const channel = channels[Math.floor((n / COMMENTS) * channels.length)]!;
    const comment = {
      remoteId: `live-${n}`,
      postRemoteId: "post-1",
      parentRemoteId: null,
      author: { remoteId: `live-${n}`, name: "Warga" },
      text: "Lampu jalan mati sejak kemarin, kapan diperbaiki?",
      sentAt: new Date(),
      own: false,
      ref: null,
    };
    const { unitId, governmentId } = channel;
    said.push({ remoteId: comment.remoteId, unitId, governmentId, began: performance.now(), taken: ingest(channel, [comment], "webhook") });
    await sleep(BETWEEN_MS);
  }
  await Promise.all(said.map(({ taken }) => taken));
  await sleep(smoke ? 600 : 5000);
  const cases = await db.inboxCase.findMany({ where: { rootRemoteId: { in: said.map(({ remoteId }) => remoteId) } } });
  const times: number[] = [];
  let unheard = 0;
  for (const { remoteId, unitId, governmentId, began } of said) {
    const caseId = cases.find(({ rootRemoteId }) => rootRemoteId === remoteId)!.id;
    for (const readerId of new Set([unitId, governmentId])) {
      const at = told.get(readerId)?.get(caseId);
      if (at === undefined) unheard++;
      else times.push(at - began);
    }
  }
  console.log(`live: ${times.length} pages told, ${unheard} not`);
  return { p95: Math.round(percentile(times, 0.95)), unheard };
}

/** Opens the stream of a signed-in person's page and notes when it first tells of each case. */
async function openPage(personId: string, told: Map<string, number>) {
  const token = await encode({ token: { sid: personId }, secret: process.env.AUTH_SECRET!, salt: cookie });
  const headers = new Headers({ cookie: `${cookie}=${token}` });
  asked.benchHeaders = headers;
  const answer = await GET(new Request("http://garda.invalid/api/live", { headers, signal: pages.signal }), {
    params: Promise.resolve({}),
  });
  if (answer.status !== 200) throw new Error(`the live route answered with ${answer.status}`);
  void (async () => {
    for await (const text of answer.body!.pipeThrough(new TextDecoderStream()))
      for (const [, id] of text.matchAll(/event: case\ndata: \{"id":"([^"]+)"\}/g)) if (!told.has(id!)) told.set(id!, performance.now());
  })();
}
