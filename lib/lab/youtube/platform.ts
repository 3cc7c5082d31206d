import { drawPicture } from "../facebook/draw.ts";
import type { Lab, LabPlatform } from "../lab.ts";
import { api, endpoint } from "./api.ts";
import { citizens } from "./comments.ts";
import {
  bad,
  forbidden,
  type GoogleProblem,
  notConfigured,
  problemReply,
  quotaExceeded,
  rateLimited,
  serverError,
  unauthorized,
  uploadLimit,
} from "./errors.ts";
import { accounts, page } from "./pages.ts";
import { seed } from "./seed.ts";
import { findVideo, tables } from "./tables.ts";
import { revokePresented } from "./tokens.ts";
import { forgetSession, incomplete, unfinished } from "./uploads.ts";

type Bytes = { mime: string; bytes: Uint8Array };

function media(lab: Lab, [id = "", what, ...rest]: string[]): Bytes | null {
  const video = findVideo(lab.store, id);
  if (!video || video.privacy === "private" || rest.length > 0) return null;
  if (what === undefined) return lab.store.get<Bytes>("SELECT mime, bytes FROM yt_video WHERE id = ? AND bytes IS NOT NULL", id) ?? null;
  if (what !== "thumbnail") return null;
  const own = lab.store.get<Bytes>(
    "SELECT thumbnail_mime AS mime, thumbnail AS bytes FROM yt_video WHERE id = ? AND thumbnail IS NOT NULL",
    id,
  );
  return own ?? { mime: "image/png", bytes: drawPicture(id, 960, 540) };
}

const refusal = (problem: () => GoogleProblem) => () => problemReply(problem());

/** YouTube's Data API v3, with Google's consent and tokens. It has no webhooks. */
export const youtube: LabPlatform = {
  name: "youtube",
  title: "YouTube",
  apiPrefix: "google",
  tables,
  endpoint,
  api,
  broken: refusal(serverError),
  refusals: {
    quota: refusal(quotaExceeded),
    "429": refusal(rateLimited),
    "upload-limit": refusal(uploadLimit),
    "401": refusal(unauthorized),
    revoke: (lab, request) => {
      revokePresented(lab, request);
      return problemReply(unauthorized());
    },
    "403": refusal(() => forbidden("forbidden", "Access forbidden. The request may not be properly authorized.")),
    "not-configured": refusal(notConfigured),
    "comments-disabled": refusal(() => forbidden("commentsDisabled", "The video has disabled comments.")),
    processing: refusal(() => bad("processingFailure", "The API server failed to successfully process the request.")),
    "308-without-range": () => incomplete(0),
    "308-whole": (_, request) => unfinished(request),
    "session-gone": (lab, request) => forgetSession(lab, request),
  },
  seed,
  citizens,
  verifyWebhook: async () => "YouTube has no webhooks for comments",
  accounts,
  page,
  media,
};
