import type { LabRequest } from "../http.ts";
import type { Lab } from "../lab.ts";
import { bad, forbidden, notFound } from "./errors.ts";
import { type ChannelRow, findVideo, type VideoRow, videoId } from "./tables.ts";

const LONGEST_TITLE = 100;
const MOST_DESCRIPTION_BYTES = 5_000;

/** What its owner says of a video. */
export type About = Pick<VideoRow, "title" | "description" | "category" | "privacy" | "made_for_kids">;

/** A video's resource as it is sent, of the named parts; throws Google's 400 for what YouTube does not take. */
export function readAbout(fields: LabRequest["fields"], parts: readonly string[]): About {
  const part = (name: string) => (parts.includes(name) ? ((fields[name] ?? {}) as { [field: string]: unknown }) : {});
  if (parts.length === 0) throw bad("missingRequiredParameter", "No part was named.");
  const snippet = part("snippet");
  const status = part("status");
  const title = String(snippet.title ?? "").trim();
  const description = String(snippet.description ?? "").trim();
  if (title === "" || [...title].length > LONGEST_TITLE || /[<>]/.test(title))
    throw bad("invalidTitle", "The request metadata specifies an invalid or empty video title.");
  if (Buffer.byteLength(description) > MOST_DESCRIPTION_BYTES || /[<>]/.test(description))
    throw bad("invalidDescription", "The request metadata specifies an invalid video description.");
  const category = String(snippet.categoryId ?? "22");
  if (!/^\d{1,2}$/.test(category)) throw bad("invalidCategoryId", "The snippet.categoryId property specifies an invalid category ID.");
  const privacy = String(status.privacyStatus ?? "public");
  if (privacy !== "public" && privacy !== "unlisted" && privacy !== "private")
    throw bad("invalidVideoMetadata", "The request metadata is invalid.");
  return { title, description, category, privacy, made_for_kids: status.selfDeclaredMadeForKids === true ? 1 : 0 };
}

/** True once Google has looked at the project; the videos of one that it has not looked at stay private. */
const audited = (lab: Lab): boolean => lab.store.setting("youtube.audited") !== "no";

/** Whether the bytes are a video that can be played: an MP4 or QuickTime file. */
const playable = (bytes: Uint8Array): boolean => Buffer.from(bytes.subarray(4, 8)).toString("latin1") === "ftyp";

/** Stores a video and answers with its id. What is no video is kept too, and told as failed. */
export function addVideo(lab: Lab, channel: string, about: About, media: { mime: string; bytes: Uint8Array }): string {
  const id = videoId(null);
  const privacy = audited(lab) ? about.privacy : "private";
  lab.store.run(
    `INSERT INTO yt_video (id, channel, title, description, category, privacy, made_for_kids, state, created, mime, bytes)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[id, channel, about.title, about.description, about.category, privacy, about.made_for_kids],
    ...[playable(media.bytes) ? "processed" : "failed", lab.now(), /^video\//.test(media.mime) ? media.mime : "video/mp4", media.bytes],
  );
  return id;
}

/** DELETE /videos?id=…: one's own only. */
export function deleteVideo(lab: Lab, channel: ChannelRow, id: string): void {
  const video = findVideo(lab.store, id);
  if (!video) throw notFound("videoNotFound", "The video that you are trying to delete cannot be found.");
  if (video.channel !== channel.id) throw forbidden("forbidden", "The video that you are trying to delete cannot be deleted.");
  lab.store.run("DELETE FROM yt_video WHERE id = ?", id);
}
