import type { Lab } from "../lab.ts";
import { type ChannelRow, type CommentRow, findChannel, findVideo, published, stateOf, uploadsOf, type VideoRow } from "./tables.ts";

/** Google tells instants in whole seconds. */
export const iso = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

/** The values of a parameter, whether repeated or separated by commas. */
export const listOf = (params: URLSearchParams, name: string): string[] =>
  params
    .getAll(name)
    .flatMap((text) => text.split(","))
    .filter(Boolean);

/** Of a resource's parts those that were asked for; kind and id are always there. */
export function choose(kind: string, id: string, parts: readonly string[], all: { [part: string]: unknown }): { [key: string]: unknown } {
  const asked = Object.entries(all).filter(([part]) => parts.includes(part));
  return { kind: `youtube#${kind}`, etag: `e-${id}`, id, ...Object.fromEntries(asked) };
}

export function channelView(lab: Lab, channel: ChannelRow, parts: readonly string[]) {
  const videos = lab.store.get<{ n: number }>("SELECT count(*) AS n FROM yt_video WHERE channel = ? AND privacy = 'public'", channel.id)?.n;
  const hidden = channel.subscribers_hidden === 1;
  return choose("channel", channel.id, parts, {
    snippet: { title: channel.title, description: channel.about, customUrl: `@${channel.handle}`, publishedAt: "2015-01-01T00:00:00Z" },
    statistics: {
      viewCount: "0",
      // Whoever hides the number of subscribers shows none.
      subscriberCount: hidden ? "0" : String(channel.subscribers),
      hiddenSubscriberCount: hidden,
      videoCount: String(videos ?? 0),
    },
    contentDetails: { relatedPlaylists: { likes: "", uploads: uploadsOf(channel.id) } },
  });
}

/** Comments of a video, those that are only counted among them. */
export const commentCount = (lab: Lab, video: VideoRow): number =>
  video.unlisted_comments + (lab.store.get<{ n: number }>("SELECT count(*) AS n FROM yt_comment WHERE video = ?", video.id)?.n ?? 0);

export function videoView(lab: Lab, video: VideoRow, parts: readonly string[]) {
  const thumbnail = { url: `${lab.settings.origin}/media/youtube/${video.id}/thumbnail`, width: 480, height: 360 };
  return choose("video", video.id, parts, {
    snippet: {
      publishedAt: iso(video.created),
      channelId: video.channel,
      title: video.title,
      description: video.description,
      thumbnails: { default: thumbnail, high: thumbnail },
      channelTitle: findChannel(lab.store, video.channel)?.title ?? "",
      categoryId: video.category,
      liveBroadcastContent: "none",
    },
    status: {
      uploadStatus: video.state,
      ...(video.state === "failed" ? { failureReason: "conversion" } : {}),
      privacyStatus: video.privacy,
      license: "youtube",
      embeddable: true,
      publicStatsViewable: true,
      madeForKids: video.made_for_kids === 1,
      selfDeclaredMadeForKids: video.made_for_kids === 1,
    },
    statistics: {
      viewCount: String(video.views),
      likeCount: String(video.likes),
      favoriteCount: "0",
      ...(video.comments_open ? { commentCount: String(commentCount(lab, video)) } : {}),
    },
  });
}

const escaped = (text: string): string => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/\n/g, "<br>");

/** `textOriginal` is for its author alone; `textDisplay` is HTML unless plain text was asked for. */
export function commentView(lab: Lab, comment: CommentRow, viewer: ChannelRow, plain: boolean) {
  const author = findChannel(lab.store, comment.author)!;
  return choose("comment", comment.id, ["snippet"], {
    snippet: {
      channelId: findVideo(lab.store, comment.video)?.channel,
      videoId: comment.video,
      textDisplay: plain ? comment.text : escaped(comment.text),
      ...(author.id === viewer.id ? { textOriginal: comment.text } : {}),
      ...(comment.parent === null ? {} : { parentId: comment.parent }),
      authorDisplayName: `@${author.handle}`,
      authorChannelId: { value: author.id },
      canRate: true,
      likeCount: comment.likes,
      publishedAt: iso(comment.created),
      updatedAt: iso(stateOf(lab.store, comment.id).edited ?? comment.created),
    },
  });
}

/** How many replies a thread shows by itself. */
const REPLIES_SHOWN = 5;

export function threadView(lab: Lab, top: CommentRow, viewer: ChannelRow, parts: readonly string[], plain: boolean) {
  const count = lab.store.get<{ n: number }>(`SELECT count(*) AS n FROM yt_comment WHERE parent = ? AND ${published}`, top.id)?.n ?? 0;
  const rows = lab.store.all<CommentRow>(
    `SELECT * FROM yt_comment WHERE parent = ? AND ${published} ORDER BY created DESC, id DESC LIMIT ?`,
    ...[top.id, REPLIES_SHOWN],
  );
  const topLevelComment = commentView(lab, top, viewer, plain);
  const channelId = findVideo(lab.store, top.video)?.channel;
  return choose("commentThread", top.id, parts, {
    snippet: { channelId, videoId: top.video, topLevelComment, canReply: true, totalReplyCount: count, isPublic: true },
    ...(rows.length > 0 ? { replies: { comments: rows.map((row) => commentView(lab, row, viewer, plain)) } } : {}),
  });
}
