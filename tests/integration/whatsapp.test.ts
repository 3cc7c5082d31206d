/** A WhatsApp number: private conversations, one case at a time for each citizen, and nothing that gives a number away. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sealGrant } from "#lib/channels/accounts.ts";
import { now } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import { confirmSent, sendAgain } from "#lib/delivery/settling.ts";
import { takeInWebhook } from "#lib/inbox/intake/webhooks.ts";
import { caseDetail } from "#lib/inbox/queries.ts";
import { answerCase, takeInReply } from "#lib/inbox/replies/answering.ts";
import { finishCase, reopenCase } from "#lib/inbox/work/working.ts";
import type { WebhookEvent } from "#lib/platforms/contract.ts";
import { connectorFor } from "#lib/platforms/registry.ts";
import { messagesOf, poll } from "../support/citizens.ts";
import { handleEvents, publicationsOf, runDue } from "../support/desk.ts";
import { labSecret } from "../support/lab.ts";
import { type Listener, listen } from "../support/listener.ts";
import { makeWorld, type World } from "../support/world.ts";

const number = "106540352242922";
const digits = "628112345678";
const token = "EAAW-sistem-uji";
const hour = 3_600_000;
const question = "Pak, jam berapa loket imunisasi di puskesmas buka?";
let world: World;
let app: Listener;
let people = 0;
const channel = { id: crypto.randomUUID() };

beforeAll(async () => {
  world = await makeWorld();
  app = await listen(({ url }) => ({ body: new URL(url, "http://app.invalid").searchParams.get("hub.challenge") ?? "" }));
  await world.lab.webhooksTo(app.url, "whatsapp");
  const named = { display_phone_number: "+62 811-2345-678", verified_name: "Dinkes Tegal" };
  await world.lab.seed({ platform: "whatsapp", numbers: [{ id: number, waba: "102290129340398", ...named, token }] });
  const { id: unitId, governmentId } = world.units.dinkes;
  await db.channel.create({
    data: {
      ...{ id: channel.id, unitId, governmentId, platform: "whatsapp", mode: "api", remoteId: number },
      ...{ handle: "+62 811-2345-678", name: "Dinkes Tegal", baseUrl: `${world.lab.url}/whatsapp`, isPrimary: false },
      ...{ firstSeenAt: new Date("2026-01-01"), nextPollAt: now() },
      grant: { create: { sealed: sealGrant({ systemToken: token }), updatedAt: now() } },
    },
  });
});
afterAll(async () => {
  await app?.close();
  await world?.stop();
});

it("is proved to be heard only while our app is subscribed to its business account", async () => {
  const proof = async () => (await db.channel.findUniqueOrThrow({ where: { id: channel.id } })).polledUntil;
  const named = { display_phone_number: "+62 811-2345-678", verified_name: "Dinkes Tegal" };
  const numbers = (subscribed: boolean) => [{ id: number, waba: "102290129340398", ...named, token, subscribed }];
  await world.lab.seed({ platform: "whatsapp", numbers: numbers(false) });
  await poll(channel);
  expect(await proof()).toBeNull();
  await world.lab.seed({ platform: "whatsapp", numbers: numbers(true) });
  await poll(channel);
  expect(await proof()).not.toBeNull();
});

const someone = () => `62812${String(34_567_000 + ++people)}`;

/** What the next notification of citizens' words tells, read as the webhook route reads it. */
async function told(...wanted: WebhookEvent["kind"][]): Promise<WebhookEvent[]> {
  for (;;) {
    const { headers, body } = await app.next();
    const given = new Headers({ "x-hub-signature-256": String(headers["x-hub-signature-256"]) });
    const read = connectorFor("whatsapp", "api").readWebhook?.(body, given, labSecret);
    if (read?.ok && read.events.some((event) => wanted.includes(event.kind))) return read.events;
  }
}
async function write(phone: string, message: string, more: Record<string, string> = {}): Promise<WebhookEvent[]> {
  const form = new URLSearchParams({ phone, name: "Siti Aminah", message, ...more });
  await fetch(`${world.lab.url}/whatsapp/${digits}/messages`, { method: "POST", body: form, redirect: "manual" });
  return told("comment");
}
/** A message written and taken in; answers with its case. */
async function said(phone: string, message: string, more: Record<string, string> = {}) {
  const events = await write(phone, message, more);
  await takeInWebhook("whatsapp", events);
  const [event] = events;
  if (event?.kind !== "comment") throw new Error("no message came");
  const { case_id } = (
    await db.$queryRaw<{ case_id: string }[]>`
      SELECT m.case_id FROM remote_key k JOIN message m ON m.id = k.subject_id WHERE k.remote_id = ${event.comment.remoteId}`
  )[0]!;
  return db.inboxCase.findUniqueOrThrow({ where: { id: case_id }, include: { duties: true, units: true, citizen: true } });
}
/** Takes in what the platform tells of one of our messages, until it tells this. */
async function receipts(replyId: string, kind: "sent" | "not-sent") {
  const [publication] = await publicationsOf(replyId);
  for (;;) {
    const events = await told("sent", "not-sent");
    await takeInWebhook("whatsapp", events);
    if (events.some((event) => event.kind === kind && event.key === publication?.id)) return;
  }
}
const answer = (found: { id: string; revision: number }, text: string) =>
  answerCase(world.people.admin, { caseId: found.id, revision: found.revision, text });
