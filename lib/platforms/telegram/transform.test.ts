import { describe, expect, test } from "vitest";
import { messageSchema, permalinkOf, toComment, toPost } from "./transform.ts";

const channel = { id: -1001234567890, title: "Pemkab Tegal", username: "pemkabtegal", type: "channel" };
const group = { id: -1009876543210, title: "Diskusi Pemkab", type: "supergroup" };
const siti = { id: 55001, is_bot: false, first_name: "Siti", last_name: "Aminah", language_code: "id" };
/** The forms of the Bot API's documents, with the fields that its answers carry besides. */
const post = { message_id: 321, sender_chat: channel, chat: channel, date: 1795309200, text: "Siaga banjir di Slawi" };
const copy = {
  message_id: 77,
  from: { id: 777000, is_bot: false, first_name: "Telegram" },
  sender_chat: channel,
  chat: group,
  date: 1795309201,
  forward_origin: { type: "channel", chat: channel, message_id: 321, date: 1795309200 },
  is_automatic_forward: true,
  text: "Siaga banjir di Slawi",
};
const comment = {
  message_id: 80,
  from: siti,
  chat: group,
  date: 1795309300,
  message_thread_id: 77,
  reply_to_message: copy,
  text: "Jalan depan SDN 2 banjir, Pak",
};
const read = (value: object) => messageSchema.parse(value);
const photo = [{ file_id: "A", file_unique_id: "B", width: 90, height: 60 }];

describe("a channel's post", () => {
  test("of words alone", () => {
    expect(toPost(read(post))).toEqual({
      remoteId: "-1001234567890/321",
      permalink: "https://t.me/pemkabtegal/321",
      text: "Siaga banjir di Slawi",
      publishedAt: new Date("2026-11-22T01:00:00Z"),
      visual: "none",
      hasAlt: null,
      hasLink: false,
      repost: false,
      metrics: { likes: null, comments: null, shares: null, views: null, reach: null },
    });
  });

  test.each([
    [
      { photo, caption: "Peta" },
      { visual: "image", text: "Peta", hasAlt: null },
    ],
    [{ video: { file_id: "V" } }, { visual: "video", text: "" }],
    [{ animation: { file_id: "V" } }, { visual: "video" }],
    [{ text: "lihat di sini", entities: [{ type: "text_link", offset: 0, length: 5, url: "https://a.id" }] }, { hasLink: true }],
    [{ text: "lihat tegalkab.go.id", entities: [{ type: "url", offset: 6, length: 14 }] }, { hasLink: true }],
    [{ text: "tebal", entities: [{ type: "bold", offset: 0, length: 5 }] }, { hasLink: false }],
    [{ forward_origin: { type: "channel", chat: { ...channel, id: -1005, username: "bmkg" }, message_id: 4, date: 1 } }, { repost: true }],
    [{ forward_origin: { type: "hidden_user", sender_user_name: "Budi", date: 1 } }, { repost: true }],
    [{ chat: { ...channel, username: undefined } }, { permalink: "https://t.me/c/1234567890/321" }],
  ])("with %o", (change, expected) => {
    const { text: _, ...bare } = post;
    expect(toPost(read({ ...bare, ...change }))).toMatchObject(expected);
  });

  test("an album is told once, by the part that carries its words", () => {
    const { text: _, ...part } = { ...post, photo, media_group_id: "139" };
    expect(toPost(read({ ...part, caption: "Tiga foto" }))).toMatchObject({ text: "Tiga foto" });
    expect(toPost(read(part))).toBeNull();
  });

  test("its copy in the discussion group tells of the post itself, and is no repost", () => {
    expect(toPost(read(copy))).toEqual(toPost(read(post)));
  });
});

describe("a word in the discussion group", () => {
  test("under a post names the post and its channel", () => {
    expect(toComment(read(comment))).toEqual({
      account: "-1001234567890",
      comment: {
        remoteId: "-1009876543210/80",
        postRemoteId: "-1001234567890/321",
        parentRemoteId: null,
        author: { remoteId: "55001", name: "Siti Aminah" },
        text: "Jalan depan SDN 2 banjir, Pak",
        sentAt: new Date("2026-11-22T01:01:40Z"),
        own: false,
        ref: { chatId: -1009876543210, messageId: 80 },
      },
    });
  });

  test("under another comment names that comment only", () => {
    const { reply_to_message: _, ...parent } = comment;
    const found = toComment(read({ ...comment, message_id: 81, reply_to_message: parent }));
    expect(found).toMatchObject({
      account: null,
      comment: { remoteId: "-1009876543210/81", parentRemoteId: "-1009876543210/80", postRemoteId: "-1009876543210/77" },
    });
  });

  test("in the name of the group or of the channel is the account's own; in another channel's name it is not", () => {
    const by = (sender_chat: object) =>
      toComment(read({ ...comment, from: { id: 136817688, is_bot: true, first_name: "Channel" }, sender_chat }));
    expect(by(group)?.comment).toMatchObject({ own: true, author: { name: "Diskusi Pemkab" } });
    expect(by(channel)?.comment.own).toBe(true);
    expect(by({ ...channel, id: -1005, title: "Warga Slawi" })?.comment).toMatchObject({ own: false, author: { name: "Warga Slawi" } });
  });

  test("that answers nothing belongs to no post", () => {
    const { reply_to_message: _, ...loose } = comment;
    expect(toComment(read(loose))).toBeNull();
  });
});

test("a channel without a public name has addresses for its members", () => {
  expect(permalinkOf({ id: -1001234567890 }, 5)).toBe("https://t.me/c/1234567890/5");
});
