import type { CheckedPicture } from "../platforms/checked.ts";
import type { Picture, Platform } from "../platforms/contract.ts";
import { limitOf, type RuleLimits, type RuleName } from "../platforms/limits.ts";

// How a picture is changed so that several platforms take it. Pure.

export type How = "crop" | "pad";
export type PictureKind = Pick<CheckedPicture, "mime" | "width" | "height" | "bytes">;
/** `reshape`: the ratio changes, by cutting off or by a margin, as was chosen. */
export type Fit = { width: number; height: number; mime: Picture["mime"]; maxBytes: number; reshape: boolean };

/** Beyond this an enlarged picture is a blur. */
const mostEnlarged = 2;
const preferred = ["image/jpeg", "image/png", "image/webp"] as const;

type NumberRule = { [Name in RuleName]: RuleLimits[Name] extends number ? Name : never }[RuleName];

/** What all of the platforms take at once. */
function common(platforms: readonly Platform[]) {
  const all = (name: NumberRule) => platforms.flatMap((platform) => limitOf(platform, name) ?? []);
  const least = (name: NumberRule) => Math.min(Number.POSITIVE_INFINITY, ...all(name));
  const most = (name: NumberRule) => Math.max(0, ...all(name));
  return {
    formats: preferred.filter((mime) => platforms.every((platform) => limitOf(platform, "picture.formats")?.includes(mime) ?? true)),
    maxBytes: least("picture.maxBytes"),
    minWidth: most("picture.minWidth"),
    maxWidth: least("picture.maxWidth"),
    maxLongSide: least("picture.maxLongSide"),
    maxShortSide: least("picture.maxShortSide"),
    maxSides: least("picture.maxSides"),
    minAspect: most("picture.minAspect"),
    maxAspect: least("picture.maxAspect"),
  };
}

/**
 * The size, kind and largest number of bytes that make a picture fit all platforms, in whole pixels; null where nothing needs
 * to change, "impossible" where their limits exclude each other or the picture is far too small.
 */
export function fitOf(picture: PictureKind, platforms: readonly Platform[], how: How): Fit | null | "impossible" {
  const limit = common(platforms);
  const mime = limit.formats.includes(picture.mime) ? picture.mime : limit.formats[0];
  if (!mime || limit.minAspect > limit.maxAspect) return "impossible";

  const aspect = picture.width / picture.height;
  const wanted = Math.min(Math.max(aspect, limit.minAspect), limit.maxAspect);
  const reshape = (picture.width + 1) / picture.height < limit.minAspect || (picture.width - 1) / picture.height > limit.maxAspect;
  const shape = reshape ? reshaped(picture, wanted, how) : picture;

  const scale = scaleOf(shape, limit);
  if (scale === null) return "impossible";
  const width = whole(shape.width, scale);
  const height = inside(width, whole(shape.height, scale), limit);
  if (!reshape && scale === 1 && mime === picture.mime && picture.bytes <= limit.maxBytes) return null;
  return { width, height, mime, maxBytes: limit.maxBytes, reshape };
}

type Sides = { width: number; height: number };

/** Cut to the wanted ratio, or widened to it by a margin. */
function reshaped({ width, height }: Sides, aspect: number, how: How): Sides {
  const tooTall = width / height < aspect;
  return (how === "crop") === tooTall ? { width, height: width / aspect } : { width: height * aspect, height };
}

type Limits = ReturnType<typeof common>;

function scaleOf({ width, height }: Sides, limit: Limits): number | null {
  const roof = Math.min(
    limit.maxWidth / width,
    limit.maxLongSide / Math.max(width, height),
    limit.maxShortSide / Math.min(width, height),
    limit.maxSides / (width + height),
  );
  const floor = limit.minWidth / width;
  if (floor > roof || floor > mostEnlarged) return null;
  return Math.max(floor, Math.min(1, roof));
}

/** Whole pixels, never beyond the limit that the scale comes from. */
const whole = (side: number, scale: number) => Math.max(1, scale > 1 ? Math.ceil(side * scale - 1e-6) : Math.floor(side * scale + 1e-6));

/** The height that keeps the ratio within its limits, a pixel's share apart. */
function inside(width: number, height: number, { minAspect, maxAspect }: Limits): number {
  if (minAspect > 0 && width / height < minAspect) return Math.floor(width / minAspect);
  if (width / height > maxAspect) return Math.ceil(width / maxAspect);
  return height;
}
