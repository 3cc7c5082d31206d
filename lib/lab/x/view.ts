import { createHash } from "node:crypto";
import type { Lab } from "../lab.ts";
import { findByName, findTweet, findUser, isVideo, mediaKey, mediaOf, type TweetRow, tweetPath, type UserRow } from "./tables.ts";
import { linksIn, namesIn } from "./text.ts";

type Entity = { start: number; end: number };
type Piece = Entity & { wrapped: string; expanded: string; display: string; mediaKey?: string };
export type Wrapped = { text: string; urls: Piece[]; mentions: (Entity & { username: string; id: string })[] };

const short = (text: string): string =>
  `https://t.co/${createHash("sha256").update(text).digest("base64url").replace(/\W/g, "a").slice(0, 10)}`;
const points = (text: string): number => [...text].length;
const escaped = (text: string): string => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

/**
 * A post's text as X gives it out: links and pictures behind t.co, `&<>` escaped, and where each stands, counted in code points.
 * Source: X API, "Entities"; that pictures add a link of their own at the end is what every published example shows.
 */
export function wrap(lab: Lab, tweet: TweetRow, author: UserRow): Wrapped {
  let text = "";
  let end = 0;
  const urls: Piece[] = [];
  const add = (wrapped: string, expanded: string, key?: string) => {
    const start = points(text);
    text += wrapped;
    const display = key ? `pic.x.com/${wrapped.slice(-10)}` : expanded.replace(/^https?:\/\/(www\.)?/, "");
    urls.push({ start, end: points(text), wrapped, expanded, display, ...(key ? { mediaKey: key } : {}) });
  };
  for (const link of linksIn(tweet.text)) {
    text += escaped(tweet.text.slice(end, link.start));
    add(short(`${tweet.id} ${link.text}`), /^https?:/i.test(link.text) ? link.text : `http://${link.text}`);
    end = link.end;
  }
  text += escaped(tweet.text.slice(end));
  const media = mediaOf(lab.store, tweet.id);
  if (media[0]) {
    if (text !== "") text += " ";
    const page = `${lab.settings.origin}${tweetPath(author.username, tweet.id)}/${isVideo(media[0]) ? "video" : "photo"}/1`;
    add(short(`${tweet.id} media`), page, mediaKey(media[0]));
    // All pictures share one t.co link; each has an entity of its own.
    for (const one of media.slice(1)) urls.push({ ...urls.at(-1)!, mediaKey: mediaKey(one) });
  }
  const mentions = namesIn(text).flatMap((mention) => {
    const user = findByName(lab.store, mention.text);
    const start = points(text.slice(0, mention.start));
    return user ? [{ start, end: start + points(mention.text) + 1, username: user.username, id: user.id }] : [];
  });
  return { text, urls, mentions };
}

type Includes = { users?: unknown[]; media?: unknown[]; tweets?: unknown[] };
type Query = { fields: Set<string>; userFields: Set<string>; mediaFields: Set<string>; expansions: Set<string> };

const list = (params: URLSearchParams, name: string): Set<string> => new Set((params.get(name) ?? "").split(",").filter(Boolean));

/** Which fields and expansions a request asks for. */
export const queryOf = (params: URLSearchParams): Query => ({
  fields: list(params, "tweet.fields"),
  userFields: list(params, "user.fields"),
  mediaFields: list(params, "media.fields"),
  expansions: list(params, "expansions"),
});

/** A user with id, name and username, and whatever else was asked for. */
export function userView(lab: Lab, user: UserRow, fields: ReadonlySet<string>): { [key: string]: unknown } {
  const count = lab.store.get<{ n: number }>("SELECT count(*) AS n FROM x_tweet WHERE author = ?", user.id)?.n ?? 0;
  const more: { [field: string]: unknown } = {
    description: user.about,
    url: `${lab.settings.origin}/x/${user.username}`,
    protected: false,
    verified: false,
    public_metrics: { followers_count: user.followers, following_count: 0, tweet_count: count, listed_count: 0, like_count: 0 },
  };
  const asked = Object.entries(more).filter(([field]) => fields.has(field));
  return { id: user.id, name: user.name, username: user.username, ...Object.fromEntries(asked) };
}

