import type { SQLInputValue } from "node:sqlite";
import type { Lab } from "../lab.ts";
import { bad, forbidden, notFound } from "./errors.ts";
import {
  type ChannelRow,
  type CommentRow,
  findByHandle,
  findChannel,
  findComment,
  findVideo,
  published,
  type VideoRow,
  videoFields,
} from "./tables.ts";
import { channelView, choose, commentView, iso, listOf, threadView, videoView } from "./view.ts";

export type Asked = { lab: Lab; viewer: ChannelRow; params: URLSearchParams; parts: string[] };

const reply = (kind: string, items: unknown[], more: object = {}) => ({
  kind: `youtube#${kind}ListResponse`,
  etag: "e",
  pageInfo: { totalResults: items.length, resultsPerPage: items.length },
  ...more,
  items,
});

/** One page of rows, newest first, by position, so that new ones do not shift it. */
function pageOf<Row extends { created: number; id: string }>(
  { lab, params }: Asked,
  source: { select: string; where: string; values: SQLInputValue[]; most: number },
): { rows: Row[]; more: object } {
  const { select, where, values, most } = source;
  const asked = params.get("maxResults") ?? String(most === 50 ? 5 : 20);
  const limit = Number(asked);
  if (!Number.isInteger(limit) || limit < 1 || limit > most) throw bad("invalidParameter", `Invalid value '${asked}' for maxResults`);
  const token = params.get("pageToken");
  const [created, id] = token === null ? [] : Buffer.from(token, "base64url").toString("utf8").split("|");
  if (token !== null && (!id || !Number.isFinite(Number(created))))
    throw bad("invalidPageToken", "The request specifies an invalid page token.");
  const after = token === null ? "" : "AND (created, id) < (?, ?)";
  const bound = token === null ? values : [...values, Number(created), String(id)];
  const rows = lab.store.all<Row>(`${select} WHERE ${where} ${after} ORDER BY created DESC, id DESC LIMIT ?`, ...[...bound, limit + 1]);
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  if (!last) return { rows, more: {} };
  return { rows: rows.slice(0, limit), more: { nextPageToken: Buffer.from(`${last.created}|${last.id}`).toString("base64url") } };
}

/** GET /channels by mine, id or forHandle. */
export function channels({ lab, viewer, params, parts }: Asked): unknown {
  const handle = params.get("forHandle");
  const found =
    params.get("mine") === "true"
      ? [viewer]
      : handle !== null
        ? [findByHandle(lab.store, handle)]
        : listOf(params, "id").map((id) => findChannel(lab.store, id));
  if (!params.has("mine") && handle === null && !params.has("id")) throw bad("missingRequiredParameter", "No filter selected.");
  const items = found.flatMap((channel) => (channel ? [channelView(lab, channel, parts)] : []));
  return reply("channel", items);
}

const visible = (video: VideoRow, viewer: ChannelRow) => video.privacy !== "private" || video.channel === viewer.id;

/** GET /videos by id: at most fifty; those that the viewer may not see are left out. */
export function videos({ lab, viewer, params, parts }: Asked): unknown {
  const ids = listOf(params, "id");
  if (ids.length === 0) throw bad("missingRequiredParameter", "No filter selected.");
  if (ids.length > 50) throw bad("invalidFilters", "Too many ids.");
  const rows = ids.flatMap((id) => findVideo(lab.store, id) ?? []).filter((video) => visible(video, viewer));
  return reply(
    "video",
    rows.map((video) => videoView(lab, video, parts)),
  );
}

