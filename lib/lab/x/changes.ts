import { createHmac, randomBytes } from "node:crypto";
import type { Lab } from "../lab.ts";
import { findUser, type TweetRow, type UserRow } from "./tables.ts";
import { wrap } from "./view.ts";

const sign = (secret: string, text: string): string => `sha256=${createHmac("sha256", secret).update(text).digest("base64")}`;

function send(lab: Lab, user: UserRow, events: { [kind: string]: unknown }): void {
  const secret = lab.settings.xConsumerSecret;
  if (!secret || user.subscribed !== 1) return;
  const body = JSON.stringify({ for_user_id: user.id, ...events });
  lab.enqueueWebhook("x", body, { "content-type": "application/json", "x-twitter-webhooks-signature": sign(secret, body) });
}

const days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** "Wed Oct 10 20:19:24 +0000 2018". */
function oldTime(ms: number): string {
  const date = new Date(ms);
  const two = (n: number) => String(n).padStart(2, "0");
  const clock = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(":");
  return `${days[date.getUTCDay()]} ${months[date.getUTCMonth()]} ${two(date.getUTCDate())} ${clock} +0000 ${date.getUTCFullYear()}`;
}

/** A post in the older dialect, which Account Activity still speaks: no conversation, ids as texts beside numbers. */
function oldTweet(lab: Lab, tweet: TweetRow, author: UserRow): { [key: string]: unknown } {
  const { text, urls, mentions } = wrap(lab, tweet, author);
  const answered = tweet.reply_to_user ? findUser(lab.store, tweet.reply_to_user) : null;
  return {
    created_at: oldTime(tweet.created),
    id_str: tweet.id,
    text,
    display_text_range: [0, [...text].length],
    truncated: false,
    in_reply_to_status_id_str: tweet.reply_to,
    in_reply_to_user_id_str: tweet.reply_to_user,
    in_reply_to_screen_name: answered?.username ?? null,
    user: { id_str: author.id, name: author.name, screen_name: author.username },
    entities: {
      hashtags: [],
      urls: urls
        .filter(({ mediaKey }) => mediaKey === undefined)
        .map(({ start, end, wrapped, expanded, display }) => ({
          url: wrapped,
          expanded_url: expanded,
          display_url: display,
          indices: [start, end],
        })),
      user_mentions: mentions.map(({ start, end, username, id }) => ({ screen_name: username, id_str: id, indices: [start, end] })),
    },
    timestamp_ms: String(tweet.created),
  };
}

/** Tells the app of its account's own post, and of one that mentions it or answers it. */
export function tweetCreated(lab: Lab, tweet: TweetRow): void {
  const author = findUser(lab.store, tweet.author)!;
  const mentioned = lab.store.all<{ user: string }>("SELECT user FROM x_mention WHERE tweet = ?", tweet.id).map(({ user }) => user);
  for (const id of new Set([author.id, ...mentioned])) {
    const user = findUser(lab.store, id);
    if (user?.listed) send(lab, user, { user_has_blocked: false, tweet_create_events: [oldTweet(lab, tweet, author)] });
  }
}

/** Tells the app that a post of its account is gone. Called before the removal. */
export function tweetDeleted(lab: Lab, tweet: TweetRow): void {
  const user = findUser(lab.store, tweet.author)!;
  const event = { status: { id: tweet.id, user_id: tweet.author }, timestamp_ms: String(lab.now()) };
  send(lab, user, { tweet_delete_events: [event] });
}

/** The challenge with which X checks a webhook address: the answer must hold the token signed with the app's secret. */
export async function verifyWebhook(lab: Lab, address: string): Promise<string | null> {
  const token = randomBytes(32).toString("base64url");
  const url = new URL(address);
  url.searchParams.set("crc_token", token);
  url.searchParams.set("nonce", randomBytes(8).toString("hex"));
  try {
    const answer = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(10_000) });
    const body = (await answer.json()) as { response_token?: unknown };
    return answer.ok && body.response_token === sign(lab.settings.xConsumerSecret ?? "", token)
      ? null
      : `The address answered ${answer.status} without the right response_token`;
  } catch (error) {
    return `The address did not answer: ${error instanceof Error ? error.message : error}`;
  }
}
