/** What Telegram refuses by its own rules, and what our connector makes of it, before the platform lab. */
import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Account, Content, Picture } from "#lib/platforms/contract.ts";
import { telegramConnector } from "#lib/platforms/telegram/connector.ts";
import { clip } from "../support/clips.ts";
import { type RunningLab, startLab } from "../support/lab.ts";
import { listen } from "../support/listener.ts";

const channel = -1001234567890;
const group = -1009876543210;
const token = "700100:AAH-garda_uji";
const second = "700200:AAH-ponsel";
const connector = telegramConnector({ now: () => new Date(), webhook: null });
let lab: RunningLab;
beforeAll(async () => {
  lab = await startLab();
});
beforeEach(async () => {
  await lab.reset();
  await seed([{ bot: 700100 }, { bot: 700200 }]);
});
afterAll(() => lab.stop());

const seed = (admins: { bot: number; can_post?: boolean }[]) =>
  lab.seed({
    platform: "telegram",
    bots: [
      { id: 700100, token, username: "garda_bot", name: "Garda" },
      { id: 700200, token: second, username: "ponsel_bot", name: "Ponsel" },
    ],
    channels: [
      { id: channel, title: "Pemkab Tegal", username: "pemkabtegal", members: 4200, group: { id: group, title: "Diskusi" }, admins },
    ],
  });
const account = (): Account => ({
  ...{ platform: "telegram", mode: "api", remoteId: String(channel), handle: "pemkabtegal", baseUrl: `${lab.url}/telegram` },
  grant: { botToken: token, linkedChatId: group },
});
const bare: Omit<Content, "text" | "key"> = { title: null, link: null, pictures: [], video: null, collaborators: [], replyTo: null };
const failure = (text: string, more: Partial<Content> = {}) =>
  connector
    .publish(account(), { ...bare, text, key: text, ...more }, { stage: "new", at: null, data: {} }, async () => undefined)
    .then(
      () => null,
      (error: { failure?: unknown }) => error.failure,
    );
const picture = (bytes: Buffer, digest = "g"): Picture => ({
  ...{ digest, alt: "", mime: "image/png", width: 1, height: 1, bytes: bytes.length, read: async () => bytes },
  publicUrl: async () => "https://garda.contoh.id/g.png",
});
const png = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: "#1f6f8b" } })
    .png()
    .toBuffer();
type Update = { channel_post?: { text: string }; message?: { text: string; message_thread_id?: number } };
const bot = async <T>(method: string, body: object = {}, as = second) => {
  const init = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  return (await (await fetch(`${lab.url}/telegram/bot${as}/${method}`, init)).json()) as { ok: boolean; error_code?: number; result: T };
};
const refused = (detail: string) => ({ kind: "rejected", detail: expect.stringContaining(detail) });

test("a withdrawn token asks for another, for good", async () => {
  await lab.fault({ platform: "telegram", endpoint: "POST sendMessage", fault: "revoke" });
  for (let i = 0; i < 2; i += 1) expect(await failure("Uji"), `try ${i + 1}`).toEqual({ kind: "needs-reauth", reason: "revoked" });
});

test("pictures, videos, captions and albums that Telegram does not take are refused for good", async () => {
  const small = await png(10, 10);
  expect(await failure("Teks", { pictures: [picture(Buffer.from("bukan gambar"))] })).toMatchObject(refused("IMAGE_PROCESS_FAILED"));
  expect(await failure("Sempit", { pictures: [picture(await png(210, 10))] })).toMatchObject(refused("PHOTO_INVALID_DIMENSIONS"));
  expect(await failure("Palsu", { video: clip("wide", { bytes: Buffer.from("bukan video".repeat(9)) }) })).toMatchObject(
    refused("VIDEO_CONTENT_TYPE_INVALID"),
  );
  expect(await failure("x".repeat(1_025), { pictures: [picture(small)] })).toMatchObject(refused("caption is too long"));
  const eleven = Array.from({ length: 11 }, (_, i) => picture(small, `g${i}`));
  expect(await failure("Sebelas", { pictures: eleven })).toMatchObject(refused("2-10"));
  const files = await listen(() => ({ status: 404, type: "image/png", body: small }));
  const gone = { chat_id: channel, photo: `${files.url}/hilang.png` };
  expect(await bot("sendPhoto", gone), "an address that has no picture").toMatchObject({ ok: false, error_code: 400 });
  await files.close();
  const { result } = await bot<Update[]>("getUpdates");
  expect(result).toEqual([]);
});

test("more than thirty messages within a second: the next waits as long as Telegram says", async () => {
  expect(await Promise.all(Array.from({ length: 30 }, (_, i) => failure(`Kabar ${i}`)))).toEqual(Array(30).fill(null));
  // However slow the machine, for Telegram this is still the same second.
  await lab.clock(-60_000);
  expect(await failure("Kabar lagi")).toEqual({ kind: "rate-limited", until: expect.any(Date), scope: "account" });
  await lab.clock(0);
});

test("a bot hears others' words, not its own, of the kinds it asked for, and an answer within its thread", async () => {
  await failure("Jadwal");
  expect((await bot<Update[]>("getUpdates", {}, token)).result, "its own post and its copy").not.toContainEqual(
    expect.objectContaining({ channel_post: expect.anything() }),
  );
  const visit = (message: string, more: object = {}) =>
    fetch(`${lab.url}/telegram/pemkabtegal/1/comments`, {
      method: "POST",
      body: new URLSearchParams({ name: "Siti", message, ...more }),
      redirect: "manual",
    });
  const asked = /komentar-(\d+)/.exec((await visit("Kapan?")).headers.get("location") ?? "")?.[1] ?? "";
  await visit("Ya, kapan?", { parent: asked });
  const heard = (await bot<Update[]>("getUpdates")).result.flatMap(({ message }) => (message ? [message] : []));
  expect(heard.find(({ text }) => text === "Ya, kapan?")?.message_thread_id).toBe(
    heard.find(({ text }) => text === "Kapan?")?.message_thread_id,
  );
  await bot("setWebhook", { url: "http://127.0.0.1:9/", allowed_updates: ["channel_post"], drop_pending_updates: true });
  expect(await bot("getUpdates"), "fetched or sent, not both").toMatchObject({ ok: false, error_code: 409 });
  await bot("deleteWebhook", { drop_pending_updates: true });
  await visit("Tidak terdengar");
  await failure("Terdengar");
  const later = (await bot<Update[]>("getUpdates")).result;
  expect(later.map((update) => update.channel_post?.text)).toEqual(["Terdengar"]);
});
