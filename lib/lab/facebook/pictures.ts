import { isLoopback } from "../http.ts";
import { badPicture } from "./errors.ts";

const MOST_BYTES = 4_000_000;
const INVALID = 2069019;

export type Picture = { mime: "image/png" | "image/jpeg"; width: number; height: number; bytes: Uint8Array };

function jpegSize(view: DataView): { width: number; height: number } | null {
  let at = 2;
  while (at + 9 < view.byteLength && view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1);
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    }
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}

/** Judges a picture by its bytes, not by its name or declared type: PNG or JPEG, at most `mostBytes` (4 MB). Throws error 324. */
export function inspectPicture(bytes: Uint8Array, mostBytes = MOST_BYTES): Picture {
  if (bytes.length > mostBytes || bytes.length < 33) throw badPicture(INVALID);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0) === 0x89504e47 && view.getUint32(4) === 0x0d0a1a0a && view.getUint32(12) === 0x49484452) {
    return { mime: "image/png", width: view.getUint32(16), height: view.getUint32(20), bytes };
  }
  const size = view.getUint16(0) === 0xffd8 ? jpegSize(view) : null;
  if (!size || size.width === 0 || size.height === 0) throw badPicture(INVALID);
  return { mime: "image/jpeg", ...size, bytes };
}

/** Fetches a picture as the platform would, but from this machine only. Throws error 324. */
export async function fetchPicture(url: string): Promise<Uint8Array> {
  if (!isLoopback(url)) throw badPicture(INVALID);
  try {
    const answer = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(10_000) });
    if (!answer.ok || Number(answer.headers.get("content-length") ?? 0) > MOST_BYTES) throw badPicture(INVALID);
    return new Uint8Array(await answer.arrayBuffer());
  } catch {
    throw badPicture(INVALID);
  }
}
