/** YouTube through its Data API v3, with a channel's consent from Google. */

import { z } from "zod";
import { clockSkew, commit, firstCommit } from "../commit.ts";
import {
  type Account,
  type Checkpoint,
  type Connector,
  type Content,
  type Found,
  PlatformFailure,
  type Published,
  type ReplyTarget,
} from "../contract.ts";
import { moderationBy } from "../moderation.ts";
import { type YoutubeApi, youtubeClient } from "./client.ts";
import { listComments, listReplies, listTopComments, listVideos } from "./lists.ts";
import { accessTokenOf, consentUrl, type GoogleApp, redeem, renew } from "./session.ts";
import {
  type Comment,
  channelSchema,
  commentRef,
  commentRefSchema,
  isPublic,
  permalinkOf,
  sameText,
  textOf,
  toPost,
  toProfile,
} from "./transform.ts";
import {
  askSession,
  descriptionOf,
  isWhole,
  sessionOf,
  setThumbnail,
  type Uploaded,
  uploadVideo,
  usualPiece,
  withoutSession,
} from "./upload.ts";

const idSchema = z.object({ id: z.string() });
const channelsSchema = z.object({ items: z.array(channelSchema).catch([]) });
const parentsSchema = z.object({
  items: z.array(z.object({ id: z.string(), snippet: z.object({ parentId: z.string().optional() }) })).catch([]),
});

const mostPosts = 500;

type Save = (next: Checkpoint) => Promise<void>;
type Options = { app: GoogleApp | null; now: () => Date; piece?: number };

/**
 * `app` gives consent and renews access tokens; without it they end after an hour. `now` serves rate limits and checkpoints;
 * `piece` is the size of what goes up in one call, in bytes, a multiple of 256 KiB.
 */
export function youtubeConnector({ app, now, piece = usualPiece }: Options): Connector {
  const open = (baseUrl: string, token: string): YoutubeApi => youtubeClient({ baseUrl, token, now });
  const apiOf = (account: Account): YoutubeApi => open(account.baseUrl, accessTokenOf(account.grant));

  return {
    platform: "youtube",
    mode: "api",
    // One reading costs at least five of the 10,000 units that a project has in a day, for all its channels together.
    readEvery: 30 * 60,
    connect: null,

    authorize: app && {
      url: (ask) => consentUrl(app, ask),
      async exchange({ baseUrl, ...answer }) {
        const grant = await redeem(app, answer, now());
        const channels = await readChannels(open(baseUrl, accessTokenOf(grant)));
        return channels.map((channel) => ({ profile: toProfile(channel, baseUrl), grant }));
      },
    },

    async fetchProfile(account) {
      const channels = await readChannels(apiOf(account));
      const mine = channels.find(({ id }) => id === account.remoteId);
      if (!mine) throw new PlatformFailure({ kind: "needs-reauth", reason: "revoked" }, "youtube: the token opens another channel");
      return toProfile(mine, account.baseUrl);
    },

    refresh: (account, at) => renew(account.grant, app, at),

    async publish(account, content, checkpoint, save) {
      const api = apiOf(account);
      if (content.replyTo)
        return { kind: "done", published: await sendComment(api, account, content, content.replyTo, checkpoint, save, now) };
      const { video, title } = content;
      if (!video) throw new PlatformFailure({ kind: "rejected", code: "video-required" }, "youtube: no video");
      if (!title?.trim()) throw new PlatformFailure({ kind: "rejected", code: "title-required" }, "youtube: no title");
      let last = checkpoint;
      const keep: Save = async (next) => {
        await save(next);
        last = next;
      };
      const uploaded = await uploadVideo({ api, save: keep, now, piece }, content, video, checkpoint);
      if (isLocked(uploaded)) {
        // It stays private for good: once Google has audited the project, the video is to be uploaded anew.
        await save(withoutSession(last));
        throw new PlatformFailure({ kind: "not-entitled", what: "audit" }, "youtube: uploads are locked as private");
      }
      await setThumbnail(api, uploaded.id, content);
      return { kind: "done", published: publishedVideo(account, uploaded.id) };
    },

    async findPublished(account, content, checkpoint) {
      const since = firstCommit(checkpoint);
      if (!since) return { kind: "absent" };
      const api = apiOf(account);
      if (content.replyTo) return findComment(api, account, content, content.replyTo, since);
      return findVideo(api, account, content, checkpoint, since);
    },

    async fetchPosts(account, since) {
      const videos = await listVideos(apiOf(account), since, mostPosts);
      return videos.filter(isPublic).map((video) => toPost(video, account.baseUrl));
    },

    fetchComments: (account, since, postRemoteIds) => listComments(apiOf(account), account, since, postRemoteIds),

    // YouTube has no call to like a comment. Held for review it can be shown again, here and by the channel's own people.
    moderation: moderationBy({
      hide: (account, { remoteId }) => setStatus(apiOf(account), remoteId, "heldForReview"),
      unhide: (account, { remoteId }) => setStatus(apiOf(account), remoteId, "published"),
    }),

    collaboration: null,
    readWebhook: null,
    answerChallenge: null,
  };
}

const publishedVideo = (account: Account, id: string): Published => ({
  remoteId: id,
  permalink: permalinkOf(account.baseUrl, id),
  ref: null,
});

