/** A Telegram channel: its posts and comments come by webhook alone. */
import { Api } from "grammy";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sealGrant } from "#lib/channels/accounts.ts";
import { now } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import { env } from "#lib/core/env.ts";
import { confirmSent } from "#lib/delivery/settling.ts";
import { watchChannels } from "#lib/inbox/intake/listening.ts";
import { acceptWebhook, drainWebhooks, takeInWebhook } from "#lib/inbox/intake/webhooks.ts";
import { answerCase } from "#lib/inbox/replies/answering.ts";
import type { WebhookEvent } from "#lib/platforms/contract.ts";
import { connectorFor } from "#lib/platforms/registry.ts";
import { caseOf, messagesOf, minute, poll } from "../support/citizens.ts";
import { handleEvents, publicationsOf, runDue } from "../support/desk.ts";
import { type Listener, listen } from "../support/listener.ts";
import { makeWorld, type World } from "../support/world.ts";

const remoteId = -1001234567890;
const group = -1009876543210;
const token = "700100:AAH-garda_uji";
const second = "700200:AAH-ponsel";
const secret = "rahasia-webhook-uji";
let world: World;
let app: Listener;
const channel = { id: crypto.randomUUID() };

beforeAll(async () => {
  process.env.TELEGRAM_WEBHOOK_SECRET = secret;
  world = await makeWorld();
  app = await listen(() => ({}));
  await world.lab.seed({
    platform: "telegram",
    bots: [
      { id: 700100, token, username: "garda_bot", name: "Garda", webhook: { url: app.url, secret } },
      { id: 700200, token: second, username: "ponsel_bot", name: "Ponsel" },
    ],
    channels: [
      {
        id: remoteId,
        title: "Dinkes Tegal",
        username: "dinkestegal",
        members: 1200,
        group: { id: group, title: "Diskusi" },
        admins: [{ bot: 700100 }, { bot: 700200 }],
      },
    ],
  });
  const { id: unitId, governmentId } = world.units.dinkes;
  await db.channel.create({
    data: {
      ...{ id: channel.id, unitId, governmentId, platform: "telegram", mode: "api", remoteId: String(remoteId) },
      ...{ handle: "dinkestegal", name: "Dinkes Tegal", baseUrl: `${world.lab.url}/telegram`, isPrimary: false },
      ...{ firstSeenAt: new Date("2026-01-01"), nextPollAt: now() },
      grant: { create: { sealed: sealGrant({ botToken: token, linkedChatId: group }), updatedAt: now() } },
    },
  });
});
afterAll(async () => {
  await app?.close();
  await world?.stop();
});

const post = async (text: string) =>
  (await new Api(second, { apiRoot: `${world.lab.url}/telegram` }).sendMessage(remoteId, text)).message_id;
async function comment(under: number, name: string, message: string, parent?: number): Promise<number> {
  const form = new URLSearchParams({ name, message, ...(parent ? { parent: String(parent) } : {}) });
  const address = `${world.lab.url}/telegram/dinkestegal/${under}/comments`;
  const answer = await fetch(address, { method: "POST", body: form, redirect: "manual" });
  return Number(/komentar-(\d+)/.exec(answer.headers.get("location") ?? "")?.[1]);
}
/** What the next update tells, read as the webhook route reads it. */
async function told(): Promise<WebhookEvent[]> {
  const { headers, body } = await app.next();
  const given = new Headers({ "x-telegram-bot-api-secret-token": String(headers["x-telegram-bot-api-secret-token"]) });
  const read = connectorFor("telegram", "api").readWebhook?.(body, given, secret);
  if (!read?.ok) throw new Error("the webhook was not read");
  return read.events;
}
const posts = () => db.remotePost.findMany({ where: { channelId: channel.id }, orderBy: { publishedAt: "asc" } });

