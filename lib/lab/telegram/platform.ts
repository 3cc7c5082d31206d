import type { LabRequest } from "../http.ts";
import type { Lab, LabPlatform } from "../lab.ts";
import { api, endpoint, pictureOf, tokenOf } from "./api.ts";
import { citizens } from "./comments.ts";
import { errorReply, flooded, forbidden, migrated, serverError, unauthorized } from "./errors.ts";
import { accounts, page } from "./pages.ts";
import { seed } from "./seed.ts";
import { findVideo, type PhotoRow, tables } from "./tables.ts";

function revoke(lab: Lab, request: LabRequest): void {
  lab.store.run("UPDATE tg_bot SET revoked = 1 WHERE token = ?", tokenOf(request));
}

function media(lab: Lab, [id = "", ...rest]: string[]): { mime: string; bytes: Uint8Array } | null {
  if (rest.length > 0) return null;
  const photo = lab.store.get<PhotoRow>("SELECT * FROM tg_photo WHERE id = ?", id);
  if (photo) return pictureOf(photo);
  const video = findVideo(lab.store, id);
  return video ? { mime: "video/mp4", bytes: video.bytes } : null;
}

/** Telegram channels and their discussion groups as the Bot API serves them. */
export const telegram: LabPlatform = {
  name: "telegram",
  title: "Telegram",
  apiPrefix: /^telegram\/(file\/)?bot[^/]*:/,
  tables,
  endpoint,
  api,
  broken: () => errorReply(serverError()),
  refusals: {
    "429": (_lab, _request, fault) => errorReply(flooded(fault.code ?? 7)),
    "401": () => errorReply(unauthorized()),
    "403": () => errorReply(forbidden("bot was kicked from the channel chat")),
    migrate: () => errorReply(migrated(-1_009_999_999_999)),
    revoke: (lab, request) => {
      revoke(lab, request);
      return errorReply(unauthorized());
    },
  },
  seed,
  citizens,
  // Each bot's own webhook is set by the bot's own call.
  verifyWebhook: async () => "Telegram's webhooks are set by setWebhook, one for each bot",
  accounts,
  page,
  media,
};
