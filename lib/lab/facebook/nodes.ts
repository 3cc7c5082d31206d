import type { Lab } from "../lab.ts";
import { pageTokenFor } from "./consent.ts";
import { invalid, missingScope, noSuchField } from "./errors.ts";
import { type Field, graphTime, type Json, parseFields, pick } from "./fields.ts";
import { type Listing, listRows } from "./lists.ts";
import {
  type CommentRow,
  findComment,
  findPage,
  type Node,
  type PageRow,
  type PhotoRow,
  type PostRow,
  photosOf,
  postPath,
  type TokenRow,
  tail,
  type UserRow,
  type VideoRow,
  videoOf,
} from "./tables.ts";
import { statusOf } from "./videos.ts";

/** What a read needs to know: the lab, and whose token asks. */
export type View = { lab: Lab; viewer: TokenRow };
type Resolvers<Row> = { [field: string]: (row: Row, field: Field, view: View) => Json | undefined };
type Args = { [name: string]: string };

const attachmentFields = [
  "description",
  "media",
  "media_type",
  "target",
  "title",
  "type",
  "unshimmed_url",
  "url",
  "subattachments",
  "image",
  "source",
  "src",
  "width",
  "height",
  "id",
];

const fileUrl = (view: View, id: string): string => `${view.lab.settings.origin}/media/facebook/${id}`;

function attachments(row: PostRow, view: View): Json | undefined {
  const { origin } = view.lab.settings;
  const video = videoOf(view.lab.store, row.id);
  if (video) {
    const image = { height: video.height, src: fileUrl(view, `cover-${video.id}`), width: video.width };
    const url = `${origin}${postPath(row)}`;
    const media = { image, source: fileUrl(view, video.id) };
    return { data: [{ media, media_type: "video", target: { id: video.id, url }, type: "video_inline", url }] };
  }
  const photos = photosOf(view.lab.store, row.id).map((photo) => {
    const url = `${origin}${postPath(row)}#foto-${photo.id}`;
    return {
      ...(photo.caption ? { description: photo.caption } : {}),
      media: { image: { height: photo.height, src: fileUrl(view, photo.id), width: photo.width } },
      media_type: "photo",
      target: { id: photo.id, url },
      type: "photo",
      url,
    };
  });
  const [first, ...others] = photos;
  if (first) {
    if (others.length === 0) return { data: [first] };
    return { data: [{ ...first, media_type: "album", type: "album", subattachments: { data: photos } }] };
  }
  if (!row.link) return undefined;
  return {
    data: [
      {
        media_type: "link",
        target: { url: row.link },
        title: new URL(row.link).hostname,
        type: "share",
        unshimmed_url: row.link,
        url: row.link,
      },
    ],
  };
}

/** Comments under a post (or replies under a comment) in the order and filter that Graph documents. */
export function listComments(
  view: View,
  of: { post: string; comment: string | null },
  args: Args,
  self: URL | null,
): Listing<CommentRow> & { total: number } {
  const { store } = view.lab;
  const stream = args.filter === "stream";
  const where = of.comment ? "parent = ?" : stream ? "post = ?" : "post = ? AND parent IS NULL";
  const values = [of.comment ?? of.post];
  const ranked = !stream && !of.comment && args.order === undefined;
  const listing = listRows<CommentRow>(
    store,
    {
      table: "fb_comment",
      where,
      values,
      key: ranked ? "(likes * 10000000000000 + created)" : "created",
      newestFirst: ranked || args.order === "reverse_chronological",
    },
    args,
    self,
  );
  const unlisted = of.comment ? 0 : (store.get<PostRow>("SELECT * FROM fb_post WHERE id = ?", of.post)?.unlisted_comments ?? 0);
  const rows = store.get<{ total: number }>(`SELECT count(*) AS total FROM fb_comment WHERE ${where}`, ...values)?.total ?? 0;
  return { ...listing, total: rows + unlisted };
}

const defaults = {
  page: "id,name",
  user: "id,name",
  post: "created_time,message,id",
  comment: "created_time,from,message,id",
  photo: "created_time,name,id",
  video: "updated_time,description,id",
};

