/** The address that platforms send to: what does not prove itself, or is no notification, changes nothing. */
import { createHmac, randomBytes } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { db } from "#lib/core/db.ts";
import { drainWebhooks } from "#lib/inbox/intake/webhooks.ts";
import { POST } from "@/app/api/webhooks/[platform]/route.ts";
import { labSecret } from "../support/lab.ts";
import { makeWorld, page, type World } from "../support/world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world?.stop());

const sign = (body: string | Buffer) => `sha256=${createHmac("sha256", labSecret).update(body).digest("hex")}`;
async function send(
  body: string | Buffer,
  { platform = "facebook", signature = sign(body) }: { platform?: string; signature?: string } = {},
) {
  const request = new Request(`http://127.0.0.1/api/webhooks/${platform}`, {
    method: "POST",
    body: Buffer.from(body),
    headers: { "content-type": "application/json", "x-hub-signature-256": signature },
  });
  return (await POST(request, { params: Promise.resolve({ platform }) })).status;
}
async function everything() {
  await drainWebhooks();
  const [cases, messages, changes, removed, posts, deliveries, channels] = await Promise.all([
    db.inboxCase.count(),
    db.message.count(),
    db.messageChange.count(),
    db.removedKey.count(),
    db.remotePost.count(),
    db.webhookDelivery.count(),
    db.channel.findMany({ orderBy: { id: "asc" } }),
  ]);
  return { cases, messages, changes, removed, posts, deliveries, channels };
}

let number = 0;
function notification() {
  number += 1;
  const value = {
    item: "comment",
    verb: "add",
    comment_id: `900_${number}`,
    post_id: `${page.id}_900`,
    parent_id: `${page.id}_900`,
    from: { id: `77${number}`, name: `Warga ${number}` },
    message: "Kapan loket imunisasi buka?",
    created_time: Math.floor(Date.now() / 1000) - 60,
  };
  return JSON.stringify({ object: "page", entry: [{ id: page.id, time: Date.now(), changes: [{ field: "feed", value }] }] });
}
const deep = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;

it("takes a notification once, however often it is sent again", async () => {
  const before = await everything();
  const body = notification();
  expect(await send(body)).toBe(200);
  const after = await everything();
  expect(after.messages).toBe(before.messages + 1);
  expect(await send(body)).toBe(200);
  expect(await everything()).toEqual(after);
});

it.each([
  ["10 MB", () => send(Buffer.alloc(10 * 1024 * 1024, 32)), 413],
  ["a wrong signature", () => send(notification(), { signature: sign("lain") }), 401],
  ["no signature", () => send(notification(), { signature: "" }), 401],
  ["a signature of another length", () => send(notification(), { signature: "sha256=00" }), 401],
  ["no JSON", () => send("{bukan json"), 400],
  ["an empty body", () => send(""), 400],
  ["10,000 levels", () => send(deep(10_000)), 400],
  ["10,000 levels where a comment should stand", () => send(`{"object":"page","entry":${deep(10_000)}}`), 400],
  ["a platform that nobody knows", () => send(notification(), { platform: "friendster" }), 404],
  ["a platform without notifications", () => send(notification(), { platform: "bluesky" }), 404],
  ["a path for a platform", () => send(notification(), { platform: "../facebook" }), 404],
])("%s changes nothing", async (_what, attempt, status) => {
  const before = await everything();
  expect(await attempt()).toBe(status);
  expect(await everything()).toEqual(before);
});

it("hundreds of bodies that are none are answered, never with an error of ours, and change nothing", async () => {
  const before = await everything();
  const known = JSON.parse(notification()) as object;
  const bodies = fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    fc.json({ maxDepth: 6 }),
    fc.json().map((json) => JSON.stringify({ ...known, entry: JSON.parse(json) })),
    fc.json().map((json) => JSON.stringify({ object: "page", entry: [{ id: page.id, changes: JSON.parse(json) }] })),
    fc
      .json()
      .map((json) => JSON.stringify({ object: "page", entry: [{ id: page.id, changes: [{ field: "feed", value: JSON.parse(json) }] }] })),
  );
  await fc.assert(
    fc.asyncProperty(bodies, async (body) => {
      expect([200, 400]).toContain(await send(body));
    }),
    { numRuns: 400 },
  );
  expect({ ...(await everything()), channels: null, deliveries: 0 }).toEqual({ ...before, channels: null, deliveries: 0 });
});

it("a body of a stranger with a random signature is refused, whatever stands in it", async () => {
  const before = await everything();
  for (let i = 0; i < 50; i++) expect(await send(randomBytes(i * 7), { signature: `sha256=${randomBytes(32).toString("hex")}` })).toBe(401);
  expect(await everything()).toEqual(before);
});
