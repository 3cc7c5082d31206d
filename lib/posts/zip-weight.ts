/** What a zip archive becomes when it is unpacked, judged before anybody unpacks it whole. Pure. */

import { inflateRawSync } from "node:zlib";

const mostEntries = 200;
const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
/** Between two entries stands at most a descriptor; whatever is longer could hide an entry that the directory does not name. */
const LONGEST_DESCRIPTOR = 24;

/**
 * Whether every entry unpacks to at most `limit` bytes together, by unpacking each with what is left of it. False as well when
 * the archive is not as its directory says: then others might read something else than we did. `see` is shown each as unpacked.
 */
export function unpacksWithin(file: Buffer, limit: number, see: (content: Buffer) => void = () => {}): boolean {
  try {
    return weighed(file, limit, see);
  } catch {
    return false;
  }
}

function weighed(file: Buffer, limit: number, see: (content: Buffer) => void): boolean {
  const end = file.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || file.readUInt32LE(end) !== END) return false;
  const count = file.readUInt16LE(end + 10);
  const directory = file.readUInt32LE(end + 16);
  if (count > mostEntries || directory > end) return false;
  const entries = entriesOf(file, directory, count);
  let expected = 0;
  let left = limit;
  for (const entry of entries) {
    if (entry.at < expected || entry.at > expected + (expected && LONGEST_DESCRIPTOR)) return false;
    const from = bodyOf(file, entry);
    const body = file.subarray(from, from + entry.packed);
    if (entry.method !== 0 && entry.method !== 8) return false;
    const content = entry.method === 0 ? body : inflated(body, left);
    left -= content.length;
    if (left < 0) return false;
    see(content);
    expected = from + entry.packed;
  }
  return directory >= expected && directory <= expected + LONGEST_DESCRIPTOR;
}

type Entry = { at: number; packed: number; method: number };

function entriesOf(file: Buffer, directory: number, count: number): Entry[] {
  const entries: Entry[] = [];
  let at = directory;
  for (let index = 0; index < count; index += 1) {
    if (file.readUInt32LE(at) !== CENTRAL) throw new Error("no entry of a directory");
    entries.push({ method: file.readUInt16LE(at + 10), packed: file.readUInt32LE(at + 20), at: file.readUInt32LE(at + 42) });
    at += 46 + file.readUInt16LE(at + 28) + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  return entries.sort((a, b) => a.at - b.at);
}

/** Where an entry's bytes begin; its own heading has to say the same size as the directory, or leave it to the descriptor. */
function bodyOf(file: Buffer, { at, packed, method }: Entry): number {
  const later = (file.readUInt16LE(at + 6) & 8) !== 0;
  const told = file.readUInt32LE(at + 18);
  if (file.readUInt32LE(at) !== LOCAL || file.readUInt16LE(at + 8) !== method) throw new Error("no heading of an entry");
  if (told !== packed && !(later && told === 0)) throw new Error("two sizes");
  return at + 30 + file.readUInt16LE(at + 26) + file.readUInt16LE(at + 28);
}

function inflated(body: Buffer, left: number): Buffer {
  const { buffer, engine } = inflateRawSync(body, { maxOutputLength: Math.max(1, left), info: true }) as unknown as {
    buffer: Buffer;
    engine: { bytesWritten: number };
  };
  if (engine.bytesWritten !== body.length) throw new Error("bytes behind the end");
  return buffer;
}
