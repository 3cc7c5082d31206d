/** The keys that seal tokens are changed while the product runs; the old one is not needed any more afterwards. */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chmod, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openAccount, sealGrant } from "#lib/channels/accounts.ts";
import { resealAll } from "#lib/channels/resealing.ts";
import { now } from "#lib/core/clock.ts";
import { open, seal, sealingKey } from "#lib/core/crypto.ts";
import { db } from "#lib/core/db.ts";
import { answerContent } from "#lib/delivery/content.ts";
import { planPublications } from "#lib/delivery/planning.ts";
import { type FreshDatabase, freshDatabase } from "../support/db.ts";
import { eventually } from "../support/world.ts";

const GRANTS = 450;
const keyOf = (id: string) => `${id}:${randomBytes(32).toString("base64")}`;
const [old, fresh] = [keyOf("lama"), keyOf("baru")];
const foreign = "v1.asing.AAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA.AAAA";
let folder: string;
let database: FreshDatabase;
const unitId = crypto.randomUUID();
const file = () => path.join(folder, "keys");
/** Puts other keys into the file, in one step. */
async function keysAre(...keys: string[]) {
  const draft = `${file()}.new`;
  await writeFile(draft, `${keys.join("\n")}\n`, { mode: 0o600 });
  await rename(draft, file());
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "garda-keys-"));
  database = await freshDatabase();
  Object.assign(process.env, { DATABASE_URL: database.url, AUTH_SECRET: randomBytes(24).toString("hex"), GARDA_KEYS_FILE: file() });
  await keysAre(old);
  await db.unit.create({ data: { id: unitId, code: "1", name: "Dinkes", shortName: "Dinkes", kind: "agency", governmentId: unitId } });
  const place = { unitId, governmentId: unitId, platform: "facebook", mode: "api", baseUrl: "http://127.0.0.1:1", firstSeenAt: now() };
  await db.channel.createMany({
    data: channels.map((id, n) => ({ ...place, id, remoteId: `${n}`, handle: `${n}`, name: `${n}`, nextPollAt: new Date("2999-01-01") })),
  });
});
afterAll(async () => {
  await db.$disconnect();
  await database?.drop();
  await rm(folder, { recursive: true, force: true });
});

const token = (n: number) => `EAAG-rahasia-${n}`;
const channels = Array.from({ length: GRANTS }, () => crypto.randomUUID());
beforeEach(async () => {
  await keysAre(old);
  await db.channelGrant.deleteMany();
  await db.channelGrant.createMany({
    data: channels.map((channelId, n) => ({ channelId, sealed: sealGrant({ pageToken: token(n) }), updatedAt: new Date("2026-11-01") })),
  });
});

const under = async (id: string) =>
  (await db.$queryRaw<{ count: number }[]>`SELECT count(*)::int AS count FROM channel_grant WHERE split_part(sealed, '.', 2) = ${id}`)[0]!
    .count;
const tokens = async () => Promise.all(channels.map(async (id) => (await openAccount(id)).grant.pageToken));
const whole = { resealed: 0, closed: 0, left: 0 };

it("every token is sealed anew under the first key, as it was; then the old key is not needed", async () => {
  await keysAre(fresh, old);
  expect(await resealAll()).toMatchObject({ "channel_grant.sealed": { ...whole, resealed: GRANTS } });
  expect([await under("lama"), await under("baru")]).toEqual([0, GRANTS]);
  await keysAre(fresh);
  expect(await tokens()).toEqual(channels.map((_, n) => token(n)));
  expect(await db.channelGrant.count({ where: { updatedAt: new Date("2026-11-01") } })).toBe(GRANTS);
  expect(await resealAll()).toMatchObject({ "channel_grant.sealed": whole });
});

it("so is all else that is sealed, wherever it stands, and nothing that only looks like it", async () => {
  const channelId = channels[0]!;
  const attempt = { personId: unitId, unitId, platform: "facebook", createdAt: now(), expiresAt: new Date(now().getTime() + 60_000) };
  await db.consentAttempt.createMany({
    data: [
      { ...attempt, stateHash: "1", verifier: seal("bukti"), opened: seal("[]") },
      { ...attempt, stateHash: "2", verifier: seal("bukti") },
    ],
  });
  const number = seal("6281234567890");
  const answer = (ref: string) => ({
    channelId,
    unitId,
    governmentId: unitId,
    content: answerContent("Jawaban", { remoteId: "1", postRemoteId: null, ref }),
  });
  const [sealedAnswer, plain] = [crypto.randomUUID(), crypto.randomUUID()];
  await db.$transaction((tx) => planPublications(tx, { type: "reply", id: sealedAnswer }, [answer(number)], now()));
  await db.$transaction((tx) => planPublications(tx, { type: "reply", id: plain }, [answer("v1.cid.bafyrei")], now()));
  const citizen = await db.citizen.create({ data: { channelId, remoteId: "w", pseudonym: "W-1", firstSeenAt: now() } });
  const found = await db.inboxCase.create({
    data: {
      ...{ channelId, unitId, governmentId: unitId, rootRemoteId: "1", citizenId: citizen.id, authorName: "Siti", excerpt: "Halo" },
      ...{ kind: "question", confidence: 90, reasons: [], receivedAt: now(), lastMessageAt: now(), lastRemoteId: "1" },
    },
  });
  const message = {
    channelId,
    caseId: found.id,
    direction: "in",
    authorName: "Siti",
    text: "Halo",
    masked: [],
    sentAt: now(),
    receivedAt: now(),
  };
  await db.message.create({ data: { ...message, remoteId: "1", ref: number } });
  await db.message.create({ data: { ...message, remoteId: "2", ref: { cid: "bafyrei" } } });

  await keysAre(fresh, old);
  expect(await resealAll()).toMatchObject({
    "consent_attempt.verifier": { resealed: 2 },
    "consent_attempt.opened": { resealed: 1 },
    "message.ref": { resealed: 1 },
    "publication.content": { resealed: 1 },
  });
  await keysAre(fresh);
  const refs = await db.message.findMany({ orderBy: { remoteId: "asc" } });
  expect([open(refs[0]!.ref as string), refs[1]!.ref]).toEqual(["6281234567890", { cid: "bafyrei" }]);
  const refOf = async (subjectId: string) =>
    ((await db.publication.findFirstOrThrow({ where: { subjectId } })).content as { replyTo: { ref: string } }).replyTo.ref;
  expect([open(await refOf(sealedAnswer)), await refOf(plain)]).toEqual(["6281234567890", "v1.cid.bafyrei"]);
  for (const { verifier } of await db.consentAttempt.findMany()) expect(open(verifier)).toBe("bukti");
});

