import { mkdir, open, readFile, rename, stat, writeFile } from "node:fs/promises";
import path from "node:path";
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
    const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.max(0, to - from)), 0, Math.max(0, to - from), from);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
