import { verifyWebhook } from "../facebook/changes.ts";
import { expiredToken, missingScope, rateLimited, revokedToken } from "../facebook/errors.ts";
import type { LabPlatform } from "../lab.ts";
import { api, endpoint } from "./api.ts";
import { blocked, held, limited, locked, pairLimited, refusalReply, somethingWrong, undeliverable, windowClosed } from "./errors.ts";
import { accounts, page } from "./pages.ts";
import { seed } from "./seed.ts";
import { tables } from "./tables.ts";
import { revokePresented } from "./tokens.ts";

/** WhatsApp's Cloud API: business numbers, the people who write to them, and what is answered. */
export const whatsapp: LabPlatform = {
  name: "whatsapp",
  title: "WhatsApp",
  apiPrefix: /^whatsapp\/v\d+\.\d+\//,
  tables,
  endpoint,
  api,
  broken: () => refusalReply(somethingWrong()),
  refusals: {
    "429": (_lab, _request, fault) => refusalReply(fault.code === 4 ? rateLimited(4) : limited()),
    "131056": () => refusalReply(pairLimited()),
    "131047": () => refusalReply(windowClosed()),
    "131049": () => refusalReply(held()),
    "131026": () => refusalReply(undeliverable()),
    "131031": () => refusalReply(locked()),
    "368": () => refusalReply(blocked()),
    "200": () => refusalReply(missingScope("whatsapp_business_messaging")),
    "190": () => refusalReply(expiredToken()),
    revoke: (lab, request) => {
      revokePresented(lab, request);
      return refusalReply(revokedToken());
    },
    /** Accepted, and told later by a status that it does not arrive. */
    "131047-later": (lab, request) => api(lab, request, windowClosed()),
    "131026-later": (lab, request) => api(lab, request, undeliverable()),
  },
  seed,
  citizens: null,
  verifyWebhook: (lab, url) => verifyWebhook(lab, url, lab.settings.whatsappVerifyToken),
  accounts,
  page,
  media: () => null,
};
