import { z } from "zod";
import type { Lab } from "../lab.ts";
import { count, derivedId as derived, id, metaAccount, moment, tokenLife } from "../seeding.ts";
import { shortcodeOf } from "./containers.ts";
import { findMedia } from "./tables.ts";
import { allScopes, LONG_MS } from "./tokens.ts";

const account = metaAccount(allScopes).extend({ followers: count.default(0) });

const seedInput = z.strictObject({
  accounts: z.array(account).default([]),
  posts: z
    .array(
      z.strictObject({
        account: id,
        id: id.optional(),
        caption: z.string().default(""),
        created_time: moment,
        pictures: z.int().min(1).max(10).default(1),
        alt: z.string().default(""),
        likes: count.default(0),
        /** How many comments the post shows in all; those without rows of their own are only counted. */
        comments: count.default(0),
        shares: count.default(0),
        saves: count.default(0),
        /** Null: the platform has no figure. */
        views: count.nullable().default(null),
        reach: count.nullable().default(null),
      }),
    )
    .default([]),
  comments: z
    .array(
      z.strictObject({
        post: id,
        id: id.optional(),
        parent: id.nullable().default(null),
        from: z.strictObject({ id, username: z.string().min(1) }),
        text: z.string().min(1),
        created_time: moment,
        likes: count.default(0),
      }),
    )
    .default([]),
});

export type InstagramSeed = z.input<typeof seedInput>;
type Seed = z.output<typeof seedInput>;

const derivedId = derived(17, "17");

function seedAccount(lab: Lab, account: Seed["accounts"][number]): void {
  const { token, token_kind, scopes } = account;
  lab.store.run(
    `INSERT INTO ig_account (id, scoped_id, username, name, about, followers, subscribed) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET username = excluded.username, name = excluded.name, about = excluded.about,
     followers = excluded.followers, subscribed = excluded.subscribed`,
    ...[account.id, derivedId("scoped", account.id), account.username, account.name, account.about, account.followers],
    account.subscribed ? 1 : 0,
  );
  const { issued, expires } = tokenLife(account, lab.now(), LONG_MS);
  lab.store.run("DELETE FROM ig_token WHERE account = ? OR token = ?", account.id, token);
  lab.store.run(
    "INSERT INTO ig_token (token, account, kind, scopes, issued, expires) VALUES (?, ?, ?, ?, ?, ?)",
    ...[token, account.id, token_kind, JSON.stringify(scopes), issued, expires],
  );
}

function seedPost(lab: Lab, post: Seed["posts"][number]): string {
  const own = post.id ?? derivedId(post.account, post.created_time, post.caption);
  lab.store.run(
    `INSERT INTO ig_media (id, account, shortcode, caption, created, likes, shares, saves, views, reach) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET caption = excluded.caption, created = excluded.created, likes = excluded.likes,
     shares = excluded.shares, saves = excluded.saves, views = excluded.views, reach = excluded.reach`,
    ...[own, post.account, shortcodeOf(own), post.caption, post.created_time, post.likes, post.shares, post.saves, post.views, post.reach],
  );
  for (let position = 0; position < post.pictures; position += 1) {
    lab.store.run(
      "INSERT OR REPLACE INTO ig_picture (id, media, position, alt, width, height, bytes) VALUES (?, ?, ?, ?, 1080, 1080, NULL)",
      ...[derivedId("picture", own, position), own, position, post.alt],
    );
  }
  return own;
}

function seedComment(lab: Lab, comment: Seed["comments"][number]): void {
  if (!findMedia(lab.store, comment.post)) {
    throw new z.ZodError([{ code: "custom", path: ["comments"], message: `Unknown post ${comment.post}`, input: comment.post }]);
  }
  const own = comment.id ?? derivedId(comment.post, comment.from.id, comment.created_time, comment.text);
  lab.store.run(
    `INSERT INTO ig_comment (id, media, parent, from_id, username, text, created, likes, seeded) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1)
     ON CONFLICT (id) DO UPDATE SET parent = excluded.parent, from_id = excluded.from_id, username = excluded.username,
     text = excluded.text, created = excluded.created, likes = excluded.likes`,
    ...[own, comment.post, comment.parent, comment.from.id, comment.from.username, comment.text, comment.created_time, comment.likes],
  );
}

/** Puts the given rows as they are given, new or known by their ids; parents stand before their replies. Throws ZodError. */
export function seed(lab: Lab, input: unknown): { [table: string]: number } {
  const { accounts, posts, comments } = seedInput.parse(input);
  for (const account of accounts) seedAccount(lab, account);
  const ids = posts.map((post) => seedPost(lab, post));
  for (const comment of comments) seedComment(lab, comment);
  const listed = "(SELECT count(*) FROM ig_comment WHERE media = ig_media.id AND seeded = 1)";
  posts.forEach((post, i) => {
    lab.store.run(`UPDATE ig_media SET unlisted_comments = max(0, ? - ${listed}) WHERE id = ?`, post.comments, ids[i] ?? "");
  });
  return { accounts: accounts.length, posts: posts.length, comments: comments.length };
}
