import type { LabRequest } from "../http.ts";
import type { Lab } from "../lab.ts";
import { commentChanged, postChanged } from "./changes.ts";
import { invalid } from "./errors.ts";
import { parseFields } from "./fields.ts";
import { listRows } from "./lists.ts";
import { commentsEdge, readNode, type View } from "./nodes.ts";
import { parameter } from "./parameters.ts";
import { findPage, findPost, type Node, type PageRow, type PostRow } from "./tables.ts";
import { addComment, createPhoto, createPost, updateComment, updatePost } from "./writing.ts";

type NodeOf<K extends Node["kind"]> = Extract<Node, { kind: K }>;

/** One call on one object. `args` are the text parameters, `self` the address to continue a list from. */
export type Call<N extends Node = Node> = {
  lab: Lab;
  request: LabRequest;
  view: View;
  node: N;
  page: PageRow;
  args: { [name: string]: string };
  self: URL;
};
export type Handler = { scope: string | null; run: (call: Call) => unknown };

const manageEngagement = "pages_manage_engagement";
const managePosts = "pages_manage_posts";
const manageMetadata = "pages_manage_metadata";
const readEngagement = "pages_read_engagement";
const readUserContent = "pages_read_user_content";
const success = { success: true };

/** A handler for one kind of object; the dispatcher looks it up by that kind, which is what makes the narrowing true. */
const on = <K extends Node["kind"]>(scope: string | null, run: (call: Call<NodeOf<K>>) => unknown): Handler => ({
  scope,
  run: run as Handler["run"],
});

/** Like `on`, as one transaction together with the webhook it causes. */
const write = <K extends Node["kind"]>(scope: string, run: (call: Call<NodeOf<K>>) => unknown): Handler =>
  on<K>(scope, (call) => call.lab.store.transaction(() => run(call)));

const read = (scope: string | null): Handler => on(scope, ({ node, args, view }) => readNode(node, args.fields, view));

const listPosts = on<"page">(readEngagement, ({ lab, page, args, self, view }) => {
  const source = { table: "fb_post", where: "page = ? AND published = 1", values: [page.id], key: "created", newestFirst: true };
  const { rows, paging } = listRows<PostRow>(lab.store, source, args, self);
  const data = rows.map((row) => readNode({ kind: "post", row, page: page.id }, args.fields, view));
  return { data, ...(paging ? { paging } : {}) };
});

const listComments = ({ view, args, self }: Call, post: string, comment: string | null): unknown =>
  commentsEdge(view, { post, comment }, args, args.fields ? parseFields(args.fields) : null, self);

const addPageComment = ({ lab, page, request }: Call, post: PostRow, parent: string | null): unknown => ({
  id: addComment(lab, post, parent, { id: page.id, name: page.name }, parameter(request, "message") ?? "").id,
});

const insights = on<"post">("read_insights", ({ node, args, self }) => {
  const name = "post_total_media_view_unique";
  if ((args.metric ?? "").split(",").some((metric) => metric.trim() !== name)) throw invalid("The value must be a valid insights metric");
  const here = `${self.origin}${self.pathname}`;
  const paging = { previous: `${here}?metric=${name}`, next: `${here}?metric=${name}` };
  if (node.row.views === null) return { data: [], paging };
  const metric = {
    name,
    period: "lifetime",
    values: [{ value: node.row.views }],
    title: "Lifetime viewers",
    description: "Viewers of the post",
  };
  return { data: [{ ...metric, id: `${node.row.id}/insights/${name}/lifetime` }], paging };
});

const like = (table: "fb_post" | "fb_comment", liked: 0 | 1): Handler =>
  write(manageEngagement, ({ lab, node }) => {
    lab.store.run(`UPDATE ${table} SET liked = ? WHERE id = ?`, liked, node.row.id);
    return success;
  });

const subscribe = (subscribed: 0 | 1): Handler =>
  write<"page">(manageMetadata, ({ lab, page, request }) => {
    const fields = (parameter(request, "subscribed_fields") ?? "").split(/\W+/);
    if (subscribed && !fields.includes("feed")) throw invalid("Param subscribed_fields must contain feed");
    lab.store.run("UPDATE fb_page SET subscribed = ? WHERE id = ?", subscribed, page.id);
    return success;
  });

/** Every call the lab understands, as method, kind of object and edge, with the permission it takes. */
export const handlers: { [call: string]: Handler | undefined } = {
  "GET user": read(null),
  "GET user accounts": on<"user">("pages_show_list", ({ lab, node, view, args }) => {
    const pages = (JSON.parse(node.row.pages) as string[]).map((id) => findPage(lab.store, id)).filter((page) => page !== undefined);
    return {
      data: pages.map((row) => readNode({ kind: "page", row, page: row.id }, args.fields || "access_token,category,name,id,tasks", view)),
    };
  }),
  "GET page": read(null),
  "GET page feed": listPosts,
  "GET page posts": listPosts,
  "GET page published_posts": listPosts,
  "POST page feed": on<"page">(managePosts, ({ lab, page, request }) => createPost(lab, page, request)),
  "POST page photos": on<"page">(managePosts, ({ lab, page, request }) => createPhoto(lab, page, request)),
  "GET page subscribed_apps": on<"page">(manageMetadata, ({ page }) => ({
    data: page.subscribed ? [{ name: "Garda", id: "100000000000001", subscribed_fields: ["feed"] }] : [],
  })),
  "POST page subscribed_apps": subscribe(1),
  "DELETE page subscribed_apps": subscribe(0),
  "GET post": read(readEngagement),
  "POST post": write<"post">(managePosts, ({ lab, node, request }) => {
    updatePost(lab, node.row, request);
    return success;
  }),
  "DELETE post": write<"post">(managePosts, ({ lab, node }) => {
    postChanged(lab, "remove", node.row);
    lab.store.run("DELETE FROM fb_post WHERE id = ?", node.row.id);
    return success;
  }),
  "GET post comments": on<"post">(readUserContent, (call) => listComments(call, call.node.row.id, null)),
  "POST post comments": write<"post">(manageEngagement, (call) => addPageComment(call, call.node.row, null)),
  "GET post insights": insights,
  "POST post likes": like("fb_post", 1),
  "DELETE post likes": like("fb_post", 0),
  "GET comment": read(readUserContent),
  "GET comment comments": on<"comment">(readUserContent, (call) => listComments(call, call.node.row.post, call.node.row.id)),
  "POST comment comments": write<"comment">(manageEngagement, (call) =>
    addPageComment(call, findPost(call.lab.store, call.node.row.post)!, call.node.row.id),
  ),
  "POST comment": write<"comment">(manageEngagement, ({ lab, node, page, request }) => {
    updateComment(lab, node.row, page.id, request);
    return success;
  }),
  "DELETE comment": write<"comment">(manageEngagement, ({ lab, node }) => {
    commentChanged(lab, "remove", node.row);
    lab.store.run("DELETE FROM fb_comment WHERE id = ?", node.row.id);
    return success;
  }),
  "POST comment likes": like("fb_comment", 1),
  "DELETE comment likes": like("fb_comment", 0),
  "GET photo": read(readEngagement),
  "DELETE photo": write<"photo">(managePosts, ({ lab, node }) => {
    lab.store.run("DELETE FROM fb_photo WHERE id = ?", node.row.id);
    return success;
  }),
};
