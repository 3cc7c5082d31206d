import type { Problem } from "#lib/core/errors.ts";
import { longestAnswer } from "#lib/inbox/rules.ts";
import type { Platform } from "#lib/platforms/contract.ts";
import { checkReply, replyCounter } from "#lib/platforms/problems.ts";

/** In the platform's own unit; our own limit where the platform's is for posts. */
export function lengthOf(platform: Platform, text: string) {
  const { count, limit } = replyCounter(platform, text);
  return limit < longestAnswer ? { count, limit } : { count: text.length, limit: longestAnswer };
}

/** What would be refused. */
export function stopsOf(platform: Platform, text: string): Pick<Problem, "code" | "params">[] {
  if (!text.trim()) return [];
  if (text.length > longestAnswer) return [{ code: "text-too-long", params: { over: text.length - longestAnswer, limit: longestAnswer } }];
  return checkReply(platform, text);
}
