import { z } from "zod";
import type { Lab } from "../lab.ts";
import { count, derivedId as derived, id, metaAccount, moment, tokenLife } from "../seeding.ts";
import { findPost, shortcodeOf } from "./tables.ts";
import { allScopes, LONG_MS } from "./tokens.ts";

/** Without an Instagram account Threads tells no followers: null. */
const account = metaAccount(allScopes);
const { username } = account.shape;

const seedInput = z.strictObject({
  accounts: z.array(account).default([]),
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

const derivedId = derived(17, "18");

function seedAccount(lab: Lab, account: Seed["accounts"][number]): void {
  const { token, token_kind, scopes } = account;
  lab.store.run(
    `INSERT INTO th_account (id, username, name, about, followers, subscribed) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET username = excluded.username, name = excluded.name, about = excluded.about,
     followers = excluded.followers, subscribed = excluded.subscribed`,
    ...[account.id, account.username, account.name, account.about, account.followers, account.subscribed ? 1 : 0],
  );
  const { issued, expires } = tokenLife(account, lab.now(), LONG_MS);
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
