/** How the rules of pictures and videos are checked. Pure. */

import type { CheckedPicture, CheckedVideo, Checks, Facts } from "./checked.ts";
import type { RuleName } from "./limits.ts";

type PictureRule = Extract<RuleName, `media.${string}` | `pictures.${string}` | `picture.${string}`>;
type VideoRule = Extract<RuleName, `video.${string}` | `reel.${string}`>;

const each = ({ content }: Facts, look: (picture: CheckedPicture, number: number) => void) => {
  for (const [index, picture] of content.pictures.entries()) look(picture, index + 1);
};
const round = (value: number) => Math.round(value * 100) / 100;
type Sides = { width: number; height: number };
// A ratio in whole pixels may miss the limit by the share of one pixel.
const tallerThan = ({ width, height }: Sides, min: number) => (width + 1) / height < min;
const flatterThan = ({ width, height }: Sides, max: number) => (width - 1) / height > max;
const ratios = ({ width, height }: Sides, limit: number) => ({ aspect: round(width / height), limit: round(limit) });

export const pictureRules: Checks<PictureRule> = {
  "media.required": (_, { beside }, add) => {
    if (beside === "nothing") add("media-required");
  },
  "pictures.max": (limit, { content, beside }, add) => {
    const count = content.pictures.length;
    if (beside === "pictures" && count > limit) add("too-many-pictures", { count, limit });
  },
  "pictures.withVideo": (limit, { content, beside }, add) => {
    const count = content.pictures.length;
    if (beside === "video" && count > limit) add("pictures-with-video", { count, limit });
  },
  "picture.formats": (formats, facts, add) =>
    each(facts, ({ mime }, picture) => {
      if (!formats.includes(mime)) add("picture-format", { picture, format: mime });
    }),
  "picture.maxBytes": (limit, facts, add) =>
    each(facts, ({ bytes }, picture) => {
      if (bytes > limit) add("picture-too-big", { picture, bytes, limit });
    }),
  "picture.minWidth": (limit, facts, add) =>
    each(facts, ({ width }, picture) => {
      if (width < limit) add("picture-too-narrow", { picture, width, limit });
    }),
  "picture.maxWidth": (limit, facts, add) =>
    each(facts, ({ width }, picture) => {
      if (width > limit) add("picture-too-wide", { picture, width, limit });
    }),
  "picture.maxLongSide": (limit, facts, add) =>
    each(facts, ({ width, height }, picture) => {
      const side = Math.max(width, height);
      if (side > limit) add("picture-long-side", { picture, side, limit });
    }),
  "picture.maxShortSide": (limit, facts, add) =>
    each(facts, ({ width, height }, picture) => {
      const side = Math.min(width, height);
      if (side > limit) add("picture-short-side", { picture, side, limit });
    }),
  "picture.maxSides": (limit, facts, add) =>
    each(facts, ({ width, height }, picture) => {
      if (width + height > limit) add("picture-dimensions", { picture, width, height, limit });
    }),
  "picture.minAspect": (limit, facts, add) =>
    each(facts, (sides, picture) => {
      if (tallerThan(sides, limit)) add("picture-too-tall", { picture, ...ratios(sides, limit) });
    }),
  "picture.maxAspect": (limit, facts, add) =>
    each(facts, (sides, picture) => {
      if (flatterThan(sides, limit)) add("picture-too-flat", { picture, ...ratios(sides, limit) });
    }),
  "picture.maxAlt": (limit, facts, add) =>
    each(facts, ({ alt }, picture) => {
      if (alt.length > limit) add("alt-too-long", { picture, count: alt.length, limit });
    }),
};

const seconds = (video: CheckedVideo) => video.durationMs / 1000;
const upright = (video: CheckedVideo | null): CheckedVideo | null => (video && video.height > video.width ? video : null);
// What a file does not tell is not held against it.
const fewerFrames = (video: CheckedVideo, min: number) => video.frameRate !== null && video.frameRate < min - 0.05;
const moreFrames = (video: CheckedVideo, max: number) => video.frameRate !== null && video.frameRate > max + 0.05;

export const videoRules: Checks<VideoRule> = {
  "video.required": (_, { content }, add) => {
    if (!content.video) add("video-required");
  },
  "video.formats": (formats, { content: { video } }, add) => {
    if (video && !formats.includes(video.mime)) add("video-format", { format: video.mime });
  },
  "video.maxBytes": (limit, { content: { video } }, add) => {
    if (video && video.bytes > limit) add("video-too-big", { megabytes: Math.ceil(video.bytes / 1e6), limit: limit / 1e6 });
  },
  "video.minSeconds": (limit, { content: { video } }, add) => {
    if (video && seconds(video) < limit) add("video-too-short", { seconds: round(seconds(video)), limit });
  },
  "video.maxSeconds": (limit, { content: { video } }, add) => {
    if (video && seconds(video) > limit) add("video-too-long", { seconds: Math.ceil(seconds(video)), limit });
  },
  "video.minFrameRate": (limit, { content: { video } }, add) => {
    if (video && fewerFrames(video, limit)) add("video-frames-few", { frames: round(video.frameRate ?? 0), limit });
  },
  "video.maxFrameRate": (limit, { content: { video } }, add) => {
    if (video && moreFrames(video, limit)) add("video-frames-many", { frames: round(video.frameRate ?? 0), limit });
  },
  "video.minWidth": (limit, { content: { video } }, add) => {
    if (video && video.width < limit) add("video-too-narrow", { width: video.width, limit });
  },
  "video.maxWidth": (limit, { content: { video } }, add) => {
    if (video && video.width > limit) add("video-too-wide", { width: video.width, limit });
  },
  "video.minHeight": (limit, { content: { video } }, add) => {
    if (video && video.height < limit) add("video-too-low", { height: video.height, limit });
  },
  "video.maxHeight": (limit, { content: { video } }, add) => {
    if (video && video.height > limit) add("video-too-high", { height: video.height, limit });
  },
  "video.minAspect": (limit, { content: { video } }, add) => {
    if (video && tallerThan(video, limit)) add("video-too-tall", ratios(video, limit));
  },
  "video.maxAspect": (limit, { content: { video } }, add) => {
    if (video && flatterThan(video, limit)) add("video-too-flat", ratios(video, limit));
  },
  "video.maxAlt": (limit, { content: { video } }, add) => {
    if (video && video.alt.length > limit) add("video-alt-too-long", { count: video.alt.length, limit });
  },
  "reel.minSeconds": (limit, { content }, add) => {
    const video = upright(content.video);
    if (video && seconds(video) < limit) add("no-reel");
  },
  "reel.maxSeconds": (limit, { content }, add) => {
    const video = upright(content.video);
    if (video && seconds(video) > limit) add("no-reel");
  },
  "reel.minWidth": (limit, { content }, add) => {
    const video = upright(content.video);
    if (video && video.width < limit) add("no-reel");
  },
  "reel.minHeight": (limit, { content }, add) => {
    const video = upright(content.video);
    if (video && video.height < limit) add("no-reel");
  },
  "reel.minFrameRate": (limit, { content }, add) => {
    const video = upright(content.video);
    if (video && fewerFrames(video, limit)) add("no-reel");
  },
  "reel.maxFrameRate": (limit, { content }, add) => {
    const video = upright(content.video);
    if (video && moreFrames(video, limit)) add("no-reel");
  },
};