/** A list of comments as a Graph edge. */
export function commentsEdge(
  view: View,
  of: { post: string; comment: string | null },
  args: Args,
  fields: Field[] | null,
  self: URL | null,
): { [key: string]: Json } {
  const { rows, paging, total } = listComments(view, of, args, self);
  const wanted = fields ?? parseFields(defaults.comment);
  return {
    data: rows.map((row) => project("comment", commentFields, row, wanted, view)),
    ...(paging ? { paging } : {}),
    ...(args.summary && args.summary !== "false" && args.summary !== "0"
      ? { summary: { order: args.order ?? (args.filter === "stream" ? "chronological" : "ranked"), total_count: total, can_comment: true } }
      : {}),
  };
}

const counted = (field: Field, total: number, more: { [key: string]: Json }): Json => ({
  data: [],
  ...(field.args.summary && field.args.summary !== "false" ? { summary: { total_count: total, ...more } } : {}),
});

const pageFields: Resolvers<PageRow> = {
  id: (row) => row.id,
  name: (row) => row.name,
  username: (row) => row.username,
  about: (row) => row.about || undefined,
  category: () => "Government organization",
  link: (row, _, { lab }) => `${lab.settings.origin}/facebook/${row.username}`,
  followers_count: (row) => row.followers,
  fan_count: (row) => row.followers,
  access_token: (row, _, { lab, viewer }) => (viewer.kind === "user" ? pageTokenFor(lab, viewer, row.id) : viewer.token),
  tasks: () => ["ANALYZE", "ADVERTISE", "MESSAGING", "MODERATE", "CREATE_CONTENT", "MANAGE"],
  picture: (row, field, view) =>
    pick(
      { data: { height: 128, is_silhouette: false, url: fileUrl(view, `page-${row.id}`), width: 128 } },
      field.fields,
      "ProfilePictureSource",
      ["height", "is_silhouette", "url", "width"],
    ),
};

const statusType = (row: PostRow, view: View): string =>
  videoOf(view.lab.store, row.id)
    ? "added_video"
    : photosOf(view.lab.store, row.id).length > 0
      ? "added_photos"
      : row.link
        ? "shared_story"
        : "mobile_status_update";

const postFields: Resolvers<PostRow> = {
  id: (row) => row.id,
  message: (row) => row.message || undefined,
  created_time: (row) => graphTime(row.created),
  updated_time: (row) => graphTime(row.updated),
  permalink_url: (row, _, { lab }) => `${lab.settings.origin}${postPath(row)}`,
  is_published: (row) => row.published === 1,
  is_hidden: () => false,
  status_type: (row, _, view) => statusType(row, view),
  from: (row, field, { lab }) =>
    pick({ name: findPage(lab.store, row.page)?.name ?? "", id: row.page }, field.fields, "Page", ["name", "id"]),
  full_picture: (row, _, view) => {
    const photo = photosOf(view.lab.store, row.id)[0];
    return photo && fileUrl(view, photo.id);
  },
  shares: (row) => (row.shares > 0 ? { count: row.shares } : undefined),
  attachments: (row, field, view) => pick(attachments(row, view), field.fields, "StoryAttachment", attachmentFields),
  insights: (row, field, { viewer }) => {
    if (!(JSON.parse(viewer.scopes) as string[]).includes("read_insights")) throw missingScope("read_insights");
    return postInsights(row, field.args.metric ?? "", field.fields);
  },
  comments: (row, field, view) => commentsEdge(view, { post: row.id, comment: null }, field.args, field.fields, null),
  reactions: (row, field) => counted(field, row.reactions + row.liked, { viewer_reaction: row.liked ? "LIKE" : "NONE" }),
  likes: (row, field) => counted(field, row.reactions + row.liked, { can_like: true, has_liked: row.liked === 1 }),
};

const commentFields: Resolvers<CommentRow> = {
  id: (row) => row.id,
  message: (row) => row.message,
  from: (row, field) => pick({ name: row.from_name, id: row.from_id }, field.fields, "User", ["name", "id"]),
  created_time: (row) => graphTime(row.created),
  is_hidden: (row) => row.hidden === 1,
  can_hide: (row) => !row.post.startsWith(`${row.from_id}_`),
  can_remove: () => true,
  can_comment: () => true,
  can_like: () => true,
  user_likes: (row) => row.liked === 1,
  like_count: (row) => row.likes + row.liked,
  comment_count: (row, _, view) => listComments(view, { post: row.post, comment: row.id }, { limit: "0" }, null).total,
  permalink_url: (row, _, { lab }) =>
    `${lab.settings.origin}${postPath({ id: row.post, page: row.post.split("_")[0] ?? "" })}?comment_id=${tail(row.id)}#komentar-${tail(row.id)}`,
  object: (row) => ({ id: row.post }),
  parent: (row, field, view) => {
    const parent = row.parent && findComment(view.lab.store, row.parent);
    return parent ? project("comment", commentFields, parent, field.fields ?? parseFields(defaults.comment), view) : undefined;
  },
  comments: (row, field, view) => commentsEdge(view, { post: row.post, comment: row.id }, field.args, field.fields, null),
};

