/** X through its API v2, with a user's own access token. */

import { z } from "zod";
import { clockSkew, commit, firstCommit } from "../commit.ts";
import { type Account, type AccountProfile, type Connector, type Content, PlatformFailure } from "../contract.ts";
import { moderationBy } from "../moderation.ts";
import { outgoingText } from "../outgoing.ts";
import { isRejected } from "../rejections.ts";
import { type XApi, xClient } from "./client.ts";
import { listComments, listTweets } from "./lists.ts";
import { mediaIds, uploadMedia } from "./media.ts";
import { accessTokenOf, askedScopes, readSecret, redeem, renew, type XApp } from "./session.ts";
import { isPublication, matchFields, parentOf, postFields, toPost } from "./transform.ts";
import { answerChallenge, readWebhook } from "./webhook.ts";

const createdSchema = z.object({ data: z.object({ id: z.string() }) });
const hiddenSchema = z.object({ data: z.object({ hidden: z.boolean() }) });
const profileSchema = z.object({
  data: z.object({
    id: z.string(),
    name: z.string(),
    username: z.string(),
    public_metrics: z.object({ followers_count: z.number().optional() }).optional(),
  }),
});

const mostPosts = 500;

/** `dialogUrl`: the host of the consent page, without a trailing slash. */
type Options = { app: (XApp & { dialogUrl: string }) | null; now: () => Date; pause?: (ms: number) => Promise<void> };

/**
 * `app` asks for consent and renews access tokens; without it they end after two hours. `now` serves rate limits and checkpoints;
 * `pause` waits between looks at a video that X works on.
 */
export function xConnector({ app, now, pause = sleep }: Options): Connector {
  const open = (account: Account): XApi => xClient({ baseUrl: account.baseUrl, token: accessTokenOf(account.grant), now });

  return {
    platform: "x",
    mode: "api",

    async connect({ baseUrl, identifier, secret }) {
      const grant = readSecret(secret);
      const profile = await readProfile(xClient({ baseUrl, token: accessTokenOf(grant), now }), baseUrl);
      if (profile.handle.toLowerCase() !== identifier.trim().replace(/^@/, "").toLowerCase())
        throw new PlatformFailure({ kind: "rejected", code: "wrong-account" }, "x: the token belongs to another account");
      return { profile, grant };
    },

    fetchProfile: (account) => readProfile(open(account), account.baseUrl),

    refresh: (account, at) => renew(account.baseUrl, account.grant, app, at),

    async publish(account, content, checkpoint, save) {
      const api = open(account);
      const prepared = await uploadMedia({ api, save, now, pause }, content, checkpoint);
      const media_ids = mediaIds(content, prepared);
      const body = {
        text: textToSend(content),
        ...(media_ids.length > 0 ? { media: { media_ids } } : {}),
        ...(content.replyTo ? { reply: { in_reply_to_tweet_id: content.replyTo.remoteId } } : {}),
      };
      const { data } = await commit(prepared, save, now(), () =>
        api.post("tweets", body, createdSchema, true).catch((error: unknown) => {
          // After an earlier try, "duplicate" may be our own post: then it is to be looked up, not refused.
          if (firstCommit(checkpoint) && isRejected(error, "duplicate"))
            throw new PlatformFailure({ kind: "ambiguous" }, "x: duplicate of an earlier try", { cause: error });
          throw error;
        }),
      );
      return { kind: "done", published: published(account, data.id) };
    },

    /** X knows neither a key nor a mark of ours: a post is recognised by its words, its media and what it answers. Two alike prove nothing. */
    async findPublished(account, content, checkpoint) {
      const first = firstCommit(checkpoint);
      if (!first) return { kind: "absent" };
      const since = new Date(first.getTime() - clockSkew);
      const rows = await listTweets(open(account), `users/${account.remoteId}/tweets`, matchFields, { since, most: mostPosts, now: now() });
      const media = content.pictures.length + (content.video ? 1 : 0);
      const sent = { text: textToSend(content), media, replyTo: content.replyTo?.remoteId ?? null };
      const [ours, another] = rows.filter(({ tweet }) => isPublication(tweet, sent));
      if (another || rows.length >= mostPosts) return { kind: "unknown" };
      return ours ? { kind: "found", published: published(account, ours.tweet.id) } : { kind: "absent" };
    },

    async fetchPosts(account, since) {
      const fields = { ...postFields, exclude: "replies" };
      const rows = await listTweets(open(account), `users/${account.remoteId}/tweets`, fields, { since, most: mostPosts, now: now() });
      // X leaves in what an account answers to itself: our first comments.
      const posts = rows.filter(({ tweet }) => parentOf(tweet) === null);
      return posts.map(({ tweet, includes }) => toPost(tweet, includes, webOf(account.baseUrl), account.handle));
    },

    // X lists no post's replies whole: mentions are cut off, and its search looks back a week and not for everybody.
    fetchComments: async (account, since, postRemoteIds) => ({
      comments: await listComments(open(account), account.remoteId, since, postRemoteIds, now()),
      whole: [],
    }),

    // Likes left the self-serve tiers in April 2026. Hidden replies stay to be seen on a page of their own.
    moderation: moderationBy({
      hide: (account, { remoteId }) => open(account).put(`tweets/${remoteId}/hidden`, { hidden: true }, hiddenSchema),
      unhide: (account, { remoteId }) => open(account).put(`tweets/${remoteId}/hidden`, { hidden: false }, hiddenSchema),
    }),

    authorize: app && {
      url: ({ state, challenge, redirectUri }) => {
        const scope = askedScopes.join(" ");
        const proof = { code_challenge: challenge, code_challenge_method: "S256" };
        const params = { response_type: "code", client_id: app.clientId, redirect_uri: redirectUri, scope, state, ...proof };
        return `${app.dialogUrl}/i/oauth2/authorize?${new URLSearchParams(params)}`;
      },
      async exchange({ baseUrl, ...answer }) {
        const grant = await redeem(baseUrl, app, answer, now());
        return [{ profile: await readProfile(xClient({ baseUrl, token: accessTokenOf(grant), now }), baseUrl), grant }];
      },
    },
    collaboration: null,
    readWebhook,
    answerChallenge,
  };
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** A reply may hold a link too; X never shows one beside the text. */
const textToSend = ({ text, link }: Content) => outgoingText("x", { text, link, withPictures: true });

const published = (account: Account, id: string) => ({
  remoteId: id,
  permalink: `${webOf(account.baseUrl)}/${account.handle}/status/${id}`,
  ref: null,
});

/** Where people open X. Whatever is not X itself has its pages where its interface is. */
function webOf(baseUrl: string): string {
  return new URL(baseUrl).hostname === "api.x.com" ? "https://x.com" : baseUrl;
}

async function readProfile(api: XApi, baseUrl: string): Promise<AccountProfile> {
  const { data } = await api.get("users/me", { "user.fields": "public_metrics" }, profileSchema);
  return {
    remoteId: data.id,
    handle: data.username,
    name: data.name,
    url: `${webOf(baseUrl)}/${data.username}`,
    followers: data.public_metrics?.followers_count ?? null,
    commentsOpen: null,
  };
}
