/** What each platform accepts, as data. A limit that the platform itself reports live wins over this table. */

import type { Picture, Platform, Video } from "./contract.ts";

/** How a platform measures the length of a text; counting.ts has a counter for each. */
export type Measure = "utf16" | "codePoints" | "graphemes" | "utf8" | "xWeighted" | "threads";

/** How well a limit is known: D the platform's documents, S source code, T tried on its server, M memory. */
export type Mark = "D" | "S" | "T" | "M";

/** The rules that a platform may have, each with the form of its limit. Bytes, pixels, seconds, frames a second; ratios are width by height. */
export type RuleLimits = {
  "text.max": number;
  "text.maxWithPictures": number;
  "text.maxWithVideo": number;
  /** UTF-8 bytes, beside the measure of `text.max`. */
  "text.maxBytes": number;
  /** Characters that may not stand in it. */
  "text.without": string;
  "hashtags.max": number;
  /** More harm the post. */
  "hashtags.advised": number;
  "mentions.max": number;
  "cashtags.max": number;
  "links.max": number;
  "links.clickable": false;
  /** US dollars that a post with a link costs. */
  "links.cost": number;
  "title.required": true;
  "title.max": number;
  "title.maxWithPictures": number;
  "title.without": string;
  /** A picture or a video: text alone makes no post there. */
  "media.required": true;
  "video.required": true;
  "pictures.max": number;
  /** Beside a video; one is its cover. */
  "pictures.withVideo": number;
  "picture.formats": readonly Picture["mime"][];
  "picture.maxBytes": number;
  "picture.minWidth": number;
  "picture.maxWidth": number;
  "picture.maxLongSide": number;
  "picture.maxShortSide": number;
  /** Width and height together. */
  "picture.maxSides": number;
  "picture.minAspect": number;
  "picture.maxAspect": number;
  /** UTF-16 units of the alternative text. */
  "picture.maxAlt": number;
  "video.formats": readonly Video["mime"][];
  "video.maxBytes": number;
  "video.minSeconds": number;
  "video.maxSeconds": number;
  "video.minFrameRate": number;
  "video.maxFrameRate": number;
  "video.minWidth": number;
  "video.maxWidth": number;
  "video.minHeight": number;
  "video.maxHeight": number;
  "video.minAspect": number;
  "video.maxAspect": number;
  "video.maxAlt": number;
  /** An upright video beyond these is no reel, but a plain video. */
  "reel.minSeconds": number;
  "reel.maxSeconds": number;
  "reel.minWidth": number;
  "reel.minHeight": number;
  "reel.minFrameRate": number;
  "reel.maxFrameRate": number;
  /** Of an answer to somebody and of our first comment alike. */
  "comment.max": number;
  "comment.maxBytes": number;
  "comment.maxLinks": number;
  /** Nobody can comment under our own post by the platform's interface. */
  "comment.possible": false;
  "collaborators.max": number;
  "collaborators.name": RegExp;
};
export type RuleName = keyof RuleLimits;
export type RuleSet = { readonly [Name in RuleName]?: readonly [limit: RuleLimits[Name], mark: Mark] };

/** How a platform counts, and where the link of a post goes: beside the text as a card, or into the text. With pictures or a video it always goes into the text. */
export const ways: Record<Platform, { measure: Measure; commentMeasure?: Measure; link: "card" | "text" }> = {
  facebook: { measure: "utf16", link: "card" },
  instagram: { measure: "utf16", link: "text" },
  threads: { measure: "threads", link: "text" },
  x: { measure: "xWeighted", link: "text" },
  youtube: { measure: "utf8", commentMeasure: "utf16", link: "text" },
  tiktok: { measure: "utf16", link: "text" },
  telegram: { measure: "utf16", link: "text" },
  whatsapp: { measure: "utf16", link: "text" },
  bluesky: { measure: "graphemes", link: "card" },
};

const jpegPng = ["image/jpeg", "image/png"] as const;
const anyPicture = ["image/jpeg", "image/png", "image/webp"] as const;
const anyVideo = ["video/mp4", "video/quicktime"] as const;
const MB = 1_000_000;
const GB = 1_000 * MB;
const HOUR = 3_600;

