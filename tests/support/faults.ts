/**
 * Every fault that the lab can play, on every call of a publication's way and of the look-ups after it: within thirty minutes
 * each is published, failed, or with a person; never out twice, and with a sentence that says what happened.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openAccount, sealGrant } from "#lib/channels/accounts.ts";
import { now } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import { messagesOf } from "#lib/core/messages.ts";
import type { JournalEntry } from "#lib/lab/journal.ts";
import type { Grant, Platform } from "#lib/platforms/contract.ts";
import { connectorFor } from "#lib/platforms/registry.ts";
import { runDue } from "./desk.ts";
import { type FaultSubject, faultSubjects } from "./fault-subjects.ts";
import { jpeg } from "./instagram.ts";
import { type Listener, listen } from "./listener.ts";
import { duePost, untilAtRest } from "./publications.ts";
import { waits } from "./waits.ts";
import { makeWorld, type World } from "./world.ts";

const MINUTES = 30;
/** The engine's own waits end here, in ms. */
const longestWait = 15 * 60_000 + 1_000;
/** No refusals, but troubles that pass. */
const commonFaults = ["drop-before", "accept-then-drop", "accept-then-500", "accept-then-timeout", "500-before", "timeout", "slow"];

type Problem = { code: string; detail?: string; reason?: string };
type Words = Record<string, string>;
type Told = {
  posts: { publication: { problem: Words; reason: Words } };
  inbox: { reply: { why: Words; unsureText: string } };
};

let world: World;
let storage: string;
let pictures: Listener;

const control = (what: string, body?: object) =>
  fetch(`${world.lab.url}/_lab/${what}`, {
    method: body ? "POST" : "DELETE",
    ...(body ? { headers: { "content-type": "application/json" }, body: JSON.stringify(body) } : {}),
  });

/** The lab's whole journal after number `since`; it answers in parts. */
async function journal(since: number): Promise<JournalEntry[]> {
  const entries: JournalEntry[] = [];
  for (;;) {
    const more = await world.lab.journal(entries.at(-1)?.n ?? since);
    if (more.length === 0) return entries;
    entries.push(...more);
  }
}

