/** Instagram professional accounts through the API with Instagram log-in. */

import { z } from "zod";
import { clockSkew, commit, firstCommit } from "../commit.ts";
import {
  type Account,
  type Checkpoint,
  type CommentList,
  type Connector,
  type Content,
  type Found,
  PlatformFailure,
  type Published,
  type PublishResult,
} from "../contract.ts";
import { answerChallenge } from "../facebook/webhook.ts";
import { grantSchema, newGrant, openGraph, refreshToken } from "../meta-token.ts";
import { moderationBy } from "../moderation.ts";
import { isRejected, unlessGone } from "../rejections.ts";
import { containerGone, type Graph, graphClient } from "./client.ts";
import { consentUrl, exchangeCode, type InstagramApp } from "./consent.ts";
import { captionOf, containerOf, prepareContainer, readStatus, withoutContainers } from "./containers.ts";
import { listInvites, listMedia, listThreads } from "./lists.ts";
import { findReply, sendReply } from "./replies.ts";
import { insightFields, matchFields, mayBe, mediaFields, profileFields, profileSchema, toComment, toPost, toProfile } from "./transform.ts";
import { readWebhook } from "./webhook.ts";

const idSchema = z.object({ id: z.string() });
const permalinkSchema = z.object({ permalink: z.string().optional() });
const answeredSchema = z.object({ success: z.boolean().optional() });

const mostPosts = 500;

type Save = (next: Checkpoint) => Promise<void>;
type Options = { app: InstagramApp | null; version: string; now: () => Date; pause?: (ms: number) => Promise<void> };

/**
 * `app` opens the consent page; without it accounts are connected by their own token alone. `version` is the Graph version, like
 * "v26.0"; `now` serves rate limits and checkpoints; `pause` waits between looks at a container.
 */
