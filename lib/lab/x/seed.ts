import { createHash } from "node:crypto";
import { z } from "zod";
import type { Lab } from "../lab.ts";
import { count, id, moment } from "../seeding.ts";
import { findTweet, findUser, snowflake, type UserRow } from "./tables.ts";
import { allScopes, insertToken } from "./tokens.ts";
import { insertTweet } from "./writing.ts";

const username = z.string().regex(/^\w{1,15}$/, "1 to 15 letters, digits or _");

const seedInput = z.strictObject({
  users: z
    .array(
      z.strictObject({
        id,
        name: z.string().min(1),
        username,
        /** Absent: a citizen. */
        token: z.string().min(1).optional(),
        refresh_token: z.string().min(1).optional(),
        /** When the access token ends; null for never. */
        token_expires: moment.nullable().default(null),
        scopes: z.array(z.string()).default(allScopes),
        followers: count.default(0),
        about: z.string().default(""),
        /** Whether the app gets this account's webhooks. */
        subscribed: z.boolean().default(true),
      }),
    )
    .default([]),
  tweets: z
    .array(
      z.strictObject({
        author: id,
        id: id.optional(),
        text: z.string().default(""),
        created_at: moment,
        reply_to: id.nullable().default(null),
        picture: z.boolean().default(false),
        alt: z.string().default(""),
        likes: count.default(0),
        reposts: count.default(0),
        /** How many replies the post shows in all; those without rows of their own are only counted. */
        replies: count.default(0),
        views: count.default(0),
      }),
    )
    .default([]),
});

export type XSeed = z.input<typeof seedInput>;
type Seed = z.output<typeof seedInput>;

const salt = (...parts: unknown[]): number => createHash("sha256").update(JSON.stringify(parts)).digest().readUInt32BE(0);

/** Stores a user, or renews what is known of one. */
export function insertUser(lab: Lab, user: UserRow): void {
  lab.store.run(
    `INSERT INTO x_user (id, name, username, about, followers, listed, subscribed) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET
     name = excluded.name, username = excluded.username, about = excluded.about, followers = excluded.followers, listed = excluded.listed,
     subscribed = excluded.subscribed`,
    ...[user.id, user.name, user.username, user.about, user.followers, user.listed, user.subscribed],
  );
}

function seedUser(lab: Lab, { token, refresh_token, token_expires, scopes, subscribed, ...user }: Seed["users"][number]): void {
  insertUser(lab, { ...user, listed: token === undefined ? 0 : 1, subscribed: subscribed ? 1 : 0 });
  lab.store.run("DELETE FROM x_token WHERE user = ?", user.id);
  const common = { user: user.id, client: "", scopes: scopes.join(" ") };
  if (token) insertToken(lab, { ...common, token, kind: "access", expires: token_expires });
  if (refresh_token) insertToken(lab, { ...common, token: refresh_token, kind: "refresh", expires: null });
}

const wrong = (message: string, input: unknown) => new z.ZodError([{ code: "custom", path: ["tweets"], message, input }]);

function seedTweet(lab: Lab, tweet: Seed["tweets"][number]): void {
  if (!findUser(lab.store, tweet.author)) throw wrong(`Unknown author ${tweet.author}`, tweet.author);
  const parent = tweet.reply_to === null ? null : findTweet(lab.store, tweet.reply_to);
  if (parent === undefined) throw wrong(`Unknown post ${tweet.reply_to}`, tweet.reply_to);
  const own = tweet.id ?? snowflake(tweet.created_at, salt(tweet.author, tweet.created_at, tweet.text, tweet.reply_to));
  const place = { conversation: parent?.conversation ?? own, reply_to: parent?.id ?? null, reply_to_user: parent?.author ?? null };
  const { author, text, created_at: created, likes, reposts, views } = tweet;
  insertTweet(lab, { id: own, author, text, ...place, created, hidden: 0, likes, reposts, unlisted_replies: tweet.replies, views }, 1);
  if (!tweet.picture) return;
  const mediaId = snowflake(created, salt("picture", own));
  lab.store.run(
    "INSERT OR REPLACE INTO x_media (id, owner, tweet, alt, mime, total, state, created) VALUES (?, ?, ?, ?, 'image/png', 0, 'ready', ?)",
    ...[mediaId, author, own, tweet.alt, created],
  );
}

/** Puts the given rows as they are given, new or known by their ids; a post stands before its replies. Throws ZodError. */
export function seed(lab: Lab, input: unknown): { [table: string]: number } {
  const { users, tweets } = seedInput.parse(input);
  for (const user of users) seedUser(lab, user);
  for (const tweet of tweets) seedTweet(lab, tweet);
  lab.store.run(
    `UPDATE x_tweet SET unlisted_replies = max(0, unlisted_replies - (SELECT count(*) FROM x_tweet AS r WHERE r.reply_to = x_tweet.id AND r.seeded = 1))
     WHERE seeded = 1 AND id IN (SELECT value FROM json_each(?))`,
    JSON.stringify(
      tweets.map((tweet) => tweet.id ?? snowflake(tweet.created_at, salt(tweet.author, tweet.created_at, tweet.text, tweet.reply_to))),
    ),
  );
  return { users: users.length, tweets: tweets.length };
}
