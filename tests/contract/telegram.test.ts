/** The Telegram connector before the platform lab, and beside a foreign client. */
import { Api, InputFile } from "grammy";
import { expect, test } from "vitest";
import type { Account, Checkpoint, Content, RemoteComment } from "#lib/platforms/contract.ts";
import { telegramConnector } from "#lib/platforms/telegram/connector.ts";
import { clip, clips } from "../support/clips.ts";
import { type RunningLab, startLab } from "../support/lab.ts";
import { type Listener, listen, type Received, tinyPng } from "../support/listener.ts";
import { strangers } from "../support/strangers.ts";
import { conformance } from "./conformance.ts";

const channel = -1001234567890;
const group = -1009876543210;
const token = "700100:AAH-garda_uji";
const second = "700200:AAH-ponsel";
const secret = "rahasia-webhook-uji";
const now = () => new Date();

const seedChannel = (lab: RunningLab, more: object = {}) =>
  lab.seed({
    platform: "telegram",
    bots: [
      { id: 700100, token, username: "garda_bot", name: "Garda" },
      { id: 700200, token: second, username: "ponsel_bot", name: "Ponsel" },
    ],
    channels: [
      {
        id: channel,
        title: "Pemkab Tegal",
        username: "pemkabtegal",
        members: 4200,
        group: { id: group, title: "Diskusi Pemkab" },
        admins: [{ bot: 700100 }, { bot: 700200 }],
        ...more,
      },
    ],
  });
const picture = (digest: string, alt: string) => ({
  digest,
  alt,
  mime: "image/png" as const,
  width: 1,
  height: 1,
  bytes: tinyPng.length,
  read: async () => tinyPng,
  publicUrl: async () => "https://garda.contoh.go.id/media/p/t",
});
const headersOf = ({ headers }: Received) =>
  new Headers(Object.entries(headers).flatMap(([name, value]) => (typeof value === "string" ? [[name, value] as [string, string]] : [])));
const failure = (attempt: Promise<unknown>) =>
  attempt.then(
    () => null,
    (error: { failure?: unknown }) => error.failure,
  );

conformance("Telegram", async () => {
  const lab = await startLab();
  const app = await listen(() => ({}));
  await seedChannel(lab);
  const connector = telegramConnector({ now, webhook: { url: app.url, secret } });
  const phone = new Api(second, { apiRoot: `${lab.url}/telegram` });
  const texts: string[] = [];
  let comments = 0;

  const eventsOf = (received: Received) => {
    const read = connector.readWebhook!(received.body, headersOf(received), secret);
    return read.ok ? read.events : [];
  };
  const told = async (post: string): Promise<RemoteComment[]> => {
    const all = app.received.flatMap(eventsOf).flatMap((event) => (event.kind === "comment" ? [event.comment] : []));
    const roots = all.filter((one) => one.postRemoteId === post).map((one) => one.remoteId);
    return all.filter((one) => one.postRemoteId === post || (one.parentRemoteId !== null && roots.includes(one.parentRemoteId)));
  };
  const write = async (post: string, text: string, under?: string) => {
    comments += 1;
    const form = new URLSearchParams({ name: `Warga ${comments}`, message: text, ...(under ? { parent: under.split("/")[1]! } : {}) });
    const address = `${lab.url}/telegram/pemkabtegal/${post.split("/")[1]}/comments`;
    const answer = await fetch(address, { method: "POST", body: form, redirect: "manual" });
    return `${group}/${/komentar-(\d+)/.exec(answer.headers.get("location") ?? "")?.[1]}`;
  };

  return {
    connector,
    login: { baseUrl: `${lab.url}/telegram`, identifier: "@pemkabtegal", secret: token },
    wrongSecret: "700100:lain",
    features: {
      ...{ firstComment: false, lookUp: false, lists: false, uploads: false, signedBytes: false },
      ...{ hides: false, removalsNotified: false, removalsListed: false },
    },
    // One call sends a message, whatever it carries.
    spoil: (_step, fault) => lab.fault({ platform: "telegram", endpoint: "POST *", fault: fault === "rate-limit" ? "429" : fault }),
    uploads: async () => 0,
    /** What the other administrator's bot hears, as a person would in the app. */
    texts: async () => {
      const updates = await phone.getUpdates();
      for (const { channel_post, message } of updates) {
        if (message?.is_automatic_forward) continue;
        texts.push(channel_post?.text ?? channel_post?.caption ?? message?.text ?? "");
      }
      if (updates.length > 0) await phone.getUpdates({ offset: updates.at(-1)!.update_id + 1 });
      return texts.filter((text) => text !== "");
    },
    picture,
    video: (_digest, alt) => clip("vertical", { alt }),
    nativePost: async (text) => `${channel}/${(await phone.sendMessage(channel, text)).message_id}`,
    comment: (post, text, under) => write(post, text, under?.remoteId),
    told,
    notification: async (post, text) => {
      await write(post, text);
      for (;;) {
        const received = await app.next();
        if (received.body.includes(text)) return { rawBody: received.body, headers: headersOf(received), secret };
      }
    },
    notified: async (act) => {
      await act();
      for (;;) {
        const received = await app.next();
        if (received.body.includes("edited_message")) return { rawBody: received.body, headers: headersOf(received), secret };
      }
    },
    ...strangers(lab, "telegram", {
      pathOf: (post) => `/telegram/pemkabtegal/${post.split("/")[1]}`,
      anchor: (id) => `komentar-${id.split("/")[1]}`,
      endpoint: "POST setMessageReaction",
    }),
    stop: async () => {
      await app.close();
      await lab.stop();
    },
  };
});

