import { drawPicture } from "../facebook/draw.ts";
import type { Lab, LabPlatform } from "../lab.ts";
import { api, endpoint, tooMany } from "./api.ts";
import { verifyWebhook } from "./changes.ts";
import { duplicate, forbidden, noCredits, problemReply, serverError, unauthorized } from "./errors.ts";
import { accounts, page } from "./pages.ts";
import { seed } from "./seed.ts";
import { type MediaRow, tables } from "./tables.ts";
import { revokePresented } from "./tokens.ts";
import { citizens } from "./writing.ts";

function media(lab: Lab, [id = "", ...rest]: string[]): { mime: string; bytes: Uint8Array } | null {
  const row = lab.store.get<MediaRow>("SELECT * FROM x_media WHERE id = ? AND state = 'ready'", id);
  if (!row || rest.length > 0) return null;
  return row.bytes ? { mime: row.mime, bytes: row.bytes } : { mime: "image/png", bytes: drawPicture(row.id, 960, 540) };
}

/** X's API v2 with Account Activity's webhooks. */
export const x: LabPlatform = {
  name: "x",
  title: "X",
  apiPrefix: "x/2",
  tables,
  endpoint,
  api,
  broken: () => problemReply(serverError()),
  refusals: {
    "429": (lab) => tooMany(lab),
    "401": () => problemReply(unauthorized()),
    revoke: (lab, request) => {
      revokePresented(lab, request);
      return problemReply(unauthorized());
    },
    "402": () => problemReply(noCredits()),
    duplicate: () => problemReply(duplicate()),
    "403": () => problemReply(forbidden("You are not permitted to perform this action.")),
  },
  seed,
  citizens,
  verifyWebhook,
  accounts,
  page,
  media,
};
