/**
 * Telegram channels through the Bot API, with a bot that is the channel's administrator. The Bot API lists neither posts nor
 * comments and looks nothing up: both arrive by webhook only, and what became of an unanswered send is a person's to say.
 */

import { z } from "zod";
import { commit, firstCommit } from "../commit.ts";
import {
  type Account,
  type AccountProfile,
  type Checkpoint,
  type Connector,
  type Content,
  PlatformFailure,
  type Published,
  type ReplyTarget,
  type Video,
} from "../contract.ts";
import { moderationBy } from "../moderation.ts";
import { outgoingText } from "../outgoing.ts";
import { type Bot, botClient, type Parameters } from "./client.ts";
import { streamedForm } from "./multipart.ts";
import { idOf, permalinkOf, refSchema } from "./transform.ts";
import { neededUpdates, readWebhook } from "./webhook.ts";

const grantSchema = z.object({ botToken: z.string().min(1), linkedChatId: z.number().nullable() });
const chatSchema = z.object({
  id: z.number(),
  type: z.string(),
  title: z.string().catch(""),
  username: z.string().optional(),
  linked_chat_id: z.number().nullish(),
});
const memberSchema = z.object({ status: z.string(), can_post_messages: z.boolean().optional() });
const webhookSchema = z.object({ url: z.string(), pending_update_count: z.number(), last_error_date: z.number().optional() });
const sentSchema = z.object({ message_id: z.number(), chat: chatSchema.pick({ id: true, username: true }) });

/** `webhook`: where updates are to be sent when an account is connected, and the token they are to carry; null to leave it as it is. */
export function telegramConnector({ now, webhook }: { now: () => Date; webhook: { url: string; secret: string } | null }): Connector {
  const open = (baseUrl: string, token: string): Bot => botClient({ baseUrl, token, now });
  const botOf = (account: Account): Bot => {
    const grant = grantSchema.safeParse(account.grant);
    if (!grant.success) throw new PlatformFailure({ kind: "needs-reauth", reason: "revoked" }, "telegram: no token");
    return open(account.baseUrl, grant.data.botToken);
  };

  return {
    platform: "telegram",
    mode: "api",
    listsPosts: false,

    async connect({ baseUrl, identifier, secret }) {
      const token = secret.trim();
      const bot = open(baseUrl, token);
      const { profile, linkedChatId } = await readChannel(bot, chatIdOf(identifier));
      if (webhook) await setWebhook(bot, webhook);
      return { profile, grant: { botToken: token, linkedChatId } };
    },

    fetchProfile: async (account) => (await readChannel(botOf(account), account.remoteId)).profile,

    async hears(account) {
      const info = await botOf(account).call("getWebhookInfo", {}, webhookSchema, false);
      const failing = info.pending_update_count > 0 && info.last_error_date !== undefined;
      return webhook !== null && info.url === webhook.url && !failing;
    },

    // A bot's token has no end of its own.
    refresh: async () => null,

    async publish(account, content, checkpoint, save) {
      const bot = botOf(account);
      let kept = checkpoint;
      const keep = async (next: Checkpoint) => {
        await save(next);
        kept = next;
      };
      // A video goes up within the one call: each piece says that we are still at it.
      const alive = () => save(kept);
      const { method, parameters } = content.replyTo ? toReply(content) : await toMessage(account.remoteId, content, alive);
      const messages = await commit(checkpoint, keep, now(), () =>
        bot.call(method, parameters, z.union([z.array(sentSchema).min(1), sentSchema.transform((one) => [one])]), true),
      );
      return { kind: "done", published: toPublished(messages[0]!) };
    },

    findPublished: async (_account, _content, checkpoint) =>
      firstCommit(checkpoint) ? { kind: "unknown", never: true } : { kind: "absent" },

    fetchPosts: async () => [],
    fetchComments: async () => ({ comments: [], whole: [] }),

    // A bot's like is its reaction. It can delete what others wrote, but not hide it.
    moderation: moderationBy({ like: (account, target) => react(botOf(account), target) }),

    authorize: null,
    collaboration: null,
    readWebhook,
    answerChallenge: null,
  };
}

