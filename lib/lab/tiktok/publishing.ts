import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { LabRequest } from "../http.ts";
import type { Lab } from "../lab.ts";
import { badPrivacy, foreignPublish, invalid, limited, noPublish, tooManyPosts } from "./errors.ts";
import { fetchPhoto } from "./media.ts";
import { settleSoon, statusOf } from "./progress.ts";
import { everyone, findPublish, type PublishRow, type UserRow } from "./tables.ts";

const MB = 1_000_000;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const POSTS_PER_DAY = 15;
const MODERATION_MS = 100;

/** Counts a call of this user; throws 429 when there were too many within a minute. */
function paced(lab: Lab, user: UserRow, endpoint: string, most: number): void {
  lab.store.run("DELETE FROM tt_call WHERE at <= ?", lab.now() - MINUTE);
  const calls = "SELECT count(*) AS n FROM tt_call WHERE user = ? AND endpoint = ?";
  if (user.unlimited === 0 && (lab.store.get<{ n: number }>(calls, user.id, endpoint)?.n ?? 0) >= most) throw limited();
  lab.store.run("INSERT INTO tt_call (user, endpoint, at) VALUES (?, ?, ?)", user.id, endpoint, lab.now());
}

const privacyOptions = (user: UserRow): string[] =>
  user.private ? ["FOLLOWER_OF_CREATOR", "MUTUAL_FOLLOW_FRIENDS", "SELF_ONLY"] : [everyone, "MUTUAL_FOLLOW_FRIENDS", "SELF_ONLY"];

/** POST creator_info/query/. */
export function creatorInfo(lab: Lab, user: UserRow): object {
  paced(lab, user, "creator_info", 20);
  return {
    creator_avatar_url: `${lab.settings.origin}/media/tiktok/account-${user.id}`,
    creator_username: user.username,
    creator_nickname: user.name,
    privacy_level_options: privacyOptions(user),
    comment_disabled: false,
    duet_disabled: user.private === 1,
    stitch_disabled: user.private === 1,
    max_video_post_duration_sec: user.max_seconds,
  };
}

const flag = z.boolean().optional();
const shared = { privacy_level: z.string().optional(), disable_comment: flag, brand_content_toggle: flag, brand_organic_toggle: flag };
const videoInput = z.object({
  post_info: z.object({
    title: z.string().max(2_200).default(""),
    ...shared,
    disable_duet: flag,
    disable_stitch: flag,
    is_aigc: flag,
    video_cover_timestamp_ms: z.int().optional(),
  }),
  source_info: z.object({
    source: z.literal("FILE_UPLOAD"),
    video_size: z
      .int()
      .min(1)
      .max(4_000 * MB),
    chunk_size: z.int().min(1),
    total_chunk_count: z.int().min(1).max(1_000),
  }),
});
const photoInput = z.object({
  media_type: z.literal("PHOTO"),
  post_mode: z.literal("DIRECT_POST"),
  post_info: z.object({
    title: z.string().max(90).default(""),
    description: z.string().max(4_000).default(""),
    ...shared,
    auto_add_music: flag,
  }),
  source_info: z.object({
    source: z.literal("PULL_FROM_URL"),
    photo_images: z.array(z.string()).min(1).max(35),
    photo_cover_index: z.int().min(0),
  }),
});

function parse<T>(schema: z.ZodType<T>, { fields }: LabRequest): T {
  const parsed = schema.safeParse(fields);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalid(`The request post info is empty or incorrect: ${issue?.path.join(".")} ${issue?.message}`);
}

/** Throws what TikTok refuses before it begins a post. */
function admit(lab: Lab, user: UserRow, privacy: string | undefined): string {
  paced(lab, user, "init", 6);
  const posts = "SELECT count(*) AS n FROM tt_publish WHERE user = ? AND created > ? AND done IS NOT NULL AND problem IS NULL";
  if (user.unlimited === 0 && (lab.store.get<{ n: number }>(posts, user.id, lab.now() - DAY)?.n ?? 0) >= POSTS_PER_DAY)
    throw tooManyPosts();
  if (privacy === undefined || !privacyOptions(user).includes(privacy)) throw badPrivacy();
  return privacy;
}

