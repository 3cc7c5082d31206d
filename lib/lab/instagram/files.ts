import type { Lab } from "../lab.ts";
import { type MediaRow, picturesOf, videoOf } from "./tables.ts";

/** Where a picture, a video or a drawing can be fetched. */
export const fileUrl = (lab: Lab, id: string): string => `${lab.settings.origin}/media/instagram/${id}`;

/** Where a post's video, or its first picture, can be fetched. */
export function mediaUrl(lab: Lab, { id }: MediaRow): string | undefined {
  const file = videoOf(lab.store, id) ?? picturesOf(lab.store, id)[0];
  return file && fileUrl(lab, file.id);
}
