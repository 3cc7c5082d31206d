import { canonical, sha256 } from "../core/crypto.ts";
import type { Tx } from "../core/db.ts";
import type { FrozenContent } from "../delivery/content.ts";
import type { Mode, Platform } from "../platforms/contract.ts";
import type { DraftContent } from "./rules.ts";

/** What a version keeps and an approval covers: everything that can reach a citizen. */
export type PostContent = {
  text: string;
  link: string | null;
  pillar: string | null;
  source: string | null;
  channels: { channelId: string; platform: Platform; mode: Mode; handle: string; text: string | null }[];
  media: {
    mediaId: string;
    digest: string;
    mime: "image/jpeg" | "image/png" | "image/webp";
    width: number;
    height: number;
    bytes: number;
    alt: string;
  }[];
};

export const contentColumns = {
  text: true,
  link: true,
  pillar: true,
  source: true,
  channels: {
    select: { channelId: true, text: true, channel: { select: { platform: true, mode: true, handle: true } } },
    orderBy: { channelId: "asc" },
  },
  media: {
    select: {
      alt: true,
      position: true,
      media: { select: { id: true, digest: true, mime: true, width: true, height: true, bytes: true } },
    },
    orderBy: { position: "asc" },
  },
} as const;

type Row = {
  text: string;
  link: string | null;
  pillar: string | null;
  source: string | null;
  channels: { channelId: string; text: string | null; channel: { platform: string; mode: string; handle: string } }[];
  media: { media: { id: string; digest: string; mime: string; width: number; height: number; bytes: number }; alt: string }[];
};

export function toContent(row: Row): PostContent {
  return {
    text: row.text,
    link: row.link,
    pillar: row.pillar,
    source: row.source,
    channels: row.channels.map((c) => ({
      channelId: c.channelId,
      platform: c.channel.platform as Platform,
      mode: c.channel.mode as Mode,
      handle: c.channel.handle,
      text: c.text,
    })),
    media: row.media.map(({ alt, media: { id, ...m } }) => ({
      mediaId: id,
      ...m,
      alt,
      mime: m.mime as PostContent["media"][number]["mime"],
    })),
  };
}

export const readContent = async (tx: Tx, postId: string) =>
  toContent(await tx.post.findUniqueOrThrow({ where: { id: postId }, select: contentColumns }));

/** Leaves out what may change without changing the post: a handle, say. */
export const digestOf = (content: PostContent) =>
  sha256(
    canonical({
      ...content,
      channels: content.channels.map(({ channelId, text }) => ({ channelId, text })),
      media: content.media.map(({ digest, alt }) => ({ digest, alt })),
    }),
  );

export const toDraft = (content: PostContent): DraftContent => ({
  text: content.text,
  link: content.link,
  source: content.source,
  channels: content.channels,
  pictures: content.media,
});

export const frozenFor = (content: PostContent, channelId: string): FrozenContent => ({
  title: null,
  text: content.channels.find((c) => c.channelId === channelId)?.text ?? content.text,
  link: content.link,
  pictures: content.media.map(({ mediaId: _, ...picture }) => picture),
  video: null,
  collaborators: [],
  firstComment: null,
  replyTo: null,
});

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
