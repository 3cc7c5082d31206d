/** Any platform by hand: at the due time a person gets the package, publishes it and confirms with the permalink. */

import { type Connector, type Platform, PlatformFailure } from "../contract.ts";

/** A connector that contacts nobody. */
export function manualConnector(platform: Platform): Connector {
  return {
    platform,
    mode: "manual",
    async connect({ identifier }) {
      const handle = identifier.trim().replace(/^@/, "");
      if (handle === "") throw new PlatformFailure({ kind: "rejected", code: "identifier-missing" }, "manual: no name of the account");
      const profile = { remoteId: handle.toLowerCase(), handle, name: handle, url: null, followers: null, commentsOpen: null };
      return { profile, grant: {} };
    },
    fetchProfile: async ({ remoteId, handle }) => ({ remoteId, handle, name: handle, url: null, followers: null, commentsOpen: null }),
    refresh: async () => null,
    publish: async () => ({ kind: "handed-over" }),
    findPublished: async () => ({ kind: "unknown" }),
    fetchPosts: async () => [],
    fetchComments: async () => ({ comments: [], whole: [] }),
    moderation: null,
    authorize: null,
    collaboration: null,
    readWebhook: null,
    answerChallenge: null,
  };
}
