import type { LabRequest, Reply } from "../http.ts";
import type { Lab } from "../lab.ts";
import { errorReply, noRoute, ok, TikTokError } from "./errors.ts";
import { listVideos, queryVideos, userInfo } from "./lists.ts";
import { settle } from "./progress.ts";
import { creatorInfo, fetchStatus, initPhotos, initVideo } from "./publishing.ts";
import type { UserRow } from "./tables.ts";
import { allScopes, authenticate, exchange } from "./tokens.ts";
import { takePart } from "./upload.ts";

type Call = { lab: Lab; request: LabRequest; user: UserRow; granted: string[] };
/** One of `scopes` is enough. */
type Route = { scopes: string[]; run: (call: Call) => object | Promise<object> };

const publish = ["video.publish"];
const list = ["video.list"];

/** Every call the lab understands with an access token. */
const routes: { [endpoint: string]: Route | undefined } = {
  "GET user/info": {
    scopes: allScopes.filter((scope) => scope.startsWith("user.")),
    run: (call) => userInfo(call.lab, call.user, call.granted, call.request),
  },
  "POST video/list": { scopes: list, run: ({ lab, user, request }) => listVideos(lab, user, request) },
  "POST video/query": { scopes: list, run: ({ lab, user, request }) => queryVideos(lab, user, request) },
  "POST creator_info/query": { scopes: publish, run: ({ lab, user }) => creatorInfo(lab, user) },
  "POST video/init": { scopes: publish, run: ({ lab, user, request }) => initVideo(lab, user, request) },
  "POST content/init": { scopes: publish, run: ({ lab, user, request }) => initPhotos(lab, user, request) },
  "POST status/fetch": { scopes: ["video.publish", "video.upload"], run: ({ lab, user, request }) => fetchStatus(lab, user, request) },
};

const UPLOAD = "PUT upload";
const TOKEN = "POST oauth/token";

/** "POST video/init", "PUT upload", "POST oauth/token" …: the path without its version and without "post/publish". */
export function endpoint(_: Lab, { method, segments }: LabRequest): string {
  if (segments[1] === "upload") return `${method} upload`;
  return `${method} ${segments
    .slice(2)
    .join("/")
    .replace(/^post\/publish\//, "")}`;
}

/** Ids of posts stand as numbers here, larger than a double holds. */
const withNumbers = (reply: Reply): Reply => ({
  ...reply,
  body: String(reply.body).replace(/"publicaly_available_post_id":\["(\d+)"\]/, '"publicaly_available_post_id":[$1]'),
});

/** Answers one request; refusals become TikTok's envelope. */
export async function api(lab: Lab, request: LabRequest): Promise<Reply> {
  settle(lab);
  const name = endpoint(lab, request);
  if (name === UPLOAD) return takePart(lab, request);
  if (name === TOKEN) return exchange(lab, request);
  try {
    const route = routes[name];
    if (!route) throw noRoute();
    const { user, granted } = authenticate(lab, request, route.scopes);
    return withNumbers(ok(await route.run({ lab, request, user, granted })));
  } catch (error) {
    if (error instanceof TikTokError) return errorReply(error);
    throw error;
  }
}
