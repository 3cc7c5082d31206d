import type { Route } from "next";
import type { PostView } from "#lib/scores/evidence/posts.ts";
import type { DutyState } from "#lib/scores/evidence/replies.ts";

export const kinds = ["posts", "replies"] as const;
export type Address = {
  unit: string;
  day: string | null;
  account: string | null;
  kind: (typeof kinds)[number];
  show: PostView;
  state: DutyState | null;
};

/** The page with what is chosen on it, and the row after which it goes on. */
export function addressOf({ unit, day, account, kind, show, state }: Address, after: string | null = null): Route {
  const query = new URLSearchParams({
    ...(day && { day }),
    ...(account && { account }),
    ...(kind !== "posts" && { kind }),
    ...(show !== "all" && { show }),
    ...(state && { state }),
    ...(after && { after }),
  });
  return `/scores/${encodeURIComponent(unit)}/evidence${query.size ? `?${query}` : ""}` as Route;
}
