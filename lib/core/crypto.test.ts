import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { beforeEach, describe, expect, it, vi } from "vitest";

const key = (id: string) => `${id}:${randomBytes(32).toString("base64")}`;
const first = key("2026a");
const second = key("2026b");

/** The module as a process with these keys has it. */
async function withKeys(keys: string) {
  vi.resetModules();
  vi.stubEnv("DATABASE_URL", "postgresql://nobody");
  vi.stubEnv("AUTH_SECRET", "rahasia-untuk-uji-saja");
  vi.stubEnv("GARDA_KEYS", keys);
  return import("./crypto.ts");
}
type Crypto = Awaited<ReturnType<typeof withKeys>>;
let crypto: Crypto;
beforeEach(async () => {
  crypto = await withKeys(first);
});

describe("a sealed value", () => {
  it("opens to what was sealed, and looks different every time", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (plain) => {
        expect(crypto.open(crypto.seal(plain))).toBe(plain);
      }),
      { numRuns: 50 },
    );
    expect(crypto.seal("token")).not.toBe(crypto.seal("token"));
    expect(crypto.seal("EAAG-token")).not.toContain("EAAG");
  });

  it("does not open once any part of it was altered", () => {
    const parts = crypto.seal("token halaman").split(".");
    for (const part of [2, 3, 4]) {
      const bytes = Buffer.from(parts[part] ?? "", "base64url");
      for (let at = 0; at < bytes.length; at += 1) {
        const altered = Buffer.from(bytes);
        altered.writeUInt8(altered.readUInt8(at) ^ 1, at);
        expect(() => crypto.open(parts.with(part, altered.toString("base64url")).join("."))).toThrow();
      }
    }
  });

  it("does not open with a shortened proof, which would be easier to guess", () => {
    const parts = crypto.seal("token").split(".");
    for (const length of [4, 8, 12, 15]) {
      const tag = Buffer.from(parts[3] ?? "", "base64url")
        .subarray(0, length)
        .toString("base64url");
      expect(() => crypto.open(parts.with(3, tag).join("."))).toThrow();
    }
  });

  it.each(["", "token", "v1.2026a", "v1.2026a..."])("that was never sealed is refused: %j", (text) => {
    expect(() => crypto.open(text)).toThrow("unknown key or form");
  });

  it("of another version or under another name of the same key is refused", async () => {
    const [, ...rest] = crypto.seal("token").split(".");
    expect(() => crypto.open(["v2", ...rest].join("."))).toThrow();
    const renamed = await withKeys(`${first.replace("2026a", "lain")},${first}`);
    expect(() => renamed.open(["v1", "lain", ...rest.slice(1)].join("."))).toThrow();
  });
});

describe("keys change", () => {
  it("a new key seals, the old one still opens, and without it the old value is closed", async () => {
    const old = crypto.seal("lama");
    const both = await withKeys(`${second}, ${first}`);
    expect(both.open(old)).toBe("lama");
    const fresh = both.seal("baru");
    expect(fresh.split(".")[1]).toBe("2026b");
    const later = await withKeys(second);
    expect(later.open(fresh)).toBe("baru");
    expect(() => later.open(old)).toThrow("unknown key");
  });

  it.each(["kunci", "kunci:", "kunci:c2Fsb2s=", `:${randomBytes(32).toString("base64")}`])(
    "a malformed key is refused: %j",
    async (keys) => {
      const broken = await withKeys(keys);
      expect(() => broken.seal("token")).toThrow("GARDA_KEYS");
    },
  );
});

describe("canonical JSON", () => {
  it("is the same whatever the order of keys, at every depth", () => {
    const shuffled = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(shuffled)
        : value && typeof value === "object"
          ? Object.fromEntries(
              Object.entries(value)
                .reverse()
                .map(([name, inner]) => [name, shuffled(inner)]),
            )
          : value;
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(crypto.canonical(shuffled(value))).toBe(crypto.canonical(value));
        expect(JSON.parse(crypto.canonical(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it("keeps the order of lists, and tells different values apart", () => {
    expect(crypto.canonical({ b: [2, 1], a: { d: null, c: "x" } })).toBe('{"a":{"c":"x","d":null},"b":[2,1]}');
    expect(crypto.canonical([1, 2])).not.toBe(crypto.canonical([2, 1]));
  });
});

it("a keyed digest hides what was digested from whoever has only the table", () => {
  expect(crypto.keyedDigest("sri@tegal.example")).toBe(crypto.keyedDigest("sri@tegal.example"));
  expect(crypto.keyedDigest("sri@tegal.example")).not.toContain(crypto.sha256("sri@tegal.example").slice(0, 10));
  expect(crypto.keyedDigest("a")).not.toBe(crypto.keyedDigest("b"));
});
