import type { Citizens } from "../citizens.ts";
import type { LabRequest } from "../http.ts";
import type { Lab } from "../lab.ts";
import { tweetCreated, tweetDeleted } from "./changes.ts";
import { duplicate, forbidden, invalid } from "./errors.ts";
import { finishVideos } from "./media.ts";
import { findByName, findTweet, findUser, snowflake, type TweetRow, tweetPath, type UserRow } from "./tables.ts";
import { namesIn, weightedLength } from "./text.ts";

const LONGEST = 280;
const MOST_PICTURES = 4;
const DUPLICATE_WITHIN_MS = 6 * 3_600_000;

/** The names that a reply mentions by itself: whoever it answers, and whoever that one mentioned at its head. */
function autoMentions(lab: Lab, parent: TweetRow, author: UserRow): string[] {
  const answered = findUser(lab.store, parent.author)?.username ?? "";
  const head = /^(?:@\w{1,15}\s+)*/.exec(parent.text)?.[0] ?? "";
  const names = [answered, ...head.split(/\s+/).map((name) => name.slice(1))];
  const own = author.username.toLowerCase();
  return [...new Set(names)].filter((name) => name !== "" && name.toLowerCase() !== own);
}

function withMentions(text: string, names: string[]): string {
  const said = namesIn(text).map((mention) => mention.text.toLowerCase());
  const missing = names.filter((name) => !said.includes(name.toLowerCase()));
  return [...missing.map((name) => `@${name}`), text].join(" ").trim();
}

/** Stores a post, or replaces the one with the same id, with those it mentions. */
export function insertTweet(lab: Lab, tweet: TweetRow, seeded: 0 | 1): void {
  const { id, author, text, conversation, reply_to, reply_to_user, created, likes, reposts, unlisted_replies, views } = tweet;
  lab.store.run(
    `INSERT INTO x_tweet (id, author, text, conversation, reply_to, reply_to_user, created, likes, reposts, unlisted_replies, views, seeded)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET text = excluded.text, likes = excluded.likes,
     reposts = excluded.reposts, unlisted_replies = excluded.unlisted_replies, views = excluded.views`,
    ...[id, author, text, conversation, reply_to, reply_to_user, created, likes, reposts, unlisted_replies, views, seeded],
  );
  const users = namesIn(text).flatMap((mention) => findByName(lab.store, mention.text)?.id ?? []);
  for (const user of new Set([...users, ...(reply_to_user ? [reply_to_user] : [])]))
    lab.store.run("INSERT OR IGNORE INTO x_mention (tweet, user) VALUES (?, ?)", id, user);
}

/** Adds a post or a reply, by the account or by a visitor, and sends its webhooks. Throws XProblem: 400 for its text, 403 for a repeated one. */
export function addTweet(lab: Lab, author: UserRow, said: string, parent: TweetRow | null, media: string[]): TweetRow {
  const text = said.trim();
  if (text === "" && media.length === 0) throw invalid("text", "", "The text must not be empty.");
  if (weightedLength(text) > LONGEST) throw invalid("text", text, "Your Tweet text is too long.");
  const now = lab.now();
  const full = parent ? withMentions(text, autoMentions(lab, parent, author)) : text;
  return lab.store.transaction(() => {
    const same = "SELECT id FROM x_tweet WHERE author = ? AND text = ? AND reply_to IS ? AND created > ?";
    if (text !== "" && lab.store.get(same, author.id, full, parent?.id ?? null, now - DUPLICATE_WITHIN_MS)) throw duplicate();
    const id = snowflake(now, Number(lab.store.nextId()));
    const counts = { likes: 0, reposts: 0, unlisted_replies: 0, views: 0, hidden: 0 } as const;
    const place = { conversation: parent?.conversation ?? id, reply_to: parent?.id ?? null, reply_to_user: parent?.author ?? null };
    insertTweet(lab, { id, author: author.id, text: full, ...place, created: now, ...counts }, 0);
    media.forEach((one, position) => {
      const sql = "UPDATE x_media SET tweet = ?, position = ? WHERE id = ? AND owner = ? AND tweet IS NULL AND state = 'ready'";
      if (lab.store.run(sql, id, position, one, author.id).changes === 0)
        throw invalid("media.media_ids", one, "Your media IDs are invalid.");
    });
    const tweet = findTweet(lab.store, id)!;
    tweetCreated(lab, tweet);
    return tweet;
  });
}

