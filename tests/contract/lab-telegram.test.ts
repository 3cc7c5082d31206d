/** The lab's Telegram before a foreign client of the Bot API. */
import { Api, GrammyError, HttpError, InputFile } from "grammy";
import type { Update } from "grammy/types";
import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { clips } from "../support/clips.ts";
import { type RunningLab, startLab } from "../support/lab.ts";
import { type Listener, listen, tinyPng } from "../support/listener.ts";

const channel = -1001234567890;
const group = -1009876543210;
const quiet = -1005555555555;
const token = "700100:AAH-garda_uji";
const second = "700200:AAH-ponsel";
let lab: RunningLab;
let images: Listener;

const bot = (key = token) => new Api(key, { apiRoot: `${lab.url}/telegram` });
const png = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: "#456" } })
    .png()
    .toBuffer();
/** Everything that happened to a bot so far, which is then done with. */
async function news(api: Api): Promise<Update[]> {
  const updates = await api.getUpdates();
  if (updates.length > 0) await api.getUpdates({ offset: updates.at(-1)!.update_id + 1 });
  return updates;
}
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => {
      if (error instanceof GrammyError) return { code: error.error_code, description: error.description, parameters: error.parameters };
      if (error instanceof HttpError) return "cut";
      throw error;
    },
  );
const comment = (post: number, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(`${lab.url}/telegram/dinkestegal/${post}/comments`, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers,
    redirect: "manual",
  });

beforeAll(async () => {
  lab = await startLab();
  images = await listen(({ url }) => (url === "/ok.png" ? { body: tinyPng } : { status: 404 }));
});
afterAll(async () => {
  await lab.stop();
  await images.close();
});
beforeEach(async () => {
  await lab.reset();
  await lab.seed({
    platform: "telegram",
    bots: [
      { id: 700100, token, username: "garda_bot", name: "Garda" },
      { id: 700200, token: second, username: "ponsel_bot", name: "Ponsel" },
    ],
    channels: [
      {
        id: channel,
        title: "Dinkes Tegal",
        username: "dinkestegal",
        about: "Kabar kesehatan",
        members: 1200,
        group: { id: group, title: "Diskusi Dinkes" },
        admins: [{ bot: 700100 }, { bot: 700200 }],
      },
      { id: quiet, title: "Arsip", username: "arsiptegal", admins: [{ bot: 700200 }, { bot: 700100, can_post: false }] },
    ],
  });
});

