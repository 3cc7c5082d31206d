import type { Route } from "next";
import { componentKeys } from "#lib/scores/rules.ts";
import { type Explained, useScoreWords, weeksOnTarget } from "./words.ts";

/** Where a person may do something about it; null where he may not. */
export type Ways = { write: Route | null; answer: Route | null; posts: Route | null };
export type Todo = { key: string; what: string; gain: string; href: Route | null; link: string };

const MOST = 3;

/** Up to three concrete steps, those first that can earn most. What a step gains is the most it can, before caps. */
export function useNextSteps(one: Explained, ways: Ways): Todo[] {
  const { t, points, percent } = useScoreWords();
  const { facts, result, settings } = one;
  const { components } = result;
  const total = componentKeys.reduce((sum, key) => sum + components[key].weight, 0);
  const lost = (key: (typeof componentKeys)[number]) => {
    const { value, weight } = components[key];
    return value === null || total === 0 ? 0 : ((1 - value) * weight * 100) / total;
  };
  const todos: (Todo & { worth: number })[] = [];
  const add = (key: string, worth: number, what: string, href: Route | null, link: string) => {
    if (worth >= 0.05) todos.push({ key, worth, what, gain: t("todo.gain", { points: points(worth) }), href, link });
  };
  const { quality, replies } = facts;
  const { due, onTime } = replies;
  if (facts.commentsOpen === false) add("comments", lost("r"), t("todo.openComments"), null, "");
  else if (due > onTime) add("replies", lost("r"), t("todo.answer", { missed: due - onTime, due }), ways.answer, t("todo.toInbox"));

  const weekly = settings.weeklyTarget[facts.unitClass];
  if (facts.weeks.length > 0)
    add("posts", lost("a") + lost("b"), t("todo.post", { weekly, ...weeksOnTarget(one) }), ways.write, t("todo.toWrite"));
  else add("posts", lost("b"), t("todo.postFirst"), ways.write, t("todo.toWrite"));

  if (quality.posts > 0) {
    const substance = quality.substantive / quality.posts;
    const needed = settings.quality.substantiveTarget / 10_000;
    const altMissing = quality.alt.known - quality.alt.yes;
    if (substance < needed)
      add(
        "substance",
        lost("d"),
        t("todo.substance", { share: percent(substance), needed: percent(needed) }),
        ways.write,
        t("todo.toWrite"),
      );
    else if (altMissing > 0) add("alt", lost("d"), t("todo.alt", { count: altMissing }), ways.posts, t("todo.toPosts"));
    else
      add("contact", lost("d"), t("todo.contact", { without: quality.contact.known - quality.contact.yes }), ways.write, t("todo.toWrite"));
    add("engagement", lost("e"), t("todo.engagement"), ways.write, t("todo.toWrite"));
  }
  return todos.sort((x, y) => y.worth - x.worth).slice(0, MOST);
}
