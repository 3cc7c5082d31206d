import type { LabRequest } from "../http.ts";
import type { Lab } from "../lab.ts";
import { postChanged } from "./changes.ts";
import { permissions } from "./consent.ts";
import { invalid } from "./errors.ts";
import { parseFields } from "./fields.ts";
import { listRows } from "./lists.ts";
import { commentsEdge, postInsights, readNode, type View } from "./nodes.ts";
import { parameter } from "./parameters.ts";
import { findPost, type Node, type PageRow, type PostRow, type VideoRow } from "./tables.ts";
import { createReel, createVideo } from "./videos.ts";
import { addComment, createPhoto, createPost, removeComment, updateComment, updatePost } from "./writing.ts";

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

const listVideos = (reels: boolean): Handler =>
  on<"page">(readEngagement, ({ lab, page, args, self, view }) => {
    const where = `page = ? AND state = 'out' ${reels ? "AND reel = 1" : ""}`;
    const source = { table: "fb_video", where, values: [page.id], key: "created", newestFirst: true };
    const { rows, paging } = listRows<VideoRow>(lab.store, source, args, self);
    const data = rows.map((row) => readNode({ kind: "video", row, page: page.id }, args.fields, view));
    return { data, ...(paging ? { paging } : {}) };
  });

const listAccounts = on<"user">("pages_show_list", ({ lab, node, view, args, self }) => {
  const pages = JSON.parse(node.row.pages) as string[];
  const where = "id IN (SELECT value FROM json_each(?))";
  const { since: _, until: __, ...kept } = args;
  const source = { table: "fb_page", where, values: [JSON.stringify(pages)], key: "id", newestFirst: false };
  const { rows, paging } = listRows<PageRow>(lab.store, source, kept, self);
  const fields = args.fields || "access_token,category,name,id,tasks";
  return { data: rows.map((row) => readNode({ kind: "page", row, page: row.id }, fields, view)), ...(paging ? { paging } : {}) };
});

const insights = on<"post">("read_insights", ({ node, args, self }) => {
  const { data } = postInsights(node.row, args.metric ?? "", null);
  const here = `${self.origin}${self.pathname}?metric=${args.metric ?? ""}`;
  return { data, paging: { previous: here, next: here } };
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
  "GET user accounts": listAccounts,
  "GET user permissions": on<"user">(null, ({ view }) => ({ data: permissions(view.viewer) })),
  "GET page": read(null),
  "GET page feed": listPosts,
  "GET page posts": listPosts,
  "GET page published_posts": listPosts,
  "POST page feed": on<"page">(managePosts, ({ lab, page, request }) => createPost(lab, page, request)),
  "POST page photos": on<"page">(managePosts, ({ lab, page, request }) => createPhoto(lab, page, request)),
  "GET page videos": listVideos(false),
  "GET page video_reels": listVideos(true),
  "POST page videos": on<"page">(managePosts, ({ lab, page, request }) => createVideo(lab, page, request)),
  "POST page video_reels": write<"page">(managePosts, ({ lab, page, request }) => createReel(lab, page, request)),
  "GET video": read(readEngagement),
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
    removeComment(lab, node.row);
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
