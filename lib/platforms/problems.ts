/** What stands between a content and a platform, as codes with parameters. Pure; runs in the browser. */

import type { Add, Beside, CheckedContent, Checks, Facts, Problem, ProblemCode } from "./checked.ts";
import type { Platform } from "./contract.ts";
import { counters } from "./counting.ts";
import { limitOf, type RuleName, ways } from "./limits.ts";
import { outgoingText } from "./outgoing.ts";
import { type Rule, rulesOf } from "./rules.ts";
import { commentLength, otherTextRules, textLimit, textRules } from "./text-rules.ts";
import { pictureRules, videoRules } from "./visual-rules.ts";

const checks: Checks<RuleName> = { ...textRules, ...otherTextRules, ...pictureRules, ...videoRules };

/** What the platform takes, but a person should know of. Everything else stops. */
const warnings: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  "many-hashtags",
  "links-not-clickable",
  "link-cost",
  "alt-missing",
  "video-alt-missing",
  "no-reel",
  "comment-not-possible",
]);

/** Rules of the house, whatever the platform: something to publish, and words for those who do not see. */
export const houseRules: Readonly<Record<"content.some" | "picture.alt" | "video.alt", (facts: Facts, add: Add) => void>> = {
  "content.some": ({ content, beside }, add) => {
    if (content.text.trim() === "" && content.link === null && beside === "nothing") add("text-empty");
  },
  "picture.alt": ({ content }, add) => {
    for (const [index, { alt }] of content.pictures.entries()) if (alt.trim() === "") add("alt-missing", { picture: index + 1 });
  },
  "video.alt": ({ content }, add) => {
    if (content.video?.alt.trim() === "") add("video-alt-missing");
  },
};

/** What stands beside a content's text: a video wins over the picture that is its cover. */
export const besideOf = ({ pictures, video }: { pictures: readonly unknown[]; video: unknown }): Beside =>
  video ? "video" : pictures.length > 0 ? "pictures" : "nothing";

/** Length of what would be published and the platform's limit, both in the platform's own unit. */
export function counter(
  platform: Platform,
  text: string,
  link: string | null,
  beside: Beside = "nothing",
): { count: number; limit: number } {
  const outgoing = outgoingText(platform, { text, link, withPictures: beside !== "nothing" });
  return { count: counters[ways[platform].measure](outgoing), limit: textLimit(platform, beside) };
}

/** Every problem of a content on one platform, the text's first, then the video's, then the pictures' in their order. */
export function checkContent(platform: Platform, content: CheckedContent): Problem[] {
  const beside = besideOf(content);
  const { text, link } = content;
  const facts: Facts = { platform, content, beside, outgoing: outgoingText(platform, { text, link, withPictures: beside !== "nothing" }) };
  const problems: Problem[] = [];
  const add: Add = (code, params = {}) => {
    if (code === "no-reel" && problems.some((problem) => problem.code === code)) return;
    problems.push({ code, platform, severity: warnings.has(code) ? "warn" : "stop", params });
  };
  for (const check of Object.values(houseRules)) check(facts, add);
  for (const rule of rulesOf(platform)) checkRule(rule, facts, add);
  if (content.collaborators.length > 0 && limitOf(platform, "collaborators.max") === undefined) add("collaborators-not-possible");
  return problems.sort((a, b) => Number(a.params.picture ?? 0) - Number(b.params.picture ?? 0));
}

const checkRule = (rule: Rule, facts: Facts, add: Add) =>
  (checks[rule.name] as (limit: unknown, facts: Facts, add: Add) => void)(rule.limit, facts, add);

/** Whether a post with these beside it has a title on the platform. */
export const takesTitle = (platform: Platform, beside: Beside): boolean =>
  limitOf(platform, "title.max") !== undefined || (beside === "pictures" && limitOf(platform, "title.maxWithPictures") !== undefined);

/** Whether our own comment can stand under a post of ours by the platform's interface. */
export const takesFirstComment = (platform: Platform): boolean => limitOf(platform, "comment.possible") !== false;

/** Whether others can be invited to stand as authors of a post too. */
export const takesCollaborators = (platform: Platform): boolean => limitOf(platform, "collaborators.max") !== undefined;

/** Length of an answer and the platform's limit for comments, in the platform's own unit. */
export const replyCounter = (platform: Platform, text: string): { count: number; limit: number } => ({
  count: commentLength(platform, text),
  limit: limitOf(platform, "comment.max") ?? textLimit(platform, "nothing"),
});

const ofReplies: Partial<Record<ProblemCode, ProblemCode>> = { "comment-too-long": "text-too-long", "comment-links": "too-many-links" };

/** What a platform would refuse of an answer to somebody. */
export function checkReply(platform: Platform, text: string): Problem[] {
  const asComment = { title: null, text, link: null, pictures: [], video: null, firstComment: text, collaborators: [] };
  const problems: Problem[] = [];
  const add: Add = (found, params = {}) => {
    const code = found === "text-empty" ? found : ofReplies[found];
    if (code) problems.push({ code, platform, severity: "stop", params });
  };
  const facts: Facts = { platform, content: asComment, beside: "nothing", outgoing: text };
  houseRules["content.some"](facts, add);
  for (const rule of rulesOf(platform)) if (rule.name.startsWith("comment.")) checkRule(rule, facts, add);
  return problems;
}
