import { beforeAll, describe, expect, test } from "vitest";
import { publicLink, readPublicLink } from "./public-links.ts";

const digest = "ab".repeat(32);
const now = new Date("2026-08-03T02:00:00Z");
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const tokenOf = (link: string) => new URL(link).pathname.split("/").at(-1) ?? "";

beforeAll(() => {
  process.env.DATABASE_URL ??= "postgresql://127.0.0.1:1/nichts";
  process.env.GARDA_KEYS ??= `k1:${Buffer.alloc(32).toString("base64")}`;
  process.env.AUTH_SECRET = "rahasia-untuk-uji-saja";
  process.env.PUBLIC_URL = "https://garda.contoh.go.id/";
});

describe("the address of a picture for a platform", () => {
  test("stands on the public base and gives out that picture for two hours", () => {
    const link = publicLink(digest, "image/jpeg", now);
    expect(link).toMatch(/^https:\/\/garda\.contoh\.go\.id\/media\/p\/[\w.-]+$/);
    expect(readPublicLink(tokenOf(link), later(119))).toEqual({ digest, mime: "image/jpeg" });
    expect(readPublicLink(tokenOf(link), later(120)), "over").toBeNull();
  });

  test("cannot be turned to another picture, another type or a longer life", () => {
    const token = tokenOf(publicLink(digest, "image/png", now));
    const [own = "", type = "", until = "", signed = ""] = token.split(".");
    const altered = [
      [digest.replace(/^ab/, "ac"), type, until, signed],
      [own, "jpeg", until, signed],
      [own, type, String(Number(until) + 60), signed],
      [own, type, until, signed.replace(/^./, (first) => (first === "A" ? "B" : "A"))],
      [own, type, until, ""],
      [own, type, until],
    ];
    for (const parts of altered) expect(readPublicLink(parts.join("."), now), parts.join(".")).toBeNull();
    expect(readPublicLink("../../secrets", now)).toBeNull();
  });
});
