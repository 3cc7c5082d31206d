import { withUsage } from "../facebook/api.ts";
import { verifyWebhook } from "../facebook/changes.ts";
import { drawPicture } from "../facebook/draw.ts";
import { errorReply, expiredToken, missing, revokedToken, serverError } from "../facebook/errors.ts";
import type { LabRequest, Reply } from "../http.ts";
import type { Lab, LabPlatform } from "../lab.ts";
import { api, endpoint } from "./api.ts";
import { citizens } from "./comments.ts";
import { limited, missingPermission, suspected } from "./errors.ts";
import { accounts, page } from "./pages.ts";
import { seed } from "./seed.ts";
import { type PictureRow, tables, type VideoRow } from "./tables.ts";
import { revokePresented } from "./tokens.ts";

function media(lab: Lab, [id = "", ...rest]: string[]): { mime: string; bytes: Uint8Array } | null {
  if (rest.length > 0) return null;
  if (id.startsWith("account-")) return { mime: "image/png", bytes: drawPicture(id, 128, 128) };
  if (id.startsWith("cover-")) return { mime: "image/png", bytes: drawPicture(id, 720, 720) };
  const video = lab.store.get<VideoRow>("SELECT * FROM ig_video WHERE id = ?", id);
  if (video) return { mime: "video/mp4", bytes: video.bytes };
  const picture = lab.store.get<PictureRow>("SELECT * FROM ig_picture WHERE id = ?", id);
  if (!picture) return null;
  if (picture.bytes) return { mime: "image/jpeg", bytes: picture.bytes };
  return { mime: "image/png", bytes: drawPicture(picture.id, picture.width, picture.height) };
}

/** Does what was asked, then changes the container that came of it. */
async function createThen(lab: Lab, request: LabRequest, change: string): Promise<Reply> {
  const reply = await api(lab, request);
  const { id } = JSON.parse(String(reply.body)) as { id?: string };
  if (id) lab.store.run(`UPDATE ig_container SET ${change} WHERE id = ?`, id);
  return reply;
}

/** Instagram's API with Instagram log-in, v22.0 and later. */
export const instagram: LabPlatform = {
  name: "instagram",
  title: "Instagram",
  apiPrefix: "ig",
  tables,
  endpoint,
  api,
  broken: () => errorReply(serverError()),
  refusals: {
    "429": (lab, request, fault) => withUsage(lab, request, errorReply(limited(fault.code ?? 4)), 100),
    "190": () => errorReply(expiredToken()),
    revoke: (lab, request) => {
      revokePresented(lab, request);
      return errorReply(revokedToken());
    },
    "10": () => errorReply(missingPermission("instagram_business_basic")),
    /** The object is there, and yet Instagram says that it is not. */
    "100-33": (_, request) => errorReply(missing(request.method, request.segments.at(-1) ?? "")),
    "in-progress-x10": (lab, request) => createThen(lab, request, "held = 10"),
    "container-error": (lab, request) => createThen(lab, request, "problem = 'Media upload has failed with error code 2207005'"),
    "container-fetch-error": (lab, request) => createThen(lab, request, "problem = 'Media upload has failed with error code 2207052'"),
    /** The post is live, whatever the answer says. */
    "publish-2207051": async (lab, request) => {
      await api(lab, request);
      return errorReply(suspected());
    },
  },
  seed,
  citizens,
  verifyWebhook: (lab, url) => verifyWebhook(lab, url, lab.settings.instagramVerifyToken),
  accounts,
  page,
  media,
};
