/** What is checked before it goes out, and what a check can find. */

import type { Picture, Platform, Video } from "./contract.ts";
import type { RuleLimits, RuleName } from "./limits.ts";

/** What is shown with the text. */
export type Beside = "nothing" | "pictures" | "video";

export type CheckedPicture = Pick<Picture, "mime" | "width" | "height" | "bytes" | "alt">;
export type CheckedVideo = Pick<Video, "mime" | "width" | "height" | "bytes" | "alt" | "durationMs" | "frameRate">;
export type CheckedContent = {
  title: string | null;
  text: string;
  link: string | null;
  pictures: readonly CheckedPicture[];
  video: CheckedVideo | null;
  firstComment: string | null;
  collaborators: readonly string[];
};

export type ProblemCode =
  | "text-empty"
  | "text-too-long"
  | "text-characters"
  | "title-required"
  | "title-too-long"
  | "title-characters"
  | "too-many-hashtags"
  | "many-hashtags"
  | "too-many-mentions"
  | "too-many-cashtags"
  | "too-many-links"
  | "links-not-clickable"
  | "link-cost"
  | "media-required"
  | "video-required"
  | "too-many-pictures"
  | "pictures-with-video"
  | "picture-format"
  | "picture-too-big"
  | "picture-too-narrow"
  | "picture-too-wide"
  | "picture-long-side"
  | "picture-short-side"
  | "picture-dimensions"
  | "picture-too-tall"
  | "picture-too-flat"
  | "alt-missing"
  | "alt-too-long"
  | "video-format"
  | "video-too-big"
  | "video-too-short"
  | "video-too-long"
  | "video-frames-few"
  | "video-frames-many"
  | "video-too-narrow"
  | "video-too-wide"
  | "video-too-low"
  | "video-too-high"
  | "video-too-tall"
  | "video-too-flat"
  | "video-alt-missing"
  | "video-alt-too-long"
  | "no-reel"
  | "comment-too-long"
  | "comment-links"
  | "comment-not-possible"
  | "too-many-collaborators"
  | "collaborator-name"
  | "collaborators-not-possible";

export type Params = { [name: string]: string | number };
/** `stop`: the platform refuses or spoils the post; `warn`: a person decides. `picture` in params counts from 1. */
export type Problem = { code: ProblemCode; platform: Platform; severity: "stop" | "warn"; params: Params };

/** The content as a rule looks at it. `outgoing` is the text with the link where it goes into the text. */
export type Facts = { platform: Platform; content: CheckedContent; beside: Beside; outgoing: string };
export type Add = (code: ProblemCode, params?: Params) => void;
export type Checks<Names extends RuleName> = { readonly [Name in Names]: (limit: RuleLimits[Name], facts: Facts, add: Add) => void };
