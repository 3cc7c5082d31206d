/** Threads profiles through the Threads API. */

import { z } from "zod";
import { clockSkew, commit, firstCommit } from "../commit.ts";
import {
  type Account,
  type AccountProfile,
  type Checkpoint,
  type CommentList,
  type Connector,
  type Content,
  type Found,
  PlatformFailure,
} from "../contract.ts";
import { answerChallenge } from "../facebook/webhook.ts";
import { grantSchema, newGrant, openGraph, refreshToken } from "../meta-token.ts";
import { moderationBy } from "../moderation.ts";
import { unlessGone } from "../rejections.ts";
import { type Graph, graphClient } from "./client.ts";
import { checkScopes, consentUrl, exchangeCode, type ThreadsApp } from "./consent.ts";
import { containerOf, isContainerGone, prepareContainer, readStatus, textOf, withoutContainers } from "./containers.ts";
import { listPosts, listReplies, mostReplies, readFigures } from "./lists.ts";
import { inspectToken } from "./token.ts";
import {
  type Figures,
  fewerPostFields,
  figureOf,
  figuresSchema,
  isOwn,
  isRepost,
  matchFields,
  mayBe,
  type Post,
  postFields,
  profileFields,
  profileSchema,
  sameText,
  toComment,
  toPost,
  toProfile,
} from "./transform.ts";
import { readWebhook } from "./webhook.ts";

const idSchema = z.object({ id: z.string() });
const doneSchema = z.object({ success: z.literal(true) });
const permalinkSchema = z.object({ permalink: z.string().optional() });

const mostPosts = 500;
/** Threads tells figures one post at a time, and an app may make few calls for an account that few people see: only so many of the newest are asked for. */
const mostFigures = 50;

type Save = (next: Checkpoint) => Promise<void>;
type Options = { app: ThreadsApp | null; version: string; now: () => Date; pause?: (ms: number) => Promise<void> };