/** Limits by platform and rule. Where the unit of a text limit is not documented, UTF-16 units are the strict reading. */
export const limits: Record<Platform, RuleSet> = {
  facebook: {
    "text.max": [63_206, "D"],
    "pictures.withVideo": [0, "D"],
    "picture.formats": [jpegPng, "D"],
    "picture.maxBytes": [4 * MB, "D"],
    "video.formats": [anyVideo, "D"],
    "video.maxBytes": [10 * GB, "M"],
    "video.maxSeconds": [4 * HOUR, "M"],
    "reel.minSeconds": [3, "D"],
    "reel.maxSeconds": [90, "D"],
    "reel.minWidth": [540, "D"],
    "reel.minHeight": [960, "D"],
    "reel.minFrameRate": [24, "D"],
    "reel.maxFrameRate": [60, "D"],
    "comment.max": [8_000, "M"],
  },
  instagram: {
    "media.required": [true, "D"],
    "text.max": [2_200, "D"],
    "hashtags.max": [30, "D"],
    "hashtags.advised": [5, "D"],
    "mentions.max": [20, "D"],
    "links.clickable": [false, "D"],
    "pictures.max": [10, "D"],
    "pictures.withVideo": [0, "D"],
    "picture.formats": [["image/jpeg"], "D"],
    "picture.maxBytes": [8 * MB, "D"],
    "picture.minWidth": [320, "D"],
    "picture.maxWidth": [1_440, "D"],
    "picture.minAspect": [4 / 5, "D"],
    "picture.maxAspect": [1.91, "D"],
    "picture.maxAlt": [1_000, "D"],
    "video.formats": [anyVideo, "D"],
    "video.maxBytes": [300 * MB, "D"],
    "video.minSeconds": [3, "D"],
    "video.maxSeconds": [15 * 60, "D"],
    "video.minFrameRate": [23, "D"],
    "video.maxFrameRate": [60, "D"],
    "video.maxWidth": [1_920, "D"],
    "video.minAspect": [0.01, "D"],
    "video.maxAspect": [10, "D"],
    "comment.max": [2_200, "M"],
    "collaborators.max": [3, "D"],
    "collaborators.name": [/^(?!.*\.\.)\w(?:[\w.]{0,28}\w)?$/, "M"],
  },
  threads: {
    "text.max": [500, "D"],
    "hashtags.advised": [1, "D"],
    "links.max": [5, "D"],
    "pictures.max": [20, "D"],
    "pictures.withVideo": [0, "D"],
    "picture.formats": [jpegPng, "D"],
    "picture.maxBytes": [8 * MB, "D"],
    "picture.minAspect": [1 / 10, "D"],
    "picture.maxAspect": [10, "D"],
    "picture.maxAlt": [1_000, "M"],
    "video.formats": [anyVideo, "D"],
    "video.maxBytes": [GB, "D"],
    "video.maxSeconds": [300, "D"],
    "video.minFrameRate": [23, "D"],
    "video.maxFrameRate": [60, "D"],
    "video.maxWidth": [1_920, "D"],
    "video.minAspect": [0.01, "D"],
    "video.maxAspect": [10, "D"],
    "video.maxAlt": [1_000, "M"],
    "comment.max": [500, "D"],
    "comment.maxLinks": [5, "D"],
  },
  x: {
    "text.max": [280, "D"],
    "cashtags.max": [1, "D"],
    "links.cost": [0.2, "D"],
    "pictures.max": [4, "D"],
    "pictures.withVideo": [0, "D"],
    "picture.formats": [anyPicture, "D"],
    "picture.maxBytes": [5 * MB, "D"],
    "picture.maxLongSide": [8_192, "M"],
    "picture.maxAlt": [1_000, "D"],
    "video.formats": [anyVideo, "D"],
    "video.maxBytes": [512 * MB, "D"],
    "video.minSeconds": [0.5, "D"],
    "video.maxSeconds": [140, "D"],
    "video.maxFrameRate": [60, "D"],
    "video.minWidth": [32, "D"],
    "video.minHeight": [32, "D"],
    "video.minAspect": [1 / 3, "D"],
    "video.maxAspect": [3, "D"],
    "comment.max": [280, "D"],
  },
  youtube: {
    "title.required": [true, "D"],
    "title.max": [100, "D"],
    "title.without": ["<>", "D"],
    "text.max": [5_000, "D"],
    "text.without": ["<>", "D"],
    "hashtags.advised": [60, "M"],
    "video.required": [true, "D"],
    "pictures.withVideo": [1, "D"],
    "picture.formats": [jpegPng, "D"],
    "picture.maxBytes": [2 * MB, "D"],
    "picture.minWidth": [640, "M"],
    "video.formats": [anyVideo, "D"],
    "video.maxBytes": [256 * GB, "D"],
    "video.maxSeconds": [12 * HOUR, "D"],
    "comment.max": [10_000, "M"],
  },
  tiktok: {
    "media.required": [true, "D"],
    "title.maxWithPictures": [90, "D"],
    "text.max": [2_200, "D"],
    "text.maxWithPictures": [4_000, "D"],
    "links.clickable": [false, "M"],
    "pictures.max": [35, "D"],
    "pictures.withVideo": [0, "D"],
    "picture.formats": [["image/jpeg", "image/webp"], "D"],
    "picture.maxBytes": [20 * MB, "D"],
    "picture.maxLongSide": [1_920, "D"],
    "picture.maxShortSide": [1_080, "D"],
    "video.formats": [anyVideo, "D"],
    "video.maxBytes": [4 * GB, "D"],
    "video.minSeconds": [3, "D"],
    "video.maxSeconds": [600, "D"],
    "video.minFrameRate": [23, "D"],
    "video.maxFrameRate": [60, "D"],
    "video.minWidth": [360, "D"],
    "video.maxWidth": [4_096, "D"],
    "video.minHeight": [360, "D"],
    "video.maxHeight": [4_096, "D"],
    "comment.max": [150, "M"],
    "comment.possible": [false, "D"],
  },
  telegram: {
    "text.max": [4_096, "D"],
    "text.maxWithPictures": [1_024, "D"],
    "text.maxWithVideo": [1_024, "D"],
    "pictures.max": [10, "D"],
    "pictures.withVideo": [0, "D"],
    "picture.formats": [anyPicture, "D"],
    "picture.maxBytes": [10 * MB, "D"],
    "picture.maxSides": [10_000, "D"],
    "picture.minAspect": [1 / 20, "D"],
    "picture.maxAspect": [20, "D"],
    "video.formats": [["video/mp4"], "D"],
    "video.maxBytes": [50 * MB, "D"],
    "comment.max": [4_096, "D"],
    "comment.possible": [false, "S"],
  },
  whatsapp: {
    "text.max": [4_096, "D"],
    "text.maxWithPictures": [1_024, "D"],
    "text.maxWithVideo": [1_024, "D"],
    "pictures.withVideo": [0, "D"],
    "picture.formats": [jpegPng, "D"],
    "picture.maxBytes": [5 * MB, "D"],
    "video.formats": [["video/mp4"], "D"],
    "video.maxBytes": [16 * MB, "D"],
    "comment.max": [4_096, "D"],
    "comment.possible": [false, "S"],
  },
  bluesky: {
    "text.max": [300, "T"],
    "text.maxBytes": [3_000, "S"],
    "pictures.max": [4, "S"],
    "pictures.withVideo": [0, "S"],
    "picture.formats": [anyPicture, "D"],
    "picture.maxBytes": [1_000_000, "D"],
    "video.formats": [["video/mp4"], "S"],
    "video.maxBytes": [100 * MB, "S"],
    "video.maxSeconds": [180, "D"],
    "video.minAspect": [1 / 3, "D"],
    "video.maxAspect": [3, "D"],
    "video.maxAlt": [1_000, "S"],
    "comment.max": [300, "T"],
    "comment.maxBytes": [3_000, "S"],
  },
};

/** A platform's limit of one rule; undefined where it has no such rule. */
export const limitOf = <Name extends RuleName>(platform: Platform, name: Name): RuleLimits[Name] | undefined =>
  (limits[platform] as { [N in RuleName]?: readonly [RuleLimits[N], Mark] })[name]?.[0];