const content: Content = {
  text: "Pengumuman",
  link: null,
  pictures: [],
  title: null,
  video: null,
  collaborators: [],
  replyTo: null,
  key: "k",
};
const fresh: Checkpoint = { stage: "new", at: null, data: {} };

async function connected(lab: RunningLab, webhook: { url: string; secret: string } | null = null) {
  const connector = telegramConnector({ now, webhook });
  const login = { baseUrl: `${lab.url}/telegram`, identifier: "https://t.me/pemkabtegal", secret: ` ${token}\n` };
  const { profile, grant } = await connector.connect!(login);
  const { remoteId, handle } = profile;
  const account: Account = { platform: "telegram", mode: "api", remoteId, handle, baseUrl: login.baseUrl, grant };
  return { connector, login, profile, grant, account };
}

test("connecting: the channel by name or number, only with a bot that may post there", async ({ onTestFinished }) => {
  const lab = await startLab();
  onTestFinished(() => lab.stop());
  await seedChannel(lab);
  const { connector, login, profile, grant, account } = await connected(lab, { url: "http://example.com/hook", secret });
  expect(profile).toEqual({
    remoteId: String(channel),
    handle: "pemkabtegal",
    name: "Pemkab Tegal",
    url: "https://t.me/pemkabtegal",
    followers: 4200,
    commentsOpen: true,
  });
  expect(grant).toEqual({ botToken: token, linkedChatId: group });
  for (const identifier of [String(channel), "pemkabtegal", " @pemkabtegal "])
    expect((await connector.connect!({ ...login, identifier })).profile).toEqual(profile);
  expect(await failure(connector.connect!({ ...login, identifier: "@tidakada" }))).toMatchObject({
    kind: "rejected",
    detail: "Bad Request: chat not found",
  });
  expect(await failure(connector.connect!({ ...login, identifier: String(group) }))).toMatchObject({
    kind: "rejected",
    code: "wrong-account",
  });
  for (const wrong of ["bukan-token", "1:x"])
    expect(await failure(connector.connect!({ ...login, secret: wrong }))).toEqual({ kind: "needs-reauth", reason: "revoked" });

  await seedChannel(lab, { admins: [{ bot: 700100, can_post: false }], group: null });
  const lost = { kind: "needs-reauth", reason: "scope" };
  expect(await failure(connector.connect!(login)), "an administrator without the right to post").toEqual(lost);
  expect(await failure(connector.fetchProfile(account)), "found out by the next look").toEqual(lost);
  const refused = { kind: "rejected", detail: "Bad Request: need administrator rights in the channel chat" };
  expect(await failure(connector.publish(account, content, fresh, async () => undefined)), "and in publishing").toMatchObject(refused);
  await seedChannel(lab, { admins: [{ bot: 700100 }], group: null });
  expect(await connector.fetchProfile(account), "no discussion group").toMatchObject({ commentsOpen: false });
  await seedChannel(lab, { admins: [] });
  expect(await failure(connector.publish(account, content, fresh, async () => undefined)), "thrown out").toEqual(lost);
});

