import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from "node:crypto";
import { env } from "./env.ts";

const keys = () =>
  env()
    .GARDA_KEYS.split(",")
    .map((entry) => {
      const [id, value] = entry.trim().split(/:(.*)/s);
      const key = Buffer.from(value ?? "", "base64");
      if (!id || key.length !== 32) throw new Error("GARDA_KEYS: each entry is id:base64 of 32 bytes");
      return { id, key };
    });

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
    v && typeof v === "object" && !Array.isArray(v) ? Object.fromEntries(Object.entries(v).sort(([a], [b]) => (a < b ? -1 : 1))) : v,
  );
}
