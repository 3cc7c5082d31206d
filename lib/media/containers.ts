/** The outer build of an MP4 or QuickTime file: boxes one after the other, each with its length and four letters. */

type Slice = (from: number, to: number) => Promise<Uint8Array>;
export type Container = { kind: "mp4" | "quicktime" } | { kind: "other" } | { kind: "cut-off" };

const mostBoxes = 20_000;
const openers = new Set(["ftyp", "moov", "mdat", "wide", "free", "skip", "pnot"]);

/** Walks the outermost boxes. `other`: no such file at all; `cut-off`: it ends before its boxes do, or its index is missing. */
export async function readContainer(bytes: number, slice: Slice): Promise<Container> {
  const seen = new Set<string>();
  let brand = "qt  ";
  for (let at = 0, count = 0; at < bytes; count += 1) {
    const head = Buffer.from(await slice(at, at + 16));
    const letters = head.toString("latin1", 4, 8);
    if (count === 0 && !openers.has(letters)) return { kind: "other" };
    if (head.length < 8 || count > mostBoxes || !/^[\x20-\x7e\xa9]{4}$/.test(letters)) return { kind: "cut-off" };
    if (letters === "ftyp") brand = head.toString("latin1", 8, 12);
    const length = lengthOf(head, bytes - at);
    if (length === null || at + length > bytes) return { kind: "cut-off" };
    seen.add(letters);
    at += length;
  }
  if (!seen.has("moov") || !(seen.has("mdat") || seen.has("moof"))) return { kind: "cut-off" };
  return { kind: brand === "qt  " ? "quicktime" : "mp4" };
}

/** 1 stands for a length in the next eight bytes, 0 for the rest of the file; null where it cannot be one. */
function lengthOf(head: Buffer, rest: number): number | null {
  const length = head.readUInt32BE(0);
  if (length === 0) return rest;
  if (length > 1) return length >= 8 ? length : null;
  if (head.length < 16) return null;
  const long = head.readBigUInt64BE(8);
  return long >= 16n && long <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(long) : null;
}
