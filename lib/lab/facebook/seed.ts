import { z } from "zod";
import type { Lab } from "../lab.ts";
import { count, derivedId as derived, id, moment } from "../seeding.ts";
import { findPost, tail } from "./tables.ts";
import { allScopes } from "./tokens.ts";
import { insertPhoto } from "./writing.ts";

const composedId = z.string().regex(/^(\d+_)?\d+$/, "digits, or digits_digits");

const seedInput = z.strictObject({
  pages: z
    .array(
      z.strictObject({
        id,
        name: z.string().min(1),
        username: z.string().regex(/^[A-Za-z0-9.]+$/),
        token: z.string().min(1),
        followers: count.default(0),
        about: z.string().default(""),
        scopes: z.array(z.string()).default(allScopes),
        /** When the token ends; null for never. */
        token_expires: moment.nullable().default(null),
        /** Whether the app gets this page's webhooks. */
        subscribed: z.boolean().default(true),
      }),
    )
    .default([]),
  users: z.array(z.strictObject({ id, name: z.string(), token: z.string().min(1), pages: z.array(id) })).default([]),
  posts: z
    .array(
      z.strictObject({
        page: id,
        id: composedId.optional(),
        message: z.string().default(""),
        created_time: moment,
        picture: z.boolean().default(false),
        alt: z.string().default(""),
        link: z.url().nullable().default(null),
        reactions: count.default(0),
        /** How many comments the post shows in all; those without rows of their own are only counted. */
        comments: count.default(0),
        shares: count.default(0),
        /** Null: the platform has no figure. */
        views: count.nullable().default(null),
      }),
    )
    .default([]),
  comments: z
    .array(
      z.strictObject({
        post: composedId,
        id: composedId.optional(),
        parent: composedId.nullable().default(null),
        from: z.strictObject({ id, name: z.string().min(1) }),
        message: z.string().min(1),
        created_time: moment,
        likes: count.default(0),
      }),
    )
    .default([]),
});

export type FacebookSeed = z.input<typeof seedInput>;
type Seed = z.output<typeof seedInput>;

const derivedId = derived(15, "1");

function seedToken(lab: Lab, owner: string, kind: "page" | "user", token: string, scopes: string[], expires: number | null): void {
  lab.store.run("DELETE FROM fb_token WHERE owner = ? OR token = ?", owner, token);
  lab.store.run(
    "INSERT INTO fb_token (token, owner, kind, scopes, expires) VALUES (?, ?, ?, ?, ?)",
    token,
    owner,
    kind,
    JSON.stringify(scopes),
    expires,
  );
}

function seedPage(lab: Lab, page: Seed["pages"][number]): void {
  lab.store.run(
    `INSERT INTO fb_page (id, name, username, about, followers, subscribed) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET
     name = excluded.name, username = excluded.username, about = excluded.about, followers = excluded.followers, subscribed = excluded.subscribed`,
    ...[page.id, page.name, page.username, page.about, page.followers, page.subscribed ? 1 : 0],
  );
  seedToken(lab, page.id, "page", page.token, page.scopes, page.token_expires);
}

function seedPost(lab: Lab, post: Seed["posts"][number]): string {
  const number = post.id ? tail(post.id) : derivedId(post.page, post.created_time, post.message);
  const id = `${post.page}_${number}`;
  lab.store.run(
    `INSERT INTO fb_post (id, page, message, link, created, updated, published, reactions, shares, views) VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET message = excluded.message, link = excluded.link, created = excluded.created, updated = excluded.updated,
     reactions = excluded.reactions, shares = excluded.shares, views = excluded.views`,
    ...[id, post.page, post.message, post.link, post.created_time, post.created_time, post.reactions, post.shares, post.views],
  );
  if (post.picture) {
    const drawn = { width: 960, height: 540, mime: "image/png", bytes: null };
    insertPhoto(lab, {
      ...drawn,
      id: derivedId("photo", id),
      page: post.page,
      post: id,
      position: 0,
      alt: post.alt,
      caption: "",
      created: post.created_time,
    });
  }
  return id;
}

const wrong = (path: string, message: string, input: unknown) => new z.ZodError([{ code: "custom", path: [path], message, input }]);

/** Seeded posts by their number. Comment ids carry that number alone, so it belongs to one page only. */
function byNumber(ids: string[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const id of ids) {
    if ((found.get(tail(id)) ?? id) !== id) throw wrong("posts", `The number of ${id} is also another page's`, id);
    found.set(tail(id), id);
  }
  return found;
}

function seedComment(lab: Lab, posts: Map<string, string>, comment: Seed["comments"][number]): void {
  const post = posts.get(tail(comment.post)) ?? findPost(lab.store, comment.post)?.id;
  if (!post) throw wrong("comments", `Unknown post ${comment.post}`, comment.post);
  const own = comment.id ? tail(comment.id) : derivedId(post, comment.from.id, comment.created_time, comment.message);
  const parent = comment.parent ? `${tail(post)}_${tail(comment.parent)}` : null;
  lab.store.run(
    `INSERT INTO fb_comment (id, post, parent, from_id, from_name, message, created, likes, seeded) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1)
     ON CONFLICT (id) DO UPDATE SET parent = excluded.parent, from_id = excluded.from_id, from_name = excluded.from_name,
     message = excluded.message, created = excluded.created, likes = excluded.likes`,
    ...[`${tail(post)}_${own}`, post, parent, comment.from.id, comment.from.name, comment.message, comment.created_time, comment.likes],
  );
}

/** Puts the given rows as they are given, new or known by their ids; parents stand before their replies. Throws ZodError. */
export function seed(lab: Lab, input: unknown): { [table: string]: number } {
  const { pages, users, posts, comments } = seedInput.parse(input);
  for (const page of pages) seedPage(lab, page);
  for (const user of users) {
    lab.store.run("INSERT OR REPLACE INTO fb_user (id, name, pages) VALUES (?, ?, ?)", user.id, user.name, JSON.stringify(user.pages));
    seedToken(lab, user.id, "user", user.token, allScopes, null);
  }
  const ids = posts.map((post) => seedPost(lab, post));
  const numbers = byNumber(ids);
  for (const comment of comments) seedComment(lab, numbers, comment);
  const listed = "(SELECT count(*) FROM fb_comment WHERE post = fb_post.id AND seeded = 1)";
  posts.forEach((post, i) => {
    lab.store.run(`UPDATE fb_post SET unlisted_comments = max(0, ? - ${listed}) WHERE id = ?`, post.comments, ids[i] ?? "");
  });
  return { pages: pages.length, users: users.length, posts: posts.length, comments: comments.length };
}
