/** TikTok through Login Kit, the Content Posting API and the Display API. Comments have no interface here: people answer them in the app. */

import { firstCommit } from "../commit.ts";
import { type Account, type AccountProfile, type Connector, type Content, PlatformFailure } from "../contract.ts";
import { type TikTokApi, tiktokClient } from "./client.ts";
import { listVideos } from "./lists.ts";
import { keptIn, look, lookFor, lookUpWaits, publishMedia } from "./publishing.ts";
import { consentUrl, openGrant, redeem, renew, statsScope, type TikTokApp } from "./session.ts";
import { toPost, toProfile, userSchema, videoFields, webOf } from "./transform.ts";
import { readWebhook } from "./webhook.ts";

const mostPosts = 500;

type Options = { app: TikTokApp | null; now: () => Date; pause?: (ms: number) => Promise<void> };

/**
 * `app` asks for consent and renews access tokens; `now` serves rate limits, checkpoints and the age of notifications; `pause`
 * waits between looks at a post that TikTok works on.
 */
export function tiktokConnector({ app, now, pause = sleep }: Options): Connector {
  const open = (account: Account): TikTokApi => tiktokClient({ baseUrl: account.baseUrl, token: openGrant(account.grant).token, now });

  async function readProfile(baseUrl: string, grant: Account["grant"]): Promise<AccountProfile> {
    const { token, scopes } = openGrant(grant);
    const fields = ["open_id", "display_name", "username", ...(scopes.includes(statsScope) ? ["follower_count"] : [])];
    return toProfile(await tiktokClient({ baseUrl, token, now }).get("user/info", fields.join(","), userSchema), webOf(baseUrl));
  }

  return {
    platform: "tiktok",
    mode: "api",
    connect: null,

    authorize: app && {
      url: (ask) => consentUrl(app, ask),
      async exchange({ baseUrl, code, redirectUri }) {
        const grant = await redeem(baseUrl, app, { code, redirectUri }, now());
        return [{ profile: await readProfile(baseUrl, grant), grant }];
      },
    },

    fetchProfile: (account) => readProfile(account.baseUrl, account.grant),

    refresh: (account, at) => renew(account.baseUrl, account.grant, app, at),

    async publish(account, content, checkpoint, save) {
      const refusal = withoutInterface(content);
      if (refusal) throw new PlatformFailure({ kind: "rejected", code: refusal }, `tiktok: ${refusal}`);
      const tools = { api: open(account), save, now, pause };
      return { kind: "done", published: await publishMedia(tools, account, content, checkpoint) };
    },

    /** TikTok's own id of the publication decides. Photos whose answer was lost have none: they are found in the list, or by a person. */
    async findPublished(account, content, checkpoint) {
      if (!firstCommit(checkpoint) || withoutInterface(content)) return { kind: "absent" };
      const api = open(account);
      const waits = keptIn(checkpoint).publishId === null ? [] : lookUpWaits;
      const outcome = await lookFor(waits, pause, (last) => look(api, account, content, checkpoint, last));
      if (outcome.state === "found") return { kind: "found", published: outcome.published };
      const surely = outcome.state === "failed" || (outcome.state === "uploading" && outcome.bytes !== null);
      return { kind: surely ? "absent" : "unknown" };
    },

    async fetchPosts(account, since) {
      const videos = await listVideos(open(account), videoFields, since, mostPosts);
      return videos.map((video) => toPost(video, webOf(account.baseUrl), account.handle));
    },

    fetchComments: async () => ({ comments: [], whole: [] }),
    moderation: null,

    collaboration: null,
    readWebhook: (rawBody, headers, secret) => readWebhook(rawBody, headers, secret, now()),
    answerChallenge: null,
  };
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** What TikTok's interface cannot do at all; null for a post with a video or photos. */
function withoutInterface({ replyTo, video, pictures }: Content): string | null {
  if (replyTo) return replyTo.remoteId === replyTo.postRemoteId ? "first-comment-unsupported" : "replies-unsupported";
  return video || pictures.length > 0 ? null : "media-required";
}
