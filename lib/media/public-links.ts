/** Addresses under which a platform may fetch one picture or video for a short while, without an account here. */

import { createHmac, timingSafeEqual } from "node:crypto";
import { env } from "../core/env.ts";

const validMs = 2 * 60 * 60_000;
const form = /^([0-9a-f]{64})\.(jpeg|png|webp|mp4|quicktime)\.(\d{1,11})\.([\w-]{43})$/;

type Mime = `image/${"jpeg" | "png" | "webp"}` | `video/${"mp4" | "quicktime"}`;

/** What such a link gives out: the file's digest and its type. */
type PublicFile = { digest: string; mime: Mime };

/** The file's address for the next two hours, on the base that platforms can reach. */
export function publicLink(digest: string, mime: Mime, now: Date): string {
  const told = `${digest}.${mime.slice(mime.indexOf("/") + 1)}.${Math.floor((now.getTime() + validMs) / 1000)}`;
  const base = (env().PUBLIC_URL ?? env().APP_URL).replace(/\/+$/, "");
  return `${base}/media/p/${told}.${signature(told).toString("base64url")}`;
}

/** The file that a link's token gives out; null when the token is not ours, altered or over. */
export function readPublicLink(token: string, now: Date): PublicFile | null {
  const [, digest, type, until, signed] = form.exec(token) ?? [];
  if (!digest || !type || !until || !signed) return null;
  const given = Buffer.from(signed, "base64url");
  const right = signature(`${digest}.${type}.${until}`);
  if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
  if (now.getTime() >= Number(until) * 1000) return null;
  return { digest, mime: `${type === "mp4" || type === "quicktime" ? "video" : "image"}/${type}` as Mime };
}

/** The purpose stands in the signed text, so that no other signature of this secret opens a picture. */
const signature = (told: string) => createHmac("sha256", env().AUTH_SECRET).update(`public picture ${told}`).digest();
