/** What stands between a content and a platform, as codes with parameters. Pure; runs in the browser. */

import type { Picture, Platform } from "./contract.ts";
import { counters, countUtf8 } from "./counting.ts";
import { limits, type PictureLimits } from "./limits.ts";
import { findCashtags, findHashtags, findLinks, findMentions } from "./links.ts";
import { outgoingText } from "./outgoing.ts";

export type ProblemCode =
  | "text-empty"
  | "text-too-long"
  | "too-many-pictures"
  | "picture-format"
  | "picture-too-big"
  | "picture-width"
  | "picture-dimensions"
  | "picture-aspect"
  | "picture-required"
  | "video-required"
  | "alt-missing"
  | "alt-too-long"
  | "too-many-hashtags"
  | "many-hashtags"
  | "too-many-mentions"
  | "too-many-cashtags"
  | "too-many-links"
  | "links-not-clickable"
  | "link-cost";

/** `stop`: the platform refuses or spoils the post; `warn`: a person decides. `picture` in params counts from 1. */
export type Problem = { code: ProblemCode; platform: Platform; severity: "stop" | "warn"; params: { [name: string]: string | number } };

export type CheckedPicture = Pick<Picture, "mime" | "width" | "height" | "bytes" | "alt">;
export type CheckedContent = { text: string; link: string | null; pictures: readonly CheckedPicture[] };

/** Length of what would be published and the platform's limit, both in the platform's own unit. */
export function counter(platform: Platform, text: string, link: string | null, withPictures = false): { count: number; limit: number } {
  const { measure, max, maxWithPictures } = limits[platform].text;
  const outgoing = outgoingText(platform, { text, link, withPictures });
  return { count: counters[measure](outgoing), limit: withPictures ? (maxWithPictures ?? max) : max };
}

/** Every problem of a content on one platform, the text's first, then the pictures' in their order. */
export function checkContent(platform: Platform, content: CheckedContent): Problem[] {
  const problems: Problem[] = [];
  const add = (severity: Problem["severity"], code: ProblemCode, params: Problem["params"] = {}) =>
    problems.push({ code, platform, severity, params });

  checkText(platform, content, add);
  checkLinks(platform, content, add);
  checkPictures(platform, content, add);
  return problems;
}

type Add = (severity: Problem["severity"], code: ProblemCode, params?: Problem["params"]) => void;

function checkText(platform: Platform, { text, link, pictures }: CheckedContent, add: Add): void {
  const withPictures = pictures.length > 0;
  if (text.trim() === "" && link === null && !withPictures) add("stop", "text-empty");

  const { count, limit } = counter(platform, text, link, withPictures);
  const { maxUtf8 } = limits[platform].text;
  if (count > limit) {
    add("stop", "text-too-long", { count, limit, over: count - limit });
  } else if (maxUtf8 !== undefined) {
    const bytes = countUtf8(outgoingText(platform, { text, link, withPictures }));
    if (bytes > maxUtf8) add("stop", "text-too-long", { count: bytes, limit: maxUtf8, over: bytes - maxUtf8 });
  }

  const { hashtags, maxMentions, maxCashtags } = limits[platform];
  const tags = findHashtags(text).length;
  if (hashtags?.max !== undefined && tags > hashtags.max) add("stop", "too-many-hashtags", { count: tags, limit: hashtags.max });
  else if (hashtags && tags > hashtags.advised) add("warn", "many-hashtags", { count: tags, limit: hashtags.advised });

  const mentions = findMentions(text).length;
  if (maxMentions !== undefined && mentions > maxMentions) add("stop", "too-many-mentions", { count: mentions, limit: maxMentions });

  const cashtags = findCashtags(text).length;
  if (maxCashtags !== undefined && cashtags > maxCashtags) add("stop", "too-many-cashtags", { count: cashtags, limit: maxCashtags });
}

function checkLinks(platform: Platform, { text, link, pictures }: CheckedContent, add: Add): void {
  const { linksClickable, linkCost, maxLinks } = limits[platform];
  const links = findLinks(outgoingText(platform, { text, link, withPictures: pictures.length > 0 }));
  if (links.length === 0) return;
  if (maxLinks !== undefined && links.length > maxLinks) add("stop", "too-many-links", { count: links.length, limit: maxLinks });
  if (!linksClickable) add("warn", "links-not-clickable");
  if (linkCost !== undefined) add("warn", "link-cost", { usd: linkCost });
}

function checkPictures(platform: Platform, { pictures }: CheckedContent, add: Add): void {
  const { needs, pictures: allowed } = limits[platform];
  if (needs === "video") add("warn", "video-required");
  else if (needs === "picture" && pictures.length === 0) add("stop", "picture-required");
  if (allowed.max !== null && pictures.length > allowed.max)
    add("stop", "too-many-pictures", { count: pictures.length, limit: allowed.max });
  for (const [index, picture] of pictures.entries()) checkPicture(picture, index + 1, allowed, add);
}

function checkPicture(picture: CheckedPicture, number: number, allowed: PictureLimits, add: Add): void {
  const { mime, width, height, bytes, alt } = picture;
  const aspect = width / height;
  if (!allowed.formats.includes(mime)) add("stop", "picture-format", { picture: number, format: mime });
  if (bytes > allowed.maxBytes) add("stop", "picture-too-big", { picture: number, bytes, limit: allowed.maxBytes });
  if (allowed.width && (width < allowed.width.min || width > allowed.width.max))
    add("stop", "picture-width", { picture: number, width, min: allowed.width.min, max: allowed.width.max });
  if (allowed.maxSides !== undefined && width + height > allowed.maxSides)
    add("stop", "picture-dimensions", { picture: number, width, height, limit: allowed.maxSides });
  // A picture of 4:5 in whole pixels may miss the ratio by a pixel's share.
  if (allowed.aspect && (aspect < allowed.aspect.min - 0.005 || aspect > allowed.aspect.max + 0.005))
    add("stop", "picture-aspect", {
      picture: number,
      aspect: round(aspect),
      min: round(allowed.aspect.min),
      max: round(allowed.aspect.max),
    });
  if (alt.trim() === "") add("warn", "alt-missing", { picture: number });
  else if (allowed.maxAlt !== undefined && alt.length > allowed.maxAlt)
    add("stop", "alt-too-long", { picture: number, count: alt.length, limit: allowed.maxAlt });
}

function round(ratio: number): number {
  return Math.round(ratio * 100) / 100;
}
