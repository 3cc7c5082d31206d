import { z } from "zod";
import type { Lab } from "../lab.ts";
import { setQuota } from "./quota.ts";
import { type ChannelRow, commentId, findChannel, findComment, findVideo, videoId } from "./tables.ts";
import { allScopes, insertToken } from "./tokens.ts";

const channelId = z.string().regex(/^UC[\w-]{1,22}$/, "UC and up to 22 letters, digits, _ or -");
const moment = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const count = z.int().min(0);

const seedInput = z.strictObject({
  /** Whether Google has looked at the project: if not, uploads are locked as private. */
  audited: z.boolean().optional(),
  /** What the project may use in a day; null: as much as it likes. */
  quota: z.strictObject({ units: count.nullable().optional(), uploads: count.nullable().optional() }).default({}),
  channels: z
    .array(
      z.strictObject({
        id: channelId,
        title: z.string().min(1),
        handle: z.string().regex(/^[\w.-]{3,30}$/, "3 to 30 letters, digits, _, . or -"),
        /** Absent: a citizen. */
        token: z.string().min(1).optional(),
        refresh_token: z.string().min(1).optional(),
        /** When the access token ends; null for never. */
        token_expires: moment.nullable().default(null),
        scopes: z.array(z.string()).default(allScopes),
        subscribers: count.default(0),
        subscribers_hidden: z.boolean().default(false),
        about: z.string().default(""),
      }),
    )
    .default([]),
  videos: z
    .array(
      z.strictObject({
        channel: channelId,
        id: z
          .string()
          .regex(/^[\w-]{11}$/)
          .optional(),
        title: z.string().min(1),
        description: z.string().default(""),
        created_at: moment,
        privacy: z.enum(["public", "unlisted", "private"]).default("public"),
        comments_open: z.boolean().default(true),
        views: count.default(0),
        likes: count.default(0),
        /** How many comments the video shows in all; those without rows of their own are only counted. */
        comments: count.default(0),
      }),
    )
    .default([]),
  comments: z
    .array(
      z.strictObject({
        video: z.string(),
        id: z.string().min(1).optional(),
        author: channelId,
        text: z.string().min(1),
        created_at: moment,
        parent: z.string().nullable().default(null),
        likes: count.default(0),
      }),
    )
    .default([]),
});

export type YoutubeSeed = z.input<typeof seedInput>;
type Seed = z.output<typeof seedInput>;

/** Stores a channel, or renews what is known of one. */
export function insertChannel(lab: Lab, row: ChannelRow): void {
  lab.store.run(
    `INSERT INTO yt_channel (id, title, handle, about, subscribers, subscribers_hidden, listed) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET title = excluded.title, handle = excluded.handle, about = excluded.about,
     subscribers = excluded.subscribers, subscribers_hidden = excluded.subscribers_hidden, listed = excluded.listed`,
    ...[row.id, row.title, row.handle, row.about, row.subscribers, row.subscribers_hidden, row.listed],
  );
}

function seedChannel(lab: Lab, { token, refresh_token, token_expires, scopes, ...channel }: Seed["channels"][number]): void {
  insertChannel(lab, { ...channel, subscribers_hidden: channel.subscribers_hidden ? 1 : 0, listed: token === undefined ? 0 : 1 });
  lab.store.run("DELETE FROM yt_token WHERE channel = ?", channel.id);
  const common = { channel: channel.id, client: "", scopes: scopes.join(" ") };
  if (token) insertToken(lab, { ...common, token, kind: "access", expires: token_expires });
  if (refresh_token) insertToken(lab, { ...common, token: refresh_token, kind: "refresh", expires: null });
}

const wrong = (table: string, message: string, input: unknown) => new z.ZodError([{ code: "custom", path: [table], message, input }]);
const idOf = (video: Seed["videos"][number]) => video.id ?? videoId(JSON.stringify([video.channel, video.created_at, video.title]));

function seedVideo(lab: Lab, video: Seed["videos"][number]): void {
  if (!findChannel(lab.store, video.channel)) throw wrong("videos", `Unknown channel ${video.channel}`, video.channel);
  lab.store.run(
    `INSERT INTO yt_video (id, channel, title, description, category, privacy, made_for_kids, state, created, comments_open, views, likes,
     unlisted_comments, mime) VALUES (?, ?, ?, ?, '25', ?, 0, 'processed', ?, ?, ?, ?, ?, 'video/mp4') ON CONFLICT (id) DO UPDATE SET
     title = excluded.title, description = excluded.description, privacy = excluded.privacy, comments_open = excluded.comments_open,
     views = excluded.views, likes = excluded.likes, unlisted_comments = excluded.unlisted_comments`,
    ...[idOf(video), video.channel, video.title, video.description, video.privacy, video.created_at, video.comments_open ? 1 : 0],
    ...[video.views, video.likes, video.comments],
  );
}

function seedComment(lab: Lab, { video, author, text, created_at, parent, likes, ...comment }: Seed["comments"][number]): void {
  if (!findVideo(lab.store, video)) throw wrong("comments", `Unknown video ${video}`, video);
  if (!findChannel(lab.store, author)) throw wrong("comments", `Unknown author ${author}`, author);
  if (parent !== null && findComment(lab.store, parent)?.parent !== null)
    throw wrong("comments", `No comment at the top ${parent}`, parent);
  const id = comment.id ?? commentId(parent, JSON.stringify([video, author, created_at, text]));
  lab.store.run(
    `INSERT INTO yt_comment (id, video, parent, author, text, created, likes) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET text = excluded.text, likes = excluded.likes`,
    ...[id, video, parent, author, text, created_at, likes],
  );
}

/** Puts the given rows as they are given, new or known by their ids; a comment stands before its replies. Throws ZodError. */
export function seed(lab: Lab, input: unknown): { [table: string]: number } {
  const { audited, quota, channels, videos, comments } = seedInput.parse(input);
  if (audited !== undefined) lab.store.setSetting("youtube.audited", audited ? null : "no");
  for (const bucket of ["units", "uploads"] as const) {
    const most = quota[bucket];
    if (most !== undefined) setQuota(lab, bucket, most);
  }
  for (const channel of channels) seedChannel(lab, channel);
  for (const video of videos) seedVideo(lab, video);
  for (const comment of comments) seedComment(lab, comment);
  for (const video of videos) {
    lab.store.run(
      "UPDATE yt_video SET unlisted_comments = max(0, ? - (SELECT count(*) FROM yt_comment WHERE video = yt_video.id)) WHERE id = ?",
      ...[video.comments, idOf(video)],
    );
  }
  return { channels: channels.length, videos: videos.length, comments: comments.length };
}
