import type { Lab, LabPlatform } from "../lab.ts";
import { api, endpoint, withUsage } from "./api.ts";
import { verifyWebhook } from "./changes.ts";
import { drawPicture } from "./draw.ts";
import { duplicate, errorReply, expiredToken, policyBlock, rateLimited, revokedToken, serverError } from "./errors.ts";
import { accounts, page } from "./pages.ts";
import { seed } from "./seed.ts";
import { type PhotoRow, tables } from "./tables.ts";
import { revokePresented } from "./tokens.ts";

function media(lab: Lab, [id = "", ...rest]: string[]): { mime: string; bytes: Uint8Array } | null {
  if (rest.length > 0) return null;
  if (id.startsWith("page-")) return { mime: "image/png", bytes: drawPicture(id, 128, 128) };
  const photo = lab.store.get<PhotoRow>("SELECT * FROM fb_photo WHERE id = ?", id);
  return photo ? { mime: photo.mime, bytes: photo.bytes ?? drawPicture(photo.id, photo.width, photo.height) } : null;
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
  },
  seed,
  verifyWebhook,
  accounts,
  page,
  media,
};
