import { createHash } from "node:crypto";
import { z } from "zod";
import type { Lab } from "../lab.ts";
import { copyToGroup, insertMessage } from "./messages.ts";
import { type ChatRow, findChat, findCopy, findMessage, type MessageRow } from "./tables.ts";

const chatId = z.int().max(-1_000_000_000_000, "a channel's or group's number, like -1001234567890");
const messageId = z.int().positive();
const moment = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const count = z.int().min(0);
const username = z.string().regex(/^[A-Za-z]\w{3,31}$/);

const seedInput = z.strictObject({
  bots: z
    .array(
      z.strictObject({
        id: z.int().positive(),
        token: z.string().regex(/^\d+:[\w-]+$/),
        username,
        name: z.string().min(1),
        webhook: z.strictObject({ url: z.url(), secret: z.string() }).nullable().default(null),
      }),
    )
    .default([]),
  channels: z
    .array(
      z.strictObject({
        id: chatId,
        title: z.string().min(1),
        username: username.nullable().default(null),
        about: z.string().default(""),
        members: count.default(0),
        /** The linked discussion group; without one nobody can comment. */
        group: z
          .strictObject({ id: chatId, title: z.string().min(1) })
          .nullable()
          .default(null),
        /** The bots that are administrators here, and in the group unless told otherwise. */
        admins: z
          .array(z.strictObject({ bot: z.int(), can_post: z.boolean().default(true), in_group: z.boolean().default(true) }))
          .default([]),
      }),
    )
    .default([]),
  posts: z
    .array(
      z.strictObject({
        channel: chatId,
        id: messageId,
        text: z.string().default(""),
        date: moment,
        picture: z.boolean().default(false),
        views: count.nullable().default(null),
      }),
    )
    .default([]),
  comments: z
    .array(
      z.strictObject({
        channel: chatId,
        post: messageId,
        id: messageId,
        from: z.strictObject({ id: z.int().positive(), name: z.string().min(1) }),
        text: z.string().min(1),
        date: moment,
        /** The comment answered; null for the post itself. */
        reply_to: messageId.nullable().default(null),
      }),
    )
    .default([]),
});

export type TelegramSeed = z.input<typeof seedInput>;
type Seed = z.output<typeof seedInput>;

const wrong = (path: string, message: string, input: unknown) => new z.ZodError([{ code: "custom", path: [path], message, input }]);

function seedChat(lab: Lab, chat: Omit<ChatRow, never>): void {
  lab.store.run(
    `INSERT INTO tg_chat (id, type, title, username, about, members, linked) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET
     title = excluded.title, username = excluded.username, about = excluded.about, members = excluded.members, linked = excluded.linked`,
    ...[chat.id, chat.type, chat.title, chat.username, chat.about, chat.members, chat.linked],
  );
}

function seedChannel(lab: Lab, channel: Seed["channels"][number]): void {
  const { group, admins, ...own } = channel;
  seedChat(lab, { ...own, type: "channel", linked: group?.id ?? null });
  if (group) seedChat(lab, { ...own, ...group, username: null, about: "", type: "supergroup", linked: channel.id });
  const sql = "INSERT OR REPLACE INTO tg_member (chat, bot, status, can_post) VALUES (?, ?, 'administrator', ?)";
  lab.store.run("DELETE FROM tg_member WHERE chat IN (?, ?)", channel.id, group?.id ?? 0);
  for (const { bot, can_post, in_group } of admins) {
    lab.store.run(sql, channel.id, bot, can_post ? 1 : 0);
    if (group && in_group) lab.store.run(sql, group.id, bot, 1);
  }
}

function seedPost(lab: Lab, { channel, id, text, date, picture, views }: Seed["posts"][number]): void {
  const chat = findChat(lab.store, channel);
  if (chat?.type !== "channel") throw wrong("posts", `Unknown channel ${channel}`, channel);
  const photo = picture ? `AgACAgUAAx${createHash("sha256").update(`${channel}/${id}`).digest("hex").slice(0, 15)}` : null;
  if (photo) lab.store.run("INSERT OR IGNORE INTO tg_photo (id, width, height, mime) VALUES (?, 960, 540, 'image/png')", photo);
  const known = findMessage(lab.store, channel, id);
  if (known)
    lab.store.run("UPDATE tg_message SET text = ?, created = ?, views = ? WHERE chat = ? AND id = ?", text, date, views, channel, id);
  else copyToGroup(lab, chat, insertMessage(lab, channel, { text, created: date, views, photo }, id), { photo });
}

function seedComment(lab: Lab, comment: Seed["comments"][number]): void {
  const copy: MessageRow | undefined = findCopy(lab.store, comment.channel, comment.post);
  if (!copy) throw wrong("comments", `Nobody can comment on ${comment.channel}/${comment.post}`, comment.post);
  const known = findMessage(lab.store, copy.chat, comment.id);
  if (known && known.thread !== copy.id) throw wrong("comments", `Number ${comment.id} is taken in the group`, comment.id);
  const { from, text, date } = comment;
  const draft = { text, created: date, from_id: from.id, from_name: from.name, thread: copy.id, reply_to: comment.reply_to ?? copy.id };
  insertMessage(lab, copy.chat, draft, comment.id);
}

/** Puts the given rows as they are given, new or known by their ids; parents stand before their replies. Throws ZodError. */
export function seed(lab: Lab, input: unknown): { [table: string]: number } {
  const { bots, channels, posts, comments } = seedInput.parse(input);
  for (const { id, token, username, name, webhook } of bots) {
    lab.store.run(
      `INSERT INTO tg_bot (id, token, username, name, webhook_url, webhook_secret) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET
       token = excluded.token, username = excluded.username, name = excluded.name, revoked = 0,
       webhook_url = coalesce(excluded.webhook_url, webhook_url), webhook_secret = coalesce(excluded.webhook_secret, webhook_secret)`,
      ...[id, token, username, name, webhook?.url ?? null, webhook?.secret ?? null],
    );
  }
  for (const channel of channels) seedChannel(lab, channel);
  for (const post of posts) seedPost(lab, post);
  for (const comment of comments) seedComment(lab, comment);
  return { bots: bots.length, channels: channels.length, posts: posts.length, comments: comments.length };
}
