/**
 * Every fault that the lab can play, on every call of a publication's way and of the look-ups after it: within thirty minutes
 * each is published, failed, or with a person; never out twice, and with a sentence that says what happened.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openAccount, sealGrant } from "#lib/channels/accounts.ts";
import { now } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import { messagesOf } from "#lib/core/messages.ts";
import { keep } from "#lib/core/storage.ts";
import type { FrozenContent } from "#lib/delivery/content.ts";
import { connectorFor } from "#lib/platforms/registry.ts";
import { runDue } from "../support/desk.ts";
import { type FaultSubject, faultSubjects } from "../support/fault-subjects.ts";
import { jpeg } from "../support/instagram.ts";
import { type Listener, listen } from "../support/listener.ts";
import { duePost, untilAtRest } from "../support/publications.ts";
import { makeWorld, type World } from "../support/world.ts";

const MINUTES = 30;
/** No refusals, but troubles that pass. */
const commonFaults = ["drop-before", "accept-then-drop", "accept-then-500", "accept-then-timeout", "500-before", "timeout", "slow"];
/** Waits inside a connector take the world's time, not the test's. */
const { waits, waiting } = vi.hoisted(() => {
  const waits = { pass: async (_ms: number) => {} };
  const waiting =
    <O extends object, C>(make: (options: O) => C) =>
    (options: O) =>
      make({ ...options, pause: (ms: number) => waits.pass(ms) });
  return { waits, waiting };
});
vi.mock("#lib/platforms/instagram/connector.ts", async (original) => {
  const whole = await original<typeof import("#lib/platforms/instagram/connector.ts")>();
  return { ...whole, instagramConnector: waiting(whole.instagramConnector) };
});
vi.mock("#lib/platforms/x/connector.ts", async (original) => {
  const whole = await original<typeof import("#lib/platforms/x/connector.ts")>();
  return { ...whole, xConnector: waiting(whole.xConnector) };
});

let world: World;
let storage: string;
let pictures: Listener;
let picture: FrozenContent["pictures"][number];
beforeAll(async () => {
  storage = await mkdtemp(path.join(tmpdir(), "garda-faults-"));
  pictures = await listen(() => ({ type: "image/jpeg", body: jpeg }));
  Object.assign(process.env, { STORAGE_DIR: storage, PUBLIC_URL: pictures.url });
  world = await makeWorld();
  waits.pass = world.passTime;
  const digest = await keep(jpeg);
  picture = { digest, mime: "image/jpeg", width: 400, height: 400, bytes: jpeg.length, alt: "Loket imunisasi" };
});
afterAll(async () => {
  await world?.stop();
  await pictures?.close();
  await rm(storage, { recursive: true, force: true });
});

const control = (what: string, body?: object) =>
  fetch(`${world.lab.url}/_lab/${what}`, {
    method: body ? "POST" : "DELETE",
    ...(body ? { headers: { "content-type": "application/json" }, body: JSON.stringify(body) } : {}),
  });