/** A channel's number, or its public name with or without what people write before it. */
function chatIdOf(identifier: string): string {
  const name = identifier.trim().replace(/^(https?:\/\/)?(t|telegram)\.me\//i, "");
  return /^-\d+$/.test(name) ? name : `@${name.replace(/^@/, "")}`;
}

/** Reads the channel and makes sure that the bot may post in it. */
async function readChannel(bot: Bot, chatId: string): Promise<{ profile: AccountProfile; linkedChatId: number | null }> {
  const me = await bot.call("getMe", {}, z.object({ id: z.number() }), false);
  const chat = await bot.call("getChat", { chat_id: chatId }, chatSchema, false);
  if (chat.type !== "channel") throw new PlatformFailure({ kind: "rejected", code: "wrong-account" }, "telegram: not a channel");
  const member = await bot.call("getChatMember", { chat_id: chat.id, user_id: me.id }, memberSchema, false);
  if (member.status !== "creator" && !(member.status === "administrator" && member.can_post_messages))
    throw new PlatformFailure({ kind: "needs-reauth", reason: "scope" }, "telegram: the bot may not post in the channel");
  const followers = await bot.call("getChatMemberCount", { chat_id: chat.id }, z.number(), false);
  const profile = {
    remoteId: String(chat.id),
    handle: chat.username ?? String(chat.id),
    name: chat.title || (chat.username ?? String(chat.id)),
    url: chat.username ? `https://t.me/${chat.username}` : null,
    followers,
    // The full description of a chat names its discussion group whenever there is one.
    commentsOpen: chat.linked_chat_id === null ? null : chat.linked_chat_id !== undefined,
  };
  return { profile, linkedChatId: chat.linked_chat_id ?? null };
}

/** Telegram refuses an address without HTTPS: the account can publish all the same, but hears nothing. */
async function setWebhook(bot: Bot, { url, secret }: { url: string; secret: string }): Promise<void> {
  const parameters = { url, secret_token: secret, allowed_updates: neededUpdates };
  await bot.call("setWebhook", parameters, z.literal(true), false).catch((error: unknown) => {
    if (!(error instanceof PlatformFailure) || error.failure.kind !== "rejected") throw error;
  });
}

type Call = { method: string; parameters: Parameters };

function textOf(content: Content): string {
  return outgoingText("telegram", {
    text: content.text,
    link: content.link,
    withPictures: content.pictures.length > 0 || content.video !== null,
  });
}

function toReply(content: Content): Call {
  // The comments of a post stand under its copy in the discussion group, whose number only a later update tells.
  if (content.replyTo?.remoteId === content.replyTo?.postRemoteId)
    throw new PlatformFailure({ kind: "rejected", code: "first-comment-unsupported" }, "telegram: no comment of our own under a post");
  if (content.pictures.length > 0 || content.video)
    throw new PlatformFailure({ kind: "rejected", code: "pictures-in-reply" }, "telegram: a reply carries text only");
  const ref = refSchema.safeParse(content.replyTo?.ref);
  if (!ref.success) throw new PlatformFailure({ kind: "rejected", code: "invalid" }, "telegram: the comment's place is unknown");
  const parameters = { chat_id: ref.data.chatId, text: textOf(content), reply_parameters: { message_id: ref.data.messageId } };
  return { method: "sendMessage", parameters };
}

/** Setting the same reaction again changes nothing: a bot has one reaction to a message. */
async function react(bot: Bot, target: ReplyTarget): Promise<void> {
  const ref = refSchema.safeParse(target.ref);
  if (!ref.success) throw new PlatformFailure({ kind: "rejected", code: "invalid" }, "telegram: the comment's place is unknown");
  const parameters = { chat_id: ref.data.chatId, message_id: ref.data.messageId, reaction: [{ type: "emoji", emoji: "👍" }] };
  await bot.call("setMessageReaction", parameters, z.literal(true), false);
}

async function toMessage(chatId: string, content: Content, alive: () => Promise<void>): Promise<Call> {
  const text = textOf(content);
  if (content.video) return { method: "sendVideo", parameters: videoForm(chatId, text, content.video, content.key, alive) };
  const [first, ...others] = await Promise.all(
    content.pictures.map(async ({ mime, read }) => new Blob([new Uint8Array(await read())], { type: mime })),
  );
  if (!first) return { method: "sendMessage", parameters: { chat_id: chatId, text } };
  const form = new FormData();
  form.set("chat_id", chatId);
  if (others.length === 0) {
    if (text !== "") form.set("caption", text);
    form.set("photo", first, nameOf(first, 0));
    return { method: "sendPhoto", parameters: form };
  }
  const pictures = [first, ...others];
  // The caption of the first picture alone is shown as the album's.
  const media = pictures.map((_, i) => ({
    type: "photo",
    media: `attach://photo${i}`,
    ...(i === 0 && text !== "" ? { caption: text } : {}),
  }));
  form.set("media", JSON.stringify(media));
  pictures.forEach((picture, i) => {
    form.set(`photo${i}`, picture, nameOf(picture, i));
  });
  return { method: "sendMediaGroup", parameters: form };
}

function videoForm(chatId: string, caption: string, video: Video, key: string, alive: () => Promise<void>): Parameters {
  const { width, height, durationMs, mime, bytes } = video;
  const slice = async (from: number, to: number) => {
    await alive();
    return video.slice(from, to);
  };
  const fields = {
    chat_id: chatId,
    ...(caption === "" ? {} : { caption }),
    width: String(width),
    height: String(height),
    duration: String(Math.round(durationMs / 1000)),
    supports_streaming: "true",
  };
  const filename = mime === "video/mp4" ? "video.mp4" : "video.mov";
  return streamedForm(fields, { name: "video", filename, mime, bytes, slice }, `garda-${key}`);
}

const nameOf = (picture: Blob, i: number): string => `photo${i}.${picture.type.replace("image/", "").replace("jpeg", "jpg")}`;

function toPublished({ message_id: id, chat }: z.output<typeof sentSchema>): Published {
  return { remoteId: idOf(chat.id, id), permalink: permalinkOf(chat, id), ref: { chatId: chat.id, messageId: id } };
}