/** GET /playlistItems of a channel's uploads, newest first; the owner's list has the private ones too. */
export function playlistItems(asked: Asked): unknown {
  const { lab, viewer, params, parts } = asked;
  const playlist = params.get("playlistId") ?? "";
  const channel = findChannel(lab.store, playlist.replace(/^UU/, "UC"));
  if (!channel || !playlist.startsWith("UU")) throw notFound("playlistNotFound", "The playlist cannot be found.");
  const { rows, more } = pageOf<VideoRow>(asked, {
    select: `SELECT ${videoFields} FROM yt_video`,
    where: "channel = ? AND (privacy = 'public' OR channel = ?)",
    values: [channel.id, viewer.id],
    most: 50,
  });
  const items = rows.map((video) =>
    choose("playlistItem", `${playlist}.${video.id}`, parts, {
      snippet: {
        publishedAt: iso(video.created),
        channelId: channel.id,
        title: video.title,
        description: video.description,
        playlistId: playlist,
        resourceId: { kind: "youtube#video", videoId: video.id },
      },
      contentDetails: { videoId: video.id, videoPublishedAt: iso(video.created) },
      status: { privacyStatus: video.privacy },
    }),
  );
  return reply("playlistItem", items, more);
}

function plainText({ params }: Asked): boolean {
  const format = params.get("textFormat") ?? "html";
  if (format !== "html" && format !== "plainText") throw bad("invalidParameter", "Invalid textFormat");
  return format === "plainText";
}

/** GET /commentThreads of a video, or of everything that a channel has: newest first. */
export function commentThreads(asked: Asked): unknown {
  const { lab, viewer, params, parts } = asked;
  const plain = plainText(asked);
  const ids = listOf(params, "id");
  if (ids.length > 0) {
    const rows = ids.flatMap((id) => findComment(lab.store, id) ?? []).filter((row) => row.parent === null);
    return reply(
      "commentThread",
      rows.map((row) => threadView(lab, row, viewer, parts, plain)),
    );
  }
  const [video, channel] = [params.get("videoId"), params.get("allThreadsRelatedToChannelId")];
  if ((video === null) === (channel === null)) throw bad("missingRequiredParameter", "No filter selected, or several.");
  if (video !== null) {
    const row = findVideo(lab.store, video);
    if (!row || !visible(row, viewer)) throw notFound("videoNotFound", "The video identified by the videoId parameter could not be found.");
    if (!row.comments_open) throw forbidden("commentsDisabled", "The video has disabled comments.");
  } else if (!findChannel(lab.store, channel ?? "")) throw notFound("channelNotFound", "The channel could not be found.");
  const status = params.get("moderationStatus") ?? "published";
  if (!["published", "heldForReview", "likelySpam"].includes(status)) throw bad("invalidParameter", "Invalid moderationStatus");
  const shown = status === "published" ? published : `id IN (SELECT comment FROM yt_comment_state WHERE moderation = '${status}')`;
  const where =
    video === null
      ? "parent IS NULL AND video IN (SELECT id FROM yt_video WHERE channel = ? AND comments_open = 1)"
      : "parent IS NULL AND video = ?";
  const { rows, more } = pageOf<CommentRow>(asked, {
    ...{ select: "SELECT * FROM yt_comment", where: `${where} AND ${shown}`, values: [video ?? channel], most: 100 },
  });
  return reply(
    "commentThread",
    rows.map((row) => threadView(lab, row, viewer, parts, plain)),
    more,
  );
}

/** GET /comments by id, or the replies to a top-level comment. */
export function comments(asked: Asked): unknown {
  const { lab, viewer, params } = asked;
  const plain = plainText(asked);
  const ids = listOf(params, "id");
  const parent = params.get("parentId");
  if (ids.length > 0 && parent !== null) throw bad("incompatibleParameters", "Incompatible parameters specified in the request.");
  if (ids.length > 0) {
    const rows = ids.flatMap((id) => findComment(lab.store, id) ?? []);
    return reply(
      "comment",
      rows.map((row) => commentView(lab, row, viewer, plain)),
    );
  }
  if (parent === null) throw bad("missingRequiredParameter", "No filter selected.");
  if (!findComment(lab.store, parent)) throw notFound("commentNotFound", "The comment could not be found.");
  const { rows, more } = pageOf<CommentRow>(asked, {
    ...{ select: "SELECT * FROM yt_comment", where: `parent = ? AND ${published}`, values: [parent], most: 100 },
  });
  return reply(
    "comment",
    rows.map((row) => commentView(lab, row, viewer, plain)),
    more,
  );
}
