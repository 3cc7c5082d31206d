import sharp from "sharp";
import { type Actor, inScope } from "../core/access.ts";
import { now } from "../core/clock.ts";
import { db } from "../core/db.ts";
import { type Answer, type Outcome, Refusal } from "../core/errors.ts";
import { keep, readKept } from "../core/storage.ts";

export const MAX_UPLOAD_BYTES = 15 * 1024 * 1024;
const MAX_PIXELS = 50_000_000;
const MIN_SIDE = 100;
const accepted = { jpeg: "image/jpeg", png: "image/png", webp: "image/webp" } as const;

export type UploadedMedia = { id: string; name: string; mime: string; width: number; height: number; bytes: number };

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
  const unit = await db.unit.findFirst({ where: { id: unitId, ...inScope(actor, "post.write", "id") }, select: { id: true } });
  if (!unit) throw new Refusal("not-found");
  const problem = (code: string, params?: Record<string, number>): Outcome<{ media: UploadedMedia }> => ({
    ok: false,
    problems: [{ field: "file", code, params }],
  });
  if (!bytes.length) return problem("file-empty");
  if (bytes.length > MAX_UPLOAD_BYTES) return problem("file-too-big", { limit: MAX_UPLOAD_BYTES / 1024 / 1024 });
  const decoded = await decode(bytes);
  if (!decoded) return problem("file-no-picture");
  if (decoded.width < MIN_SIDE || decoded.height < MIN_SIDE) return problem("file-too-small", { limit: MIN_SIDE });
  const digest = await keep(decoded.bytes);
  const media = await db.media.create({
    data: {
      unitId: unit.id,
      digest,
      mime: decoded.mime,
      width: decoded.width,
      height: decoded.height,
      bytes: decoded.bytes.length,
      name: name.replace(/[^\p{L}\p{N}._ -]/gu, "").slice(0, 120) || "gambar",
      createdBy: actor.personId,
      createdAt: now(),
    },
    select: { id: true, name: true, mime: true, width: true, height: true, bytes: true },
  });
  return { ok: true, media };
}

async function decode(bytes: Uint8Array) {
  try {
    const image = sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: "truncated", animated: false });
    const { format } = await image.metadata();
    if (!(format in accepted)) return null;
    const kind = format as keyof typeof accepted;
    const { data, info } = await image
      .rotate()
      .toFormat(kind, kind === "png" ? {} : { quality: 90 })
      .toBuffer({ resolveWithObject: true });
    return { bytes: data, mime: accepted[kind], width: info.width, height: info.height };
  } catch {
    return null;
  }
}

/** A picture's bytes for somebody who may see the unit's posts. */
export async function readPicture(actor: Actor, mediaId: string): Promise<{ mime: string; bytes: Uint8Array; digest: string }> {
  const media = await db.media.findFirst({
    where: { AND: [{ id: mediaId }, { unit: { OR: [inScope(actor, "post.read", "id"), inScope(actor, "post.review", "id")] } }] },
    select: { mime: true, digest: true },
  });
  if (!media) throw new Refusal("not-found");
  return { ...media, bytes: await readKept(media.digest) };
}
