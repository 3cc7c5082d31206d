import { invalid, noSuchField } from "../facebook/errors.ts";
import { type Field, graphTime, type Json, parseFields, pick } from "../facebook/fields.ts";
import { listRows } from "../facebook/lists.ts";
import type { Lab } from "../lab.ts";
import { askStatus, POSTS_PER_DAY, publishedToday, REPLIES_PER_DAY } from "./containers.ts";
import { noFollowers } from "./errors.ts";
import { type AccountRow, type FileRow, filesOf, isHidden, mediaType, type Node, type PostRow, postPath } from "./tables.ts";

type Answer = { [key: string]: Json };
type Args = { [name: string]: string };
type Listed = Omit<FileRow, "bytes">;
type Resolvers<Row> = { [field: string]: (row: Row, field: Field, lab: Lab) => Json | undefined };

const DAY_SECONDS = 86_400;

/** Where a picture, a video or a drawing can be fetched. */
export const fileUrl = (lab: Lab, id: string): string => `${lab.settings.origin}/media/threads/${id}`;

const only = (lab: Lab, row: PostRow): Listed | undefined => {
  const files = filesOf(lab.store, row.id);
  return files.length === 1 ? files[0] : undefined;
};

const accountFields: Resolvers<AccountRow> = {
  id: (row) => row.id,
  username: (row) => row.username,
  name: (row) => row.name,
  threads_biography: (row) => row.about || undefined,
  threads_profile_picture_url: (row, _, lab) => fileUrl(lab, `account-${row.id}`),
  is_verified: () => false,
};

/** Replies under a post, however deep. */
export const replyCount = (lab: Lab, row: PostRow): number =>
  (lab.store.get<{ n: number }>(`SELECT count(*) AS n FROM th_post WHERE ${row.root ? "parent" : "root"} = ?`, row.id)?.n ?? 0) +
  row.unlisted_replies;

const reference = (id: string, field: Field): Json | undefined => pick({ id }, field.fields, "ThreadsMedia", ["id"]);

const postFields: Resolvers<PostRow> = {
  id: (row) => row.id,
  media_product_type: () => "THREADS",
  media_type: (row, _, lab) => mediaType(filesOf(lab.store, row.id)),
  media_url: (row, _, lab) => {
    const file = only(lab, row);
    return file && fileUrl(lab, file.id);
  },
  permalink: (row, _, lab) => `${lab.settings.origin}${postPath(row)}`,
  /** Told of the account's own posts at the top alone. */
  owner: (row, field) => (row.parent === null ? reference(row.author, field) : undefined),
  username: (row) => row.username,
  text: (row) => row.text || undefined,
  timestamp: (row) => graphTime(row.created),
  shortcode: (row) => row.shortcode,
  alt_text: (row, _, lab) => only(lab, row)?.alt || undefined,
  link_attachment_url: (row) => row.link ?? undefined,
  is_quote_post: () => false,
  children: (row, field, lab) => {
    const files = filesOf(lab.store, row.id);
    if (files.length < 2) return undefined;
    return { data: files.map((file) => project<Listed>(childFields, file, field.fields ?? parseFields("id"), lab)) };
  },
  has_replies: (row, _, lab) => replyCount(lab, row) > 0,
  is_reply: (row) => row.parent !== null,
  is_reply_owned_by_me: (row) => (row.parent === null ? undefined : row.author === row.account),
  root_post: (row, field) => (row.root === null ? undefined : reference(row.root, field)),
  replied_to: (row, field) => (row.parent === null ? undefined : reference(row.parent, field)),
  hide_status: (row, _, lab) => (row.parent === null ? undefined : isHidden(lab.store, row.id) ? "HIDDEN" : "NOT_HUSHED"),
};

const childFields: Resolvers<Listed> = {
  id: (row) => row.id,
  media_type: (row) => mediaType([row]),
  media_url: (row, _, lab) => fileUrl(lab, row.id),
  alt_text: (row) => row.alt || undefined,
};

function project<Row>(resolvers: Resolvers<Row>, row: Row, fields: Field[], lab: Lab): Answer {
  const wanted = fields.some((field) => field.name === "id") ? fields : [...fields, { name: "id", args: {}, fields: null }];
  const result: Answer = {};
  for (const field of wanted) {
    const resolve = Object.hasOwn(resolvers, field.name) ? resolvers[field.name] : undefined;
    if (!resolve) throw noSuchField(field.name, "ThreadsMedia");
    const value = resolve(row, field, lab);
    if (value !== undefined) result[field.name] = value;
  }
  return result;
}

