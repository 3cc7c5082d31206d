import type { Mode, Platform } from "#lib/platforms/contract.ts";
import type { DraftInput } from "#lib/posts/schema.ts";

export type DraftPicture = {
  mediaId: string;
  alt: string;
  name: string;
  mime: "image/jpeg" | "image/png" | "image/webp";
  width: number;
  height: number;
  bytes: number;
};

/** A draft as it stands in the form. `channels` holds the chosen ones; `text` null means the main text. */
export type Draft = {
  text: string;
  link: string;
  pillar: DraftInput["pillar"];
  source: string;
  publishAt: string | null;
  channels: { channelId: string; text: string | null }[];
  pictures: DraftPicture[];
};

export type DraftChannel = { id: string; platform: Platform; mode: Mode; handle: string; name: string; state: string };

export const toInput = (draft: Draft, ids: { postId: string | null; revision: number; unitId: string }): DraftInput => ({
  ...ids,
  text: draft.text,
  link: draft.link.trim() || null,
  pillar: draft.pillar,
  source: draft.source.trim() || null,
  publishAt: draft.publishAt,
  channels: draft.channels,
  media: draft.pictures.map(({ mediaId, alt }) => ({ mediaId, alt })),
});

export const isBlank = (draft: Draft) => !draft.text.trim() && !draft.link.trim() && !draft.pictures.length && !draft.source.trim();
