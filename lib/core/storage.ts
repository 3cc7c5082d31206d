import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { sha256 } from "./crypto.ts";
import { env } from "./env.ts";

const place = (digest: string) => {
  if (!/^[0-9a-f]{64}$/.test(digest)) throw new Error("not a digest");
  return path.resolve(env().STORAGE_DIR, digest.slice(0, 2), digest);
};

/** Keeps bytes under their SHA-256 and returns it. The same bytes are kept once. */
export async function keep(bytes: Uint8Array): Promise<string> {
  const digest = sha256(bytes);
  const target = place(digest);
  if (await stat(target).catch(() => null)) return digest;
  await mkdir(path.dirname(target), { recursive: true });
  const draft = `${target}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  await writeFile(draft, bytes);
  await rename(draft, target);
  return digest;
}

/** The bytes of a digest; rejects when they are not there. */
export const readKept = (digest: string): Promise<Uint8Array> => readFile(place(digest));

/** The bytes of a digest from `from` up to and without `to`, or to the end; rejects when they are not there. */
export async function readPart(digest: string, from: number, to: number): Promise<Uint8Array> {
  const file = await open(place(digest));
  try {
    return await readFrom(file, from, to);
  } finally {
    await file.close();
  }
}

async function readFrom(file: FileHandle, from: number, to: number): Promise<Uint8Array> {
  const length = Math.max(0, to - from);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, from);
  return buffer.subarray(0, bytesRead);
}

/** How many bytes a digest has; null when they are not there. */
export const sizeKept = async (digest: string): Promise<number | null> => (await stat(place(digest)).catch(() => null))?.size ?? null;

/** The bytes of a digest from `from` to `last`, both included, as they are read from the disk. */
export const streamKept = (digest: string, from: number, last: number): ReadableStream<Uint8Array> =>
  Readable.toWeb(createReadStream(place(digest), { start: from, end: last })) as ReadableStream<Uint8Array>;

/** A file that has arrived and is being judged: kept or dropped, one of the two. */
export type Incoming = {
  bytes: number;
  slice: (from: number, to: number) => Promise<Uint8Array>;
  /** Keeps it under its SHA-256 and returns that. */
  keep: () => Promise<string>;
  drop: () => Promise<void>;
};

const DAY_MS = 86_400_000;

/** Writes what arrives to the disk, piece by piece; null when it is more than `limit` bytes. A sender who breaks off leaves nothing. */
export async function receive(body: AsyncIterable<Uint8Array>, limit: number): Promise<Incoming | null> {
  const folder = path.resolve(env().STORAGE_DIR, "incoming");
  await mkdir(folder, { recursive: true });
  await sweep(folder);
  const draft = path.join(folder, randomUUID());
  const file = await open(draft, "wx+");
  const drop = async () => {
    await file.close();
    await rm(draft, { force: true });
  };
  try {
    const written = await write(file, body, limit);
    if (!written) {
      await drop();
      return null;
    }
    const { bytes, digest } = written;
    return {
      bytes,
      drop,
      slice: (from, to) => readFrom(file, from, Math.min(to, bytes)),
      keep: async () => {
        await file.close();
        const target = place(digest);
        await mkdir(path.dirname(target), { recursive: true });
        await rename(draft, target);
        return digest;
      },
    };
  } catch (error) {
    await drop();
    throw error;
  }
}

async function write(file: FileHandle, body: AsyncIterable<Uint8Array>, limit: number) {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const piece of body) {
    bytes += piece.length;
    if (bytes > limit) return null;
    hash.update(piece);
    await file.writeFile(piece);
  }
  return { bytes, digest: hash.digest("hex") };
}

/** What a process left behind that ended in the middle. */
async function sweep(folder: string) {
  for (const name of await readdir(folder)) {
    const found = await stat(path.join(folder, name)).catch(() => null);
    if (found && Date.now() - found.mtimeMs > DAY_MS) await rm(path.join(folder, name), { force: true });
  }
}
