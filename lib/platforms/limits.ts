/** What each platform accepts, as data. A limit that the platform itself reports live wins over this table. */

import type { Picture, Platform } from "./contract.ts";

/** How a platform measures the length of a text; counting.ts has a counter for each. */
export type Measure = "utf16" | "codePoints" | "graphemes" | "utf8" | "xWeighted" | "threads";

export type PictureLimits = {
  /** Largest number in one post; null where the platform's documents name none. */
  max: number | null;
  formats: readonly Picture["mime"][];
  maxBytes: number;
  /** Pixels. */
  width?: { min: number; max: number };
  /** Pixels of width and height together. */
  maxSides?: number;
  /** Width divided by height. */
  aspect?: { min: number; max: number };
  /** UTF-16 units of the alternative text. */
  maxAlt?: number;
};

export type PlatformLimits = {
  text: { measure: Measure; max: number; maxWithPictures?: number; maxUtf8?: number };
  pictures: PictureLimits;
  /** Where the link of a post goes: beside the text as a card, or into the text. With pictures it always goes into the text. */
  link: "card" | "text";
  linksClickable: boolean;
  /** US dollars that a post with a link costs. */
  linkCost?: number;
  maxLinks?: number;
  /** More than `max` are refused; more than `advised` harm the post. */
  hashtags?: { max?: number; advised: number };
  maxMentions?: number;
  maxCashtags?: number;
  /** What a post cannot do without. `video`: text and pictures alone make no post there. */
  needs?: "picture" | "video";
};

const jpegPng = ["image/jpeg", "image/png"] as const;
const anyFormat = ["image/jpeg", "image/png", "image/webp"] as const;
const MB = 1_000_000;

/** Limits by platform, from each platform's own documents. Where the unit of a text limit is not documented, UTF-16 units are the strict reading. */
export const limits: Record<Platform, PlatformLimits> = {
  facebook: {
    text: { measure: "utf16", max: 63_206 },
    pictures: { max: null, formats: jpegPng, maxBytes: 4 * MB },
    link: "card",
    linksClickable: true,
  },
  instagram: {
    text: { measure: "utf16", max: 2_200 },
    pictures: {
      max: 10,
      formats: ["image/jpeg"],
      maxBytes: 8 * MB,
      width: { min: 320, max: 1_440 },
      aspect: { min: 4 / 5, max: 1.91 },
      maxAlt: 1_000,
    },
    link: "text",
    linksClickable: false,
    hashtags: { max: 30, advised: 5 },
    maxMentions: 20,
    needs: "picture",
  },
  threads: {
    text: { measure: "threads", max: 500 },
    pictures: { max: 20, formats: jpegPng, maxBytes: 8 * MB, aspect: { min: 1 / 10, max: 10 } },
    link: "text",
    linksClickable: true,
    maxLinks: 5,
    hashtags: { advised: 1 },
  },
  x: {
    text: { measure: "xWeighted", max: 280 },
    pictures: { max: 4, formats: anyFormat, maxBytes: 5 * MB },
    link: "text",
    linksClickable: true,
    linkCost: 0.2,
    maxCashtags: 1,
  },
  youtube: {
    text: { measure: "utf8", max: 5_000 },
    pictures: { max: 1, formats: jpegPng, maxBytes: 2 * MB },
    link: "text",
    linksClickable: true,
    needs: "video",
  },
  tiktok: {
    text: { measure: "utf16", max: 2_200, maxWithPictures: 4_000 },
    pictures: { max: 35, formats: ["image/jpeg", "image/webp"], maxBytes: 20 * MB },
    link: "text",
    linksClickable: false,
    needs: "picture",
  },
  telegram: {
    text: { measure: "utf16", max: 4_096, maxWithPictures: 1_024 },
    pictures: { max: 10, formats: anyFormat, maxBytes: 10 * MB, maxSides: 10_000, aspect: { min: 1 / 20, max: 20 } },
    link: "text",
    linksClickable: true,
  },
  whatsapp: {
    text: { measure: "utf16", max: 4_096, maxWithPictures: 1_024 },
    pictures: { max: null, formats: jpegPng, maxBytes: 5 * MB },
    link: "text",
    linksClickable: true,
  },
  bluesky: {
    text: { measure: "graphemes", max: 300, maxUtf8: 3_000 },
    pictures: { max: 4, formats: anyFormat, maxBytes: 1_000_000 },
    link: "card",
    linksClickable: true,
  },
};
