/** What may be given another time on the calendar, and by whom. Pure. */

import type { PostState } from "./rules.ts";

/** `begun`: one of its channels has begun to publish, has published, or its outcome is open. */
export type PlanState = { state: PostState; begun: boolean };

/** How another time is given: on the schedule itself, or as a plan; else why it cannot be. */
export type WayToMove = "reschedule" | "replan" | "move-submitted" | "move-begun" | "move-closed";

export function wayToMove({ state, begun }: PlanState): WayToMove {
  if (state === "scheduled") return begun ? "move-begun" : "reschedule";
  if (state === "submitted") return "move-submitted";
  return state === "rejected" || state === "cancelled" ? "move-closed" : "replan";
}

/** What is approved is moved by those who schedule, what is still written by those who write. */
export const permissionToMove = (state: PostState) => (state === "approved" || state === "scheduled" ? "post.schedule" : "post.write");

/** Whether somebody with these permissions may give the post another time. */
export function isMovable(plan: PlanState, holds: (permission: "post.schedule" | "post.write") => boolean): boolean {
  const way = wayToMove(plan);
  return (way === "reschedule" || way === "replan") && holds(permissionToMove(plan.state));
}