/** We ask for "public" always: what is answered as private, Google has locked. */
const isLocked = ({ status }: Uploaded): boolean => status?.privacyStatus === "private";

const readChannels = async (api: YoutubeApi) =>
  (await api.get("channels", { mine: "true", part: "snippet,statistics", maxResults: "50" }, channelsSchema)).items;

/** The answer has no body. */
async function setStatus(api: YoutubeApi, id: string, moderationStatus: "heldForReview" | "published"): Promise<void> {
  const url = `${api.baseUrl}/youtube/v3/comments/setModerationStatus?${new URLSearchParams({ id, moderationStatus })}`;
  await api.exchange({ method: "POST", url }, [], false);
}

/** YouTube takes replies to the comments at the top alone. Null when the comment is gone. */
async function topOf(api: YoutubeApi, { remoteId, ref }: ReplyTarget): Promise<string | null> {
  const known = commentRefSchema.safeParse(ref);
  if (known.success) return known.data.top ?? remoteId;
  const { items } = await api.get("comments", { id: remoteId, part: "snippet" }, parentsSchema);
  const [comment] = items;
  return comment ? (comment.snippet.parentId ?? comment.id) : null;
}

const isFirstComment = ({ remoteId, postRemoteId }: ReplyTarget): boolean => remoteId === postRemoteId;

async function sendComment(
  api: YoutubeApi,
  account: Account,
  content: Content,
  target: ReplyTarget,
  checkpoint: Checkpoint,
  save: Save,
  now: () => Date,
): Promise<Published> {
  if (content.pictures.length > 0 || content.video)
    throw new PlatformFailure({ kind: "rejected", code: "pictures-in-reply" }, "youtube: a comment carries text only");
  const own = { snippet: { textOriginal: descriptionOf(content) } };
  if (isFirstComment(target)) {
    const body = { snippet: { channelId: account.remoteId, videoId: target.remoteId, topLevelComment: own } };
    const { id } = await commit(checkpoint, save, now(), () => api.post("commentThreads", { part: "snippet" }, body, idSchema, true));
    return publishedComment(account, id, target, null);
  }
  const top = await topOf(api, target);
  if (top === null) throw new PlatformFailure({ kind: "rejected", code: "not-found" }, "youtube: the comment is gone");
  const body = { snippet: { parentId: top, ...own.snippet } };
  const { id } = await commit(checkpoint, save, now(), () => api.post("comments", { part: "snippet" }, body, idSchema, true));
  return publishedComment(account, id, target, top);
}

const publishedComment = (account: Account, id: string, { postRemoteId }: ReplyTarget, top: string | null): Published => ({
  remoteId: id,
  permalink: postRemoteId === null ? null : `${permalinkOf(account.baseUrl, postRemoteId)}&lc=${encodeURIComponent(id)}`,
  ref: commentRef(top),
});

/** Google tells whole seconds. */
const secondOf = (instant: Date) => new Date(Math.floor(instant.getTime() / 1000) * 1000);
const before = (instant: Date) => new Date(instant.getTime() - clockSkew);

/**
 * The session knows: finished, it names the video; unfinished, nothing is out. Where it is gone the video is recognised by its
 * title and time, if exactly one fits; that none does proves nothing, for YouTube lists a new video late.
 */
async function findVideo(api: YoutubeApi, account: Account, content: Content, checkpoint: Checkpoint, since: Date): Promise<Found> {
  const session = sessionOf(checkpoint);
  const { video } = content;
  const progress = session === null || !video ? null : await askSession(api, session, video.bytes);
  if (video && progress?.kind === "received") return { kind: isWhole(progress, video) ? "unknown" : "absent" };
  let id: string | null = null;
  if (progress?.kind === "done") {
    // A video that is locked as private is not published: the next try says so.
    if (isLocked(progress.video)) return { kind: "absent" };
    id = progress.video.id;
  } else {
    const videos = (await listVideos(api, before(since), mostPosts)).filter(isPublic);
    const like = videos.filter(({ snippet }) => sameText(snippet.title, content.title ?? ""));
    const [only, another] = like;
    if (only && !another && only.snippet.publishedAt >= secondOf(since)) id = only.id;
  }
  if (id === null) return { kind: "unknown" };
  await setThumbnail(api, id, content);
  return { kind: "found", published: publishedVideo(account, id) };
}

/** A comment is recognised by its words and time; one from before the attempt, though within the clocks' play, decides nothing. */
async function findComment(api: YoutubeApi, account: Account, content: Content, target: ReplyTarget, since: Date): Promise<Found> {
  const top = isFirstComment(target) ? null : await topOf(api, target);
  if (top === null && !isFirstComment(target)) return { kind: "absent" };
  const comments = top === null ? await listTopComments(api, target.remoteId, before(since)) : await listReplies(api, top);
  const text = descriptionOf(content);
  const isLike = (comment: Comment) =>
    comment.snippet.authorChannelId?.value === account.remoteId &&
    sameText(textOf(comment), text) &&
    comment.snippet.publishedAt >= before(since);
  const like = comments.filter(isLike);
  const ours = like.filter(({ snippet }) => snippet.publishedAt >= secondOf(since));
  if (ours.length === 1 && ours[0]) return { kind: "found", published: publishedComment(account, ours[0].id, target, top) };
  return { kind: like.length === 0 ? "absent" : "unknown" };
}