describe("grammY", () => {
  it("finds the channel, its discussion group, its own rights and the number of members", async () => {
    expect(await bot().getMe()).toMatchObject({ id: 700100, is_bot: true, username: "garda_bot" });
    const chat = await bot().getChat("@dinkestegal");
    expect(chat).toMatchObject({
      id: channel,
      type: "channel",
      title: "Dinkes Tegal",
      linked_chat_id: group,
      description: "Kabar kesehatan",
    });
    expect(await bot().getChat(quiet)).not.toHaveProperty("linked_chat_id");
    expect(await bot().getChatMember(channel, 700100)).toMatchObject({ status: "administrator", can_post_messages: true });
    expect(await bot().getChatMember(quiet, 700100)).toMatchObject({ status: "administrator", can_post_messages: false });
    expect(await bot().getChatMemberCount("@dinkestegal")).toBe(1200);
  });

  it("publishes text: the post stands in the channel, its copy in the group, and the other administrator hears of both", async () => {
    const sent = await bot().sendMessage(channel, "Vaksinasi hari ini https://dinkes.tegal.example/vaksin");
    expect(sent).toMatchObject({
      message_id: 1,
      chat: { id: channel, type: "channel", username: "dinkestegal" },
      sender_chat: { id: channel },
      entities: [{ type: "url", offset: 19, length: 35 }],
    });
    expect(sent).not.toHaveProperty("from");
    const [post, copy, ...more] = await news(bot(second));
    expect(more).toEqual([]);
    expect(post?.channel_post).toEqual(sent);
    expect(copy?.message).toMatchObject({
      chat: { id: group, type: "supergroup" },
      is_automatic_forward: true,
      sender_chat: { id: channel },
      forward_origin: { type: "channel", chat: { id: channel }, message_id: 1, date: sent.date },
    });
    // Its own post is not told to the bot, the group's copy is.
    expect((await news(bot())).map((update) => Object.keys(update)[1])).toEqual(["message"]);
    expect(await (await fetch(`${lab.url}/telegram/dinkestegal/1`)).text()).toContain("Vaksinasi hari ini");
  });

  it("uploads a picture, or names one by its address or its id, and downloads the same bytes", async () => {
    const bytes = await png(40, 30);
    const sent = await bot().sendPhoto(channel, new InputFile(bytes, "loket.png"), { caption: "Loket baru" });
    expect(sent).toMatchObject({ caption: "Loket baru", photo: [{ width: 40, height: 30 }] });
    const { file_path } = await bot().getFile(sent.photo[0]!.file_id);
    expect(Buffer.from(await (await fetch(`${lab.url}/telegram/file/bot${token}/${file_path}`)).arrayBuffer())).toEqual(bytes);
    expect(await bot().sendPhoto(channel, `${images.url}/ok.png`)).toMatchObject({ photo: [{ width: 1, height: 1 }] });
    expect(await bot().sendPhoto(channel, sent.photo[0]!.file_id)).toMatchObject({ photo: [{ file_id: sent.photo[0]!.file_id }] });
  });

  it("uploads a video, which is played and downloaded as it was, also in the group's copy", async () => {
    const sent = await bot().sendVideo(channel, new InputFile(clips.wide, "a.mp4"), {
      caption: "Simulasi gempa",
      supports_streaming: true,
    });
    const told = { width: 1280, height: 720, duration: 4, mime_type: "video/mp4", file_size: clips.wide.length };
    expect(sent).toMatchObject({ caption: "Simulasi gempa", video: told });
    const { file_path } = await bot().getFile(sent.video.file_id);
    expect(file_path).toMatch(/^videos\//);
    const bytes = await (await fetch(`${lab.url}/telegram/file/bot${token}/${file_path}`)).arrayBuffer();
    expect(Buffer.from(bytes).equals(clips.wide)).toBe(true);
    expect((await news(bot()))[0]?.message).toMatchObject({ is_automatic_forward: true, video: told });
    expect(await bot().sendVideo(channel, sent.video.file_id)).toMatchObject({ video: told });
    expect(await (await fetch(`${lab.url}/telegram/dinkestegal/1`)).text()).toContain("<video");
    const refused = [bot().sendVideo(channel, new InputFile(Buffer.from("bukan video"))), bot().sendVideo(channel, "takada")];
    for (const one of refused) expect(await refusal(one)).toMatchObject({ code: 400 });
  });

  it("publishes an album: one message for each picture, the words with the first", async () => {
    const photo = async (caption?: string) => ({
      type: "photo" as const,
      media: new InputFile(await png(8, 8)),
      ...(caption ? { caption } : {}),
    });
    const album = await bot().sendMediaGroup(channel, [await photo("Dua loket"), await photo()]);
    expect(album.map(({ message_id, caption }) => [message_id, caption])).toEqual([
      [1, "Dua loket"],
      [2, undefined],
    ]);
    expect(new Set(album.map((message) => ("media_group_id" in message ? message.media_group_id : null))).size).toBe(1);
    const copies = (await news(bot())).map(({ message }) => message);
    expect(copies).toMatchObject([{ forward_origin: { message_id: 1 } }, { forward_origin: { message_id: 2 } }]);
    const refused = async (count: number) => bot().sendMediaGroup(channel, await Promise.all(Array.from({ length: count }, () => photo())));
    for (const count of [1, 11]) expect(await refusal(refused(count))).toMatchObject({ code: 400 });
  });

  it("hears a visitor's comment and a reply to it, answers in the thread, edits and deletes", async () => {
    await bot().sendMessage(channel, "Jadwal puskesmas");
    await news(bot());
    expect((await comment(1, { name: "Siti", message: "Sabtu buka?" })).headers.get("location")).toBe("/telegram/dinkestegal/1#komentar-2");
    await comment(1, { name: "Budi", message: "Minggu juga?", parent: "2" });
    const [asked, further] = (await news(bot())).map(({ message }) => message);
    expect(asked).toMatchObject({
      message_id: 2,
      message_thread_id: 1,
      from: { first_name: "Siti", is_bot: false },
      reply_to_message: { message_id: 1, is_automatic_forward: true, forward_origin: { message_id: 1, chat: { id: channel } } },
    });
    expect(further).toMatchObject({ message_thread_id: 1, reply_to_message: { message_id: 2, text: "Sabtu buka?" } });
    expect(further?.reply_to_message).not.toHaveProperty("reply_to_message");
    const answer = await bot().sendMessage(group, "Buka pukul 08.00", { reply_parameters: { message_id: 2 } });
    expect(answer).toMatchObject({ message_thread_id: 1, from: { is_bot: true }, reply_to_message: { message_id: 2 } });
    expect(await bot().editMessageText(group, answer.message_id, "Buka pukul 09.00")).toMatchObject({ text: "Buka pukul 09.00" });
    expect(await refusal(bot().editMessageText(group, answer.message_id, "Buka pukul 09.00"))).toMatchObject({ code: 400 });
    expect(await (await fetch(`${lab.url}/telegram/dinkestegal/1`)).text()).toContain("Buka pukul 09.00");
    expect(await bot().deleteMessage(group, answer.message_id)).toBe(true);
    expect(await refusal(bot().deleteMessage(group, answer.message_id))).toMatchObject({ code: 400 });
  });

  it("sets a webhook: updates come with the secret token, also those that waited, and no longer by asking", async ({ onTestFinished }) => {
    const app = await listen(() => ({}));
    onTestFinished(() => app.close());
    await bot(second).sendMessage(channel, "Sebelum");
    await bot().setWebhook(app.url, { secret_token: "rahasia_1", allowed_updates: ["channel_post"] });
    expect(await bot().getWebhookInfo()).toMatchObject({ url: app.url, allowed_updates: ["channel_post"] });
    expect(await refusal(bot().getUpdates())).toMatchObject({ code: 409 });
    await bot(second).sendMessage(channel, "Sesudah");
    const bodies = [await app.next(), await app.next(), await app.next()].map(({ headers, body }) => {
      expect(headers["x-telegram-bot-api-secret-token"]).toBe("rahasia_1");
      return JSON.parse(String(body)) as Update;
    });
    expect(bodies.map((update) => update.channel_post?.text ?? "salinan")).toEqual(["Sebelum", "salinan", "Sesudah"]);
    expect(bodies[2]!.update_id).toBeGreaterThan(bodies[0]!.update_id);
    await bot().deleteWebhook();
    expect(await bot().getWebhookInfo()).toMatchObject({ url: "" });
    expect(await bot().getUpdates({ timeout: 1 })).toEqual([]);
    expect(await refusal(bot().setWebhook("http://example.com/hook"))).toMatchObject({
      code: 400,
      description: expect.stringContaining("HTTPS"),
    });
    expect(await refusal(bot().setWebhook(app.url, { secret_token: "dua kata" }))).toMatchObject({ code: 400 });
  });
});

describe("refusals", () => {
  it.each([
    ["an unknown token", () => bot("700100:lain").getMe(), 401, "Unauthorized"],
    ["an unknown chat", () => bot().sendMessage("@takada", "x"), 400, "Bad Request: chat not found"],
    ["a bot that may not post", () => bot().sendMessage(quiet, "x"), 400, "Bad Request: need administrator rights in the channel chat"],
    ["an empty text", () => bot().sendMessage(channel, " "), 400, "Bad Request: message text is empty"],
    ["a long text", () => bot().sendMessage(channel, "x".repeat(4_097)), 400, "Bad Request: message is too long"],
    [
      "a long caption",
      () => bot().sendPhoto(channel, `${images.url}/ok.png`, { caption: "x".repeat(1_025) }),
      400,
      "Bad Request: message caption is too long",
    ],
    ["no picture", () => bot().sendPhoto(channel, new InputFile(Buffer.from("bukan gambar"))), 400, "Bad Request: IMAGE_PROCESS_FAILED"],
    ["a foreign address", () => bot().sendPhoto(channel, "https://example.com/a.png"), 400, "Bad Request: failed to get HTTP URL content"],
    [
      "a narrow picture",
      async () => bot().sendPhoto(channel, new InputFile(await png(210, 10))),
      400,
      "Bad Request: PHOTO_INVALID_DIMENSIONS",
    ],
    [
      "a wide picture",
      async () => bot().sendPhoto(channel, new InputFile(await png(9_990, 500))),
      400,
      "Bad Request: PHOTO_INVALID_DIMENSIONS",
    ],
    ["over 10 MB", () => bot().sendPhoto(channel, new InputFile(Buffer.alloc(10_485_761))), 413, "Request Entity Too Large"],
    [
      "an answer to nothing",
      () => bot().sendMessage(group, "x", { reply_parameters: { message_id: 99 } }),
      400,
      "Bad Request: message to be replied not found",
    ],
  ])("%s", async (_, work, code, description) => {
    expect(await refusal(work())).toMatchObject({ code, description });
  });

  it("a bot that is no member, and a token or method of no known form", async () => {
    await lab.seed({ platform: "telegram", channels: [{ id: quiet, title: "Arsip", username: "arsiptegal", admins: [] }] });
    expect(await refusal(bot().sendMessage(quiet, "x"))).toMatchObject({
      code: 403,
      description: "Forbidden: bot is not a member of the channel chat",
    });
    expect(await bot().getChatMember(quiet, 700100)).toMatchObject({ status: "left" });
    for (const path of ["bot7:x:y/getMe", `bot${token}/getMoon`]) expect((await fetch(`${lab.url}/telegram/${path}`)).status).not.toBe(200);
    expect(await (await fetch(`${lab.url}/telegram/bot${token}/GETME`)).json()).toMatchObject({ ok: true });
  });

  it("takes forms and queries like JSON", async () => {
    const form = new URLSearchParams({ chat_id: String(channel), text: "Formulir" });
    expect(await (await fetch(`${lab.url}/telegram/bot${token}/sendMessage`, { method: "POST", body: form })).json()).toMatchObject({
      ok: true,
      result: { text: "Formulir" },
    });
    expect(await (await fetch(`${lab.url}/telegram/bot${token}/sendMessage?${form}`)).json()).toMatchObject({ result: { message_id: 2 } });
  });

  it("more than thirty messages within a second", async () => {
    await lab.clock(0);
    const sent = await Promise.all(Array.from({ length: 60 }, (_, i) => refusal(bot().sendMessage(channel, `Kabar ${i}`))));
    expect(sent).toContainEqual(expect.objectContaining({ code: 429, parameters: { retry_after: 1 } }));
  });
});

describe("faults", () => {
  it.each([
    ["drop-before", "cut", 0],
    ["accept-then-drop", "cut", 1],
    ["accept-then-500", 500, 1],
    ["500-before", 500, 0],
    ["429", 429, 0],
    ["401", 401, 0],
    ["403", 403, 0],
    ["migrate", 400, 0],
  ])("%s answers %s and leaves %i posts", async (fault, outcome, posts) => {
    await lab.fault({ platform: "telegram", endpoint: "POST sendMessage", fault });
    const answer = await refusal(bot().sendMessage(channel, "Uji"));
    expect(typeof answer === "string" ? answer : answer?.code).toBe(outcome);
    expect((await news(bot(second))).filter((update) => update.channel_post)).toHaveLength(posts);
    expect(JSON.stringify(await lab.journal())).not.toContain(token);
  });

  it("name the wait and the new group, and revoke for good", async () => {
    await lab.fault({ platform: "telegram", endpoint: "POST getMe", fault: "429", code: 35 });
    expect(await refusal(bot().getMe())).toMatchObject({ parameters: { retry_after: 35 } });
    await lab.fault({ platform: "telegram", endpoint: "POST getMe", fault: "migrate" });
    expect(await refusal(bot().getMe())).toMatchObject({ parameters: { migrate_to_chat_id: expect.any(Number) } });
    await lab.fault({ platform: "telegram", endpoint: "POST getMe", fault: "revoke" });
    await refusal(bot().getMe());
    expect(await refusal(bot().getMe())).toMatchObject({ code: 401 });
  });
});

describe("public pages", () => {
  it("show what is seeded, escaped, under the banner, and take comments only from here", async () => {
    const rows = {
      platform: "telegram" as const,
      posts: [{ channel, id: 5, text: "<b>Siaga</b>", date: "2026-07-30T01:00:00Z", picture: true, views: 321 }],
      comments: [
        { channel, post: 5, id: 9, from: { id: 77, name: "<i>Siti</i>" }, text: "<script>1</script>", date: "2026-07-30T02:00:00Z" },
      ],
    };
    await lab.seed(rows);
    await lab.seed(rows);
    for (const path of [
      "/telegram/dinkestegal",
      `/telegram/${channel}`,
      "/telegram/dinkestegal/5",
      "/telegram/dinkestegal/5?balas=9",
      "/",
    ]) {
      const answer = await fetch(lab.url + path);
      const html = await answer.text();
      expect(answer.status).toBe(200);
      expect(html).toMatch(/Simulasi: ini bukan .+\. Data dan percakapan tidak sebenarnya\./);
      expect(html).not.toMatch(/<script>|<i>|<b>/);
    }
    const html = await (await fetch(`${lab.url}/telegram/dinkestegal/5`)).text();
    expect(html).toContain("&lt;b&gt;Siaga&lt;/b&gt;");
    expect(html).toContain("1 komentar");
    const picture = /\/media\/telegram\/\w+/.exec(html)?.[0];
    expect((await fetch(lab.url + picture)).headers.get("content-type")).toBe("image/png");
    expect((await comment(5, { name: "Ani", message: "Halo" }, { "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect((await comment(5, { name: "", message: "Halo" })).status).toBe(422);
    expect((await comment(5, { name: "Ani", message: "Halo", parent: "404" })).status).toBe(422);
    expect((await fetch(`${lab.url}/telegram/dinkestegal/99`)).status).toBe(404);
    await bot(second).sendMessage(quiet, "Tanpa grup");
    expect(await (await fetch(`${lab.url}/telegram/arsiptegal/1`)).text()).toContain("tidak membuka komentar");
  });
});
