import { withUsage } from "../facebook/api.ts";
import { verifyWebhook } from "../facebook/changes.ts";
import { drawPicture } from "../facebook/draw.ts";
import { errorReply, expiredToken, missing, revokedToken, serverError } from "../facebook/errors.ts";
import type { LabRequest, Reply } from "../http.ts";
import type { Lab, LabPlatform } from "../lab.ts";
import { api, apiPrefix, endpoint } from "./api.ts";
import { limited, missingPermission, noContainer, restricted } from "./errors.ts";
import { accounts, page } from "./pages.ts";
import { citizens } from "./replies.ts";
import { seed } from "./seed.ts";
import { type FileRow, tables } from "./tables.ts";
import { revokePresented } from "./tokens.ts";

function media(lab: Lab, [id = "", ...rest]: string[]): { mime: string; bytes: Uint8Array } | null {
  if (rest.length > 0) return null;
  if (id.startsWith("account-")) return { mime: "image/png", bytes: drawPicture(id, 128, 128) };
  if (id.startsWith("cover-")) return { mime: "image/png", bytes: drawPicture(id, 720, 720) };
  const file = lab.store.get<FileRow>("SELECT * FROM th_file WHERE id = ?", id);
  if (!file) return null;
  return { mime: file.mime, bytes: file.bytes ?? drawPicture(file.id, file.width, file.height) };
}

/** Does what was asked, then changes the container that came of it. */
async function createThen(lab: Lab, request: LabRequest, change: string): Promise<Reply> {
  const reply = await api(lab, request);
  const { id } = JSON.parse(String(reply.body)) as { id?: string };
  if (id) lab.store.run(`UPDATE th_container SET ${change} WHERE id = ?`, id);
  return reply;
}

/** Threads' API, v1.0. */
export const threads: LabPlatform = {
  name: "threads",
  title: "Threads",
  apiPrefix,
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
    "10": () => errorReply(missingPermission("threads_basic")),
    restricted: () => errorReply(restricted()),
    /** The object is there, and yet Threads says that it is not. */
    "100-33": (_, request) => errorReply(missing(request.method, request.segments.at(-1) ?? "")),
    /** The container is ready, and yet Threads cannot find it when it is to be published. */
    "24-4279009": (_, request) => errorReply(noContainer(String(request.fields.creation_id ?? ""))),
    /** The post is live, whatever the answer says. */
    "accept-then-24-4279009": async (lab, request) => {
      await api(lab, request);
      return errorReply(noContainer(String(request.fields.creation_id ?? "")));
    },
    "in-progress-x10": (lab, request) => createThen(lab, request, "held = 10"),
    "container-error": (lab, request) => createThen(lab, request, "problem = 'INVALID_BIT_RATE'"),
    "container-fetch-error": (lab, request) => createThen(lab, request, "problem = 'FAILED_DOWNLOADING_VIDEO'"),
    "container-unknown-error": (lab, request) => createThen(lab, request, "problem = 'UNKNOWN'"),
  },
  seed,
  citizens,
  verifyWebhook: (lab, url) => verifyWebhook(lab, url, lab.settings.threadsVerifyToken),
  accounts,
  page,
  media,
};
