import { canonical, sha256 } from "../core/crypto.ts";
import type { Tx } from "../core/db.ts";
import type { Problem } from "../core/errors.ts";
import type { FrozenContent } from "../delivery/content.ts";
import type { Mode, Picture, Platform, Video } from "../platforms/contract.ts";
import { besideOf, takesTitle } from "../platforms/problems.ts";
import { carriesFirstComment, type DraftContent } from "./rules.ts";

/** What a version keeps and an approval covers: everything that can reach a citizen. */
export type PostContent = {
  title: string | null;
  text: string;
  link: string | null;
  pillar: string | null;
  /** Who said it; with a link and a document of its own. */
  source: string | null;
  sourceLink: string | null;
  sourceDocument: string | null;
  channels: {
    channelId: string;
    platform: Platform;
    mode: Mode;
    handle: string;
    text: string | null;
    firstComment: string | null;
    collaborators: string[];
  }[];
  media: (PictureFile | VideoFile)[];
};
export type PictureFile = { mediaId: string } & Omit<Picture, "read" | "publicUrl">;
export type VideoFile = { mediaId: string } & Omit<Video, "slice" | "publicUrl">;

const isVideo = (file: PictureFile | VideoFile): file is VideoFile => file.mime.startsWith("video/");

/** The pictures in their order, without the video. */
export const picturesOf = ({ media }: Pick<PostContent, "media">): PictureFile[] => media.filter((file) => !isVideo(file));
export const videoOf = ({ media }: Pick<PostContent, "media">): VideoFile | null => media.find(isVideo) ?? null;

export const contentColumns = {
  title: true,
  text: true,
  link: true,
  pillar: true,
  source: true,
  sourceLink: true,
  sourceDocument: true,
  channels: {
    select: {
      channelId: true,
      text: true,
      firstComment: true,
      collaborators: true,
      channel: { select: { platform: true, mode: true, handle: true } },
    },
    orderBy: { channelId: "asc" },
  },
  media: {
    select: {
      alt: true,
      position: true,
      media: { select: { id: true, digest: true, mime: true, width: true, height: true, bytes: true, durationMs: true, frameRate: true } },
    },
    orderBy: { position: "asc" },
  },
} as const;

type File = Omit<PictureFile, "mime" | "alt" | "mediaId"> & {
  id: string;
  mime: string;
  durationMs: number | null;
  frameRate: number | null;
};
type Row = {
  title: string | null;
  text: string;
  link: string | null;
  pillar: string | null;
  source: string | null;
  sourceLink: string | null;
  sourceDocument: string | null;
  channels: {
    channelId: string;
    text: string | null;
    firstComment: string | null;
    collaborators: string[];
    channel: { platform: string; mode: string; handle: string };
  }[];
  media: { media: File; alt: string }[];
};

export function toContent(row: Row): PostContent {
  return {
    title: row.title,
    text: row.text,
    link: row.link,
    pillar: row.pillar,
    source: row.source,
    sourceLink: row.sourceLink,
    sourceDocument: row.sourceDocument,
    channels: row.channels.map((c) => ({
      channelId: c.channelId,
      platform: c.channel.platform as Platform,
      mode: c.channel.mode as Mode,
      handle: c.channel.handle,
      text: c.text,
      firstComment: c.firstComment,
      collaborators: c.collaborators,
    })),
    media: row.media.map(({ alt, media }) => toFile(media, alt)),
  };
}

function toFile({ id, durationMs, frameRate, mime, ...file }: File, alt: string): PictureFile | VideoFile {
  const kept = { mediaId: id, ...file, alt };
  return mime.startsWith("video/")
    ? { ...kept, mime: mime as Video["mime"], durationMs: durationMs ?? 0, frameRate }
    : { ...kept, mime: mime as Picture["mime"] };
}

export const readContent = async (tx: Tx, postId: string) =>
  toContent(await tx.post.findUniqueOrThrow({ where: { id: postId }, select: contentColumns }));

/** Leaves out what may change without changing the post: a handle, say. What a post has not does not count, so that old digests stay right. */
export const digestOf = (content: PostContent) =>
  sha256(
    canonical({
      ...content,
      title: content.title ?? undefined,
      sourceLink: content.sourceLink ?? undefined,
      sourceDocument: content.sourceDocument ?? undefined,
      channels: content.channels.map(({ channelId, text, firstComment, collaborators }) => ({
        channelId,
        text,
        firstComment: firstComment ?? undefined,
        collaborators: collaborators.length ? collaborators : undefined,
      })),
      media: content.media.map(({ digest, alt }) => ({ digest, alt })),
    }),
  );

export const toDraft = (content: PostContent): DraftContent => ({
  title: content.title,
  text: content.text,
  link: content.link,
  source: content.source,
  channels: content.channels,
  pictures: picturesOf(content),
  video: videoOf(content),
});

/** What goes out on one channel. Where a person publishes by hand, the first comment is his too: nothing of ours sends it. */
export function frozenFor(content: PostContent, channelId: string): FrozenContent {
  const channel = content.channels.find((c) => c.channelId === channelId);
  if (!channel) throw new Error("the post does not go to this channel");
  const pictures = picturesOf(content).map(({ mediaId: _, ...picture }) => picture);
  const found = videoOf(content);
  const video = found && withoutId(found);
  return {
    title: takesTitle(channel.platform, besideOf({ pictures, video })) ? content.title : null,
    text: channel.text ?? content.text,
    link: content.link,
    pictures,
    video,
    collaborators: channel.collaborators,
    firstComment: channel.mode === "api" && carriesFirstComment(channel) ? channel.firstComment : null,
    replyTo: null,
  };
}

const withoutId = ({ mediaId: _, ...video }: VideoFile) => video;

/** Keeps the content as a version: the latest unsealed one of the same author is continued, else a new one begins. */
export async function keepVersion(tx: Tx, post: { id: string }, authorId: string, at: Date, options: { sealed: boolean }): Promise<string> {
  const content = await readContent(tx, post.id);
  const digest = digestOf(content);
  const last = await tx.postVersion.findFirst({
    where: { postId: post.id },
    orderBy: { number: "desc" },
    select: { id: true, number: true, digest: true, sealed: true, authorId: true },
  });
  if (last && last.digest === digest) {
    if (options.sealed && !last.sealed) await tx.postVersion.update({ where: { id: last.id }, data: { sealed: true } });
  } else if (last && !last.sealed && last.authorId === authorId) {
    await tx.postVersion.update({ where: { id: last.id }, data: { content, digest, sealed: options.sealed, createdAt: at } });
  } else {
    await tx.postVersion.create({
      data: { postId: post.id, number: (last?.number ?? 0) + 1, authorId, content, digest, sealed: options.sealed, createdAt: at },
    });
  }
  return digest;
}

/** What stands in the way of a post that was written for a channel which its unit no longer has. */
export const lostChannel = async (tx: Tx, postId: string): Promise<Problem[]> =>
  (await tx.postChannel.count({ where: { postId, channel: { state: "disconnected" } } })) > 0
    ? [{ field: "channels", code: "channel-removed" }]
    : [];
