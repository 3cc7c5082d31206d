import { json, type LabRequest, type Reply } from "../http.ts";
import type { Lab } from "../lab.ts";
import { deleteComment, insertReply, insertThread, setModerationStatus } from "./comments.ts";
import { bad, GoogleProblem, notFound, problemReply } from "./errors.ts";
import { type Asked, channels, comments, commentThreads, playlistItems, videos } from "./lists.ts";
import { spend } from "./quota.ts";
import type { ChannelRow } from "./tables.ts";
import { authenticate, exchange, fullScope, readScope, revoke, uploadScope } from "./tokens.ts";
import { openSession, purpose, resume, setThumbnail, uploadWhole } from "./uploads.ts";
import { deleteVideo } from "./videos.ts";
import { listOf } from "./view.ts";

type Call = { lab: Lab; request: LabRequest; channel: ChannelRow; params: URLSearchParams; parts: string[] };
type Route = { name: string; path: string; scopes: string[]; units: number; run: (call: Call) => Reply };

const read = [readScope, fullScope];
const write = [fullScope];
const upload = [uploadScope, fullScope];
const list = (answer: (asked: Asked) => unknown) => (call: Call) => json(200, answer({ ...call, viewer: call.channel }));
const nothing: Reply = { status: 204, headers: {}, body: "" };
const v3 = (name: string) => `youtube/v3/${name}`;

function insertVideo({ lab, channel, request, params }: Call): Reply {
  const kind = params.get("uploadType");
  if (kind !== "resumable" && kind !== "multipart") throw bad("badRequest", "Unknown uploadType");
  spend(lab, "uploads", 1);
  return kind === "resumable" ? openSession(lab, channel, request) : uploadWhole(lab, channel, request);
}

/** Every call the lab understands, with the scopes of which it takes one, and its price in units. */
const routes: Route[] = [
  { name: "GET channels", path: v3("channels"), scopes: read, units: 1, run: list(channels) },
  { name: "GET videos", path: v3("videos"), scopes: read, units: 1, run: list(videos) },
  { name: "GET playlistItems", path: v3("playlistItems"), scopes: read, units: 1, run: list(playlistItems) },
  { name: "GET commentThreads", path: v3("commentThreads"), scopes: [fullScope], units: 1, run: list(commentThreads) },
  { name: "GET comments", path: v3("comments"), scopes: [fullScope], units: 1, run: list(comments) },
  {
    name: "POST commentThreads",
    path: v3("commentThreads"),
    scopes: write,
    units: 50,
    run: ({ lab, channel, request, parts }) => json(200, insertThread(lab, channel, request, parts)),
  },
  {
    name: "POST comments",
    path: v3("comments"),
    scopes: write,
    units: 50,
    run: ({ lab, channel, request }) => json(200, insertReply(lab, channel, request)),
  },
  {
    name: "POST comments/setModerationStatus",
    path: v3("comments/setModerationStatus"),
    scopes: write,
    units: 50,
    run: ({ lab, channel, params }) => {
      lab.store.transaction(() => setModerationStatus(lab, channel, params));
      return nothing;
    },
  },
  {
    name: "DELETE comments",
    path: v3("comments"),
    scopes: write,
    units: 50,
    run: ({ lab, channel, params }) => {
      deleteComment(lab, channel, params.get("id") ?? "");
      return nothing;
    },
  },
  {
    name: "DELETE videos",
    path: v3("videos"),
    scopes: write,
    units: 50,
    run: ({ lab, channel, params }) => {
      deleteVideo(lab, channel, params.get("id") ?? "");
      return nothing;
    },
  },
  { name: "POST videos", path: `upload/${v3("videos")}`, scopes: upload, units: 0, run: insertVideo },
  {
    name: "POST thumbnails",
    path: `upload/${v3("thumbnails/set")}`,
    scopes: upload,
    units: 50,
    run: ({ lab, channel, request }) => setThumbnail(lab, channel, request),
  },
];

const pathOf = (request: LabRequest): string => request.segments.slice(1).join("/");
const ofSession = (request: LabRequest) => request.method === "PUT" && pathOf(request) === `upload/${v3("videos")}`;
const routeOf = (request: LabRequest) => routes.find(({ name, path }) => name.startsWith(`${request.method} `) && path === pathOf(request));

/** "GET videos", "POST videos" (opens a session), "PUT status", "PUT chunk", "PUT last", "POST token" …; an unknown call goes by its own path. */
export function endpoint(_: Lab, request: LabRequest): string {
  if (ofSession(request)) return `PUT ${purpose(request)}`;
  return routeOf(request)?.name ?? `${request.method} ${pathOf(request)}`;
}

/** Answers one request below /google; refusals are Google's. */
export async function api(lab: Lab, request: LabRequest): Promise<Reply> {
  if (endpoint(lab, request) === "POST token") return exchange(lab, request);
  if (endpoint(lab, request) === "POST revoke") return revoke(lab, request);
  try {
    if (ofSession(request)) {
      // The address of a session is enough; a token that comes with it must be a good one.
      if (request.headers.authorization) authenticate(lab, request, upload);
      return resume(lab, request);
    }
    const route = routeOf(request);
    if (!route) throw notFound("notFound", "Not Found");
    const channel = authenticate(lab, request, route.scopes);
    const params = request.url.searchParams;
    const parts = listOf(params, "part");
    if (request.method === "GET" && parts.length === 0) throw bad("missingRequiredParameter", "No part was named.");
    spend(lab, "units", route.units);
    return route.run({ lab, request, channel, params, parts });
  } catch (error) {
    if (error instanceof GoogleProblem) return problemReply(error);
    throw error;
  }
}
