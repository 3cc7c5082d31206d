/** The road on which a platform fetches a picture that is to be published. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { moveClockTo, now } from "#lib/core/clock.ts";
import { keep } from "#lib/core/storage.ts";
import { toContent } from "#lib/delivery/content.ts";
import { tinyPng } from "../support/listener.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "garda-pictures-"));
  Object.assign(process.env, {
    DATABASE_URL: "postgresql://127.0.0.1:1/garda",
    AUTH_SECRET: "rahasia-untuk-uji-saja",
    GARDA_KEYS: `k1:${Buffer.alloc(32).toString("base64")}`,
    STORAGE_DIR: folder,
    PUBLIC_URL: "https://garda.contoh.go.id",
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function fetchBy(link: string): Promise<Response> {
  const { GET } = await import("../../app/media/p/[token]/route.ts");
  const token = new URL(link).pathname.split("/").at(-1) ?? "";
  return GET(new Request(link), { params: Promise.resolve({ token }) });
}

test("the link of a frozen picture gives out its bytes for two hours, and nothing else ever", async () => {
  const digest = await keep(tinyPng);
  const frozen = { digest, mime: "image/png", width: 1, height: 1, bytes: tinyPng.length, alt: "" } as const;
  const { pictures } = toContent("terbitan", {
    text: "",
    link: null,
    pictures: [frozen],
    title: null,
    video: null,
    collaborators: [],
    firstComment: null,
    replyTo: null,
  });
  const link = (await pictures[0]?.publicUrl()) ?? "";
  const answer = await fetchBy(link);
  expect(answer.status).toBe(200);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    "content-type": "image/png",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  expect(Buffer.from(await answer.arrayBuffer()).equals(tinyPng)).toBe(true);

  const altered = link.replace(digest, "0".repeat(64));
  const missing =
    (await toContent("x", {
      text: "",
      link: null,
      pictures: [{ ...frozen, digest: "0".repeat(64) }],
      title: null,
      video: null,
      collaborators: [],
      firstComment: null,
      replyTo: null,
    }).pictures[0]?.publicUrl()) ?? "";
  const start = now();
  moveClockTo(new Date(start.getTime() + 2 * 60 * 60_000 + 1_000));
  const late = await fetchBy(link);
  moveClockTo(start);
  const answers = [late, await fetchBy(altered), await fetchBy(missing)];
  for (const refused of answers) expect([refused.status, await refused.text()]).toEqual([404, ""]);
});
