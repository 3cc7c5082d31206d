/** Facebook Pages through the Graph API, with a page's own access token. */

import { z } from "zod";
import { clockSkew, firstCommit } from "../commit.ts";
import { type Account, type CommentList, type Connector, type Content, type Failure, PlatformFailure } from "../contract.ts";
import { moderationBy } from "../moderation.ts";
import { unlessGone } from "../rejections.ts";
import { type Graph, graphClient } from "./client.ts";
import { consentUrl, type FacebookApp, openPages, pageScopes } from "./consent.ts";
import { listComments, listPosts, mostComments, readAlts } from "./lists.ts";
import { findPost, mostPosts, sendPost } from "./posts.ts";
import { findReply, sendReply } from "./replies.ts";
import { insightFields, photosOf, postFields, profileFields, profileSchema, toComment, toPost, toProfile } from "./transform.ts";
import { findVideo, publishVideo, type Tools } from "./videos.ts";
import { answerChallenge, readWebhook } from "./webhook.ts";

const grantSchema = z.object({ pageToken: z.string().min(1) });
const idSchema = z.object({ id: z.string() });
const doneSchema = z.object({ success: z.literal(true) });
const tokenSchema = z.object({ data: z.object({ scopes: z.array(z.string()).optional() }) });

type Options = { app: FacebookApp | null; version: string; now: () => Date; pause?: (ms: number) => Promise<void> };

/**
 * `app` opens the consent page; without it pages are connected by their own token alone. `version` is the Graph version, like
 * "v26.0"; `now` serves rate limits and checkpoints; `pause` waits between looks at a video.
 */
export function facebookConnector({ app, version, now, pause = sleep }: Options): Connector {
  const open = (baseUrl: string, token: string | null): Graph => graphClient({ baseUrl, version, token, now });
  const graphOf = (account: Account): Graph => {
    const grant = grantSchema.safeParse(account.grant);
    if (!grant.success) throw new PlatformFailure({ kind: "needs-reauth", reason: "revoked" }, "facebook: no token");
    return open(account.baseUrl, grant.data.pageToken);
  };

  return {
    platform: "facebook",
    mode: "api",

    async connect({ baseUrl, identifier, secret }) {
      const token = secret.trim();
      const graph = open(baseUrl, token);
      const me = await graph.get("me", { fields: "id,name" }, idSchema);
      if (me.id !== identifier.trim())
        throw new PlatformFailure(
          { kind: "rejected", code: "wrong-account" },
          "facebook: the token belongs to another page or to a person",
        );
      await checkScopes(graph, token);
      return { profile: await readProfile(graph, me.id), grant: { pageToken: token } };
    },

    fetchProfile: (account) => readProfile(graphOf(account), account.remoteId),

    // A page's token has no end of its own.
    refresh: async () => null,

    async publish(account, content, checkpoint, save) {
      const graph = graphOf(account);
      if (content.replyTo) return { kind: "done", published: await sendReply(graph, content, checkpoint, save, now) };
      checkContent(content);
      const published = content.video
        ? await publishVideo({ graph, save, now, pause }, account, content, checkpoint)
        : await sendPost(graph, account, content, checkpoint, save, now);
      return { kind: "done", published };
    },

    async findPublished(account, content, checkpoint) {
      const first = firstCommit(checkpoint);
      if (!first) return { kind: "absent" };
      const graph = graphOf(account);
      const tools: Tools = { graph, save: async () => undefined, now, pause };
      if (content.video && !content.replyTo) return findVideo(tools, account, checkpoint);
      const since = new Date(first.getTime() - clockSkew);
      const published = content.replyTo
        ? await findReply(graph, account, content, since)
        : await findPost(graph, account, content, checkpoint, since);
      return published ? { kind: "found", published } : { kind: "absent" };
    },

    async fetchPosts(account, since) {
      const graph = graphOf(account);
      const query = { page: account.remoteId, since, most: mostPosts };
      const found = await listPosts(graph, { ...query, fields: `${postFields},${insightFields}` }).catch((error: unknown) => {
        // Without the permission for insights, or with a metric that a new version dropped, the rest is still worth having.
        if (!isKind(error, "rejected") && !isKind(error, "needs-reauth")) throw error;
        return listPosts(graph, { ...query, fields: postFields });
      });
      const posts = found.filter((post) => post.from === undefined || post.from.id === account.remoteId);
      const alts = await readAlts(graph, posts.flatMap(photosOf));
      return posts.map((post) => toPost(post, alts));
    },

    async fetchComments(account, since, postRemoteIds) {
      const graph = graphOf(account);
      const list: CommentList = { comments: [], whole: [] };
      for (const post of postRemoteIds) {
        const found = await unlessGone(listComments(graph, post, since), null);
        list.comments.push(...(found ?? []).map((comment) => toComment(comment, account.remoteId, post)));
        if (found && found.length < mostComments) list.whole.push(post);
      }
      return list;
    },

    moderation: moderationBy({
      like: (account, { remoteId }) => graphOf(account).post(`${remoteId}/likes`, {}, doneSchema, false),
      hide: (account, { remoteId }) => graphOf(account).post(remoteId, { is_hidden: "true" }, doneSchema, false),
      unhide: (account, { remoteId }) => graphOf(account).post(remoteId, { is_hidden: "false" }, doneSchema, false),
    }),

    authorize: app && {
      url: (ask) => consentUrl(app, version, ask),
      exchange: ({ baseUrl, code, redirectUri }) => openPages(app, { code, redirectUri }, (token) => open(baseUrl, token)),
    },

    // A reel can invite other pages, but no documented call lists such invitations or answers one.
    collaboration: null,
    readWebhook,
    answerChallenge,
  };
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const readProfile = async (graph: Graph, page: string) => toProfile(await graph.get(page, { fields: profileFields }, profileSchema));

function checkContent({ pictures, video, collaborators }: Content): void {
  const code = collaborators.length > 0 ? "collaborators-unsupported" : video && pictures.length > 0 ? "pictures-with-video" : null;
  if (code !== null) throw new PlatformFailure({ kind: "rejected", code }, `facebook: ${code}`);
}

/** Refuses a token that lacks a permission. Where the platform does not tell, the first call that needs it will. */
async function checkScopes(graph: Graph, token: string): Promise<void> {
  const told = await graph.get("debug_token", { input_token: token }, tokenSchema).catch((error: unknown) => {
    if (error instanceof PlatformFailure) return null;
    throw error;
  });
  const missing = pageScopes.filter((scope) => told?.data.scopes !== undefined && !told.data.scopes.includes(scope));
  if (missing.length > 0)
    throw new PlatformFailure({ kind: "needs-reauth", reason: "scope", missing }, "facebook: permissions are missing");
}

const isKind = (error: unknown, kind: Failure["kind"]): boolean => error instanceof PlatformFailure && error.failure.kind === kind;