const caseNow = (id: string) => db.inboxCase.findUniqueOrThrow({ where: { id } });
const repliesTo = async (phone: string) => {
  const page = await (await fetch(`${world.lab.url}/whatsapp/${digits}/${phone}`)).text();
  return [...page.matchAll(/<p class="message own">([^<]*)<\/p>/g)].map((match) => match[1]);
};

describe("a citizen's messages", () => {
  it("become one case with its deadline, also from many bubbles at once, each taken once", async () => {
    const [siti, budi] = [someone(), someone()];
    const events = [await write(siti, question), await write(siti, "Di Slawi, Pak"), await write(siti, "Anak saya umur 9 bulan")];
    const others = await write(budi, question);
    await Promise.all([...events, others, ...events].map((one) => takeInWebhook("whatsapp", one)));
    const cases = await db.inboxCase.findMany({ where: { channelId: channel.id }, include: { citizen: true, duties: true } });
    expect(cases).toHaveLength(2);
    expect(new Set(cases.map((one) => one.citizenId)).size).toBe(2);
    const counts = await Promise.all(cases.map(async (one) => (await messagesOf(one.id)).length));
    expect(counts.sort()).toEqual([1, 3]);
    for (const one of cases) expect(one).toMatchObject({ state: "open", remotePostId: null, dueAt: expect.any(Date) });
  });

  it("join the case while it is open or was closed within a week; then the next one begins", async () => {
    const siti = someone();
    const first = await said(siti, question);
    await world.passTime(20 * 24 * hour);
    expect((await said(siti, "Bagaimana, Pak?")).id, "still open after weeks").toBe(first.id);
    await finishCase(world.people.admin, { caseId: first.id, revision: (await caseNow(first.id)).revision });
    await world.passTime(6 * 24 * hour);
    const again = await said(siti, "Apakah hari Sabtu juga buka?");
    expect(again).toMatchObject({ id: first.id, state: "open", doneAt: null });
    await finishCase(world.people.admin, { caseId: first.id, revision: again.revision });
    await world.passTime(8 * 24 * hour);
    const page = await (await fetch(`${world.lab.url}/whatsapp/${digits}/${siti}`)).text();
    const parent = decodeURIComponent(/\?balas=([^#"]+)#tulis/.exec(page)![1]!);
    const next = await said(siti, "Kalau vaksin lansia kapan?", { parent });
    expect(next.id, "though it quotes a message of the first").not.toBe(first.id);
    expect(next.citizenId).toBe(first.citizenId);
    await reopenCase(world.people.admin, { caseId: first.id, revision: (await caseNow(first.id)).revision });
    expect((await said(siti, "Terima kasih")).id, "the later of two that are open").toBe(next.id);
    const detail = await caseDetail(world.people.admin, next.id);
    expect(detail).toMatchObject({ post: null, citizen: { total: 2, earlier: [{ id: first.id }] } });
  });

  it("begin with a greeting: the case is about what follows it", async () => {
    const siti = someone();
    const greeted = await said(siti, "Assalamualaikum");
    expect(greeted).toMatchObject({ state: "done", kind: "other", dueAt: null });
    const asked = await said(siti, "Obat TBC di puskesmas Slawi kapan tersedia lagi, Pak?");
    expect(asked).toMatchObject({ id: greeted.id, state: "open", kind: "question", dueAt: expect.any(Date) });
    expect(asked.excerpt).toMatch(/^Obat TBC/);
    expect(asked.duties).toHaveLength(1);
  });

  it("without words wait for a person, who alone can judge a voice or a picture", async () => {
    const siti = someone();
    const spoken = await said(siti, "", { kind: "audio" });
    expect(spoken).toMatchObject({ state: "open", excerpt: "" });
    expect(spoken.units).toMatchObject([{ state: "open" }]);
    await finishCase(world.people.admin, { caseId: spoken.id, revision: spoken.revision });
    expect(await said(siti, "", { kind: "image" })).toMatchObject({ id: spoken.id, state: "open", doneAt: null });
  });
});

describe("an answer", () => {
  it("goes to the citizen alone, once, stands in the thread and ends the waiting", async () => {
    const siti = someone();
    const found = await said(siti, question);
    expect(await answer(found, "Senin sampai Jumat pukul 08.00, Bu.")).toEqual({ ok: true, waits: false });
    await runDue();
    await handleEvents();
    expect(await repliesTo(siti)).toEqual(["Senin sampai Jumat pukul 08.00, Bu."]);
    expect(await caseNow(found.id)).toMatchObject({ state: "answered", dueAt: null });
    expect((await messagesOf(found.id)).map((message) => [message.direction, message.text])).toEqual([
      ["in", question],
      ["out", "Senin sampai Jumat pukul 08.00, Bu."],
    ]);
    const thanked = await said(siti, "Terima kasih banyak, Bu");
    expect(thanked).toMatchObject({ id: found.id, state: "answered" });
  });

  it("reaches somebody who hides the number", async () => {
    const hidden = someone();
    const found = await said(hidden, question, { hidden: "1" });
    await answer(found, "Buka pukul 08.00.");
    await runDue();
    expect(await repliesTo(hidden)).toEqual(["Buka pukul 08.00."]);
  });

  it("is refused a day after the citizen's last message, and allowed again when he writes", async () => {
    const siti = someone();
    const found = await said(siti, question);
    await world.passTime(23 * hour);
    expect((await said(siti, "Mohon info, Pak?")).id).toBe(found.id);
    await world.passTime(24 * hour);
    const late = { ok: false, problems: [{ field: "text", code: "window-closed" }] };
    expect(await answer(await caseNow(found.id), "Maaf terlambat.")).toEqual(late);
    await answer(await said(siti, "Halo, Pak?"), "Maaf terlambat.");
    await runDue();
    expect(await repliesTo(siti)).toEqual(["Maaf terlambat."]);
  });

  it("whose own answer is lost waits for a person, and is not sent again", async () => {
    const siti = someone();
    const found = await said(siti, question);
    await world.lab.fault({ platform: "whatsapp", endpoint: "POST messages", fault: "accept-then-drop" });
    await answer(found, "Sekali saja.");
    await runDue();
    for (let i = 0; i < 5; i += 1) {
      await world.passTime(700_000);
      await runDue();
    }
    const reply = await db.reply.findFirstOrThrow({ where: { caseId: found.id } });
    expect(await publicationsOf(reply.id)).toMatchObject([{ state: "unknown", problem: { code: "ask-person" } }]);
    expect(await repliesTo(siti)).toEqual(["Sekali saja."]);
    await receipts(reply.id, "sent");
    await handleEvents();
    expect(await publicationsOf(reply.id)).toMatchObject([{ state: "published", problem: null, remoteId: expect.any(String) }]);
    expect(await caseNow(found.id)).toMatchObject({ state: "answered" });
  });

  it("that a person says was sent stands once, under the id that a receipt tells; taken back, it is sent again", async () => {
    const { admin } = world.people;
    const siti = someone();
    const found = await said(siti, question);
    await world.lab.fault({ platform: "whatsapp", endpoint: "POST messages", fault: "accept-then-drop" });
    await answer(found, "Sudah dikirim.");
    await runDue();
    const reply = await db.reply.findFirstOrThrow({ where: { caseId: found.id } });
    const publicationId = (await publicationsOf(reply.id))[0]!.id;
    const { startedAt: triedAt } = await db.publicationAttempt.findFirstOrThrow({ where: { publicationId } });
    await world.passTime(60_000);
    expect(await confirmSent(admin, { publicationId })).toEqual({ ok: true });
    await handleEvents();
    const stands = async () => (await messagesOf(found.id)).filter(({ direction }) => direction === "out");
    const shown = async () => (await caseDetail(admin, found.id)).thread.map(({ type }) => type);
    expect(await stands()).toMatchObject([{ remoteId: `confirmed:${publicationId}`, text: "Sudah dikirim.", sentAt: triedAt }]);
    expect(await caseNow(found.id)).toMatchObject({ state: "answered", answeredAt: triedAt });

    await receipts(reply.id, "sent");
    await handleEvents();
    const [publication] = await publicationsOf(reply.id);
    expect(publication).toMatchObject({ state: "published", publishedAt: triedAt, remoteId: expect.any(String) });
    expect(await stands()).toMatchObject([{ remoteId: publication!.remoteId, replyId: reply.id, sentAt: triedAt }]);
    expect(await db.remoteKey.count({ where: { channelId: channel.id, remoteId: { startsWith: "confirmed:" } } })).toBe(0);

    const failure = { kind: "rejected", code: "invalid" } as const;
    await takeInWebhook("whatsapp", [{ kind: "not-sent", accountRemoteId: number, key: publicationId, failure }]);
    await handleEvents();
    expect(await caseNow(found.id)).toMatchObject({ state: "open", dueAt: found.dueAt, answeredAt: null });
    expect(await shown()).toEqual(["message", "reply"]);
    await world.passTime(60_000);
    expect(await sendAgain(admin, { publicationId })).toEqual({ ok: true });
    await runDue();
    await handleEvents();
    const [again, ...others] = await stands();
    expect(others).toEqual([]);
    const [resent] = await publicationsOf(reply.id);
    expect(again).toMatchObject({ remoteId: resent!.remoteId, replyId: reply.id });
    expect(await db.remoteKey.findMany({ where: { subjectId: again!.id } })).toMatchObject([{ remoteId: resent!.remoteId }]);
    expect(await shown()).toEqual(["message", "message"]);
    expect(again!.sentAt.getTime()).toBeGreaterThan(triedAt.getTime() + 60_000);
    expect(await caseNow(found.id)).toMatchObject({ state: "answered", answeredAt: again!.sentAt });
  });

  it("that did not arrive and is sent again with an unknown outcome bears the id of the second time", async () => {
    const { admin } = world.people;
    const found = await said(someone(), question);
    await answer(found, "Dikirim dua kali.");
    await runDue();
    await handleEvents();
    const reply = await db.reply.findFirstOrThrow({ where: { caseId: found.id } });
    const [first] = await publicationsOf(reply.id);
    const publicationId = first!.id;
    const stands = async () => (await messagesOf(found.id)).filter(({ direction }) => direction === "out");
    const fail = () =>
      takeInWebhook("whatsapp", [
        { kind: "not-sent", accountRemoteId: number, key: publicationId, failure: { kind: "rejected", code: "invalid" } },
      ]).then(handleEvents);
    expect(await stands()).toMatchObject([{ remoteId: first!.remoteId }]);
    for (const time of ["second", "third"]) {
      await fail();
      expect(await caseNow(found.id), time).toMatchObject({ state: "open", answeredAt: null });
      await sendAgain(admin, { publicationId });
      await world.lab.fault({ platform: "whatsapp", endpoint: "POST messages", fault: "accept-then-drop" });
      await world.passTime(60_000);
      await runDue();
      await confirmSent(admin, { publicationId });
      for (const _ of [1, 2]) await takeInReply(publicationId);
      expect(await stands(), time).toMatchObject([{ remoteId: `confirmed:${publicationId}` }]);
      const { answeredAt, state } = await caseNow(found.id);
      expect([state, answeredAt!.getTime() > now().getTime() - 30_000], time).toEqual(["answered", true]);
    }
    const last = { kind: "sent", accountRemoteId: number, key: publicationId, remoteId: "yang-ketiga" } as const;
    await takeInWebhook("whatsapp", [last]);
    await handleEvents();
    expect(await stands()).toMatchObject([{ remoteId: "yang-ketiga" }]);
  });

  it("that was taken and then did not arrive has failed: the citizen waits as before, and a person is told why", async () => {
    const siti = someone();
    const found = await said(siti, question);
    await world.lab.fault({ platform: "whatsapp", endpoint: "POST messages", fault: "131026-later" });
    await answer(found, "Buka pukul 08.00, Bu.");
    await runDue();
    await handleEvents();
    const reply = await db.reply.findFirstOrThrow({ where: { caseId: found.id } });
    await receipts(reply.id, "not-sent");
    await handleEvents();
    expect(await publicationsOf(reply.id)).toMatchObject([{ state: "failed", problem: { code: "rejected" } }]);
    expect(await caseNow(found.id)).toMatchObject({ state: "open", dueAt: found.dueAt, answeredAt: null });
    const { thread } = await caseDetail(world.people.admin, found.id);
    expect(thread.map((item) => [item.type, item.type === "reply" ? item.state : null])).toEqual([
      ["message", null],
      ["reply", "failed"],
    ]);
  });
});

it("a citizen's number stands nowhere in the database, nor an id that encodes it", async () => {
  const siti = someone();
  const other = `0${siti.slice(2)}`;
  const found = await said(siti, `Nomor saya ${other}, mohon dihubungi. Kapan vaksin campak?`);
  await answer(found, "Besok, Bu.");
  await runDue();
  await handleEvents();
  const tables = await db.$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`;
  const encoded = Buffer.from(`${String.fromCharCode(0x1c, 0x18, siti.length)}${siti}`)
    .toString("base64")
    .slice(0, 20);
  let rows = 0;
  for (const { name } of tables) {
    const [found] = await db.$queryRawUnsafe<{ all: string | null }[]>(`SELECT string_agg(t::text, E'\\n') AS all FROM "${name}" t`);
    for (const secret of [siti, other, siti.slice(2), encoded]) expect(found?.all ?? "", name).not.toContain(secret);
    rows += found?.all?.split("\n").length ?? 0;
  }
  expect(rows).toBeGreaterThan(50);
  expect(JSON.stringify(await caseDetail(world.people.admin, found.id))).not.toContain(siti.slice(2));
});

it("a look at the account lists nothing and finds nothing removed", async () => {
  await poll(channel);
  expect(await db.remotePost.count({ where: { channelId: channel.id } })).toBe(0);
});
