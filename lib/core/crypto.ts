import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { env } from "./env.ts";

type Key = { id: string; key: Buffer };

function parseKeys(entries: string[], source: string): Key[] {
  return entries.map((entry) => {
    const [id, value] = entry.trim().split(/:(.*)/s);
    const key = Buffer.from(value ?? "", "base64");
    if (!id || !/^[\w-]+$/.test(id) || key.length !== 32) throw new Error(`${source}: each entry is id:base64 of 32 bytes`);
    return { id, key };
  });
}

let kept: { version: string; keys: Key[] } | undefined;

/** The keys of the file, read again as soon as it was changed: a running process takes a new key up by itself. */
function keysOfFile(file: string): Key[] {
  const { mode, mtimeMs, ino, size } = statSync(file);
  if ((mode & 0o077) !== 0) throw new Error("GARDA_KEYS_FILE: only its owner may read it (mode 600)");
  const version = `${ino}.${mtimeMs}.${size}`;
  if (kept?.version === version) return kept.keys;
  const lines = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "");
  const keys = parseKeys(lines, "GARDA_KEYS_FILE");
  if (!keys.length) throw new Error("GARDA_KEYS_FILE: no key in it");
  kept = { version, keys };
  return keys;
}

function keys(): Key[] {
  const { GARDA_KEYS_FILE: file, GARDA_KEYS: given = "" } = env();
  return file ? keysOfFile(file) : parseKeys(given.split(","), "GARDA_KEYS");
}

/** The name of the key that seals now. */
export const sealingKey = (): string => keys()[0]!.id;

/** Encrypts with AES-256-GCM under the first key and a random nonce: `v1.keyId.nonce.tag.text`, base64url. */
export function seal(plain: string): string {
  const { id, key } = keys()[0]!;
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(id));
  const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
  return ["v1", id, nonce.toString("base64url"), cipher.getAuthTag().toString("base64url"), body.toString("base64url")].join(".");
}

/** Opens what `seal` made, under whichever key made it. Throws when it was altered or the key is gone. */
export function open(sealed: string): string {
  const [version, id, nonce, tag, body] = sealed.split(".");
  const found = keys().find((k) => k.id === id);
  if (version !== "v1" || !found || !nonce || !tag || body === undefined) throw new Error("sealed value: unknown key or form");
  const decipher = createDecipheriv("aes-256-gcm", found.key, Buffer.from(nonce, "base64url"), { authTagLength: 16 })
    .setAAD(Buffer.from(found.id))
    .setAuthTag(Buffer.from(tag, "base64url"));
  return Buffer.concat([decipher.update(Buffer.from(body, "base64url")), decipher.final()]).toString("utf8");
}

export const sha256 = (value: string | Uint8Array) => createHash("sha256").update(value).digest("hex");

/** A keyed digest of something guessable (an address, an identity), so that the table does not give it away. */
export const keyedDigest = (value: string) => createHmac("sha256", env().AUTH_SECRET).update(value).digest("base64url");

/** JSON with sorted keys: the same value always has the same digest. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, v) =>
    v && typeof v === "object" && !Array.isArray(v)
      ? Object.fromEntries(
          Object.keys(v)
            .sort()
            .map((key) => [key, v[key]]),
        )
      : v,
  );
}
