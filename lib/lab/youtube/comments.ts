import type { Citizens } from "../citizens.ts";
import type { LabRequest } from "../http.ts";
import type { Lab } from "../lab.ts";
import { bad, forbidden, notFound } from "./errors.ts";
import {
  type ChannelRow,
  type CommentRow,
  commentId,
  findChannel,
  findComment,
  findVideo,
  setState,
  stateOf,
  type VideoRow,
  videoPath,
} from "./tables.ts";
import { commentView, listOf, threadView } from "./view.ts";

const LONGEST = 10_000;

/** Adds a comment under a video, or a reply under a comment at the top; throws Google's problems. */
export function addComment(lab: Lab, author: ChannelRow, video: VideoRow, parent: CommentRow | null, said: string): CommentRow {
  const text = said.trim();
  if (text === "") throw bad("commentTextRequired", "The comment must have text.");
  if (text.length > LONGEST) throw bad("commentTextTooLong", "The comment text is too long.");
  if (!video.comments_open) throw forbidden("commentsDisabled", "The video has disabled comments.");
  const id = commentId(parent?.id ?? null, null);
  lab.store.run(
    "INSERT INTO yt_comment (id, video, parent, author, text, created) VALUES (?, ?, ?, ?, ?, ?)",
    ...[id, video.id, parent?.id ?? null, author.id, text, lab.now()],
  );
  return findComment(lab.store, id)!;
}

type Snippet = { textOriginal?: unknown; parentId?: unknown; videoId?: unknown; channelId?: unknown; topLevelComment?: unknown };
const snippetOf = (resource: unknown): Snippet => {
  const snippet = (resource as { snippet?: unknown } | null | undefined)?.snippet;
  return typeof snippet === "object" && snippet !== null ? snippet : {};
};

/** POST /commentThreads: a comment of one's own straight under a video. */
export function insertThread(lab: Lab, author: ChannelRow, { fields }: LabRequest, parts: readonly string[]): unknown {
  const snippet = snippetOf(fields);
  if (typeof snippet.videoId !== "string" || typeof snippet.channelId !== "string")
    throw bad("channelOrVideoIdMissing", "Each comment thread must be linked to a video.");
  const video = findVideo(lab.store, snippet.videoId);
  if (!video || (video.privacy === "private" && video.channel !== author.id))
    throw notFound("videoNotFound", "The video identified by the videoId parameter could not be found.");
  if (video.channel !== snippet.channelId) throw notFound("channelNotFound", "The channel could not be found.");
  const text = String(snippetOf(snippet.topLevelComment).textOriginal ?? "");
  return threadView(lab, addComment(lab, author, video, null, text), author, parts, false);
}

/** POST /comments: a reply. There is one level of replies; what answers a reply stands under the same comment at the top. */
export function insertReply(lab: Lab, author: ChannelRow, { fields }: LabRequest): unknown {
  const snippet = snippetOf(fields);
  if (typeof snippet.parentId !== "string") throw bad("parentIdMissing", "Each comment must be linked to a comment thread.");
  const parent = findComment(lab.store, snippet.parentId);
  if (!parent) throw notFound("parentCommentNotFound", "The specified parent comment could not be found.");
  if (parent.parent !== null) throw bad("operationNotSupported", "Replies to replies are not supported.");
  const video = findVideo(lab.store, parent.video)!;
  return commentView(lab, addComment(lab, author, video, parent, String(snippet.textOriginal ?? "")), author, false);
}

/** DELETE /comments?id=…: one's own, or any under one's own videos. */
export function deleteComment(lab: Lab, channel: ChannelRow, id: string): void {
  const comment = findComment(lab.store, id);
  if (!comment) throw notFound("commentNotFound", "The comment could not be found.");
  if (comment.author !== channel.id && findVideo(lab.store, comment.video)?.channel !== channel.id)
    throw forbidden("forbidden", "The comment could not be deleted.");
  lab.store.run("DELETE FROM yt_comment WHERE id = ?", id);
}

const statuses = ["heldForReview", "published", "rejected"] as const;

/** POST /comments/setModerationStatus?id=…&moderationStatus=…: comments under one's own videos. */
export function setModerationStatus(lab: Lab, channel: ChannelRow, params: URLSearchParams): void {
  const moderation = statuses.find((status) => status === params.get("moderationStatus"));
  if (!moderation) throw bad("invalidParameter", "Invalid moderationStatus");
  if (params.get("banAuthor") === "true" && moderation !== "rejected") throw bad("banWithoutReject", "Only authors of rejected comments.");
  const ids = listOf(params, "id");
  if (ids.length === 0) throw bad("missingRequiredParameter", "No id was named.");
  for (const id of ids) {
    const comment = findComment(lab.store, id);
    if (!comment) throw notFound("commentNotFound", "One or more of the comments could not be found.");
    if (findVideo(lab.store, comment.video)?.channel !== channel.id) throw forbidden("forbidden", "The comment cannot be moderated.");
    setState(lab.store, id, { ...stateOf(lab.store, id), moderation });
  }
}

export const citizens: Citizens = {
  find: (lab, id) => {
    const comment = findComment(lab.store, id);
    const author = comment && findChannel(lab.store, comment.author);
    if (!author || author.listed) return null;
    return { name: author.title, text: comment.text, path: `${videoPath(comment.video)}#komentar-${id}` };
  },
  edit: (lab, id, text) => {
    lab.store.run("UPDATE yt_comment SET text = ? WHERE id = ?", text, id);
    setState(lab.store, id, { ...stateOf(lab.store, id), edited: lab.now() });
  },
  remove: (lab, id) => void lab.store.run("DELETE FROM yt_comment WHERE id = ?", id),
};
