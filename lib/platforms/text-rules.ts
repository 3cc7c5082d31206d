/** How the rules of texts are checked: the post's own, its title, its first comment and whom it invites. Pure. */

import type { Beside, Checks } from "./checked.ts";
import type { Platform } from "./contract.ts";
import { counters, countUtf8 } from "./counting.ts";
import { limitOf, type RuleName, ways } from "./limits.ts";
import { findCashtags, findHashtags, findLinks, findMentions } from "./links.ts";

type TextRule = Extract<
  RuleName,
  `text.${string}` | `hashtags.${string}` | `mentions.${string}` | `cashtags.${string}` | `links.${string}`
>;
type OtherRule = Extract<RuleName, `title.${string}` | `comment.${string}` | `collaborators.${string}`>;

/** How long a text may be beside what it is shown with, in the platform's measure. */
export const textLimit = (platform: Platform, beside: Beside): number =>
  (beside === "pictures" ? limitOf(platform, "text.maxWithPictures") : undefined) ??
  (beside === "video" ? limitOf(platform, "text.maxWithVideo") : undefined) ??
  limitOf(platform, "text.max") ??
  Number.POSITIVE_INFINITY;

const tooLong = (count: number, limit: number) => (count > limit ? { count, limit, over: count - limit } : null);
const measured = (platform: Platform, text: string) => counters[ways[platform].measure](text);

/** A comment's length in the measure that the platform uses for comments. */
export const commentLength = (platform: Platform, text: string): number => {
  const { measure, commentMeasure = measure } = ways[platform];
  return counters[commentMeasure](text);
};

const letters = (characters: string) => [...characters].join(" ");
const holds = (text: string, characters: string) => [...characters].some((character) => text.includes(character));

export const textRules: Checks<TextRule> = {
  "text.max": (limit, { platform, beside, outgoing }, add) => {
    const over = limit === textLimit(platform, beside) && tooLong(measured(platform, outgoing), limit);
    if (over) add("text-too-long", over);
  },
  "text.maxWithPictures": (limit, { platform, beside, outgoing }, add) => {
    const over = beside === "pictures" && tooLong(measured(platform, outgoing), limit);
    if (over) add("text-too-long", over);
  },
  "text.maxWithVideo": (limit, { platform, beside, outgoing }, add) => {
    const over = beside === "video" && tooLong(measured(platform, outgoing), limit);
    if (over) add("text-too-long", over);
  },
  "text.maxBytes": (limit, { platform, beside, outgoing }, add) => {
    const over = measured(platform, outgoing) <= textLimit(platform, beside) && tooLong(countUtf8(outgoing), limit);
    if (over) add("text-too-long", over);
  },
  "text.without": (characters, { outgoing }, add) => {
    if (holds(outgoing, characters)) add("text-characters", { characters: letters(characters) });
  },
  "hashtags.max": (limit, { content }, add) => {
    const count = findHashtags(content.text).length;
    if (count > limit) add("too-many-hashtags", { count, limit });
  },
  "hashtags.advised": (limit, { platform, content }, add) => {
    const count = findHashtags(content.text).length;
    if (count > limit && count <= (limitOf(platform, "hashtags.max") ?? count)) add("many-hashtags", { count, limit });
  },
  "mentions.max": (limit, { content }, add) => {
    const count = findMentions(content.text).length;
    if (count > limit) add("too-many-mentions", { count, limit });
  },
  "cashtags.max": (limit, { content }, add) => {
    const count = findCashtags(content.text).length;
    if (count > limit) add("too-many-cashtags", { count, limit });
  },
  "links.max": (limit, { outgoing }, add) => {
    const count = findLinks(outgoing).length;
    if (count > limit) add("too-many-links", { count, limit });
  },
  "links.clickable": (_, { outgoing }, add) => {
    if (findLinks(outgoing).length) add("links-not-clickable");
  },
  "links.cost": (usd, { outgoing }, add) => {
    if (findLinks(outgoing).length) add("link-cost", { usd });
  },
};

export const otherTextRules: Checks<OtherRule> = {
  "title.required": (_, { content }, add) => {
    if (!content.title?.trim()) add("title-required");
  },
  "title.max": (limit, { content }, add) => {
    const over = tooLong(content.title?.length ?? 0, limit);
    if (over) add("title-too-long", over);
  },
  "title.maxWithPictures": (limit, { content, beside }, add) => {
    const over = beside === "pictures" && tooLong(content.title?.length ?? 0, limit);
    if (over) add("title-too-long", over);
  },
  "title.without": (characters, { content }, add) => {
    if (holds(content.title ?? "", characters)) add("title-characters", { characters: letters(characters) });
  },
  "comment.max": (limit, { platform, content }, add) => {
    const over = content.firstComment !== null && tooLong(commentLength(platform, content.firstComment), limit);
    if (over) add("comment-too-long", over);
  },
  "comment.maxBytes": (limit, { platform, content: { firstComment } }, add) => {
    if (firstComment === null || commentLength(platform, firstComment) > (limitOf(platform, "comment.max") ?? 0)) return;
    const over = tooLong(countUtf8(firstComment), limit);
    if (over) add("comment-too-long", over);
  },
  "comment.maxLinks": (limit, { content }, add) => {
    const count = findLinks(content.firstComment ?? "").length;
    if (count > limit) add("comment-links", { count, limit });
  },
  "comment.possible": (_, { content }, add) => {
    if (content.firstComment !== null) add("comment-not-possible");
  },
  "collaborators.max": (limit, { content }, add) => {
    const count = content.collaborators.length;
    if (count > limit) add("too-many-collaborators", { count, limit });
  },
  "collaborators.name": (form, { content }, add) => {
    for (const name of content.collaborators) if (!form.test(name)) add("collaborator-name", { name });
  },
};