test("what is sent: text, one picture, an album, a reply, each once and with its public address", async ({ onTestFinished }) => {
  const lab = await startLab();
  onTestFinished(() => lab.stop());
  await seedChannel(lab);
  const { connector, account } = await connected(lab);
  const publish = async (change: Partial<Content>) => {
    const result = await connector.publish(account, { ...content, ...change }, fresh, async () => undefined);
    return result.kind === "done" ? result.published : null;
  };
  expect(await publish({})).toEqual({
    remoteId: `${channel}/1`,
    permalink: "https://t.me/pemkabtegal/1",
    ref: { chatId: channel, messageId: 1 },
  });
  expect(await publish({ pictures: [picture("a", "")] })).toMatchObject({ remoteId: `${channel}/2` });
  expect(await publish({ pictures: [picture("a", ""), picture("b", "")], text: "" }), "the album's first").toMatchObject({
    remoteId: `${channel}/3`,
  });
  expect(await publish({})).toMatchObject({ remoteId: `${channel}/5` });
  const film = { remoteId: `${channel}/6`, permalink: "https://t.me/pemkabtegal/6" };
  expect(await publish({ video: clip("wide"), link: "https://tegalkab.go.id" }), "by its bytes alone").toMatchObject(film);
  const page = await (await fetch(`${lab.url}/telegram/pemkabtegal/6`)).text();
  expect(page).toContain("Pengumuman\n\nhttps://tegalkab.go.id");
  const played = await fetch(lab.url + /\/media\/telegram\/\w+/.exec(page)![0]);
  expect(Buffer.from(await played.arrayBuffer()).equals(clips.wide)).toBe(true);
  const replyTo = { remoteId: `${group}/1`, postRemoteId: `${channel}/1`, ref: { chatId: group, messageId: 1 } };
  expect(await publish({ replyTo, text: "Terima kasih" })).toMatchObject({ remoteId: `${group}/7`, ref: { chatId: group, messageId: 7 } });
  expect(await failure(publish({ replyTo, pictures: [picture("a", "")] }))).toMatchObject({ kind: "rejected", code: "pictures-in-reply" });
  expect(await failure(publish({ replyTo, video: clip("wide") }))).toMatchObject({ kind: "rejected", code: "pictures-in-reply" });
  expect(await failure(publish({ replyTo: { ...replyTo, ref: null } }))).toMatchObject({ kind: "rejected" });
  const post = { remoteId: `${channel}/1`, postRemoteId: `${channel}/1`, ref: { chatId: channel, messageId: 1 } };
  expect(await failure(publish({ replyTo: post })), "it would stand in the channel, not under the post").toEqual({
    kind: "rejected",
    code: "first-comment-unsupported",
  });
  const gone = { ...replyTo, ref: { chatId: group, messageId: 404 } };
  expect(await failure(publish({ replyTo: gone })), "the comment was deleted meanwhile").toMatchObject({
    kind: "rejected",
    detail: "Bad Request: message to be replied not found",
  });
  expect(await failure(publish({ text: "x".repeat(4_097) }))).toMatchObject({
    kind: "rejected",
    detail: "Bad Request: message is too long",
  });

  let kept = fresh;
  const save = async (next: Checkpoint) => {
    kept = next;
  };
  await lab.fault({ platform: "telegram", endpoint: "POST sendMessage", fault: "429", code: 90 });
  const limited = (await failure(connector.publish(account, content, fresh, save))) as { until: Date };
  expect(limited.until.getTime()).toBeGreaterThan(Date.now() + 80_000);
  expect(await connector.findPublished(account, content, fresh), "never tried").toEqual({ kind: "absent" });
  for (const fault of ["accept-then-500", "accept-then-drop"]) {
    await lab.fault({ platform: "telegram", endpoint: "POST sendMessage", fault });
    const error = await connector.publish(account, content, fresh, save).catch((caught: Error) => caught);
    expect(error).toMatchObject({ failure: { kind: "ambiguous" } });
    expect(String(error), "the token stands in the path").not.toContain(token);
  }
  expect(await connector.findPublished(account, content, kept), "a person has to look").toEqual({ kind: "unknown", never: true });
});

test("a video is read while it is sent, and each piece keeps the publication ours; one that is ours no longer stops", async ({
  onTestFinished,
}) => {
  const lab = await startLab();
  onTestFinished(() => lab.stop());
  await seedChannel(lab);
  const { connector, account } = await connected(lab);
  const saved: Checkpoint["stage"][] = [];
  const video = clip("wide");
  await connector.publish(account, { ...content, video }, fresh, async (next) => void saved.push(next.stage));
  expect(saved).toEqual(Array.from({ length: 1 + Math.ceil(video.bytes / 1_048_576) }, () => "committing"));

  let saves = 0;
  const lose = async () => {
    saves += 1;
    if (saves > 1) throw new Error("somebody else has it now");
  };
  expect(await failure(connector.publish(account, { ...content, video }, fresh, lose))).toEqual({ kind: "ambiguous" });
  const broken = { ...video, slice: async () => Promise.reject(new Error("the storage is away")) };
  expect(await failure(connector.publish(account, { ...content, video: broken }, fresh, async () => undefined))).toEqual({
    kind: "ambiguous",
  });
  expect((await fetch(`${lab.url}/telegram/pemkabtegal/2`)).status, "neither was sent whole").toBe(404);
});