it("a token that is renewed meanwhile is kept, even by a process that still seals under the old key", async () => {
  const [held, stale] = [channels[7]!, channels[8]!];
  const staleGrant = sealGrant({ pageToken: "diperbarui-lama" });
  await keysAre(fresh, old);
  let letGo = () => {};
  const renewed = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const renewal = db.$transaction(
    async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM channel_grant WHERE channel_id IN (${held}::uuid, ${stale}::uuid) FOR UPDATE`;
      await renewed;
      await tx.channelGrant.update({ where: { channelId: held }, data: { sealed: sealGrant({ pageToken: "diperbarui" }) } });
      await tx.channelGrant.update({ where: { channelId: stale }, data: { sealed: staleGrant } });
    },
    { timeout: 20_000 },
  );
  const rotation = resealAll();
  await eventually(async () => expect(await under("baru")).toBe(GRANTS - 2));
  letGo();
  await renewal;
  expect(await rotation).toMatchObject({ "channel_grant.sealed": { ...whole, resealed: GRANTS - 1 } });
  await keysAre(fresh);
  expect([(await openAccount(held)).grant, (await openAccount(stale)).grant]).toEqual([
    { pageToken: "diperbarui" },
    { pageToken: "diperbarui-lama" },
  ]);
});

describe("npm run keys -- rotate", () => {
  const run = (...args: string[]) => {
    const env = { ...process.env, DATA_DIR: folder, NODE_ENV: "production" as const };
    const child = spawn(process.execPath, ["scripts/keys.mjs", ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said += chunk));
    return { child, ended: once(child, "close").then(([code]) => ({ code, said })) };
  };

  it("killed halfway it has spoiled nothing, and the next one finishes; it prints counts alone", async () => {
    await keysAre(fresh, old);
    const holder = db.$transaction(
      async (tx) => {
        await tx.$queryRaw`SELECT 1 FROM channel_grant WHERE channel_id = ${channels[0]!}::uuid FOR UPDATE`;
        const { child, ended } = run("rotate");
        await eventually(async () => expect(await under("baru")).toBeGreaterThan(0));
        child.kill("SIGKILL");
        await ended;
      },
      { timeout: 25_000 },
    );
    await holder;
    expect(await under("lama")).toBeGreaterThan(0);
    expect(await tokens()).toEqual(channels.map((_, n) => token(n)));

    const { code, said } = await run("rotate").ended;
    expect([code, await under("lama")]).toEqual([0, 0]);
    expect(said).toMatch(/channel_grant\.sealed: \d+ sealed anew, 0 left under another key, 0 that no key opens/);
    for (const secret of ["rahasia", fresh.split(":")[1]!, old.split(":")[1]!, "v1."]) expect(said).not.toContain(secret);
    await keysAre(fresh);
    expect(await tokens()).toEqual(channels.map((_, n) => token(n)));
  });

  it("says so when a value is under a key that is gone, and leaves it", async () => {
    await db.channelGrant.update({ where: { channelId: channels[3]! }, data: { sealed: foreign } });
    await keysAre(fresh, old);
    const { code, said } = await run("rotate").ended;
    expect([code, said]).toEqual([
      1,
      expect.stringContaining(`channel_grant.sealed: ${GRANTS - 1} sealed anew, 0 left under another key, 1 that no key opens`),
    ]);
    expect((await db.channelGrant.findUniqueOrThrow({ where: { channelId: channels[3]! } })).sealed).toBe(foreign);
  });

  it("does nothing that it was not told by name", async () => {
    const { code, said } = await run("remove").ended;
    expect([code, said]).toEqual([1, "Usage: npm run keys -- rotate\n"]);
  });
});

describe("the file of keys", () => {
  it("is read anew when it changes, and only while its owner alone may read it", async () => {
    expect(sealingKey()).toBe("lama");
    const before = seal("token");
    await keysAre(fresh, "", old);
    expect([sealingKey(), open(before)]).toEqual(["baru", "token"]);
    await keysAre(fresh);
    expect(() => open(before)).toThrow("unknown key");
    await chmod(file(), 0o640);
    expect(() => seal("token")).toThrow("mode 600");
    await keysAre("");
    expect(() => seal("token")).toThrow("no key in it");
    await keysAre("baru:c2Fsb2s=");
    expect(() => seal("token")).toThrow("GARDA_KEYS_FILE: each entry");
  });
});