describe("a Telegram channel", () => {
  it("tells of a post and of its copy in the discussion group: one post", async () => {
    const id = await post("Vaksinasi campak hari Sabtu di Puskesmas Slawi");
    await takeInWebhook("telegram", await told());
    await takeInWebhook("telegram", await told());
    expect(await posts()).toMatchObject([
      {
        remoteId: `${remoteId}/${id}`,
        permalink: `https://t.me/dinkestegal/${id}`,
        text: "Vaksinasi campak hari Sabtu di Puskesmas Slawi",
        visual: "none",
        likes: null,
        views: null,
        publicationId: null,
      },
    ]);
  });

  it("tells of a comment, which becomes a case on that post; a reply to it joins the case, though it names no channel", async () => {
    const id = await post("Jadwal puskesmas keliling");
    await takeInWebhook("telegram", [...(await told()), ...(await told())]);
    const asked = await comment(id, "Siti Aminah", "Kapan ke Lebaksiu, Pak?");
    const further = await comment(id, "Budi", "Saya juga ingin tahu", asked);
    const [first, second] = [await told(), await told()];
    expect(second).toMatchObject([{ kind: "comment", accountRemoteId: null }]);
    await takeInWebhook("telegram", second); // the comment that it answers is not known yet
    expect(await db.remoteKey.count({ where: { remoteId: `${group}/${further}` } })).toBe(0);
    await takeInWebhook("telegram", [...second, ...first]); // it comes with it, in whatever order
    const found = await caseOf({ remoteId: `${group}/${asked}` });
    expect(found).toMatchObject({ state: "open", authorName: "Siti Aminah", unitId: world.units.dinkes.id });
    expect((await posts()).find((one) => one.id === found.remotePostId)?.remoteId).toBe(`${remoteId}/${id}`);
    // Telegram's instants are whole seconds: the two may well be of the same one.
    const messages = (await messagesOf(found.id)).sort((one, other) => one.remoteId!.localeCompare(other.remoteId!));
    expect(messages).toMatchObject([
      { remoteId: `${group}/${asked}`, ref: { chatId: group, messageId: asked } },
      { remoteId: `${group}/${further}`, parentRemoteId: `${group}/${asked}` },
    ]);
  });

  it("takes an answer that a person says was sent into its thread, which then waits for the citizen alone", async () => {
    const { admin } = world.people;
    const id = await post("Jadwal imunisasi");
    await takeInWebhook("telegram", [...(await told()), ...(await told())]);
    const asked = await comment(id, "Siti Aminah", "Kapan imunisasi di Slawi, Pak?");
    await takeInWebhook("telegram", await told());
    const opened = await caseOf({ remoteId: `${group}/${asked}` });
    await world.passTime(1000); // Telegram's instants are whole seconds
    await world.lab.fault({ platform: "telegram", endpoint: "POST sendMessage", fault: "accept-then-drop" });
    await answerCase(admin, { caseId: opened.id, revision: opened.revision, text: "Setiap Senin, Bu." });
    await runDue();
    const triedAt = now();
    const reply = await db.reply.findFirstOrThrow({ where: { caseId: opened.id } });
    const [publication] = await publicationsOf(reply.id);
    expect(publication).toMatchObject({ state: "unknown" });
    await world.passTime(60 * minute);
    expect(await confirmSent(admin, { publicationId: publication!.id })).toEqual({ ok: true });
    await handleEvents();
    const found = await caseOf({ remoteId: `${group}/${asked}` });
    expect(found).toMatchObject({ state: "answered", dueAt: null, answeredAt: expect.any(Date) });
    expect(found.answeredAt!.getTime(), "when it was tried, not when it was said").toBeLessThan(triedAt.getTime() + minute);
    expect(found.duties).toMatchObject([{ answeredAt: found.answeredAt }]);
    const deadlines = await db.caseDeadline.findMany({ where: { caseId: opened.id, subject: "first_response" } });
    expect(deadlines).toMatchObject([{ metAt: found.answeredAt, nextAt: null }]);
    const messages = await messagesOf(opened.id);
    expect(messages).toMatchObject([{ direction: "in" }, { direction: "out", text: "Setiap Senin, Bu.", replyId: reply.id }]);

    const further = await comment(id, "Siti Aminah", "Kalau hari Sabtu, apakah buka, Pak?", asked);
    await takeInWebhook("telegram", await told());
    const { revision, state } = await caseOf({ remoteId: `${group}/${asked}` });
    expect(state).toBe("open");
    expect(await answerCase(admin, { caseId: opened.id, revision, text: "Sabtu tutup, Bu." })).toMatchObject({ ok: true });
    await runDue();
    await handleEvents();
    const sent = await db.publication.findMany({ where: { channelId: channel.id }, orderBy: { createdAt: "asc" } });
    expect(sent.map(({ content }) => (content as { replyTo: { remoteId: string } }).replyTo.remoteId)).toEqual([
      `${group}/${asked}`,
      `${group}/${further}`,
    ]);
    expect(await caseOf({ remoteId: `${group}/${asked}` })).toMatchObject({ state: "answered" });
  });

  it("lists nothing, so that no post is taken for removed by a look that finds none", async () => {
    await world.passTime(60 * minute);
    await poll(channel);
    expect((await posts()).map((one) => one.removedAt)).toEqual([null, null, null]);
    expect(await db.channel.findUniqueOrThrow({ where: { id: channel.id } })).toMatchObject({ followers: 1200, commentsOpen: true });
  });

  it("that nobody connected is dropped without a word", async () => {
    const [native] = await post("Kabar lain").then(told);
    await takeInWebhook("telegram", [{ ...native!, accountRemoteId: "-1009" } as WebhookEvent]);
    expect(await posts()).toHaveLength(3);
    await told(); // its copy in the discussion group
  });

  it("a reply that is read before what it answers is looked at again a little later", async () => {
    const id = await post("Jadwal posyandu");
    await takeInWebhook("telegram", [...(await told()), ...(await told())]);
    const asked = await comment(id, "Siti Aminah", "Kapan ke Bojong, Pak?");
    const further = await comment(id, "Budi", "Saya juga", asked);
    const [first, second] = [await told(), await told()];
    await acceptWebhook("telegram", Buffer.from(`balasan ${further}`), second);
    await drainWebhooks();
    await acceptWebhook("telegram", Buffer.from(`pertanyaan ${asked}`), first);
    await drainWebhooks();
    const found = await caseOf({ remoteId: `${group}/${asked}` });
    expect(await messagesOf(found.id)).toHaveLength(1);
    await world.passTime(minute);
    await drainWebhooks();
    expect((await messagesOf(found.id)).map(({ remoteId: one }) => one)).toContain(`${group}/${further}`);
    expect(await db.webhookDelivery.count({ where: { state: "waiting" } })).toBe(0);
  });

  it("is proved to be heard only while the platform sends its updates to us; else its unit is told", async () => {
    const proof = async () => (await db.channel.findUniqueOrThrow({ where: { id: channel.id } })).polledUntil;
    await db.channel.update({ where: { id: channel.id }, data: { polledUntil: null, heardAt: null } });
    await poll(channel);
    expect(await proof()).toBeNull();
    await db.channel.update({ where: { id: channel.id }, data: { createdAt: new Date(now().getTime() - 5 * 60 * minute) } });
    await watchChannels();
    expect(await db.notice.count({ where: { type: "inbox.deaf", subjectId: channel.id } })).toBeGreaterThan(0);
    const bot = new Api(token, { apiRoot: `${world.lab.url}/telegram` });
    await bot.setWebhook(new URL("/api/webhooks/telegram", env().APP_URL).href, { secret_token: secret });
    await poll(channel);
    expect(await proof()).not.toBeNull();
    await watchChannels();
    expect(await db.channel.findUniqueOrThrow({ where: { id: channel.id } })).toMatchObject({ deafSince: null });
    await bot.setWebhook(app.url, { secret_token: secret });
  });
});