/** The fields of a call, with uploads as they arrive and addresses of parts resolved. */
async function wire({ method, url, headers, body }: Received) {
  const type = String(headers["content-type"]);
  if (!type.startsWith("multipart/")) return { method, url, fields: JSON.parse(String(body)) as Record<string, unknown> };
  const form = await new Response(new Uint8Array(body), { headers: { "content-type": type } }).formData();
  const files = new Map<string, string>();
  for (const [name, value] of form)
    if (typeof value !== "string") files.set(name, Buffer.from(await value.arrayBuffer()).toString("base64"));
  const resolve = (text: string) => files.get(text.replace("attach://", "")) ?? text;
  const fields: Record<string, unknown> = {};
  for (const [name, value] of form) {
    if (typeof value !== "string") continue;
    fields[name] =
      name === "media" ? (JSON.parse(value) as { media: string }[]).map((one) => ({ ...one, media: resolve(one.media) })) : resolve(value);
  }
  for (const name of ["photo", "video"]) if (files.has(name)) fields[name] = files.get(name);
  return { method, url, fields };
}

test("the same calls on the wire as a foreign client makes", async ({ onTestFinished }) => {
  const sent = { message_id: 1, date: 1, chat: { id: channel, type: "channel", title: "P", username: "pemkabtegal" } };
  const results: Record<string, unknown> = {
    getMe: { id: 700100 },
    getChat: { ...sent.chat, linked_chat_id: group },
    getChatMember: { status: "administrator", can_post_messages: true },
    getChatMemberCount: 7,
    setWebhook: true,
    sendMediaGroup: [sent, sent],
  };
  const recorder: Listener = await listen(({ url }) => ({
    type: "application/json",
    body: JSON.stringify({ ok: true, result: results[url.split("/").at(-1) ?? ""] ?? sent }),
  }));
  onTestFinished(() => recorder.close());
  const connector = telegramConnector({ now, webhook: { url: "https://garda.contoh.go.id/api/webhooks/telegram", secret } });
  const { grant } = await connector.connect!({ baseUrl: recorder.url, identifier: "@pemkabtegal", secret: token });
  const account: Account = {
    platform: "telegram",
    mode: "api",
    remoteId: String(channel),
    handle: "pemkabtegal",
    baseUrl: recorder.url,
    grant,
  };
  const publish = (change: Partial<Content>) => connector.publish(account, { ...content, ...change }, fresh, async () => undefined);
  const replyTo = { remoteId: `${group}/8`, postRemoteId: `${channel}/1`, ref: { chatId: group, messageId: 8 } };
  await publish({});
  await publish({ pictures: [picture("a", "")] });
  await publish({ pictures: [picture("a", ""), picture("b", "")] });
  await publish({ video: clip("wide") });
  await publish({ replyTo });
  const ours = await Promise.all(recorder.received.splice(0).map(wire));

  const api = new Api(token, { apiRoot: recorder.url });
  const file = () => new InputFile(tinyPng, "photo0.png");
  await api.getMe();
  await api.getChat("@pemkabtegal");
  await api.getChatMember(channel, 700100);
  await api.getChatMemberCount(channel);
  await api.setWebhook("https://garda.contoh.go.id/api/webhooks/telegram", {
    secret_token: secret,
    allowed_updates: ["message", "edited_message", "channel_post", "edited_channel_post"],
  });
  await api.sendMessage(String(channel), "Pengumuman");
  await api.sendPhoto(String(channel), file(), { caption: "Pengumuman" });
  await api.sendMediaGroup(String(channel), [
    { type: "photo", media: file(), caption: "Pengumuman" },
    { type: "photo", media: file() },
  ]);
  await api.sendVideo(String(channel), new InputFile(clips.wide, "video.mp4"), {
    caption: "Pengumuman",
    width: 1280,
    height: 720,
    duration: 4,
    supports_streaming: true,
  });
  await api.sendMessage(group, "Pengumuman", { reply_parameters: { message_id: 8 } });
  expect(ours).toEqual(await Promise.all(recorder.received.map(wire)));
});
