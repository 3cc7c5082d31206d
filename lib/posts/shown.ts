import { type Outcome, outcomeOf, type PublicationState } from "../delivery/rules.ts";
import type { PostState } from "./rules.ts";

/** What is shown of a post's state: its own until it stands on the schedule, from there its publications'. */
export type ShownState = Exclude<PostState, "scheduled"> | Outcome;

export const shownState = (state: string, publications: { state: string }[]): ShownState =>
  state === "scheduled" ? outcomeOf(publications.map((p) => p.state as PublicationState)) : (state as ShownState);

/** The first line, shortened: posts have no title of their own. */
export const titleOf = (text: string) => {
  const line = text.trim().split("\n")[0] ?? "";
  return line.length > 90 ? `${line.slice(0, 88).trimEnd()}…` : line;
};
