import type { UploadedMedia } from "#lib/media/uploading.ts";
import type { Beside } from "#lib/platforms/checked.ts";
import type { Mode, Platform } from "#lib/platforms/contract.ts";
import { besideOf, takesCollaborators } from "#lib/platforms/problems.ts";
import type { PostContent } from "#lib/posts/content.ts";
import type { MergeableDraft } from "#lib/posts/draft-merging.ts";
import type { DraftContent } from "#lib/posts/rules.ts";
import type { DraftInput } from "#lib/posts/schema.ts";

type DraftFile = { mediaId: string; alt: string; name: string; width: number; height: number; bytes: number };
export type DraftPicture = DraftFile & { mime: "image/jpeg" | "image/png" | "image/webp" };
export type DraftVideo = DraftFile & { mime: "video/mp4" | "video/quicktime"; durationMs: number; frameRate: number | null };

/** A draft as it stands in the form. `channels` holds the chosen ones; `text` null means the main text. */
export type Draft = {
  title: string;
  text: string;
  link: string;
  pillar: DraftInput["pillar"];
  source: string;
  sourceLink: string;
  sourceDocument: string;
  publishAt: string | null;
  channels: { channelId: string; text: string | null }[];
  pictures: DraftPicture[];
  video: DraftVideo | null;
  firstComment: string;
  /** Names as they were typed, with commas between. */
  collaborators: string;
  tags: string[];
};

export type DraftChannel = { id: string; platform: Platform; mode: Mode; handle: string; name: string; state: string };

/** A file as a draft holds it, with the alternative text that the library proposes. */
export const fileOf = ({ id, durationMs, ...file }: UploadedMedia): DraftPicture | DraftVideo =>
  file.mime.startsWith("video/")
    ? { ...file, mediaId: id, mime: file.mime as DraftVideo["mime"], durationMs: durationMs ?? 0 }
    : pictureOf({ id, ...file });

const pictureOf = ({ id, name, alt, mime, width, height, bytes }: Omit<UploadedMedia, "durationMs">): DraftPicture => ({
  mediaId: id,
  name,
  alt,
  mime: mime as DraftPicture["mime"],
  width,
  height,
  bytes,
});

export const isVideo = (file: DraftPicture | DraftVideo): file is DraftVideo => file.mime.startsWith("video/");

/** The draft with one more file: pictures in their order, a video in the place of the one before. */
export const withFile = (draft: Pick<Draft, "pictures" | "video">, file: DraftPicture | DraftVideo): Pick<Draft, "pictures" | "video"> => {
  if (isVideo(file)) return { pictures: draft.pictures, video: file };
  const others = draft.pictures.filter((picture) => picture.mediaId !== file.mediaId);
  return { pictures: [...others, file], video: draft.video };
};

export const beside = (draft: Draft): Beside => besideOf(draft);

const namesIn = (typed: string) => [
  ...new Set(
    typed
      .split(/[\s,;]+/)
      .map((name) => name.replace(/^@/, ""))
      .filter(Boolean),
  ),
];

/** The draft as the rules look at it, on the chosen channels. */
export const contentOf = (draft: Draft, channels: readonly DraftChannel[]): DraftContent => ({
  title: draft.title.trim() || null,
  text: draft.text,
  link: draft.link.trim() || null,
  source: draft.source.trim() || null,
  pictures: draft.pictures,
  video: draft.video,
  channels: channels.map((channel) => ({
    channelId: channel.id,
    platform: channel.platform,
    mode: channel.mode,
    text: draft.channels.find((c) => c.channelId === channel.id)?.text ?? null,
    firstComment: draft.firstComment.trim() || null,
    collaborators: takesCollaborators(channel.platform) ? namesIn(draft.collaborators) : [],
  })),
});

/** The draft as it is kept and merged. */
export const kept = (draft: Draft): MergeableDraft => ({
  title: draft.title.trim() || null,
  text: draft.text,
  link: draft.link.trim() || null,
  pillar: draft.pillar,
  source: draft.source.trim() || null,
  sourceLink: draft.sourceLink.trim() || null,
  sourceDocument: draft.sourceDocument.trim() || null,
  publishAt: draft.publishAt,
  channels: draft.channels.map(({ channelId, text }) => ({ channelId, text })),
  media: [...draft.pictures, ...(draft.video ? [draft.video] : [])].map(({ mediaId, alt }) => ({ mediaId, alt })),
  firstComment: draft.firstComment.trim() || null,
  collaborators: namesIn(draft.collaborators).slice(0, 10),
  tags: draft.tags,
});

export const toInput = (draft: Draft, ids: { postId: string | null; newId?: string; revision: number; unitId: string }): DraftInput => ({
  ...ids,
  ...kept(draft),
});

const named = <F extends { mime: string }>(file: F, number: number) => ({
  ...file,
  name: `${number}. ${(file.mime.split("/")[1] ?? "").toUpperCase()}`,
});

/** A post's content as the form shows it. */
export function draftOf(content: PostContent, { publishAt, tags }: Pick<Draft, "publishAt" | "tags">): Draft {
  const files = content.media as Omit<DraftPicture | DraftVideo, "name">[];
  const pictures = files.filter((file) => !file.mime.startsWith("video/"));
  const video = files.find((file) => file.mime.startsWith("video/"));
  return {
    title: content.title ?? "",
    text: content.text,
    link: content.link ?? "",
    pillar: content.pillar as Draft["pillar"],
    source: content.source ?? "",
    sourceLink: content.sourceLink ?? "",
    sourceDocument: content.sourceDocument ?? "",
    publishAt,
    channels: content.channels.map(({ channelId, text }) => ({ channelId, text })),
    pictures: pictures.map((picture, index) => named(picture, index + 1) as DraftPicture),
    video: video ? (named(video, 1) as DraftVideo) : null,
    firstComment: content.channels.find((c) => c.firstComment)?.firstComment ?? "",
    collaborators: content.channels.find((c) => c.collaborators.length)?.collaborators.join(", ") ?? "",
    tags,
  };
}

const sourceOf = ({ source, sourceLink, sourceDocument }: Draft) => [source, sourceLink, sourceDocument];

export const isBlank = (draft: Draft) =>
  ![draft.title, draft.text, draft.link, draft.firstComment, draft.collaborators, ...sourceOf(draft)].some((typed) => typed.trim()) &&
  !draft.pictures.length &&
  !draft.video;
