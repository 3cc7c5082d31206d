/** Facebook Pages through the Graph API, with a page's own access token. */

import { z } from "zod";
import { clockSkew, commit, firstCommit } from "../commit.ts";
import {
  type Account,
  type AccountProfile,
  type Checkpoint,
  type Connector,
  type Content,
  PlatformFailure,
  type Published,
} from "../contract.ts";
import { linkIsCard, outgoingText } from "../outgoing.ts";
import { type Graph, graphClient } from "./client.ts";
import { listComments, listPosts, readAlts } from "./lists.ts";
import {
  commentSchema,
  insightFields,
  isPublication,
  matchFields,
  photosOf,
  postFields,
  sameText,
  toComment,
  toPost,
} from "./transform.ts";
import { answerChallenge, readWebhook } from "./webhook.ts";

const grantSchema = z.object({ pageToken: z.string().min(1) });
const idSchema = z.object({ id: z.string() });
const permalinkSchema = z.object({ permalink_url: z.string().optional() });
const profileSchema = z.object({
  id: z.string(),
  name: z.string(),
  username: z.string().optional(),
  link: z.string().optional(),
  followers_count: z.number().optional(),
});
const tokenSchema = z.object({ data: z.object({ scopes: z.array(z.string()).optional() }) });

const profileFields = "id,name,username,link,followers_count";
const neededScopes = ["pages_manage_posts", "pages_manage_engagement", "pages_read_engagement", "pages_read_user_content"];
const mostPosts = 500;

type Sent = { text: string; link: string | null; photos: string[] };

/** `version` is the Graph version, like "v26.0"; `now` serves rate limits and checkpoints. */
export function facebookConnector({ version, now }: { version: string; now: () => Date }): Connector {
  const open = (baseUrl: string, token: string): Graph => graphClient({ baseUrl, version, token, now });
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
      const send = content.replyTo ? sendReply : sendPost;
      return { kind: "done", published: await send(graph, account, content, checkpoint, save, now) };
    },

    async findPublished(account, content, checkpoint) {
      const since = firstCommit(checkpoint);
      if (!since) return { kind: "absent" };
      const graph = graphOf(account);
      const find = content.replyTo ? findReply : findPost;
      const published = await find(graph, account, content, checkpoint, new Date(since.getTime() - clockSkew));
      return published ? { kind: "found", published } : { kind: "absent" };
    },

    async fetchPosts(account, since) {
      const graph = graphOf(account);
      const query = { page: account.remoteId, since, most: mostPosts };
      const found = await listPosts(graph, { ...query, fields: `${postFields},${insightFields}` }).catch((error: unknown) => {
        // Without the permission for insights, or with a metric that a new version dropped, the rest is still worth having.
        if (!isFailure(error, "rejected") && !isFailure(error, "needs-reauth")) throw error;
        return listPosts(graph, { ...query, fields: postFields });
      });
      const posts = found.filter((post) => post.from === undefined || post.from.id === account.remoteId);
      const alts = await readAlts(graph, posts.flatMap(photosOf));
      return posts.map((post) => toPost(post, alts));
    },

    async fetchComments(account, since, postRemoteIds) {
      const graph = graphOf(account);
      const found = [];
      for (const post of postRemoteIds) {
        const comments = await unlessGone(listComments(graph, post, since), []);
        found.push(...comments.map((comment) => toComment(comment, account.remoteId, post)));
      }
      return found;
    },

    authorize: null,
    collaboration: null,
    readWebhook,
    answerChallenge,
  };
}

async function readProfile(graph: Graph, page: string): Promise<AccountProfile> {
  const profile = await graph.get(page, { fields: profileFields }, profileSchema);
  return {
    remoteId: profile.id,
    handle: profile.username ?? profile.id,
    name: profile.name,
    url: profile.link ?? null,
    followers: profile.followers_count ?? null,
    commentsOpen: null,
  };
}

/** Refuses a token that lacks a permission. Where the platform does not tell, the first call that needs it will. */
async function checkScopes(graph: Graph, token: string): Promise<void> {
  const told = await graph.get("debug_token", { input_token: token }, tokenSchema).catch((error: unknown) => {
    if (error instanceof PlatformFailure) return null;
    throw error;
  });
  const missing = neededScopes.filter((scope) => told?.data.scopes !== undefined && !told.data.scopes.includes(scope));
  if (missing.length > 0) throw new PlatformFailure({ kind: "needs-reauth", reason: "scope" }, `facebook: missing ${missing.join(", ")}`);
}

type Save = (next: Checkpoint) => Promise<void>;
type Send = (graph: Graph, account: Account, content: Content, checkpoint: Checkpoint, save: Save, now: () => Date) => Promise<Published>;

const sendPost: Send = async (graph, account, content, checkpoint, save, now) => {
  const prepared = await uploadPhotos(graph, account, content, checkpoint, save);
  const sent = toSend(content, prepared);
  const body = new URLSearchParams();
  if (sent.text !== "") body.set("message", sent.text);
  if (sent.link !== null) body.set("link", sent.link);
  if (sent.photos.length > 0) body.set("attached_media", JSON.stringify(sent.photos.map((id) => ({ media_fbid: id }))));

  const { id } = await commitOnce(checkpoint, prepared, save, now, () => graph.post(`${account.remoteId}/feed`, body, idSchema, true));
  return { remoteId: id, permalink: await readPermalink(graph, id), ref: null };
};

