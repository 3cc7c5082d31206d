import { invalid, noSuchField } from "../facebook/errors.ts";
import { type Field, graphTime, type Json, parseFields, pick } from "../facebook/fields.ts";
import { listRows } from "../facebook/lists.ts";
import type { Lab } from "../lab.ts";
import { askStatus, POSTS_PER_DAY, publishedToday } from "./containers.ts";
import { fileUrl, mediaUrl } from "./files.ts";
import {
  type AccountRow,
  type CommentRow,
  type ContainerRow,
  findAccount,
  type MediaRow,
  type Node,
  type PictureRow,
  picturesOf,
  postPath,
  videoOf,
} from "./tables.ts";

type Resolvers<Row> = { [field: string]: (row: Row, field: Field, lab: Lab) => Json | undefined };
type Args = { [name: string]: string };
type Answer = { [key: string]: Json };

/** Below this number of followers Instagram keeps the figure to itself. */
const FEWEST_FOLLOWERS = 100;
const defaults = { account: "id", container: "id", post: "id", comment: "id,text,timestamp" };

function mediaType(lab: Lab, { id }: MediaRow): string {
  if (videoOf(lab.store, id)) return "VIDEO";
  return picturesOf(lab.store, id).length > 1 ? "CAROUSEL_ALBUM" : "IMAGE";
}

const accountFields: Resolvers<AccountRow> = {
  id: (row) => row.scoped_id,
  user_id: (row) => row.id,
  username: (row) => row.username,
  name: (row) => row.name,
  biography: (row) => row.about,
  account_type: () => "BUSINESS",
  profile_picture_url: (row, _, lab) => fileUrl(lab, `account-${row.id}`),
  followers_count: (row) => (row.followers < FEWEST_FOLLOWERS ? undefined : row.followers),
  follows_count: () => 0,
  media_count: (row, _, lab) => lab.store.get<{ n: number }>("SELECT count(*) AS n FROM ig_media WHERE account = ?", row.id)?.n ?? 0,
};

const containerFields: Resolvers<ContainerRow> = {
  id: (row) => row.id,
  status_code: () => undefined,
  status: () => undefined,
};

const commentCount = (lab: Lab, row: MediaRow): number =>
  (lab.store.get<{ n: number }>("SELECT count(*) AS n FROM ig_comment WHERE media = ? AND hidden = 0", row.id)?.n ?? 0) +
  row.unlisted_comments;

const postFields: Resolvers<MediaRow> = {
  id: (row) => row.id,
  caption: (row) => row.caption || undefined,
  timestamp: (row) => graphTime(row.created),
  media_type: (row, _, lab) => mediaType(lab, row),
  media_product_type: (row, _, lab) => (videoOf(lab.store, row.id) ? "REELS" : "FEED"),
  permalink: (row, _, lab) => `${lab.settings.origin}${postPath(lab.store, row)}`,
  shortcode: (row) => row.shortcode,
  username: (row, _, lab) => findAccount(lab.store, row.account)?.username,
  owner: (row) => ({ id: row.account }),
  like_count: (row) => row.likes,
  comments_count: (row, _, lab) => commentCount(lab, row),
  is_comment_enabled: () => true,
  alt_text: (row, _, lab) => {
    const pictures = picturesOf(lab.store, row.id);
    return pictures.length === 1 ? pictures[0]?.alt || undefined : undefined;
  },
  media_url: (row, _, lab) => mediaUrl(lab, row),
  thumbnail_url: (row, _, lab) => (videoOf(lab.store, row.id) ? fileUrl(lab, `cover-${row.id}`) : undefined),
  children: (row, field, lab) => {
    const pictures = picturesOf(lab.store, row.id);
    if (pictures.length < 2) return undefined;
    return { data: pictures.map((picture) => child(picture, field.fields ?? parseFields("id"), lab)) };
  },
  insights: (row, field, lab) => insights(row, field.args, lab, field.fields),
};

const child = (picture: Omit<PictureRow, "bytes">, fields: Field[], lab: Lab): Json =>
  project<Omit<PictureRow, "bytes">>(
    "IGMedia",
    {
      id: (row) => row.id,
      media_type: () => "IMAGE",
      alt_text: (row) => row.alt || undefined,
      media_url: (row) => fileUrl(lab, row.id),
    },
    picture,
    fields,
    lab,
  );

const commentFields: Resolvers<CommentRow> = {
  id: (row) => row.id,
  text: (row) => row.text,
  timestamp: (row) => graphTime(row.created),
  username: (row) => row.username,
  from: (row, field) => pick({ id: row.from_id, username: row.username }, field.fields, "IGCommentFromUser", ["id", "username"]),
  hidden: (row) => row.hidden === 1,
  like_count: (row) => row.likes,
  parent_id: (row) => row.parent ?? undefined,
  media: (row, field) => pick({ id: row.media }, field.fields, "IGMedia", ["id"]),
  replies: (row, field, lab) =>
    row.parent ? undefined : listComments(lab, { media: row.media, parent: row.id }, field.args, field.fields, null),
};

