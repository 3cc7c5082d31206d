import { json, type LabRequest, type Reply } from "../http.ts";
import { callsSince } from "../journal.ts";
import type { Lab } from "../lab.ts";
import { exchange } from "./consent.ts";
import { errorReply, foreignPage, GraphError, missing, missingScope, oldVersion, userTokenRefused } from "./errors.ts";
import { handlers } from "./handlers.ts";
import { readNode } from "./nodes.ts";
import { parameter } from "./parameters.ts";
import { findNode, findPage, type Node, type TokenRow } from "./tables.ts";
import { authenticate, debugToken } from "./tokens.ts";
import { uploadReel } from "./videos.ts";

const OLDEST_VERSION = 22;
const DEFAULT_VERSION = "v26.0";
const CALLS_PER_HOUR = 20_000;
const isVersion = /^v(\d+)\.\d+$/;

/** The path below the version: object and edge. */
function target(request: LabRequest): { version: string; id: string; edge: string } {
  const [, first = "", ...rest] = request.segments;
  const versioned = isVersion.test(first);
  const [id = "", ...edge] = versioned ? rest : [first, ...rest];
  return { version: versioned ? first : DEFAULT_VERSION, id, edge: edge.join("/") };
}

/** The object named by an id; "me" is whoever the token belongs to. */
function resolve(lab: Lab, request: LabRequest, id: string): Node | null {
  if (id !== "me") return findNode(lab.store, id);
  try {
    return findNode(lab.store, authenticate(lab, request).owner);
  } catch {
    return null;
  }
}

/**
 * "POST feed" for a call on an edge, "GET post" (page, comment, photo, video, user, node, ids, debug_token) for one on an object,
 * "POST videos/finish" for a phase of an upload, "POST video-upload" for a reel's bytes.
 */
export function endpoint(lab: Lab, request: LabRequest): string {
  const { id, edge } = target(request);
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
  const { version, id, edge } = target(request);
  if (Number(isVersion.exec(version)?.[1]) < OLDEST_VERSION) throw oldVersion();
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
  if (!handler) {
    throw new GraphError(`(#100) Unsupported ${request.method.toLowerCase()} request: ${edge || node.kind}`, {
      type: "GraphMethodException",
      code: 100,
    });
  }
  if (handler.scope && !(JSON.parse(viewer.scopes) as string[]).includes(handler.scope)) throw missingScope(handler.scope);
  const args = Object.fromEntries([...request.url.searchParams].filter(([name]) => name !== "access_token"));
  const self = new URL(`${lab.settings.origin}${request.url.pathname}${request.url.search}`);
  // Graph's own `next` addresses carry the token, and clients follow them without adding one.
  self.searchParams.set("access_token", viewer.token);
  const page = findPage(lab.store, node.page ?? "") ?? { id: "", name: "", username: "", about: "", followers: 0, subscribed: 0 as const };
  return handler.run({ lab, request, view, node, page, args, self });
}

/** Adds what every Graph answer carries in its headers. */
export function withUsage(lab: Lab, request: LabRequest, reply: Reply, callCount?: number): Reply {
  const calls = callsSince(lab.store, "facebook", new Date(lab.now() - 3_600_000));
  const usage = { call_count: callCount ?? Math.min(99, Math.floor((calls * 100) / CALLS_PER_HOUR)), total_cputime: 0, total_time: 0 };
  return { ...reply, headers: { ...reply.headers, "facebook-api-version": target(request).version, "x-app-usage": JSON.stringify(usage) } };
}

/** Answers one Graph request; refusals become Graph errors. */
export async function api(lab: Lab, request: LabRequest): Promise<Reply> {
  try {
    return withUsage(lab, request, json(200, await answer(lab, request)));
  } catch (error) {
    if (error instanceof GraphError) return withUsage(lab, request, errorReply(error));
    throw error;
  }
}
