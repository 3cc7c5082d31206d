import { z } from "zod";
import type { LabRequest } from "../http.ts";
import type { Lab } from "../lab.ts";
import { invalidParams, missingScope } from "./errors.ts";
import { everyone, filesOf, findUser, type PostRow, postPath, type UserRow } from "./tables.ts";

const CUT = 150;

const userFields: { [field: string]: { scope: string; read: (lab: Lab, user: UserRow) => unknown } } = {
  open_id: { scope: "user.info.basic", read: (_, user) => user.id },
  display_name: { scope: "user.info.basic", read: (_, user) => user.name },
  avatar_url: { scope: "user.info.basic", read: (lab, user) => `${lab.settings.origin}/media/tiktok/account-${user.id}` },
  username: { scope: "user.info.profile", read: (_, user) => user.username },
  bio_description: { scope: "user.info.profile", read: (_, user) => user.about },
  profile_deep_link: { scope: "user.info.profile", read: (lab, user) => `${lab.settings.origin}/tiktok/@${user.username}` },
  is_verified: { scope: "user.info.profile", read: () => false },
  follower_count: { scope: "user.info.stats", read: (_, user) => user.followers },
  following_count: { scope: "user.info.stats", read: () => 0 },
  likes_count: {
    scope: "user.info.stats",
    read: (lab, user) => lab.store.get<{ n: number }>("SELECT coalesce(sum(likes), 0) AS n FROM tt_post WHERE user = ?", user.id)?.n ?? 0,
  },
  video_count: {
    scope: "user.info.stats",
    read: (lab, user) =>
      lab.store.get<{ n: number }>(`SELECT count(*) AS n FROM tt_post WHERE user = ? AND ${visible}`, user.id, everyone, lab.now())?.n ?? 0,
  },
};

const visible = "privacy = ? AND public_at <= ?";

function fieldsOf(request: LabRequest, known: object): string[] {
  const fields = (request.url.searchParams.get("fields") ?? "").split(",").filter(Boolean);
  if (fields.length === 0 || fields.some((field) => !(field in known))) throw invalidParams("fields is empty or names an unknown field");
  return fields;
}

/** GET user/info/: a field whose permission was not given is refused. */
export function userInfo(lab: Lab, user: UserRow, granted: string[], request: LabRequest): object {
  const fields = fieldsOf(request, userFields);
  if (fields.some((field) => !granted.includes(userFields[field]?.scope ?? ""))) throw missingScope();
  return { user: Object.fromEntries(fields.map((field) => [field, userFields[field]?.read(lab, user)])) };
}

const shareUrl = (lab: Lab, post: PostRow): string =>
  `${lab.settings.origin}${postPath(findUser(lab.store, post.user)?.username ?? "", post)}?utm_campaign=tt4d_open_api&utm_source=lab`;

const videoFields: { [field: string]: (lab: Lab, post: PostRow) => unknown } = {
  id: (_, post) => post.id,
  create_time: (_, post) => Math.floor(post.created / 1000),
  title: (_, post) => (post.title || post.caption).slice(0, CUT),
  video_description: (_, post) => post.caption.slice(0, CUT),
  share_url: shareUrl,
  cover_image_url: (lab, post) => `${lab.settings.origin}/media/tiktok/cover-${post.id}`,
  embed_link: shareUrl,
  embed_html: () => "",
  duration: (_, post) => post.duration,
  width: (lab, post) => filesOf(lab.store, post.id)[0]?.width ?? 0,
  height: (lab, post) => filesOf(lab.store, post.id)[0]?.height ?? 0,
  like_count: (_, post) => post.likes,
  comment_count: (_, post) => post.comments,
  share_count: (_, post) => post.shares,
  view_count: (_, post) => post.views,
};

const view = (lab: Lab, fields: string[], posts: PostRow[]) =>
  posts.map((post) => Object.fromEntries(fields.map((field) => [field, videoFields[field]?.(lab, post)])));

const listInput = z.object({ cursor: z.int().optional(), max_count: z.int().min(1).max(20).default(10) });

/** POST video/list/: public posts, newest first. The cursor is an instant in ms: older ones follow. */
export function listVideos(lab: Lab, user: UserRow, request: LabRequest): object {
  const fields = fieldsOf(request, videoFields);
  const parsed = listInput.safeParse(request.fields);
  if (!parsed.success) throw invalidParams("cursor or max_count is invalid");
  const { cursor = Number.MAX_SAFE_INTEGER, max_count } = parsed.data;
  const rows = lab.store.all<PostRow>(
    `SELECT * FROM tt_post WHERE user = ? AND ${visible} AND created < ? ORDER BY created DESC, id DESC LIMIT ?`,
    ...[user.id, everyone, lab.now(), cursor, max_count + 1],
  );
  const shown = rows.slice(0, max_count);
  return { videos: view(lab, fields, shown), cursor: shown.at(-1)?.created ?? cursor, has_more: rows.length > max_count };
}

const queryInput = z.object({ filters: z.object({ video_ids: z.array(z.string()).min(1).max(20) }) });

/** POST video/query/: the account's own posts among the given ids. */
export function queryVideos(lab: Lab, user: UserRow, request: LabRequest): object {
  const fields = fieldsOf(request, videoFields);
  const parsed = queryInput.safeParse(request.fields);
  if (!parsed.success) throw invalidParams("filters.video_ids takes 1 to 20 ids");
  const own = parsed.data.filters.video_ids.flatMap(
    (id) =>
      lab.store.get<PostRow>(`SELECT * FROM tt_post WHERE id = ? AND user = ? AND ${visible}`, id, user.id, everyone, lab.now()) ?? [],
  );
  return { videos: view(lab, fields, own) };
}