const isVideoId = (lab: Lab, id: string): boolean =>
  lab.store.get("SELECT id FROM x_media WHERE id = ? AND mime LIKE 'video/%'", id) !== undefined;

/** POST /2/tweets {text, media: {media_ids}, reply: {in_reply_to_tweet_id}}. Throws XProblem. */
export function createTweet(lab: Lab, author: UserRow, { fields }: LabRequest): unknown {
  const {
    text = "",
    media,
    reply,
  } = fields as { text?: unknown; media?: { media_ids?: unknown }; reply?: { in_reply_to_tweet_id?: unknown } };
  const ids = media?.media_ids ?? [];
  if (typeof text !== "string") throw invalid("text", String(text), "text must be a string");
  if (!Array.isArray(ids) || ids.length > MOST_PICTURES || (media && ids.length === 0))
    throw invalid("media.media_ids", JSON.stringify(ids), `1 to ${MOST_PICTURES} media ids are allowed.`);
  finishVideos(lab);
  if (ids.length > 1 && ids.some((id) => isVideoId(lab, String(id))))
    throw invalid("media.media_ids", JSON.stringify(ids), "A video stands in a post alone.");
  const answered = reply?.in_reply_to_tweet_id;
  const parent = answered === undefined ? null : findTweet(lab.store, String(answered));
  if (parent === undefined) throw forbidden("You attempted to reply to a Tweet that is deleted or not visible to you.");
  const tweet = addTweet(lab, author, text, parent, ids.map(String));
  return { data: { id: tweet.id, text: tweet.text, edit_history_tweet_ids: [tweet.id] } };
}

/** PUT /2/tweets/:id/hidden: replies in the account's own conversations only. */
export function hideReply(lab: Lab, user: UserRow, tweet: TweetRow, { fields }: LabRequest): unknown {
  const root = findTweet(lab.store, tweet.conversation);
  if (typeof fields.hidden !== "boolean") throw invalid("hidden", String(fields.hidden), "hidden must be a boolean");
  if (root?.author !== user.id || tweet.id === root.id) throw forbidden("You are not permitted to perform this action.");
  lab.store.run("UPDATE x_tweet SET hidden = ? WHERE id = ?", fields.hidden ? 1 : 0, tweet.id);
  return { data: { hidden: fields.hidden } };
}

/** DELETE /2/tweets/:id: one's own only. */
export function deleteTweet(lab: Lab, user: UserRow, tweet: TweetRow): unknown {
  if (tweet.author !== user.id) throw forbidden("You are not authorized to delete this Tweet.");
  lab.store.transaction(() => {
    tweetDeleted(lab, tweet);
    lab.store.run("DELETE FROM x_tweet WHERE id = ?", tweet.id);
  });
  return { data: { deleted: true } };
}

/** A reply cannot be changed on X. Of what goes the app hears where the account itself wrote it. */
export const citizens: Citizens = {
  find: (lab, id) => {
    const reply = findTweet(lab.store, id);
    const root = reply && findTweet(lab.store, reply.conversation);
    const [author, owner] = [reply, root].map((one) => one && findUser(lab.store, one.author));
    if (!reply || !root || !author || !owner || author.listed || reply === root) return null;
    return { name: author.name, text: reply.text, path: `${tweetPath(owner.username, root.id)}#balasan-${id}` };
  },
  edit: null,
  remove: (lab, id) => void lab.store.run("DELETE FROM x_tweet WHERE id = ?", id),
};
