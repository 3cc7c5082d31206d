import { withUsage } from "../facebook/api.ts";
import { argumentsOf, graphReply, nodeOf, numberOf, pathOf, selfOf, unsupported } from "../facebook/calls.ts";
import { foreignPage, missing, oldVersion } from "../facebook/errors.ts";
import { parseFields } from "../facebook/fields.ts";
import { parameter } from "../facebook/parameters.ts";
import type { LabRequest, Reply } from "../http.ts";
import type { Lab } from "../lab.ts";
import { answerInvite, listCollaborators, listInvites } from "./collaboration.ts";
import { addPostComment, addReply, hideComment } from "./comments.ts";
import { createContainer, publish } from "./containers.ts";
import { missingPermission } from "./errors.ts";
import { insights, listComments, listMedia, publishingLimit, readNode } from "./nodes.ts";
import { type AccountRow, findAccount, findNode, type Node } from "./tables.ts";
import { authenticate, exchange, exchangeCode, refresh } from "./tokens.ts";

const OLDEST_VERSION = 22;

type NodeOf<K extends Node["kind"]> = Extract<Node, { kind: K }>;
type Call<N extends Node = Node> = {
  lab: Lab;
  request: LabRequest;
  node: N;
  account: AccountRow;
  args: { [name: string]: string };
  self: URL;
};
type Handler = { scope: string; run: (call: Call) => unknown };

const basic = "instagram_business_basic";
const contentPublish = "instagram_business_content_publish";
const manageComments = "instagram_business_manage_comments";
const manageInsights = "instagram_business_manage_insights";
const success = { success: true };

/** A handler for one kind of object; the dispatcher looks it up by that kind, which is what makes the narrowing true. */
const on = <K extends Node["kind"]>(scope: string, run: (call: Call<NodeOf<K>>) => unknown): Handler => ({
  scope,
  run: run as Handler["run"],
});
const write = <K extends Node["kind"]>(scope: string, run: (call: Call<NodeOf<K>>) => unknown): Handler =>
  on<K>(scope, (call) => call.lab.store.transaction(() => run(call)));
const read = (scope: string): Handler => on(scope, ({ node, args, lab }) => readNode(node, args.fields, lab));
const fieldsOf = ({ args }: Call) => (args.fields ? parseFields(args.fields) : null);

/** Every call the lab understands, as method, kind of object and edge, with the permission it takes. */
const handlers: { [call: string]: Handler | undefined } = {
  "GET account": read(basic),
  "GET account media": on(basic, ({ lab, account, args, self }) => listMedia(lab, account, args, self)),
  "GET account content_publishing_limit": on(contentPublish, ({ lab, account, args }) => publishingLimit(lab, account, args.fields)),
  "POST account media": on(contentPublish, ({ lab, account, request }) => createContainer(lab, account, request)),
  "POST account media_publish": write(contentPublish, ({ lab, account, request }) => publish(lab, account, request)),
  "GET account collaboration_invites": on(basic, ({ lab, account, args, self }) => listInvites(lab, account, args, self)),
  "POST account collaboration_invites": write(basic, ({ lab, account, request }) => answerInvite(lab, account, request)),
  "GET container": read(contentPublish),
  "GET post": read(basic),
  "GET post comments": on<"post">(manageComments, (call) =>
    listComments(call.lab, { media: call.node.row.id, parent: null }, call.args, fieldsOf(call), call.self),
  ),
  "POST post comments": write<"post">(manageComments, ({ lab, node, account, request }) =>
    addPostComment(lab, node.row.id, account, request),
  ),
  "GET post collaborators": on<"post">(basic, ({ lab, node }) => listCollaborators(lab, node.row)),
  "GET post insights": on<"post">(manageInsights, ({ lab, node, args }) => insights(node.row, args, lab, null)),
  "GET comment": read(manageComments),
  "GET comment replies": on<"comment">(manageComments, (call) =>
    listComments(call.lab, { media: call.node.row.media, parent: call.node.row.id }, call.args, fieldsOf(call), call.self),
  ),
  "POST comment replies": write<"comment">(manageComments, ({ lab, node, account, request }) => addReply(lab, node.row, account, request)),
  "POST comment": write<"comment">(manageComments, ({ lab, node, account, request }) => {
    hideComment(lab, node.row, account.id, request);
    return success;
  }),
  "DELETE comment": write<"comment">(manageComments, ({ lab, node }) => {
    lab.store.run("DELETE FROM ig_comment WHERE id = ?", node.row.id);
    return success;
  }),
};

const tokenCalls: { [path: string]: ((lab: Lab, request: LabRequest) => object) | undefined } = {
  refresh_access_token: refresh,
  access_token: exchange,
};

const resolve = (lab: Lab, request: LabRequest, id: string): Node | null =>
  nodeOf(
    id,
    (one) => findNode(lab.store, one),
    () => authenticate(lab, request).account,
  );

/** "POST media" for a call on an edge, "GET container" (account, post, comment, node) for one on an object. */
export function endpoint(lab: Lab, request: LabRequest): string {
  const { id, edge } = pathOf(request);
  return `${request.method} ${edge || (tokenCalls[id] ? id : (resolve(lab, request, id)?.kind ?? "node"))}`;
}

async function answer(lab: Lab, request: LabRequest): Promise<unknown> {
  const { version, id, edge } = pathOf(request);
  if (version !== null && numberOf(version) < OLDEST_VERSION) throw oldVersion();
  const tokenCall = tokenCalls[id];
  if (tokenCall && request.method === "GET") return tokenCall(lab, request);
  const viewer = authenticate(lab, request);
  const node = resolve(lab, request, id);
  if (!node) throw missing(request.method, id);
  if (node.account !== viewer.account) throw foreignPage(false);
  const handler = handlers[[request.method, node.kind, edge].filter(Boolean).join(" ")];
  if (!handler) throw unsupported(request, edge || node.kind);
  if (!(JSON.parse(viewer.scopes) as string[]).includes(handler.scope)) throw missingPermission(handler.scope);
  const args = argumentsOf(request);
  const self = selfOf(lab, request, parameter(request, "access_token") ?? viewer.token);
  return handler.run({ lab, request, node, account: findAccount(lab.store, viewer.account)!, args, self });
}

/** Answers one request; refusals become Graph errors. The exchange of a code has errors of its own kind. */
export async function api(lab: Lab, request: LabRequest): Promise<Reply> {
  const { id, edge } = pathOf(request);
  if (id === "oauth" && edge === "access_token" && request.method === "POST") return exchangeCode(lab, request);
  return withUsage(lab, request, await graphReply(() => answer(lab, request)));
}
