import { withUsage } from "../facebook/api.ts";
import { errorReply, foreignPage, GraphError, missing } from "../facebook/errors.ts";
import { parameter } from "../facebook/parameters.ts";
import { json, type LabRequest, type Reply } from "../http.ts";
import type { Lab } from "../lab.ts";
import { createContainer, publish } from "./containers.ts";
import { missingPermission } from "./errors.ts";
import { type AccountRow, findAccount, findNode, type Node } from "./tables.ts";
import { authenticate, debugToken, exchange, exchangeCode, refresh } from "./tokens.ts";
import { accountInsights, listOwn, listReplies, postInsights, publishingLimit, readNode } from "./view.ts";

/** First path segments of the API; pages for people stand under the same name. */
export const apiPrefix = /^threads\/(?:v\d+\.\d+|oauth\/access_token|access_token|refresh_access_token)\//;

const VERSION = "v1.0";

type NodeOf<K extends Node["kind"]> = Extract<Node, { kind: K }>;
type Call<N extends Node = Node> = { lab: Lab; request: LabRequest; node: N; account: AccountRow; args: { [name: string]: string } };
type Handler = { scopes: string[]; run: (call: Call) => unknown };

const basic = "threads_basic";
const contentPublish = "threads_content_publish";
const manageReplies = "threads_manage_replies";
const readReplies = "threads_read_replies";
const manageInsights = "threads_manage_insights";

/** A handler for one kind of object; the dispatcher looks it up by that kind, which is what makes the narrowing true. */
const on = <K extends Node["kind"]>(scopes: string[], run: (call: Call<NodeOf<K>>) => unknown): Handler => ({
  scopes: [basic, ...scopes],
  run: run as Handler["run"],
});
const read = (...scopes: string[]): Handler => on(scopes, ({ node, args, lab }) => readNode(node, args.fields, lab));

/** Every call the lab understands, as method, kind of object and edge, with the permissions it takes. */
const handlers: { [call: string]: Handler | undefined } = {
  "GET account": read(),
  "GET account threads": on([], ({ lab, account, args }) => listOwn(lab, account, args, false)),
  "GET account replies": on([readReplies], ({ lab, account, args }) => listOwn(lab, account, args, true)),
  "GET account threads_insights": on([manageInsights], ({ account, args }) => accountInsights(account, args)),
  "GET account threads_publishing_limit": on([contentPublish], ({ lab, account, args }) => publishingLimit(lab, account, args.fields)),
  "POST account threads": on([contentPublish], ({ lab, account, request }) => createContainer(lab, account, request)),
  "POST account threads_publish": on([contentPublish], ({ lab, account, request }) =>
    lab.store.transaction(() => publish(lab, account, request)),
  ),
  "GET container": read(contentPublish),
  "GET post": read(),
  "GET post replies": on<"post">([readReplies], ({ lab, node, args }) => listReplies(lab, node.row, "parent", args)),
  "GET post conversation": on<"post">([readReplies], ({ lab, node, args }) => listReplies(lab, node.row, "root", args)),
  "GET post insights": on<"post">([manageInsights], ({ lab, node, args }) => postInsights(lab, node.row, args)),
};

const tokenCalls: { [path: string]: ((lab: Lab, request: LabRequest) => object) | undefined } = {
  access_token: exchange,
  refresh_access_token: refresh,
  debug_token: debugToken,
};

function target(request: LabRequest): { version: string | null; id: string; edge: string } {
  const [, first = "", ...rest] = request.segments;
  const versioned = /^v\d+\.\d+$/.test(first);
  const [id = "", ...edge] = versioned ? rest : [first, ...rest];
  return { version: versioned ? first : null, id, edge: edge.join("/") };
}

/** The object named by an id; "me" is whoever the token belongs to. */
function resolve(lab: Lab, request: LabRequest, id: string): Node | null {
  if (id !== "me") return findNode(lab.store, id);
  try {
    return findNode(lab.store, authenticate(lab, request).account);
  } catch {
    return null;
  }
}

/** "POST threads" for a call on an edge, "GET container" (account, post) for one on an object, "POST oauth/access_token" for a code. */
export function endpoint(lab: Lab, request: LabRequest): string {
  const { id, edge } = target(request);
  if (id === "oauth") return `${request.method} oauth/${edge}`;
  return `${request.method} ${edge || (tokenCalls[id] ? id : (resolve(lab, request, id)?.kind ?? "node"))}`;
}

async function answer(lab: Lab, request: LabRequest): Promise<unknown> {
  const { version, id, edge } = target(request);
  if (version !== null && version !== VERSION) throw new GraphError(`Unknown path components: /${version}`, { code: 2500 });
  const tokenCall = tokenCalls[id];
  if (tokenCall && request.method === "GET") return tokenCall(lab, request);
  const viewer = authenticate(lab, request);
  const node = resolve(lab, request, id);
  if (!node) throw missing(request.method, id);
  if (node.account !== viewer.account) throw foreignPage(false);
  const handler = handlers[[request.method, node.kind, edge].filter(Boolean).join(" ")];
  if (!handler) {
    const message = `Unsupported ${request.method.toLowerCase()} request: ${edge || node.kind}`;
    throw new GraphError(`(#100) ${message}`, { type: "THApiException", code: 100 });
  }
  const replying = request.method === "POST" && edge === "threads" && parameter(request, "reply_to_id") !== undefined;
  const granted = JSON.parse(viewer.scopes) as string[];
  const lacking = [...handler.scopes, ...(replying ? [manageReplies] : [])].find((scope) => !granted.includes(scope));
  if (lacking !== undefined) throw missingPermission(lacking);
  const args = Object.fromEntries([...request.url.searchParams].filter(([name]) => name !== "access_token"));
  return handler.run({ lab, request, node, account: findAccount(lab.store, viewer.account)!, args });
}

/** Answers one request; refusals become Graph errors. The exchange of a code has errors of its own kind. */
export async function api(lab: Lab, request: LabRequest): Promise<Reply> {
  const { id, edge } = target(request);
  if (id === "oauth" && edge === "access_token" && request.method === "POST") return exchangeCode(lab, request);
  try {
    return withUsage(lab, request, json(200, await answer(lab, request)));
  } catch (error) {
    if (error instanceof GraphError) return withUsage(lab, request, errorReply(error));
    throw error;
  }
}
