import { drawPicture } from "../facebook/draw.ts";
import type { LabRequest, Reply } from "../http.ts";
import type { Lab, LabPlatform } from "../lab.ts";
import { api, endpoint } from "./api.ts";
import {
  badToken,
  banned,
  errorReply,
  limited,
  missingScope,
  serverError,
  type TikTokError,
  tooManyPosts,
  unaudited,
  unownedUrl,
  userCap,
} from "./errors.ts";
import { accounts, page } from "./pages.ts";
import { seed } from "./seed.ts";
import { type FileRow, tables } from "./tables.ts";
import { revokePresented } from "./tokens.ts";

const HOUR = 60 * 60_000;

function media(lab: Lab, [id = "", ...rest]: string[]): { mime: string; bytes: Uint8Array } | null {
  if (rest.length > 0) return null;
  if (id.startsWith("account-")) return { mime: "image/png", bytes: drawPicture(id, 128, 128) };
  if (id.startsWith("cover-")) return { mime: "image/png", bytes: drawPicture(id, 720, 720) };
  const file = lab.store.get<FileRow>("SELECT * FROM tt_file WHERE id = ?", id);
  return file?.bytes ? { mime: file.mime, bytes: file.bytes } : null;
}

/** Does what was asked, then changes the publication that it concerned. */
async function doThen(lab: Lab, request: LabRequest, change: string): Promise<Reply> {
  const reply = await api(lab, request);
  const answer = request.method === "PUT" ? {} : (JSON.parse(String(reply.body)) as { data?: { publish_id?: string } });
  const id = request.url.searchParams.get("upload_id") ?? answer.data?.publish_id;
  if (id) lab.store.run(`UPDATE tt_publish SET ${change} WHERE id = ?`, id);
  return reply;
}

const refuse = (error: () => TikTokError) => () => errorReply(error());
/** The same error in an answer that says that all is well. */
const quietly = (error: () => TikTokError) => () => ({ ...errorReply(error()), status: 200 });
const failing = (reason: string) => (lab: Lab, request: LabRequest) => doThen(lab, request, `problem = '${reason}'`);

/** TikTok's API v2: Login Kit, Display API and Content Posting API. */
export const tiktok: LabPlatform = {
  name: "tiktok",
  title: "TikTok",
  apiPrefix: /^tiktok\/(?:v2\/(?!auth\/)|upload\/)/,
  tables,
  endpoint,
  api,
  broken: () => errorReply(serverError()),
  refusals: {
    "429": refuse(limited),
    "200-rate-limit": quietly(limited),
    "401": refuse(badToken),
    "200-token": quietly(badToken),
    scope: refuse(missingScope),
    revoke: (lab, request) => {
      revokePresented(lab, request);
      return errorReply(badToken());
    },
    "200-spam-risk": quietly(banned),
    "too-many-posts": refuse(tooManyPosts),
    "user-cap": refuse(userCap),
    unaudited: refuse(unaudited),
    "unowned-url": refuse(unownedUrl),
    /** The address of the upload has expired, or is not known any more. */
    "upload-expired": () => ({ status: 403, headers: {}, body: "" }),
    "upload-lost": () => ({ status: 404, headers: {}, body: "" }),
    /** The next ten questions are answered with processing. */
    "processing-x10": (lab, request) => doThen(lab, request, "held = 10"),
    /** The post is out, and its status never tells its id. */
    nameless: (lab, request) => doThen(lab, request, "nameless = 1"),
    /** The post is complete, but for an hour neither listed nor named. */
    moderation: (lab, request) => doThen(lab, request, `moderation = ${HOUR}`),
    "fail-internal": failing("internal"),
    "fail-format": failing("file_format_check_failed"),
    "fail-spam": failing("spam_risk_text"),
    "fail-auth": failing("auth_removed"),
  },
  seed,
  citizens: null,
  // TikTok asks nothing of an address before it uses it.
  verifyWebhook: async () => null,
  accounts,
  page,
  media,
};