/** `version` is the API's, like "v1.0"; `now` serves rate limits and checkpoints; `pause` waits between looks at a container. */
export function threadsConnector({ app, version, now, pause = sleep }: Options): Connector {
  const open = (baseUrl: string, token: string): Graph => graphClient({ baseUrl, version, token, now });
  const graphOf = (account: Account): Graph => openGraph(account, open);

  return {
    platform: "threads",
    mode: "api",

    async connect({ baseUrl, identifier, secret }) {
      const token = secret.trim();
      const graph = open(baseUrl, token);
      const profile = await readProfile(graph);
      const wanted = identifier.trim().replace(/^@/, "").toLowerCase();
      if (wanted !== profile.remoteId && wanted !== profile.handle.toLowerCase())
        throw new PlatformFailure({ kind: "rejected", code: "wrong-account" }, "threads: the token belongs to another account");
      const { scopes, expiresAt } = await inspectToken(graph, token);
      checkScopes(scopes);
      return { profile, grant: newGrant(token, now(), expiresAt) };
    },

    authorize: app && {
      url: (ask) => consentUrl(app, ask),
      async exchange(answer) {
        const grant = await exchangeCode(app, answer, (token) => open(answer.baseUrl, token), now());
        return [{ profile: await readProfile(open(answer.baseUrl, grantSchema.parse(grant).accessToken)), grant }];
      },
    },

    fetchProfile: (account) => readProfile(graphOf(account)),

    refresh: (account, at) => refreshToken(graphOf(account), account, at, "th_refresh_token"),

    async publish(account, content, checkpoint, save) {
      const graph = graphOf(account);
      const prepared = await prepareContainer({ graph, save, now, pause }, account, content, checkpoint);
      const body = { creation_id: containerOf(prepared) ?? "" };
      const { id } = await commit(prepared, save, now(), () =>
        graph
          .post(`${account.remoteId}/threads_publish`, body, idSchema, true)
          .catch((error: unknown) => refused(graph, error, body.creation_id, checkpoint)),
      ).catch((error: unknown) => forget(error, prepared, save));
      return { kind: "done", published: { remoteId: id, permalink: await readPermalink(graph, id), ref: null } };
    },

    /**
     * The container tells whether it was published; which post it became is found by its words, its pictures and its time, and
     * only where exactly one post fits. Without the container nothing is certain, for a like post may be somebody's own.
     */
    async findPublished(account, content, checkpoint) {
      const first = firstCommit(checkpoint);
      if (!first) return { kind: "absent" };
      const graph = graphOf(account);
      const container = containerOf(checkpoint);
      const told = container === null ? null : await readStatus(graph, container);
      if (told === null || told.status === "IN_PROGRESS") return { kind: "unknown" };
      if (told.status !== "PUBLISHED") return { kind: "absent" };
      const since = new Date(first.getTime() - clockSkew);
      return only(await (content.replyTo ? findReplies : findPosts)(graph, account, content, since));
    },

    async fetchPosts(account, since) {
      const graph = graphOf(account);
      const query = { account: account.remoteId, since, most: mostPosts };
      const posts = await listPosts(graph, { ...query, fields: postFields }).catch((error: unknown) => {
        if (!(error instanceof PlatformFailure) || error.failure.kind !== "rejected") throw error;
        return listPosts(graph, { ...query, fields: fewerPostFields });
      });
      const figures = await readAllFigures(graph, posts);
      return posts.map((post) => toPost(post, figures.get(post.id) ?? null));
    },

    async fetchComments(account, since, postRemoteIds) {
      const graph = graphOf(account);
      const list: CommentList = { comments: [], whole: [] };
      for (const post of postRemoteIds) {
        const replies = await unlessGone(listReplies(graph, post, "conversation", since), null);
        list.comments.push(...(replies ?? []).map((reply) => toComment(reply, account, post)));
        if (replies && replies.length < mostReplies) list.whole.push(post);
      }
      return list;
    },

    // Threads has no call to like, and hides what stands right under a post with all that answers it.
    moderation: moderationBy({
      hide: (account, { remoteId }) => graphOf(account).post(`${remoteId}/manage_reply`, { hide: "true" }, doneSchema, false),
      unhide: (account, { remoteId }) => graphOf(account).post(`${remoteId}/manage_reply`, { hide: "false" }, doneSchema, false),
    }),

    collaboration: null,
    readWebhook,
    answerChallenge,
  };
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

const lacksPermission = (error: unknown): boolean =>
  error instanceof PlatformFailure && error.failure.kind === "needs-reauth" && error.failure.reason === "scope";

async function readProfile(graph: Graph): Promise<AccountProfile> {
  const me = await graph.get("me", { fields: profileFields }, profileSchema);
  const told = await graph.get(`${me.id}/threads_insights`, { metric: "followers_count" }, figuresSchema).catch((error: unknown) => {
    // Without the permission, or on a profile that has no Instagram account, Threads keeps the figure to itself.
    if (lacksPermission(error) || (error instanceof PlatformFailure && error.failure.kind === "rejected")) return null;
    throw error;
  });
  return toProfile(me, figureOf(told, "followers_count"));
}

/** Figures by post. Without the permission for them the posts are still worth having. */
async function readAllFigures(graph: Graph, posts: Post[]): Promise<Map<string, Figures>> {
  const found = new Map<string, Figures>();
  for (const { id } of posts.filter((post) => !isRepost(post)).slice(0, mostFigures)) {
    try {
      const figures = await readFigures(graph, id);
      if (figures) found.set(id, figures);
    } catch (error) {
      if (!lacksPermission(error)) throw error;
      break;
    }
  }
  return found;
}

/**
 * Threads says the same of a container that is not quite ready and of one that is published: only the container itself tells
 * whether an earlier try has succeeded.
 */
async function refused(graph: Graph, error: unknown, container: string, before: Checkpoint): Promise<never> {
  if (!isContainerGone(error)) throw error;
  const told = await readStatus(graph, container).catch(() => null);
  if (told?.status === "PUBLISHED" || (told === null && firstCommit(before)))
    throw new PlatformFailure({ kind: "ambiguous" }, "threads: the container of an earlier try is refused", { cause: error });
  throw error;
}

/** A container that Threads cannot find when it is to be published is made anew. */
async function forget(error: unknown, prepared: Checkpoint, save: Save): Promise<never> {
  if (!isContainerGone(error)) throw error;
  await save(withoutContainers(prepared));
  throw new PlatformFailure({ kind: "retryable" }, "threads: the container is gone", { cause: error });
}

type Match = { id: string; permalink?: string | undefined };

const only = ([found, another]: Match[]): Found =>
  found && !another
    ? { kind: "found", published: { remoteId: found.id, permalink: found.permalink ?? null, ref: null } }
    : { kind: "unknown" };

async function findPosts(graph: Graph, account: Account, content: Content, since: Date): Promise<Match[]> {
  const sent = { text: textOf(content), pictures: content.pictures.length, video: content.video !== null };
  const query = { account: account.remoteId, since, most: mostPosts, fields: matchFields };
  return (await listPosts(graph, query)).filter((post) => mayBe(post, sent));
}

async function findReplies(graph: Graph, account: Account, content: Content, since: Date): Promise<Match[]> {
  const replies = await unlessGone(listReplies(graph, content.replyTo?.remoteId ?? "", "replies", since), []);
  return replies.filter((reply) => isOwn(reply, account) && sameText(reply.text, textOf(content)));
}

/** The post is out: nothing that happens here may make it a failure. */
async function readPermalink(graph: Graph, id: string): Promise<string | null> {
  try {
    return (await graph.get(id, { fields: "permalink" }, permalinkSchema)).permalink ?? null;
  } catch {
    return null;
  }
}
