import type { LabRequest, Reply } from "../http.ts";
import { callsSince } from "../journal.ts";
import type { Lab } from "../lab.ts";
import { argumentsOf, graphReply, nodeOf, numberOf, pathOf, selfOf, unsupported } from "./calls.ts";
import { exchange } from "./consent.ts";
import { foreignPage, missing, missingScope, oldVersion, userTokenRefused } from "./errors.ts";
import { handlers } from "./handlers.ts";
import { readNode } from "./nodes.ts";
import { parameter } from "./parameters.ts";
import { findNode, findPage, type Node, type TokenRow } from "./tables.ts";
import { authenticate, debugToken } from "./tokens.ts";
import { uploadReel } from "./videos.ts";

const OLDEST_VERSION = 22;
const DEFAULT_VERSION = "v26.0";
const CALLS_PER_HOUR = 20_000;

const resolve = (lab: Lab, request: LabRequest, id: string): Node | null =>
  nodeOf(
    id,
    (one) => findNode(lab.store, one),
    () => authenticate(lab, request).owner,
  );

/**
 * "POST feed" for a call on an edge, "GET post" (page, comment, photo, video, user, node, ids, debug_token) for one on an object,
 * "POST videos/finish" for a phase of an upload, "POST video-upload" for a reel's bytes.
 */
export function endpoint(lab: Lab, request: LabRequest): string {
  const { id, edge } = pathOf(request);
  const phase = parameter(request, "upload_phase");
  if (id === "video-upload") return `${request.method} ${id}`;
  if (phase !== undefined) return `${request.method} ${edge}/${phase}`;
  const name = edge || (id === "debug_token" ? id : id === "" ? "ids" : (resolve(lab, request, id)?.kind ?? "node"));
  return `${request.method} ${name}`;
}

/** Whose page a call acts on must be the token's own; a user token may only read its account and its pages' names. */
function authorise(viewer: TokenRow, node: Node, writing: boolean, edge: string): void {
  if (viewer.kind === "page") {
    if (node.page !== viewer.owner) throw foreignPage(writing);
  } else if (node.kind === "user" ? node.row.id !== viewer.owner : node.kind !== "page" || edge !== "" || writing) {
    throw userTokenRefused();
  }
}

async function answer(lab: Lab, request: LabRequest): Promise<unknown> {
  const { version, id, edge } = pathOf(request);
  if (numberOf(version) < OLDEST_VERSION) throw oldVersion();
  if (id === "debug_token" && request.method === "GET") return debugToken(lab, request);
  if (id === "oauth" && edge === "access_token") return exchange(lab, request);
  const viewer = authenticate(lab, request);
  if (id === "video-upload") return uploadReel(lab, viewer.owner, edge.split("/").at(-1) ?? "", request);
  const view = { lab, viewer };
  const writing = request.method !== "GET";
  const ids = request.url.searchParams.get("ids");
  const fields = parameter(request, "fields");
  if (id === "" && ids && !writing) {
    return Object.fromEntries(
      ids.split(",").map((each) => {
        const node = findNode(lab.store, each);
        if (!node) throw missing("GET", each);
        authorise(viewer, node, false, "");
        return [each, readNode(node, fields, view)];
      }),
    );
  }
  const node = resolve(lab, request, id);
  if (!node) throw missing(request.method, id);
  authorise(viewer, node, writing, edge);
  const handler = handlers[[request.method, node.kind, edge].filter(Boolean).join(" ")];
  if (!handler) throw unsupported(request, edge || node.kind);
  if (handler.scope && !(JSON.parse(viewer.scopes) as string[]).includes(handler.scope)) throw missingScope(handler.scope);
  const args = argumentsOf(request);
  const self = selfOf(lab, request, viewer.token);
  const page = findPage(lab.store, node.page ?? "") ?? { id: "", name: "", username: "", about: "", followers: 0, subscribed: 0 as const };
  return handler.run({ lab, request, view, node, page, args, self });
}

/** Adds what every Graph answer carries in its headers. */
export function withUsage(lab: Lab, request: LabRequest, reply: Reply, callCount?: number): Reply {
  const calls = callsSince(lab.store, "facebook", new Date(lab.now() - 3_600_000));
  const usage = { call_count: callCount ?? Math.min(99, Math.floor((calls * 100) / CALLS_PER_HOUR)), total_cputime: 0, total_time: 0 };
  return {
    ...reply,
    headers: { ...reply.headers, "facebook-api-version": pathOf(request).version ?? DEFAULT_VERSION, "x-app-usage": JSON.stringify(usage) },
  };
}

/** Answers one Graph request. */
export const api = async (lab: Lab, request: LabRequest): Promise<Reply> =>
  withUsage(lab, request, await graphReply(() => answer(lab, request)));
