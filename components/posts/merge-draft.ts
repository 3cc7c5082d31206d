import { takesCollaborators } from "#lib/platforms/problems.ts";
import type { PostContent } from "#lib/posts/content.ts";
import { type DraftConflict, type MergeableDraft, mergeDrafts } from "#lib/posts/draft-merging.ts";
import { carriesFirstComment } from "#lib/posts/rules.ts";
import { type Draft, type DraftPicture, type DraftVideo, draftOf, isVideo, kept } from "./draft.ts";

/** A draft as somebody else left it on the server. `name` null: the same person, from another place. */
export type Theirs = { draft: Draft; known: MergeableDraft; revision: number; name: string | null };
export type Conflict = { mine: Draft; theirs: Theirs; merged: MergeableDraft; conflicts: DraftConflict[] };
export type Choice = "mine" | "theirs" | "both";

/** The server's draft as this form would have kept it: what none of its channels can carry, it did not keep. */
export function theirsOf(
  {
    content,
    publishAt,
    tags,
    revision,
    name,
  }: { content: PostContent; publishAt: string | null; tags: string[]; revision: number; name: string | null },
  base: MergeableDraft,
): Theirs {
  const draft = draftOf(content, { publishAt, tags });
  const known = kept(draft);
  if (!content.channels.some(carriesFirstComment)) known.firstComment = base.firstComment;
  if (!content.channels.some((channel) => takesCollaborators(channel.platform))) known.collaborators = base.collaborators;
  return { draft, known, revision, name };
}

const inIdOrder = (draft: MergeableDraft) =>
  JSON.stringify([
    Object.entries({ ...draft, channels: [...draft.channels].sort((a, b) => a.channelId.localeCompare(b.channelId)) }).sort(([a], [b]) =>
      a.localeCompare(b),
    ),
  ]);
/** Whether two drafts hold the same, in whatever order their channels were chosen. */
export const sameDraft = (one: MergeableDraft, other: MergeableDraft) => inIdOrder(one) === inIdOrder(other);

/** Brings what stands in the form together with what stands on the server; both began as `base`. */
export function bringTogether(base: MergeableDraft, mine: Draft, theirs: Theirs): Conflict {
  const { draft, conflicts } = mergeDrafts(base, kept(mine), theirs.known);
  return { mine, theirs, merged: draft, conflicts };
}

/** The places where a choice is due, by field and, within a text, by piece. */
export const choicesIn = (conflicts: readonly DraftConflict[]): string[] =>
  conflicts.flatMap((conflict) =>
    "pieces" in conflict
      ? conflict.pieces.flatMap((piece, index) => (typeof piece === "string" ? [] : [`${conflict.field}:${index}`]))
      : [conflict.field],
  );

/** The form after every choice was made: what was not chosen between stands as it was merged. */
export function settled({ mine, theirs, merged, conflicts }: Conflict, choices: Readonly<Record<string, Choice>>): Draft {
  const result = structuredClone(merged);
  for (const conflict of conflicts) {
    const { field } = conflict;
    const value = "pieces" in conflict ? textOf(conflict, choices) : choices[field] === "theirs" ? conflict.theirs : conflict.mine;
    const [kind, id] = field.split(".");
    if (kind === "channel") result.channels = replaced(result.channels, "channelId", id!, value, (text) => ({ channelId: id!, text }));
    else if (kind === "media" && id)
      result.media = replaced(result.media, "mediaId", id, value, (alt) => ({ mediaId: id, alt: alt ?? "" }));
    else if (field === "media") result.media = inOrder(result.media, value as readonly string[]);
    else Object.assign(result, { [field]: value });
  }
  return formOf(result, mine, theirs.draft);
}

function textOf({ field, pieces }: Extract<DraftConflict, { pieces: unknown }>, choices: Readonly<Record<string, Choice>>): string {
  return pieces
    .map((piece, index) => {
      if (typeof piece === "string") return piece;
      const choice = choices[`${field}:${index}`] ?? "both";
      if (choice !== "both") return piece[choice];
      const gap = piece.theirs && !/\n$/.test(piece.theirs) ? "\n" : "";
      return `${piece.theirs}${gap}${piece.mine}`;
    })
    .join("");
}

/** The rows with one of them changed, added, or (undefined) taken out. */
function replaced<Row extends object>(rows: Row[], key: keyof Row, id: string, value: unknown, row: (value: string | null) => Row): Row[] {
  if (value === undefined) return rows.filter((r) => r[key] !== id);
  const fresh = row(value as string | null);
  return rows.some((r) => r[key] === id) ? rows.map((r) => (r[key] === id ? fresh : r)) : [...rows, fresh];
}

const inOrder = <Row extends { mediaId: string }>(rows: Row[], ids: readonly string[]) => {
  const place = (id: string) => (ids.includes(id) ? ids.indexOf(id) : ids.length);
  return [...rows].sort((a, b) => place(a.mediaId) - place(b.mediaId));
};

/** Merged content as the form shows it. Where mine stayed, it stays as it was typed. */
function formOf(merged: MergeableDraft, mine: Draft, theirs: Draft): Draft {
  const typed = kept(mine);
  const field = <K extends "title" | "link" | "source" | "sourceLink" | "sourceDocument" | "firstComment">(key: K) =>
    merged[key] === typed[key] ? mine[key] : (merged[key] ?? "");
  const known = [mine, theirs].flatMap((draft) => [...draft.pictures, ...(draft.video ? [draft.video] : [])]);
  const files = merged.media.flatMap(({ mediaId, alt }) => {
    const file = known.find((f) => f.mediaId === mediaId);
    return file ? [{ ...file, alt } as DraftPicture | DraftVideo] : [];
  });
  const sameNames = JSON.stringify(merged.collaborators) === JSON.stringify(typed.collaborators);
  return {
    title: field("title"),
    text: merged.text,
    link: field("link"),
    pillar: merged.pillar,
    source: field("source"),
    sourceLink: field("sourceLink"),
    sourceDocument: field("sourceDocument"),
    publishAt: merged.publishAt,
    channels: merged.channels.map(({ channelId, text }) => ({ channelId, text })),
    pictures: files.filter((file) => !isVideo(file)),
    // Of two videos the one that was chosen here: a post carries one.
    video: (files.find((file) => isVideo(file) && file.mediaId === mine.video?.mediaId) as DraftVideo) ?? files.find(isVideo) ?? null,
    firstComment: field("firstComment"),
    collaborators: sameNames ? mine.collaborators : merged.collaborators.join(", "),
    tags: merged.tags,
  };
}
