import type { Actor } from "../../core/access.ts";
import { answerTimes } from "./answers.ts";
import { breakdown, type Filter, type PostOrder, postFigures, postHours } from "./figures.ts";
import { followersByDay } from "./followers.ts";

/** Everything that is told of a place's engagement, in five statements; of its posts the first `mostPosts` by one figure. */
export async function findEngagement(actor: Actor, filter: Filter, order: PostOrder, mostPosts: number) {
  const [figures, hours, followers, answers, posts] = await Promise.all([
    breakdown(actor, filter),
    postHours(actor, filter),
    followersByDay(actor, filter),
    answerTimes(actor, filter),
    postFigures(actor, filter, order, mostPosts),
  ]);
  return { figures, hours, followers, answers, posts };
}
