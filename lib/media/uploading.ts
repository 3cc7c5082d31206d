import { type Actor, inScope } from "../core/access.ts";
import { now } from "../core/clock.ts";
import { db } from "../core/db.ts";
import { type Answer, type Outcome, Refusal } from "../core/errors.ts";
import { keep, receive } from "../core/storage.ts";
import { decodePicture } from "./pictures.ts";
import { probeVideo, type VideoFacts } from "./video-probe.ts";

export const MAX_UPLOAD_BYTES = 15 * 1024 * 1024;
export const MAX_VIDEO_BYTES = 300 * 1024 * 1024;

export type UploadedMedia = {
  id: string;
  name: string;
  alt: string;
  mime: string;
  width: number;
  height: number;
  bytes: number;
  durationMs: number | null;
  frameRate: number | null;
};
type Taken = Outcome<{ media: UploadedMedia }>;

export const mediaColumns = {
  id: true,
  name: true,
  alt: true,
  mime: true,
  width: true,
  height: true,
  bytes: true,
  durationMs: true,
  frameRate: true,
} as const;

/**
 * Takes a picture in, judged by its bytes: format, size, dimensions and that it decodes to the end. It is turned upright
 * and written anew without its metadata (place, camera), as the kind it is.
 */
export async function uploadPicture(
  actor: Actor,
  unitId: string,
  name: string,
  bytes: Uint8Array,
): Promise<Answer<{ media: UploadedMedia }>> {
  const unit = await writableUnit(actor, unitId);
  if (bytes.length > MAX_UPLOAD_BYTES) return tooBig(MAX_UPLOAD_BYTES);
  const decoded = await decodePicture(bytes);
  if (!decoded.ok) return decoded;
  const { bytes: kept, ...facts } = decoded.picture;
  return takeIn(actor, unit.id, name, await keep(kept), kept.length, facts);
}

/** Takes a video in as it arrives, never whole in memory, and judges it by its bytes. It is kept as it is. */
export async function uploadVideo(
  actor: Actor,
  unitId: string,
  name: string,
  body: AsyncIterable<Uint8Array>,
): Promise<Answer<{ media: UploadedMedia }>> {
  const unit = await writableUnit(actor, unitId);
  const incoming = await receive(body, MAX_VIDEO_BYTES);
  if (!incoming) return tooBig(MAX_VIDEO_BYTES);
  const judged = await probeVideo(incoming.bytes, incoming.slice).catch(async (error: unknown) => {
    await incoming.drop();
    throw error;
  });
  if (!judged.ok) {
    await incoming.drop();
    return { ok: false, problems: [judged.problem] };
  }
  return takeIn(actor, unit.id, name, await incoming.keep(), incoming.bytes, judged.facts);
}

async function writableUnit(actor: Actor, unitId: string) {
  const unit = await db.unit.findFirst({ where: { id: unitId, ...inScope(actor, "post.write", "id") }, select: { id: true } });
  if (!unit) throw new Refusal("not-found");
  return unit;
}

const tooBig = (limit: number): Taken => ({
  ok: false,
  problems: [{ field: "file", code: "file-too-big", params: { limit: limit / 1024 / 1024 } }],
});

type Facts = { mime: string; width: number; height: number } & Partial<Pick<VideoFacts, "durationMs" | "frameRate">>;

async function takeIn(actor: Actor, unitId: string, name: string, digest: string, bytes: number, facts: Facts): Promise<Taken> {
  const media = await db.media.create({
    data: { ...facts, unitId, digest, bytes, name: cleanName(name, facts.mime), createdBy: actor.personId, createdAt: now() },
    select: mediaColumns,
  });
  return { ok: true, media };
}

const cleanName = (name: string, mime: string) =>
  name.replace(/[^\p{L}\p{N}._ -]/gu, "").slice(0, 120) || (mime.startsWith("video/") ? "video" : "gambar");

/** Which file a media is, for somebody who may see the unit's posts. */
export async function findMedia(actor: Actor, mediaId: string): Promise<{ mime: string; digest: string }> {
  const media = await db.media.findFirst({
    where: { AND: [{ id: mediaId }, { unit: { OR: [inScope(actor, "post.read", "id"), inScope(actor, "post.review", "id")] } }] },
    select: { mime: true, digest: true },
  });
  if (!media) throw new Refusal("not-found");
  return media;
}
