import { withUsage } from "../facebook/api.ts";
import { argumentsOf, graphReply, nodeOf, pathOf, unsupported } from "../facebook/calls.ts";
import { foreignPage, GraphError, missing } from "../facebook/errors.ts";
import { parameter } from "../facebook/parameters.ts";
import type { LabRequest, Reply } from "../http.ts";
import type { Lab } from "../lab.ts";
import { createContainer, publish } from "./containers.ts";
import { missingPermission } from "./errors.ts";
import { manageReply } from "./replies.ts";
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
  "POST post manage_reply": on<"post">([manageReplies], ({ lab, node, request }) => manageReply(lab, node.row, request)),
  "GET post insights": on<"post">([manageInsights], ({ lab, node, args }) => postInsights(lab, node.row, args)),
};

const tokenCalls: { [path: string]: ((lab: Lab, request: LabRequest) => object) | undefined } = {
  access_token: exchange,
  refresh_access_token: refresh,
  debug_token: debugToken,
};

const resolve = (lab: Lab, request: LabRequest, id: string): Node | null =>
  nodeOf(
    id,
    (one) => findNode(lab.store, one),
    () => authenticate(lab, request).account,
  );

/** "POST threads" for a call on an edge, "GET container" (account, post) for one on an object, "POST oauth/access_token" for a code. */
export function endpoint(lab: Lab, request: LabRequest): string {
  const { id, edge } = pathOf(request);
  if (id === "oauth") return `${request.method} oauth/${edge}`;
  return `${request.method} ${edge || (tokenCalls[id] ? id : (resolve(lab, request, id)?.kind ?? "node"))}`;
}

async function answer(lab: Lab, request: LabRequest): Promise<unknown> {
  const { version, id, edge } = pathOf(request);
  if (version !== null && version !== VERSION) throw new GraphError(`Unknown path components: /${version}`, { code: 2500 });
  const tokenCall = tokenCalls[id];
  if (tokenCall && request.method === "GET") return tokenCall(lab, request);
  const viewer = authenticate(lab, request);
  const node = resolve(lab, request, id);
  if (!node) throw missing(request.method, id);
  if (node.account !== viewer.account) throw foreignPage(false);
  const handler = handlers[[request.method, node.kind, edge].filter(Boolean).join(" ")];
  if (!handler) throw unsupported(request, edge || node.kind, "THApiException");
  const replying = request.method === "POST" && edge === "threads" && parameter(request, "reply_to_id") !== undefined;
  const granted = JSON.parse(viewer.scopes) as string[];
  const lacking = [...handler.scopes, ...(replying ? [manageReplies] : [])].find((scope) => !granted.includes(scope));
  if (lacking !== undefined) throw missingPermission(lacking);
  const args = argumentsOf(request);
  return handler.run({ lab, request, node, account: findAccount(lab.store, viewer.account)!, args });
}

/** Answers one request; refusals become Graph errors. The exchange of a code has errors of its own kind. */
export async function api(lab: Lab, request: LabRequest): Promise<Reply> {
  const { id, edge } = pathOf(request);
  if (id === "oauth" && edge === "access_token" && request.method === "POST") return exchangeCode(lab, request);
  return withUsage(lab, request, await graphReply(() => answer(lab, request)));
}