/** The object with the requested fields only. Fields without a value are left out. */
export function readNode(node: Node, fields: string | undefined, lab: Lab): Answer {
  const wanted = parseFields(fields || "id");
  if (node.kind === "account") return project(accountFields, node.row, wanted, lab);
  if (node.kind === "post") return project(postFields, node.row, wanted, lab);
  const { row } = node;
  const names = wanted.map(({ name }) => name);
  const told = names.some((name) => name === "status" || name === "error_message") ? askStatus(lab, row) : null;
  return project<typeof row>({ id: () => row.id, status: () => told?.status, error_message: () => told?.error_message }, row, wanted, lab);
}

type Place = { where: string; values: string[]; newestFirst: boolean };

/** A page of posts or replies. Threads gives cursors and no `next` address. */
function list(lab: Lab, { where, values, newestFirst }: Place, args: Args): Answer {
  const source = { table: "th_post", where, values, key: "created", newestFirst };
  const { rows, paging } = listRows<PostRow>(lab.store, source, args, null);
  const wanted = parseFields(args.fields || "id");
  return { data: rows.map((row) => project(postFields, row, wanted, lab)), ...(paging ? { paging } : {}) };
}

/** The account's posts, or its replies, newest first. */
export const listOwn = (lab: Lab, account: AccountRow, args: Args, replies: boolean): Answer =>
  list(lab, { where: `author = ? AND parent IS ${replies ? "NOT NULL" : "NULL"}`, values: [account.id], newestFirst: true }, args);

/** What stands under a post: the direct replies (`parent`), or all of them however deep (`root`). Cursors alone are taken, no times. */
export function listReplies(lab: Lab, post: PostRow, by: "parent" | "root", args: Args): Answer {
  if (by === "root" && post.root !== null) throw invalid("The conversation is only available for root posts");
  const { since: _, until: __, ...kept } = args;
  return list(lab, { where: `${by} = ?`, values: [post.id], newestFirst: args.reverse !== "false" }, kept);
}

const metric = (id: string, name: string, figure: Answer, period: string): Answer => ({
  name,
  period,
  ...figure,
  title: name,
  description: name,
  id: `${id}/insights/${name}/${period}`,
});

function metricsIn(args: Args, known: string[]): string[] {
  // Clients send words with commas or a JSON array.
  const names = (args.metric ?? "").split(/[^a-z_]+/).filter(Boolean);
  if (names.length === 0 || names.some((name) => !known.includes(name))) throw invalid(`Param metric must be one of {${known.join(", ")}}`);
  return names;
}

/** GET /{post}/insights. A figure that the platform does not have yet is left out. */
export function postInsights(lab: Lab, row: PostRow, args: Args): Answer {
  const figures: { [name: string]: number | null } = {
    views: row.views,
    likes: row.likes,
    replies: replyCount(lab, row),
    reposts: row.reposts,
    quotes: row.quotes,
    shares: 0,
  };
  const told = metricsIn(args, Object.keys(figures)).flatMap((name) => {
    const value = figures[name];
    return typeof value === "number" ? [metric(row.id, name, { values: [{ value }] }, "lifetime")] : [];
  });
  return { data: told };
}

/** GET /{account}/threads_insights, the followers alone. */
export function accountInsights(account: AccountRow, args: Args): Answer {
  metricsIn(args, ["followers_count"]);
  if (account.followers === null) throw noFollowers();
  return { data: [metric(account.id, "followers_count", { total_value: { value: account.followers } }, "day")] };
}

/** GET /{account}/threads_publishing_limit. */
export function publishingLimit(lab: Lab, account: AccountRow, fields: string | undefined): Answer {
  const quota = (quota_total: number) => ({ quota_total, quota_duration: DAY_SECONDS });
  const limit = {
    quota_usage: publishedToday(lab, account.id, false),
    config: quota(POSTS_PER_DAY),
    reply_quota_usage: publishedToday(lab, account.id, true),
    reply_config: quota(REPLIES_PER_DAY),
  };
  return { data: [pick(limit, parseFields(fields || "quota_usage"), "ThreadsPublishingLimit", Object.keys(limit)) ?? {}] };
}
