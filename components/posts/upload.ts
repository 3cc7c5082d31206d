import type { Answer } from "#lib/core/errors.ts";
import type { UploadedMedia } from "#lib/media/uploading.ts";

export type Uploaded = Answer<{ media: UploadedMedia }>;

const unreachable: Uploaded = { ok: false, refused: "unavailable", problems: [] };
const read = (answer: unknown): Uploaded =>
  answer && typeof answer === "object" && "ok" in answer && ("media" in answer || "problems" in answer)
    ? (answer as Uploaded)
    : unreachable;

const pictureTypes = "image/jpeg,image/png,image/webp";
const videoTypes = "video/mp4,video/quicktime";
export const accepted = { picture: pictureTypes, video: videoTypes, all: `${pictureTypes},${videoTypes}` };

/** Sends a file to the unit's library and tells how much of it has gone, from 0 to 1. A video goes as bare bytes, so that it is never held whole. */
export function upload(unitId: string, file: File, onProgress: (share: number) => void): Promise<Uploaded> {
  const asVideo = file.type.startsWith("video/") || /\.(mp4|mov|m4v)$/i.test(file.name);
  const request = new XMLHttpRequest();
  return new Promise((resolve) => {
    request.upload.onprogress = ({ loaded, total }) => onProgress(total ? loaded / total : 0);
    request.onload = () => {
      try {
        resolve(read(JSON.parse(request.responseText)));
      } catch {
        resolve(unreachable);
      }
    };
    request.onerror = request.onabort = () => resolve(unreachable);
    request.open("POST", asVideo ? `/api/media?${new URLSearchParams({ unit: unitId, name: file.name })}` : "/api/media");
    if (asVideo) {
      request.setRequestHeader("content-type", file.type.startsWith("video/") ? file.type : "video/mp4");
      request.send(file);
    } else {
      const form = new FormData();
      form.set("unit", unitId);
      form.set("file", file);
      request.send(form);
    }
  });
}
