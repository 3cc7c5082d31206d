/** Two real videos of four seconds, 30 frames a second: 720 × 1280 and 1280 × 720 (H.264 with AAC). */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Video } from "#lib/platforms/contract.ts";

const read = (name: string) => readFileSync(fileURLToPath(new URL(`../data/${name}.mp4`, import.meta.url)));
export const clips = { vertical: read("vertical"), wide: read("wide") };

/** The clip with so many bytes, still a real video: what is added is a box that players skip. */
export function padded(kind: keyof typeof clips, size: number): Buffer {
  const free = Buffer.alloc(size - clips[kind].length, 7);
  free.writeUInt32BE(free.length);
  free.write("free", 4, "latin1");
  return Buffer.concat([clips[kind], free]);
}

type ClipOptions = { alt?: string; publicUrl?: string; bytes?: Buffer };

/** The clip as connectors are given it. `publicUrl`: where a platform may fetch it; it fails where none is given. */
export function clip(kind: keyof typeof clips, { alt = "", publicUrl, bytes = clips[kind] }: ClipOptions = {}): Video {
  const [width, height] = kind === "vertical" ? [720, 1280] : [1280, 720];
  return {
    digest: createHash("sha256").update(bytes).digest("hex"),
    mime: "video/mp4",
    width,
    height,
    bytes: bytes.length,
    durationMs: 4_000,
    frameRate: 30,
    alt,
    slice: async (from, to) => bytes.subarray(from, to),
    publicUrl: async () => {
      if (publicUrl === undefined) throw new Error("this platform fetches nothing");
      return publicUrl;
    },
  };
}
