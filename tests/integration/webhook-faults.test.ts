/** Notifications on a bad day: the product's own address receives them, and polling mends what they left out. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { db } from "#lib/core/db.ts";
import { drainWebhooks } from "#lib/inbox/intake/webhooks.ts";
import { GET, POST } from "@/app/api/webhooks/[platform]/route.ts";
import { caseOf, messagesOf, phonePost, poll } from "../support/citizens.ts";
import { labVerifyToken } from "../support/lab.ts";
import { eventually, makeWorld, type World } from "../support/world.ts";

let world: World;
let address: string;
let server: Server;
/** What the product answered to each notification, in order. */
let answers: number[] = [];

beforeAll(async () => {
  process.env.FACEBOOK_VERIFY_TOKEN = labVerifyToken;
  world = await makeWorld();
  server = createServer(async (incoming, response) => {
    const parts: Buffer[] = [];
    for await (const part of incoming) parts.push(part as Buffer);
    const { pathname } = new URL(incoming.url ?? "/", address);
    const headers = Object.entries(incoming.headers).flatMap(([name, value]) =>
      typeof value === "string" ? [[name, value] as [string, string]] : [],
    );
    const body = incoming.method === "POST" ? Buffer.concat(parts) : undefined;
    const request = new Request(new URL(incoming.url ?? "/", address), { method: incoming.method, headers, body });
    const answer = await (incoming.method === "POST" ? POST : GET)(request, {
      params: Promise.resolve({ platform: pathname.split("/").at(-1) ?? "" }),
    });
    if (incoming.method === "POST") {
      await drainWebhooks();
      answers.push(answer.status);
    }
    response.writeHead(answer.status).end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await world.lab.webhooksTo(`${address}/api/webhooks/facebook`);
});
afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await world.stop();
});
beforeEach(() => {
  answers = [];
});

const messages = async (remoteId: string) => {
  const key = await db.remoteKey.findFirst({ where: { remoteId } });
  return key ? db.message.count({ where: { remoteId } }) : 0;
};
const settled = async (count: number) => eventually(async () => expect(answers).toHaveLength(count));
const facebook = "facebook";

test("a notification that arrives twice, or again hours later, is one message", async () => {
  const post = await phonePost(world);
  await eventually(async () => expect(answers.length).toBeGreaterThan(0));
  answers = [];
  await world.lab.webhookFault({ platform: facebook, fault: "duplicate" });
  const id = await world.comment(post, "Siti", "Kapan vaksin keliling datang?");
  await settled(2);
  await world.passTime(6 * 3_600_000);
  await world.lab.replayWebhooks(facebook);
  await eventually(async () => expect(answers.length).toBeGreaterThan(4));
  expect(answers.every((status) => status === 200)).toBe(true);
  expect(await messages(id)).toBe(1);
});

test("one that is wrongly signed, or re-written after it was signed, changes nothing; polling brings the word", async () => {
  const post = await phonePost(world);
  await eventually(async () => expect(answers.length).toBeGreaterThan(0));
  for (const fault of ["wrong-signature", "reserialise"] as const) {
    answers = [];
    await world.lab.webhookFault({ platform: facebook, fault });
    const id = await world.comment(post, "Budi", `Loket buka jam berapa (${fault})?`);
    await eventually(async () => expect(answers[0]).toBe(401));
    expect(await messages(id)).toBe(0);
    await poll(world.channels.facebook);
    expect(await messages(id)).toBe(1);
  }
});

test("a reply that arrives before the comment that it answers stands in the same conversation", async () => {
  const post = await phonePost(world);
  await eventually(async () => expect(answers.length).toBeGreaterThan(0));
  await world.lab.webhookFault({ platform: facebook, fault: "hold", times: 2 });
  const question = await world.comment(post, "Dewi", "Apakah KIA bisa diurus daring?");
  const further = await world.comment(post, "Eko", "Saya juga ingin tahu.", question);
  answers = [];
  await world.lab.releaseWebhooks(facebook, true);
  await settled(2);
  const thread = await caseOf({ remoteId: question });
  expect((await messagesOf(thread.id)).map((message) => message.remoteId).sort()).toEqual([question, further].sort());
});

test("one that never arrives is made up for by polling, once", async () => {
  const post = await phonePost(world);
  await eventually(async () => expect(answers.length).toBeGreaterThan(0));
  await world.lab.webhookFault({ platform: facebook, fault: "drop" });
  const id = await world.comment(post, "Rudi", "Bagaimana cara mengurus akta?");
  expect(await messages(id)).toBe(0);
  await poll(world.channels.facebook);
  await poll(world.channels.facebook);
  expect(await messages(id)).toBe(1);
});

test("the address proves itself to the platform, and to nobody with another token", async () => {
  const ask = (token: string) => fetch(`${address}/api/webhooks/facebook?hub.mode=subscribe&hub.challenge=4711&hub.verify_token=${token}`);
  expect(await (await ask(labVerifyToken)).text()).toBe("4711");
  expect((await ask("tebakan")).status).toBe(403);
  expect((await fetch(`${address}/api/webhooks/bluesky?hub.challenge=1`)).status).toBe(404);
});