export function instagramConnector({ app, version, now, pause = sleep }: Options): Connector {
  const open = (baseUrl: string, token: string): Graph => graphClient({ baseUrl, version, token, now });
  const graphOf = (account: Account): Graph => openGraph(account, open);

  return {
    platform: "instagram",
    mode: "api",

    async connect({ baseUrl, identifier, secret }) {
      const token = secret.trim();
      const me = await readMe(open(baseUrl, token));
      const wanted = identifier.trim().replace(/^@/, "").toLowerCase();
      if (wanted !== me.user_id && wanted !== me.username.toLowerCase())
        throw new PlatformFailure({ kind: "rejected", code: "wrong-account" }, "instagram: the token belongs to another account");
      return { profile: toProfile(me), grant: newGrant(token, now(), null) };
    },

    fetchProfile: async (account) => toProfile(await readMe(graphOf(account))),

    refresh: (account, at) => refreshToken(graphOf(account), account, at, "ig_refresh_token"),

    async publish(account, content, checkpoint, save) {
      const graph = graphOf(account);
      if (content.replyTo) return done(await sendReply(graph, content, checkpoint, save, now));
      const prepared = await prepareContainer({ graph, save, now, pause }, account, content, checkpoint);
      const body = { creation_id: containerOf(prepared) ?? "" };
      const { id } = await commit(prepared, save, now(), () =>
        graph.post(`${account.remoteId}/media_publish`, body, idSchema, true).catch((error: unknown) => refused(error, checkpoint)),
      ).catch(async (error: unknown) => {
        if (isRejected(error, containerGone)) return forget(error, prepared, save);
        throw error;
      });
      return done({ remoteId: id, permalink: await readPermalink(graph, id), ref: null });
    },

    async findPublished(account, content, checkpoint) {
      const since = firstCommit(checkpoint);
      if (!since) return { kind: "absent" };
      const graph = graphOf(account);
      return content.replyTo ? findReply(graph, account, content, since) : findPost(graph, account, content, checkpoint, since);
    },

    async fetchPosts(account, since) {
      const graph = graphOf(account);
      const query = { account: account.remoteId, since, most: mostPosts };
      const found = await listMedia(graph, { ...query, fields: `${mediaFields},${insightFields}` }).catch((error: unknown) => {
        // Without the permission for insights, or for a post from before the account was professional, the rest is still worth having.
        if (!(error instanceof PlatformFailure) || !["rejected", "needs-reauth"].includes(error.failure.kind)) throw error;
        return listMedia(graph, { ...query, fields: mediaFields });
      });
      return found.map(toPost);
    },

    async fetchComments(account, since, postRemoteIds) {
      const graph = graphOf(account);
      const list: CommentList = { comments: [], whole: [] };
      for (const post of postRemoteIds) {
        const found = await unlessGone(listThreads(graph, post, since), null);
        list.comments.push(...(found?.threads ?? []).map(({ comment, parent }) => toComment(comment, account, post, parent)));
        if (found?.whole) list.whole.push(post);
      }
      return list;
    },

    // Instagram has no documented call to like a comment.
    moderation: moderationBy({
      hide: (account, { remoteId }) => graphOf(account).post(remoteId, { hide: "true" }, answeredSchema, false),
      unhide: (account, { remoteId }) => graphOf(account).post(remoteId, { hide: "false" }, answeredSchema, false),
    }),

    authorize: app && {
      url: (ask) => consentUrl(app, ask),
      async exchange({ baseUrl, code, redirectUri }) {
        const grant = await exchangeCode(app, { code, redirectUri }, (token) => open(baseUrl, token), now());
        const { accessToken } = grantSchema.parse(grant);
        return [{ profile: toProfile(await readMe(open(baseUrl, accessToken))), grant }];
      },
    },

    collaboration: {
      invites: (account) => listInvites(graphOf(account), account.remoteId),
      async answer(account, remoteId, accept) {
        const body = { media_id: remoteId, accept: String(accept) };
        await graphOf(account).post(`${account.remoteId}/collaboration_invites`, body, answeredSchema, false);
      },
    },

    readWebhook,
    answerChallenge,
  };
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const readMe = (graph: Graph) => graph.get("me", { fields: profileFields }, profileSchema);
const done = (published: Published): PublishResult => ({ kind: "done", published });

/** After an earlier try, a container that cannot be published may be the one that we did publish: then it is looked up. */
function refused(error: unknown, before: Checkpoint): never {
  if (firstCommit(before) && isRejected(error, containerGone))
    throw new PlatformFailure({ kind: "ambiguous" }, "instagram: the container of an earlier try is refused", { cause: error });
  throw error;
}

/** A container that Instagram has lost before it was published is made anew. */
async function forget(error: unknown, prepared: Checkpoint, save: Save): Promise<never> {
  await save(withoutContainers(prepared));
  throw new PlatformFailure({ kind: "retryable" }, "instagram: the container is gone", { cause: error });
}

/**
 * The container tells whether it was published; which post it became is found by its words, its pictures or video and its
 * time, and only where exactly one post fits. Without the container nothing is certain, for a like post may be somebody's own.
 */
async function findPost(graph: Graph, account: Account, content: Content, checkpoint: Checkpoint, since: Date): Promise<Found> {
  const container = containerOf(checkpoint);
  const status = container === null ? null : await readStatus(graph, container);
  if (status === null || status.status_code === "IN_PROGRESS") return { kind: "unknown" };
  if (status.status_code !== "PUBLISHED") return { kind: "absent" };
  const query = { account: account.remoteId, since: new Date(since.getTime() - clockSkew), most: mostPosts, fields: matchFields };
  const sent = { text: captionOf(content), pictures: content.pictures.length, video: content.video !== null };
  const [ours, another] = (await listMedia(graph, query)).filter((media) => mayBe(media, sent));
  if (!ours || another) return { kind: "unknown" };
  return { kind: "found", published: { remoteId: ours.id, permalink: ours.permalink ?? null, ref: null } };
}

/** The post is out: nothing that happens here may make it a failure. */
async function readPermalink(graph: Graph, id: string): Promise<string | null> {
  try {
    return (await graph.get(id, { fields: "permalink" }, permalinkSchema)).permalink ?? null;
  } catch {
    return null;
  }
}