const sendReply: Send = async (graph, _, content, checkpoint, save, now) => {
  const parent = content.replyTo!.remoteId;
  if (content.pictures.length > 0)
    throw new PlatformFailure({ kind: "rejected", code: "pictures-in-reply" }, "facebook: a reply carries text only");
  const body = new URLSearchParams({ message: replyText(content) });
  const { id } = await commitOnce(checkpoint, checkpoint, save, now, () => graph.post(`${parent}/comments`, body, idSchema, true));
  return { remoteId: id, permalink: await readPermalink(graph, id), ref: null };
};

/** After an earlier try, "duplicate" may be our own post: then it is to be looked up, not refused. */
async function commitOnce<T>(before: Checkpoint, prepared: Checkpoint, save: Save, now: () => Date, call: () => Promise<T>): Promise<T> {
  return commit(prepared, save, now(), () =>
    call().catch((error: unknown) => {
      if (firstCommit(before) && isFailure(error, "rejected") && error.failure.code === "duplicate")
        throw new PlatformFailure({ kind: "ambiguous" }, "facebook: duplicate of an earlier try", { cause: error });
      throw error;
    }),
  );
}

/** Uploads the pictures that the checkpoint does not know yet, unpublished, and saves the id of each at once. */
async function uploadPhotos(graph: Graph, account: Account, content: Content, checkpoint: Checkpoint, save: Save): Promise<Checkpoint> {
  let current = checkpoint;
  for (const picture of content.pictures) {
    const known = photoIds(current);
    if (known[picture.digest] !== undefined) continue;
    const form = new FormData();
    const bytes = new Uint8Array(await picture.read());
    form.set("source", new Blob([bytes], { type: picture.mime }), picture.mime === "image/png" ? "picture.png" : "picture.jpg");
    form.set("published", "false");
    if (picture.alt !== "") form.set("alt_text_custom", picture.alt);
    const { id } = await graph.post(`${account.remoteId}/photos`, form, idSchema, false);
    current = { stage: "prepared", at: current.at, data: { ...current.data, photos: { ...known, [picture.digest]: id } } };
    await save(current);
  }
  return current;
}

function photoIds(checkpoint: Checkpoint): Record<string, string> {
  return z.record(z.string(), z.string()).catch({}).parse(checkpoint.data.photos);
}

function toSend(content: Content, checkpoint: Checkpoint): Sent {
  const outgoing = { text: content.text, link: content.link, withPictures: content.pictures.length > 0 };
  const known = photoIds(checkpoint);
  return {
    text: outgoingText("facebook", outgoing),
    link: linkIsCard("facebook", outgoing) ? content.link : null,
    photos: content.pictures.map((picture) => known[picture.digest]).filter((id) => id !== undefined),
  };
}

/** A comment has no card: its link stands in the text. */
function replyText(content: Content): string {
  return outgoingText("facebook", { text: content.text, link: content.link, withPictures: true });
}

/** The post is out: nothing that happens here may make it a failure. */
async function readPermalink(graph: Graph, id: string): Promise<string | null> {
  try {
    return (await graph.get(id, { fields: "permalink_url" }, permalinkSchema)).permalink_url ?? null;
  } catch {
    return null;
  }
}

type Find = (graph: Graph, account: Account, content: Content, checkpoint: Checkpoint, since: Date) => Promise<Published | null>;

const findPost: Find = async (graph, account, content, checkpoint, since) => {
  const posts = await listPosts(graph, { page: account.remoteId, since, most: mostPosts, fields: matchFields });
  const sent = toSend(content, checkpoint);
  const ours = posts.find((post) => isPublication(post, account.remoteId, sent));
  return ours ? { remoteId: ours.id, permalink: ours.permalink_url ?? null, ref: null } : null;
};

/** A reply to a reply may be filed under the comment at the top, so both places are looked through. */
const findReply: Find = async (graph, account, content, _, since) => {
  const target = await unlessGone(graph.get(content.replyTo!.remoteId, { fields: "id,created_time,parent{id}" }, commentSchema), null);
  if (!target) return null;
  for (const place of target.parent ? [target.id, target.parent.id] : [target.id]) {
    const replies = await unlessGone(listComments(graph, place, since), []);
    const ours = replies.find((reply) => reply.from?.id === account.remoteId && sameText(reply.message, replyText(content)));
    if (ours) return { remoteId: ours.id, permalink: await readPermalink(graph, ours.id), ref: null };
  }
  return null;
};

async function unlessGone<T>(read: Promise<T>, otherwise: T): Promise<T> {
  return read.catch((error: unknown) => {
    if (isFailure(error, "rejected") && error.failure.code === "not-found") return otherwise;
    throw error;
  });
}

function isFailure<K extends PlatformFailure["failure"]["kind"]>(
  error: unknown,
  kind: K,
): error is PlatformFailure & { failure: Extract<PlatformFailure["failure"], { kind: K }> } {
  return error instanceof PlatformFailure && error.failure.kind === kind;
}