describe.each(faultSubjects)("$platform", ({ platform, base, commit, seed, login }: FaultSubject) => {
  type Fault = { endpoint: string; fault: string; times?: number };
  type Trial = { name: string; text: string; minutes: number; calls: string[]; row: Awaited<ReturnType<typeof settled>>; account: string };
  let channel: { id: string; unitId: string; governmentId: string };
  let known: string[];
  let number = 0;

  beforeAll(async () => {
    await control("seed", { platform, ...seed });
    const baseUrl = `${world.lab.url}/${base}`;
    const { profile, grant } = await connectorFor(platform, "api").connect!({ baseUrl, ...login });
    const { id: unitId, governmentId } = world.units.dinkes;
    const id = crypto.randomUUID();
    const { remoteId, handle, name, url } = profile;
    const times = { firstSeenAt: now(), nextPollAt: new Date("2999-01-01") };
    await db.channel.create({
      data: { ...{ id, unitId, governmentId, platform, mode: "api", remoteId, handle, name, url, baseUrl }, ...times },
    });
    await db.channelGrant.create({ data: { channelId: id, sealed: sealGrant(grant), updatedAt: now() } });
    channel = { id, unitId, governmentId };
    const refusal = await control("faults", { platform, endpoint: "*", fault: "?" });
    known = /known: ([^"]+)/.exec(await refusal.text())?.[1]?.split(", ") ?? [];
  });

  const settled = (id: string) => db.publication.findUniqueOrThrow({ where: { id } });

  /** One publication under this fault, and under another one once it was tried, until it is at rest. */
  async function trial(name: string, first?: Fault, then?: Fault): Promise<Trial> {
    const spoil = async (fault?: Fault) => fault && (await control("faults", { platform, ms: 40, ...fault }));
    await control("faults");
    await control("seed", { platform, ...seed });
    await db.rateLimit.deleteMany();
    await db.channel.update({ where: { id: channel.id }, data: { state: "connected" } });
    number += 1;
    const text = `Kabar ${platform} bernomor ${number}.`;
    const since = (await world.lab.journal()).at(-1)?.n ?? 0;
    const began = now();
    const post = await duePost(channel, { text, pictures: [picture] });
    await spoil(first);
    await runDue();
    await spoil(then);
    await untilAtRest(world.passTime, post.row);
    const minutes = (now().getTime() - began.getTime()) / 60_000;
    const calls = (await world.lab.journal(since)).filter((entry) => entry.platform === platform).map(({ endpoint }) => endpoint);
    const { state } = await db.channel.findUniqueOrThrow({ where: { id: channel.id } });
    return { name, text, minutes, calls: [...new Set(calls)], row: await settled(post.id), account: state };
  }

  /** How often the platform has each text; where it lists no posts, how often it took it. */
  async function copies(): Promise<(text: string) => number> {
    const connector = connectorFor(platform, "api");
    if (connector.listsPosts !== false) {
      const posts = await connector.fetchPosts(await openAccount(channel.id), new Date("2020-01-01"));
      return (text) => posts.filter((one) => one.text.includes(text)).length;
    }
    const took = (await world.lab.journal()).filter(
      ({ endpoint, fault, status }) => endpoint === commit && (fault?.startsWith("accept-") || status === 200),
    );
    return (text) => took.filter(({ body }) => JSON.stringify(body).includes(text)).length;
  }

  const words = async (code: string) => {
    const told = (["id", "en"] as const).map(async (language) => {
      const { publication } = (await messagesOf(language)).posts as unknown as { publication: { problem: Record<string, string> } };
      return publication.problem[code];
    });
    return (await Promise.all(told)).every((sentence) => sentence !== undefined);
  };

  it(`comes to an end within ${MINUTES} minutes, at most once out, with words for what happened`, { timeout: 180_000 }, async () => {
    const unanswered = { endpoint: commit, fault: "accept-then-drop" };
    const clean = await trial("no fault");
    expect(clean.row).toMatchObject({ state: "published", problem: null });
    const lost = await trial("answer lost", unanswered);
    const looks = lost.calls.filter((call) => call.startsWith("GET "));
    const trials = [clean, lost];
    for (const fault of known) {
      for (const endpoint of clean.calls) trials.push(await trial(`${fault} at ${endpoint}`, { endpoint, fault }));
      for (const endpoint of looks) trials.push(await trial(`${fault} at the look by ${endpoint}`, unanswered, { endpoint, fault }));
    }
    for (const fault of ["drop-before", "500-before"])
      for (const endpoint of clean.calls) trials.push(await trial(`${fault} for ever at ${endpoint}`, { endpoint, fault, times: 99 }));
    await control("faults");
    await control("seed", { platform, ...seed });
    const out = await copies();
    const wrong: string[] = [];
    for (const { name, text, minutes, row, account } of trials) {
      const { state, problem } = row as typeof row & { problem: { code: string; detail?: string } | null };
      const times = out(text);
      const say = (what: string) => wrong.push(`${name}: ${what} (${state}, ${JSON.stringify(problem)}, out ${times})`);
      if (minutes > MINUTES) say(`took ${Math.round(minutes)} minutes`);
      if (times > 1) say("doubled");
      if (!["published", "failed", "unknown"].includes(state)) say("is left to nobody");
      if (state === "published" && times !== 1) say("called published");
      if (state === "failed" && times !== 0) say("called failed");
      if (state === "unknown" && problem?.code !== "ask-person") say("asks nobody");
      if ((state === "published") !== (problem === null)) say("a problem that is none, or none where one is");
      if (problem && !(await words(problem.code))) say("no sentence");
      const passing = commonFaults.some((fault) => name.startsWith(`${fault} `));
      if (passing && account !== "connected") say("disconnected by a passing fault");
      if (problem?.code.startsWith("reauth-") && account !== "needs_reauth") say("its account asks for no new key");
      if (problem?.detail && /^[a-z]+(-[a-z0-9]+)*$/.test(problem.detail)) say("a code in place of words");
    }
    expect(wrong).toEqual([]);
    expect(trials.length).toBeGreaterThan(known.length);
  });
});
