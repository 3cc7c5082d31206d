import sharp from "sharp";
import { type Actor, inScope } from "../core/access.ts";
import { now } from "../core/clock.ts";
import { db } from "../core/db.ts";
import { type Answer, Refusal } from "../core/errors.ts";
import { keep, readKept } from "../core/storage.ts";
import type { Picture } from "../platforms/contract.ts";
import { type Fit, fitOf, type How } from "./fit-rules.ts";
import type { FitInput } from "./schema.ts";
import { mediaColumns, type UploadedMedia } from "./uploading.ts";

const qualities = [90, 82, 74, 66, 58, 50];
const smallest = 320;
const extensions = { "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp" } as const;

type Fitted = { before: UploadedMedia; after: UploadedMedia };

/**
 * Makes a new picture from one, which all of the platforms take; the old one stays as it is. Cutting keeps the part that
 * draws the eye. The same picture fitted twice is kept once.
 */
export async function fitPicture(actor: Actor, { mediaId, platforms, how }: FitInput): Promise<Answer<Fitted>> {
  const before = await db.media.findFirst({
    where: { id: mediaId, mime: { startsWith: "image/" }, unit: inScope(actor, "post.write", "id") },
    select: { ...mediaColumns, unitId: true, digest: true },
  });
  if (!before) throw new Refusal("not-found");
  const fit = fitOf({ ...before, mime: before.mime as Picture["mime"] }, platforms, how);
  if (!fit) return { ok: false, problems: [{ code: "fits-already" }] };
  const drawn = fit === "impossible" ? null : await draw(await readKept(before.digest), fit, how);
  if (!drawn) return { ok: false, problems: [{ code: "cannot-fit" }] };

  const { unitId, digest: _, ...shown } = before;
  const digest = await keep(drawn.bytes);
  const known = await db.media.findFirst({ where: { unitId, digest, madeFromId: before.id }, select: mediaColumns });
  const after =
    known ??
    (await db.media.create({
      data: {
        unitId,
        digest,
        mime: drawn.mime,
        width: drawn.width,
        height: drawn.height,
        bytes: drawn.bytes.length,
        name: `${before.name.replace(/\.[^.]{1,5}$/, "").slice(0, 100)}.${extensions[drawn.mime]}`,
        alt: before.alt,
        madeFromId: before.id,
        createdBy: actor.personId,
        createdAt: now(),
      },
      select: mediaColumns,
    }));
  return { ok: true, before: shown, after };
}

/** Drawn in the wanted size; where that is too many bytes, coarser and then smaller. Null where even that does not do. */
async function draw(bytes: Uint8Array, fit: Fit, how: How) {
  for (let { width, height } = fit; ; width = Math.round(width * 0.85), height = Math.round((width * fit.height) / fit.width)) {
    for (const quality of fit.mime === "image/png" ? [100] : qualities) {
      const drawn = await resized(bytes, { ...fit, width, height }, how)
        .toFormat(fit.mime === "image/jpeg" ? "jpeg" : fit.mime === "image/png" ? "png" : "webp", { quality })
        .toBuffer();
      if (drawn.length <= fit.maxBytes) return { bytes: drawn, mime: fit.mime, width, height };
    }
    if (width * 0.85 < smallest) return null;
  }
}

function resized(bytes: Uint8Array, { width, height, mime, reshape }: Fit, how: How) {
  const margin = mime === "image/jpeg" ? "#ffffff" : { r: 255, g: 255, b: 255, alpha: 0 };
  const picture = sharp(bytes).resize({
    width,
    height,
    fit: reshape ? (how === "crop" ? "cover" : "contain") : "fill",
    position: reshape && how === "crop" ? sharp.strategy.attention : "centre",
    background: margin,
  });
  return mime === "image/jpeg" ? picture.flatten({ background: "#ffffff" }) : picture;
}