function project<Row>(kind: string, resolvers: Resolvers<Row>, row: Row, fields: Field[], lab: Lab): Answer {
  const wanted = fields.some((field) => field.name === "id") ? fields : [...fields, { name: "id", args: {}, fields: null }];
  const result: Answer = {};
  for (const field of wanted) {
    const resolve = Object.hasOwn(resolvers, field.name) ? resolvers[field.name] : undefined;
    if (!resolve) throw noSuchField(field.name, kind);
    const value = resolve(row, field, lab);
    if (value !== undefined) result[field.name] = value;
  }
  return result;
}

/** The object with the requested fields only. Fields without a value are left out. */
export function readNode(node: Node, fields: string | undefined, lab: Lab): Answer {
  const wanted = parseFields(fields || defaults[node.kind]);
  switch (node.kind) {
    case "account":
      return project("IGUser", accountFields, node.row, wanted, lab);
    case "container": {
      const answer = project("IGContainer", containerFields, node.row, wanted, lab);
      const names = wanted.map((field) => field.name);
      if (!names.includes("status_code") && !names.includes("status")) return answer;
      const { code, text } = askStatus(lab, node.row);
      if (names.includes("status_code")) answer.status_code = code;
      return names.includes("status") ? { ...answer, status: text } : answer;
    }
    case "post":
      return project("IGMedia", postFields, node.row, wanted, lab);
    case "comment":
      return project("IGComment", commentFields, node.row, wanted, lab);
  }
}

/** An account's posts, newest first. */
export function listMedia(lab: Lab, account: AccountRow, args: Args, self: URL): Answer {
  const source = { table: "ig_media", where: "account = ?", values: [account.id], key: "created", newestFirst: true };
  const { rows, paging } = listRows<MediaRow>(lab.store, source, args, self);
  const data = rows.map((row) => readNode({ kind: "post", row, account: account.id }, args.fields, lab));
  return { data, ...(paging ? { paging } : {}) };
}

/** Comments directly under a post, newest first, or the replies under one of them, oldest first. Hidden ones are listed too. */
export function listComments(
  lab: Lab,
  place: { media: string; parent: string | null },
  args: Args,
  fields: Field[] | null,
  self: URL | null,
): Answer {
  const where = place.parent === null ? "media = ? AND parent IS NULL" : "media = ? AND parent = ?";
  const values = place.parent === null ? [place.media] : [place.media, place.parent];
  const { since: _, until: __, ...kept } = args;
  const here = self ?? new URL(`${lab.settings.origin}/ig/${place.parent ?? place.media}/replies`);
  if (!self && fields) here.searchParams.set("fields", fields.map((field) => field.name).join(","));
  const source = { table: "ig_comment", where, values, key: "created", newestFirst: place.parent === null };
  const { rows, paging } = listRows<CommentRow>(lab.store, source, kept, here);
  const wanted = fields ?? parseFields(defaults.comment);
  const data = rows.map((row) => project("IGComment", commentFields, row, wanted, lab));
  return { data, ...(paging ? { paging } : {}) };
}

/** GET /{media}/insights. A figure that the platform does not have yet is left out. */
export function insights(row: MediaRow, args: Args, lab: Lab, fields: Field[] | null): Answer {
  const figures: { [metric: string]: number | null } = {
    reach: row.reach,
    views: row.views,
    likes: row.likes,
    comments: commentCount(lab, row),
    shares: row.shares,
    saved: row.saves,
  };
  // Clients send words with commas or a JSON array.
  const metrics = (args.metric ?? "").split(/[^a-z_]+/).filter(Boolean);
  if (metrics.length === 0 || metrics.some((metric) => !Object.hasOwn(figures, metric)))
    throw invalid("The value must be a valid insights metric");
  const data = metrics
    .filter((name) => figures[name] !== null)
    .map(
      (name): Json => ({
        name,
        period: "lifetime",
        values: [{ value: figures[name] ?? 0 }],
        title: name,
        description: name,
        id: `${row.id}/insights/${name}/lifetime`,
      }),
    );
  return { data: pick(data, fields, "InstagramInsightsResult", ["name", "period", "values", "title", "description", "id", "value"]) ?? [] };
}

/** GET /{account}/content_publishing_limit. */
export function publishingLimit(lab: Lab, account: AccountRow, fields: string | undefined): Answer {
  const limit = {
    quota_usage: publishedToday(lab, account.id),
    config: { quota_total: POSTS_PER_DAY, quota_duration: 86_400 },
  };
  const known = ["quota_usage", "config", "quota_total", "quota_duration"];
  return { data: [pick(limit, parseFields(fields || "quota_usage"), "ContentPublishingLimitResponse", known) ?? {}] };
}