type Draft = Pick<PublishRow, "kind" | "title" | "caption" | "privacy" | "size" | "chunk_size" | "chunk_count">;

function begin(lab: Lab, user: UserRow, draft: Draft): { id: string; upload: string } {
  const id = draft.kind === "video" ? `v_pub_file~v2-1.${lab.store.nextId()}` : `p_pub_url~v2.${lab.store.nextId()}`;
  const upload = randomBytes(18).toString("base64url");
  lab.store.run(
    `INSERT INTO tt_publish (id, user, kind, title, caption, privacy, upload, size, chunk_size, chunk_count, created, moderation)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[id, user.id, draft.kind, draft.title, draft.caption, draft.privacy, draft.kind === "video" ? upload : null],
    ...[draft.size, draft.chunk_size, draft.chunk_count, lab.now(), MODERATION_MS],
  );
  return { id, upload };
}

/** POST video/init/: nothing is posted before the last part has come to `upload_url`. */
export function initVideo(lab: Lab, user: UserRow, request: LabRequest): object {
  const { post_info, source_info } = parse(videoInput, request);
  const { video_size: size, chunk_size, total_chunk_count: chunk_count } = source_info;
  const whole = chunk_size === size && chunk_count === 1 && size <= 64 * MB;
  if (!whole && (chunk_size < 5 * MB || chunk_size > 64 * MB || size < 5 * MB)) throw invalid("The chunk size is invalid.");
  if (chunk_count !== Math.floor(size / chunk_size)) throw invalid("The total chunk count is invalid.");
  const privacy = admit(lab, user, post_info.privacy_level);
  const draft = { kind: "video", title: "", caption: post_info.title.trim(), privacy, size, chunk_size, chunk_count } as const;
  const { id, upload } = begin(lab, user, draft);
  const query = new URLSearchParams({ upload_id: id, upload_token: upload });
  return { publish_id: id, upload_url: `${lab.settings.origin}/tiktok/upload/video/?${query}` };
}

/** POST content/init/: the photos are fetched, and published, after this one call. */
export async function initPhotos(lab: Lab, user: UserRow, request: LabRequest): Promise<object> {
  const { post_info, source_info } = parse(photoInput, request);
  const privacy = admit(lab, user, post_info.privacy_level);
  const { title, description } = post_info;
  const draft = {
    kind: "photo",
    title: title.trim(),
    caption: description.trim(),
    privacy,
    size: 0,
    chunk_size: 0,
    chunk_count: 0,
  } as const;
  const { id } = begin(lab, user, draft);
  let position = 0;
  let problem: string | null = null;
  for (const url of source_info.photo_images) {
    const photo = await fetchPhoto(url);
    if (typeof photo === "string") problem ??= photo;
    else insertFile(lab, id, position, photo);
    position += 1;
  }
  lab.store.run("UPDATE tt_publish SET done = ?, problem = ? WHERE id = ?", lab.now(), problem, id);
  settleSoon(lab, MODERATION_MS);
  return { publish_id: id };
}

/** Keeps one of a publication's files. */
export function insertFile(
  lab: Lab,
  publish: string,
  position: number,
  file: { mime: string; width: number; height: number; bytes: Uint8Array },
): void {
  lab.store.run(
    "INSERT INTO tt_file (id, publish, post, position, mime, width, height, bytes) VALUES (?, ?, NULL, ?, ?, ?, ?, ?)",
    ...[lab.store.nextId(), publish, position, file.mime, file.width, file.height, file.bytes],
  );
}

/** POST status/fetch/. */
export function fetchStatus(lab: Lab, user: UserRow, { fields }: LabRequest): object {
  paced(lab, user, "status", 30);
  const row = findPublish(lab.store, String(fields.publish_id ?? ""));
  if (!row) throw noPublish();
  if (row.user !== user.id) throw foreignPublish();
  return statusOf(lab, row.id);
}