/** Tries the publications of these platforms, in a world of the calling test file's own. */
export function everyFault(...platforms: Platform[]): void {
  beforeAll(async () => {
    storage = await mkdtemp(path.join(tmpdir(), "garda-faults-"));
    pictures = await listen(() => ({ type: "image/jpeg", body: jpeg }));
    Object.assign(process.env, { STORAGE_DIR: storage, PUBLIC_URL: pictures.url });
    world = await makeWorld();
    const google = { GOOGLE_CLIENT_ID: "klien-uji", GOOGLE_CLIENT_SECRET: "rahasia-uji", GOOGLE_TOKEN_URL: `${world.lab.url}/google` };
    Object.assign(process.env, google);
    waits.pass = world.passTime;
  });
  afterAll(async () => {
    await world?.stop();
    await pictures?.close();
    await rm(storage, { recursive: true, force: true });
  });

  const subjects = faultSubjects.filter(({ platform }) => platforms.includes(platform));
  describe.each(subjects)("$name", ({ platform, base, commit, seed, open, content }: FaultSubject) => {
    type Fault = { endpoint: string; fault: string; times?: number };
    type Row = Awaited<ReturnType<typeof settled>>;
    type Trial = { name: string; text: string; minutes: number; calls: string[]; looks: string[]; row: Row; account: string };
    let channel: { id: string; unitId: string; governmentId: string };
    let grant: Grant;
    let known: string[];
    let number = 0;
    /** The numbers of the lab's last call before these trials, and before the next one. */
    let [before, journalled] = [0, 0];

    beforeAll(async () => {
      await control("seed", { platform, ...seed });
      const baseUrl = `${world.lab.url}/${base}`;
      const opened = await open(baseUrl);
      grant = opened.grant;
      const { id: unitId, governmentId } = world.units.dinkes;
      const id = crypto.randomUUID();
      const { remoteId, handle, name, url } = opened.profile;
      const times = { firstSeenAt: now(), nextPollAt: new Date("2999-01-01") };
      await db.channel.create({
        data: { ...{ id, unitId, governmentId, platform, mode: "api", remoteId, handle, name, url, baseUrl }, ...times },
      });
      await db.channelGrant.create({ data: { channelId: id, sealed: sealGrant(grant), updatedAt: now() } });
      channel = { id, unitId, governmentId };
      const refusal = await control("faults", { platform, endpoint: "*", fault: "?" });
      known = /known: ([^"]+)/.exec(await refusal.text())?.[1]?.split(", ") ?? [];
      before = journalled = (await journal(0)).at(-1)?.n ?? 0;
    });

    /** The account as it was connected, whatever the last fault did to it. */
    async function mend() {
      await control("faults");
      await control("seed", { platform, ...seed });
      await db.rateLimit.deleteMany();
      await db.channel.update({ where: { id: channel.id }, data: { state: "connected" } });
      await db.channelGrant.update({ where: { channelId: channel.id }, data: { sealed: sealGrant(grant) } });
    }

    /** The platform's calls after number `since`, and the number of the last one. */
    async function callsSince(since: number): Promise<{ calls: string[]; last: number }> {
      const entries = await journal(since);
      const calls = entries.filter((entry) => entry.platform === platform).map(({ endpoint }) => endpoint);
      return { calls: [...new Set(calls)], last: entries.at(-1)?.n ?? since };
    }

    const settled = (id: string) => db.publication.findUniqueOrThrow({ where: { id } });

    /** One publication under this fault, and under another one once it was tried, until it is at rest. */
    async function trial(name: string, first?: Fault, then?: Fault): Promise<Trial> {
      const spoil = async (fault?: Fault) => fault && (await control("faults", { platform, ms: 40, ...fault }));
      await mend();
      number += 1;
      const text = `Kabar ${platform} bernomor ${number}.`;
      const post = await duePost(channel, { text, ...(await content(text, world.lab)) });
      const began = now();
      let held = 0;
      /** A wait longer than any of the engine's own is one that the platform named. */
      const passTime = (ms: number) => {
        if (ms > longestWait) held += ms;
        return world.passTime(ms);
      };
      await spoil(first);
      await runDue();
      const sent = await callsSince(journalled);
      await spoil(then);
      await untilAtRest(passTime, post.row);
      const minutes = (now().getTime() - began.getTime() - held) / 60_000;
      const looked = await callsSince(sent.last);
      journalled = looked.last;
      const calls = [...new Set([...sent.calls, ...looked.calls])];
      const { state } = await db.channel.findUniqueOrThrow({ where: { id: channel.id } });
      return { name, text, minutes, calls, looks: looked.calls, row: await settled(post.id), account: state };
    }

    /** How often the platform has each text; where it lists no posts, how often it took it. */
    async function copies(): Promise<(text: string) => number> {
      const connector = connectorFor(platform, "api");
      if (connector.listsPosts !== false) {
        const posts = await connector.fetchPosts(await openAccount(channel.id), new Date("2020-01-01"));
        return (text) => posts.filter((one) => one.text.includes(text)).length;
      }
      const calls = (await journal(before)).filter((entry) => entry.platform === platform && entry.endpoint === commit);
      const took = calls.filter(({ fault, status }) => fault?.startsWith("accept-") || status === 200);
      return (text) => took.filter(({ body }) => JSON.stringify(body).includes(text)).length;
    }

    /** Whether people are told of this problem, and of the platform's reason where it gave one, in both languages. */
    const words = async (type: string, { code, reason }: Problem) => {
      const told = (["id", "en"] as const).map(async (language) => {
        const { posts, inbox } = (await messagesOf(language)) as unknown as Told;
        if (type === "reply")
          return inbox.reply.why[code.replace(/^(not-entitled)-.*/, "$1")] ?? (code === "ask-person" && inbox.reply.unsureText);
        return posts.publication.problem[code] && (reason === undefined || posts.publication.reason[reason]);
      });
      return (await Promise.all(told)).every(Boolean);
    };

    it(`comes to an end within ${MINUTES} minutes, at most once out, with words for what happened`, { timeout: 180_000 }, async () => {
      const unanswered = { endpoint: commit, fault: "accept-then-drop" };
      const clean = await trial("no fault");
      expect(clean.row).toMatchObject({ state: "published", problem: null });
      const lost = await trial("answer lost", unanswered);
      const { looks } = lost;
      const trials = [clean, lost];
      for (const fault of known) {
        for (const endpoint of clean.calls) trials.push(await trial(`${fault} at ${endpoint}`, { endpoint, fault }));
        for (const endpoint of looks) trials.push(await trial(`${fault} at the look by ${endpoint}`, unanswered, { endpoint, fault }));
      }
      for (const fault of ["drop-before", "500-before"])
        for (const endpoint of clean.calls) trials.push(await trial(`${fault} for ever at ${endpoint}`, { endpoint, fault, times: 99 }));
      // What a platform shows late stands there by now.
      await world.passTime(2 * 3_600_000);
      await mend();
      const out = await copies();
      const wrong: string[] = [];
      for (const { name, text, minutes, row, account } of trials) {
        const { state, problem, subjectType } = row as typeof row & { problem: Problem | null };
        const times = out(text);
        const say = (what: string) => wrong.push(`${name}: ${what} (${state}, ${JSON.stringify(problem)}, out ${times})`);
        if (minutes > MINUTES) say(`took ${Math.round(minutes)} minutes`);
        if (times > 1) say("doubled");
        if (!["published", "failed", "unknown"].includes(state)) say("is left to nobody");
        if (state === "published" && times !== 1) say("called published");
        if (state === "failed" && times !== 0) say("called failed");
        if (state === "unknown" && problem?.code !== "ask-person") say("asks nobody");
        if ((state === "published") !== (problem === null)) say("a problem that is none, or none where one is");
        if (problem && !(await words(subjectType, problem))) say("no sentence");
        const passing = commonFaults.some((fault) => name.startsWith(`${fault} `));
        if (passing && account !== "connected") say("disconnected by a passing fault");
        if (problem?.code.startsWith("reauth-") && account !== "needs_reauth") say("its account asks for no new key");
        if (problem?.detail && /^([a-z]+(-[a-z0-9]+)*|\w+_\w+)$/.test(problem.detail)) say("a code in place of words");
      }
      expect(wrong).toEqual([]);
      expect(trials.length).toBeGreaterThan(known.length);
    });
  });
}