const photoFields: Resolvers<PhotoRow> = {
  id: (row) => row.id,
  name: (row) => row.caption || undefined,
  created_time: (row) => graphTime(row.created),
  width: (row) => row.width,
  height: (row) => row.height,
  alt_text: (row) => row.alt || undefined,
  alt_text_custom: (row) => row.alt || undefined,
  picture: (row, _, view) => fileUrl(view, row.id),
  images: (row, _, view) => [{ height: row.height, source: fileUrl(view, row.id), width: row.width }],
  page_story_id: (row) => row.post ?? undefined,
};

const videoFields: Resolvers<VideoRow> = {
  id: (row) => row.id,
  description: (row) => row.description || undefined,
  created_time: (row) => graphTime(row.created),
  updated_time: (row) => graphTime(row.created),
  length: (row) => row.duration / 1000,
  published: (row) => row.state === "out",
  status: (row, _, { lab }) => statusOf(lab, row),
  source: (row, _, view) => (row.state === "out" ? fileUrl(view, row.id) : undefined),
  // Told once the video is processed.
  post_id: (row, _, { lab }) => (row.post && lab.now() >= (row.ready ?? 0) ? tail(row.post) : undefined),
  permalink_url: (row, _, { lab }) => `${lab.settings.origin}/facebook/${row.reel ? "reel" : "watch"}/${row.id}`,
};

/** What is told of a post's figures; one that the platform does not have yet is left out. Displays are more than viewers. */
export function postInsights(row: PostRow, metric: string, fields: Field[] | null): { data: Json } {
  const figures: { [name: string]: number | null } = {
    post_total_media_view_unique: row.views,
    post_media_view: row.views === null ? null : Math.ceil(row.views * 1.3),
  };
  const asked = metric.split(/[^a-z_]+/).filter(Boolean);
  if (asked.length === 0 || asked.some((name) => !Object.hasOwn(figures, name))) throw invalid("The value must be a valid insights metric");
  const data = asked.flatMap((name): Json[] => {
    const value = figures[name] ?? null;
    if (value === null) return [];
    const told = { name, period: "lifetime", values: [{ value }], title: name, description: name };
    return [{ ...told, id: `${row.id}/insights/${name}/lifetime` }];
  });
  return { data: pick(data, fields, "InsightsResult", ["name", "period", "values", "title", "description", "id", "value"]) ?? [] };
}

const userFields: Resolvers<UserRow> = { id: (row) => row.id, name: (row) => row.name };

function project<Row>(kind: string, resolvers: Resolvers<Row>, row: Row, fields: Field[], view: View): { [key: string]: Json } {
  const wanted = fields.some((field) => field.name === "id") ? fields : [...fields, { name: "id", args: {}, fields: null }];
  const result: { [key: string]: Json } = {};
  for (const field of wanted) {
    const resolve = resolvers[field.name];
    if (!resolve || !Object.hasOwn(resolvers, field.name)) throw noSuchField(field.name, kind[0]?.toUpperCase() + kind.slice(1));
    const value = resolve(row, field, view);
    if (value !== undefined) result[field.name] = value;
  }
  return result;
}

/** The object with the requested fields only; without `fields`, Graph's default ones. Fields without a value are left out. */
export function readNode(node: Node, fields: string | undefined, view: View): { [key: string]: Json } {
  const wanted = parseFields(fields || defaults[node.kind]);
  switch (node.kind) {
    case "page":
      return project("page", pageFields, node.row, wanted, view);
    case "post":
      return project("post", postFields, node.row, wanted, view);
    case "comment":
      return project("comment", commentFields, node.row, wanted, view);
    case "photo":
      return project("photo", photoFields, node.row, wanted, view);
    case "video":
      return project("video", videoFields, node.row, wanted, view);
    case "user":
      return project("user", userFields, node.row, wanted, view);
  }
}
