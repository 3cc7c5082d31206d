import { createHash } from "node:crypto";
import { z } from "zod";
import type { Lab } from "../lab.ts";
import { findPost, shortcodeOf } from "./tables.ts";
import { allScopes, LONG_MS } from "./tokens.ts";

const id = z.string().regex(/^\d+$/, "digits only");
const moment = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const count = z.int().min(0);
const username = z.string().regex(/^[a-z0-9._]{1,30}$/);

const seedInput = z.strictObject({
  accounts: z
    .array(
      z.strictObject({
        id,
        username,
        name: z.string().min(1),
        token: z.string().min(1),
        /** Null: the profile has no Instagram account, and Threads tells no figure. */
        followers: count.nullable().default(0),
        about: z.string().default(""),
        scopes: z.array(z.string()).default(allScopes),
        /** "short" is a token of one hour, fresh from the log-in. */
        token_kind: z.enum(["short", "long"]).default("long"),
        /** When the token was given out; two days ago unless told. */
        token_issued: moment.optional(),
        /** When it ends; sixty days after it was given out unless told. */
        token_expires: moment.optional(),
        /** Whether the app gets this account's webhooks. */
        subscribed: z.boolean().default(true),
      }),
    )
    .default([]),
  posts: z
    .array(
      z.strictObject({
        account: id,
        id: id.optional(),
        text: z.string().default(""),
        link: z.url().nullable().default(null),
        created_time: moment,
        pictures: z.int().min(0).max(20).default(0),
        alt: z.string().default(""),
        likes: count.default(0),
        reposts: count.default(0),
        quotes: count.default(0),
        /** How many replies the post shows in all; those without rows of their own are only counted. */
        replies: count.default(0),
        /** Null: the platform has no figure. */
        views: count.nullable().default(null),
      }),
    )
    .default([]),
  replies: z
    .array(
      z.strictObject({
        post: id,
        id: id.optional(),
        /** The reply that this one answers; null when it stands directly under the post. */
        parent: id.nullable().default(null),
        from: z.strictObject({ id, username }),
        text: z.string().min(1),
        created_time: moment,
        likes: count.default(0),
      }),
    )
    .default([]),
});

export type ThreadsSeed = z.input<typeof seedInput>;
type Seed = z.output<typeof seedInput>;

/** A stable id for a row that came without one, so that seeding twice makes one row. */
const derivedId = (...parts: unknown[]): string =>
  String(BigInt(`0x${createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 12)}`)).padStart(17, "18");

function seedAccount(lab: Lab, account: Seed["accounts"][number]): void {
  const { token, token_kind, scopes } = account;
  lab.store.run(
    `INSERT INTO th_account (id, username, name, about, followers, subscribed) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET username = excluded.username, name = excluded.name, about = excluded.about,
     followers = excluded.followers, subscribed = excluded.subscribed`,
    ...[account.id, account.username, account.name, account.about, account.followers, account.subscribed ? 1 : 0],
  );
  const issued = account.token_issued ?? lab.now() - 2 * 24 * 60 * 60_000;
  const expires = account.token_expires ?? issued + (token_kind === "long" ? LONG_MS : 60 * 60_000);
  lab.store.run("DELETE FROM th_token WHERE account = ? OR token = ?", account.id, token);
  lab.store.run(
    "INSERT INTO th_token (token, account, kind, scopes, issued, expires) VALUES (?, ?, ?, ?, ?, ?)",
    ...[token, account.id, token_kind, JSON.stringify(scopes), issued, expires],
  );
}

const unknown = (path: string, what: string) =>
  new z.ZodError([{ code: "custom", path: [path], message: `Unknown ${path === "posts" ? "account" : "post"} ${what}`, input: what }]);

function seedPost(lab: Lab, post: Seed["posts"][number]): string {
  const own = post.id ?? derivedId(post.account, post.created_time, post.text);
  const account = lab.store.get<{ username: string }>("SELECT username FROM th_account WHERE id = ?", post.account);
  if (!account) throw unknown("posts", post.account);
  lab.store.run(
    `INSERT INTO th_post (id, account, author, username, shortcode, text, link, created, likes, reposts, quotes, views)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET text = excluded.text, link = excluded.link, created = excluded.created, likes = excluded.likes,
     reposts = excluded.reposts, quotes = excluded.quotes, views = excluded.views`,
    ...[own, post.account, post.account, account.username, shortcodeOf(own), post.text, post.link, post.created_time],
    ...[post.likes, post.reposts, post.quotes, post.views],
  );
  for (let position = 0; position < post.pictures; position += 1) {
    lab.store.run(
      "INSERT OR REPLACE INTO th_file (id, post, position, mime, alt, width, height, bytes) VALUES (?, ?, ?, 'image/png', ?, 1080, 1080, NULL)",
      ...[derivedId("picture", own, position), own, position, post.alt],
    );
  }
  return own;
}

function seedReply(lab: Lab, reply: Seed["replies"][number]): void {
  const post = findPost(lab.store, reply.post);
  if (!post) throw unknown("replies", reply.post);
  const own = reply.id ?? derivedId(reply.post, reply.from.id, reply.created_time, reply.text);
  lab.store.run(
    `INSERT INTO th_post (id, account, root, parent, author, username, shortcode, text, created, likes, views, seeded)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, 1)
     ON CONFLICT (id) DO UPDATE SET parent = excluded.parent, author = excluded.author, username = excluded.username,
     text = excluded.text, created = excluded.created, likes = excluded.likes`,
    ...[own, post.account, post.id, reply.parent ?? post.id, reply.from.id, reply.from.username, shortcodeOf(own), reply.text],
    ...[reply.created_time, reply.likes],
  );
}

/** Puts the given rows as they are given, new or known by their ids; parents stand before their replies. Throws ZodError. */
export function seed(lab: Lab, input: unknown): { [table: string]: number } {
  const { accounts, posts, replies } = seedInput.parse(input);
  for (const account of accounts) seedAccount(lab, account);
  const ids = posts.map((post) => seedPost(lab, post));
  for (const reply of replies) seedReply(lab, reply);
  const listed = "(SELECT count(*) FROM th_post r WHERE r.root = th_post.id AND r.seeded = 1)";
  posts.forEach((post, i) => {
    lab.store.run(`UPDATE th_post SET unlisted_replies = max(0, ? - ${listed}) WHERE id = ?`, post.replies, ids[i] ?? "");
  });
  return { accounts: accounts.length, posts: posts.length, replies: replies.length };
}
