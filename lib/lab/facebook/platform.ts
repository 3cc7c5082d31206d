import type { LabRequest, Reply } from "../http.ts";
import type { Lab, LabPlatform } from "../lab.ts";
import { api, endpoint, withUsage } from "./api.ts";
import { verifyWebhook } from "./changes.ts";
import { drawPicture } from "./draw.ts";
import { duplicate, errorReply, expiredToken, policyBlock, rateLimited, revokedToken, serverError } from "./errors.ts";
import { accounts, page } from "./pages.ts";
import { seed } from "./seed.ts";
import { type PhotoRow, tables } from "./tables.ts";
import { revokePresented } from "./tokens.ts";
import { citizens } from "./writing.ts";

function media(lab: Lab, [id = "", ...rest]: string[]): { mime: string; bytes: Uint8Array } | null {
  if (rest.length > 0) return null;
  if (id.startsWith("page-")) return { mime: "image/png", bytes: drawPicture(id, 128, 128) };
  if (id.startsWith("cover-")) return { mime: "image/png", bytes: drawPicture(id, 960, 540) };
  const video = lab.store.get<{ bytes: Uint8Array | null }>("SELECT bytes FROM fb_video WHERE id = ? AND state = 'out'", id);
  if (video?.bytes) return { mime: "video/mp4", bytes: video.bytes };
  const photo = lab.store.get<PhotoRow>("SELECT * FROM fb_photo WHERE id = ?", id);
  return photo ? { mime: photo.mime, bytes: photo.bytes ?? drawPicture(photo.id, photo.width, photo.height) } : null;
}

/** Does what was asked, then changes the video that came of it. */
async function openThen(lab: Lab, request: LabRequest, change: string): Promise<Reply> {
  const reply = await api(lab, request);
  const { video_id } = JSON.parse(String(reply.body)) as { video_id?: string };
  if (video_id) lab.store.run(`UPDATE fb_video SET ${change} WHERE id = ?`, video_id);
  return reply;
}

/** Facebook Pages as Graph v22.0 and later serve them. */
export const facebook: LabPlatform = {
  name: "facebook",
  title: "Facebook",
  apiPrefix: "meta",
  tables,
  endpoint,
  api,
  broken: () => errorReply(serverError()),
  refusals: {
    "429": (lab, request, fault) => withUsage(lab, request, errorReply(rateLimited(fault.code ?? 4)), 100),
    "190": () => errorReply(expiredToken()),
    revoke: (lab, request) => {
      revokePresented(lab, request);
      return errorReply(revokedToken());
    },
    "506": () => errorReply(duplicate()),
    "368": () => errorReply(policyBlock()),
    "in-progress-x10": (lab, request) => openThen(lab, request, "held = 10"),
    "video-error": (lab, request) => openThen(lab, request, "problem = 'The video could not be processed.'"),
  },
  seed,
  citizens,
  verifyWebhook,
  accounts,
  page,
  media,
};
