/** Likes, hides and shows comments with the calls that a platform has for it. */

import { type Account, type Connector, type Moderation, moderations, PlatformFailure, type ReplyTarget } from "./contract.ts";

type Act = (account: Account, target: ReplyTarget) => Promise<unknown>;

/** A connector's `moderation` with these calls; an action without one is refused. A post of our own is no comment, and a private message none either. */
export function moderationBy(calls: { [action in Moderation]?: Act }): NonNullable<Connector["moderation"]> {
  return {
    actions: moderations.filter((action) => calls[action]),
    async act(account, target, action) {
      const call = target.remoteId === target.postRemoteId ? undefined : calls[action];
      if (!call) throw new PlatformFailure({ kind: "rejected", code: "unsupported" }, `${account.platform}: no call to ${action} this`);
      await call(account, target);
    },
  };
}
