import { createHash } from "node:crypto";
import { z } from "zod";
import type { Lab } from "../lab.ts";
import { insertPost } from "./progress.ts";
import { everyone, findUser } from "./tables.ts";
import { allScopes, insertToken, REFRESH_MS } from "./tokens.ts";

const moment = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const count = z.int().min(0).default(0);

const seedInput = z.strictObject({
  users: z
    .array(
      z.strictObject({
        open_id: z.string().min(1),
        username: z.string().regex(/^[a-z0-9._]{2,24}$/),
        name: z.string().min(1),
        about: z.string().default(""),
        followers: count,
        /** Access and refresh token of an account that is connected already; an absent one is not there. */
        token: z.string().min(1).optional(),
        refresh_token: z.string().min(1).optional(),
        scopes: z.array(z.enum(allScopes)).default(allScopes),
        /** When the access token ends; in a day unless told. */
        token_expires: moment.optional(),
        private: z.boolean().default(false),
        /** The longest video that this user may post. */
        max_seconds: z.int().min(60).default(600),
        /** TikTok's quotas do not hold this user. */
        unlimited: z.boolean().default(false),
      }),
    )
    .default([]),
  posts: z
    .array(
      z.strictObject({
        user: z.string(),
        id: z.string().regex(/^\d+$/, "digits only").optional(),
        kind: z.enum(["video", "photo"]).default("video"),
        title: z.string().default(""),
        text: z.string().default(""),
        created_time: moment,
        duration: count,
        likes: count,
        comments: count,
        shares: count,
        views: count,
      }),
    )
    .default([]),
});

export type TikTokSeed = z.input<typeof seedInput>;
type Seed = z.output<typeof seedInput>;

function seedUser(lab: Lab, user: Seed["users"][number]): void {
  lab.store.run(
    `INSERT INTO tt_user (id, username, name, about, followers, private, max_seconds, unlimited) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET username = excluded.username, name = excluded.name, about = excluded.about,
     followers = excluded.followers, private = excluded.private, max_seconds = excluded.max_seconds, unlimited = excluded.unlimited`,
    ...[user.open_id, user.username, user.name, user.about, user.followers, user.private ? 1 : 0, user.max_seconds],
    user.unlimited ? 1 : 0,
  );
  const row = { user: user.open_id, client: "", scopes: user.scopes.join(",") };
  const expires = user.token_expires ?? lab.now() + 86_400_000;
  if (user.token) insertToken(lab, { ...row, token: user.token, kind: "access", expires });
  if (user.refresh_token) insertToken(lab, { ...row, token: user.refresh_token, kind: "refresh", expires: lab.now() + REFRESH_MS });
}

/** A stable id for a post that came without one, of its instant as all are. */
const derivedId = (post: Seed["posts"][number]): string => {
  const tail = createHash("sha256")
    .update(JSON.stringify([post.user, post.text]))
    .digest()
    .readUInt32BE();
  return String((BigInt(Math.floor(post.created_time / 1000)) << 32n) + BigInt(tail));
};

/** Puts the given rows as they are given, new or known by their ids. Throws ZodError. */
export function seed(lab: Lab, input: unknown): { [table: string]: number } {
  const { users, posts } = seedInput.parse(input);
  for (const user of users) seedUser(lab, user);
  for (const post of posts) {
    if (!findUser(lab.store, post.user))
      throw new z.ZodError([{ code: "custom", path: ["posts"], message: `Unknown user ${post.user}`, input: post.user }]);
    const { user, kind, title, text: caption, created_time: created, duration, likes, comments, shares, views } = post;
    const row = {
      id: post.id ?? derivedId(post),
      user,
      kind,
      title,
      caption,
      privacy: everyone,
      created,
      duration,
      likes,
      comments,
      shares,
      views,
    };
    insertPost(lab, { ...row, public_at: created, told: 1, publish: null });
  }
  return { users: users.length, posts: posts.length };
}
