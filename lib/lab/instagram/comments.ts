import type { Citizens } from "../citizens.ts";
import { GraphError, invalid } from "../facebook/errors.ts";
import { flag, parameter } from "../facebook/parameters.ts";
import type { LabRequest } from "../http.ts";
import type { Lab } from "../lab.ts";
import { commentAdded } from "./changes.ts";
import { type CommentRow, findComment, findMedia, postPath } from "./tables.ts";

const LONGEST_COMMENT = 2_200;

/** Adds a comment, by a visitor or by the account, and sends its webhook. */
export function addComment(
  lab: Lab,
  media: string,
  parent: string | null,
  from: { id: string; username: string },
  written: string,
): CommentRow {
  const text = written.trim();
  if (!text) throw invalid("Param message must be a non-empty string");
  if (text.length > LONGEST_COMMENT) throw invalid("Param message is too long");
  const id = lab.store.nextId();
  lab.store.run(
    "INSERT INTO ig_comment (id, media, parent, from_id, username, text, created) VALUES (?, ?, ?, ?, ?, ?, ?)",
    ...[id, media, parent, from.id, from.username, text, lab.now()],
  );
  const comment = findComment(lab.store, id)!;
  commentAdded(lab, comment);
  return comment;
}

/** POST /{media}/comments: the account's own comment straight under its post. */
export const addPostComment = (
  lab: Lab,
  media: string,
  account: { id: string; username: string },
  request: LabRequest,
): { id: string } => ({
  id: addComment(lab, media, null, account, parameter(request, "message") ?? "").id,
});

/** POST /{comment}/replies: under a visible comment that stands directly under the post. */
export function addReply(lab: Lab, comment: CommentRow, account: { id: string; username: string }, request: LabRequest): { id: string } {
  if (comment.parent !== null) throw invalid("Only a top-level comment can be replied to");
  if (comment.hidden === 1) throw invalid("A hidden comment cannot be replied to");
  return { id: addComment(lab, comment.media, comment.id, account, parameter(request, "message") ?? "").id };
}

/** POST /{comment}: `hide` for others' comments. */
export function hideComment(lab: Lab, comment: CommentRow, account: string, request: LabRequest): void {
  const hide = flag(request, "hide");
  if (hide === undefined) throw invalid("The parameter hide is required");
  if (comment.from_id === account) throw new GraphError("(#10) The owner's own comments stay visible", { code: 10 });
  lab.store.run("UPDATE ig_comment SET hidden = ? WHERE id = ?", hide ? 1 : 0, comment.id);
}

const ofCitizen = (lab: Lab, id: string) => {
  const comment = findComment(lab.store, id);
  const media = comment && findMedia(lab.store, comment.media);
  return media && media.account !== comment.from_id ? { comment, media } : null;
};

/** Instagram tells the app of neither. */
export const citizens: Citizens = {
  find: (lab, id) => {
    const found = ofCitizen(lab, id);
    if (!found) return null;
    const { comment, media } = found;
    return { name: comment.username, text: comment.text, path: `${postPath(lab.store, media)}#komentar-${comment.id}` };
  },
  edit: (lab, id, text) => void lab.store.run("UPDATE ig_comment SET text = ? WHERE id = ?", text, id),
  remove: (lab, id) => void lab.store.run("DELETE FROM ig_comment WHERE id = ?", id),
};