function tweetView(lab: Lab, tweet: TweetRow, fields: ReadonlySet<string>): { [key: string]: unknown } {
  const author = findUser(lab.store, tweet.author)!;
  const { text, urls, mentions } = wrap(lab, tweet, author);
  const media = mediaOf(lab.store, tweet.id);
  const replies = lab.store.get<{ n: number }>("SELECT count(*) AS n FROM x_tweet WHERE reply_to = ?", tweet.id)?.n ?? 0;
  const entities = {
    ...(urls.length > 0 && {
      urls: urls.map(({ start, end, wrapped, expanded, display, mediaKey: key }) => ({
        ...{ start, end, url: wrapped, expanded_url: expanded, display_url: display },
        ...(key ? { media_key: key } : {}),
      })),
    }),
    ...(mentions.length > 0 && { mentions }),
  };
  const more: { [field: string]: unknown } = {
    author_id: tweet.author,
    created_at: new Date(tweet.created).toISOString(),
    conversation_id: tweet.conversation,
    in_reply_to_user_id: tweet.reply_to_user ?? undefined,
    referenced_tweets: tweet.reply_to === null ? undefined : [{ type: "replied_to", id: tweet.reply_to }],
    attachments: media.length > 0 ? { media_keys: media.map(mediaKey) } : undefined,
    entities: Object.keys(entities).length > 0 ? entities : undefined,
    public_metrics: {
      retweet_count: tweet.reposts,
      reply_count: replies + tweet.unlisted_replies,
      like_count: tweet.likes,
      quote_count: 0,
      bookmark_count: 0,
      impression_count: tweet.views,
    },
  };
  const asked = Object.entries(more).filter(([field, value]) => fields.has(field) && value !== undefined);
  return { id: tweet.id, text, edit_history_tweet_ids: [tweet.id], ...Object.fromEntries(asked) };
}

/** Posts with what their expansions name, each included thing once. An expansion brings the field that it follows. */
export function tweetsView(lab: Lab, tweets: TweetRow[], query: Query): { data: { [key: string]: unknown }[]; includes?: Includes } {
  const { expansions, userFields, mediaFields } = query;
  const fields = new Set(query.fields);
  if (expansions.has("author_id")) fields.add("author_id");
  if (expansions.has("attachments.media_keys")) fields.add("attachments");
  if (expansions.has("referenced_tweets.id")) fields.add("referenced_tweets");
  const includes: Includes = {};
  if (expansions.has("author_id")) {
    const users = [...new Set(tweets.map(({ author }) => author))].map((id) => findUser(lab.store, id)!);
    includes.users = users.map((user) => userView(lab, user, userFields));
  }
  if (expansions.has("attachments.media_keys")) {
    includes.media = tweets.flatMap(({ id }) =>
      mediaOf(lab.store, id).map((one) => ({
        ...{ media_key: mediaKey(one), type: isVideo(one) ? "video" : "photo" },
        ...(mediaFields.has("alt_text") && one.alt !== "" ? { alt_text: one.alt } : {}),
        ...(mediaFields.has("url") && !isVideo(one) ? { url: `${lab.settings.origin}/media/x/${one.id}` } : {}),
      })),
    );
  }
  if (expansions.has("referenced_tweets.id")) {
    const ids = [...new Set(tweets.flatMap(({ reply_to }) => (reply_to === null ? [] : [reply_to])))];
    includes.tweets = ids.flatMap((id) => findTweet(lab.store, id) ?? []).map((tweet) => tweetView(lab, tweet, fields));
  }
  const kept = Object.fromEntries(Object.entries(includes).filter(([, rows]) => rows.length > 0));
  return { data: tweets.map((tweet) => tweetView(lab, tweet, fields)), ...(Object.keys(kept).length > 0 ? { includes: kept } : {}) };
}
