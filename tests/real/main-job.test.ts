/**
 * The main job from end to end, with nothing standing in: the product's commands, its database as in production, its worker as a
 * process of its own, and Bluesky's own servers. Each leg needs those before it, and prints what it saw.
 */
import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { connectChannel } from "#lib/channels/connecting.ts";
import type { Actor } from "#lib/core/access.ts";
import { db } from "#lib/core/db.ts";
import type { Answer } from "#lib/core/errors.ts";
import type { Role } from "#lib/core/roles.ts";
import { actorOfSession } from "#lib/core/session.ts";
import { listCases } from "#lib/inbox/lists/lists.ts";
import { caseDetail } from "#lib/inbox/queries.ts";
import { answerCase } from "#lib/inbox/replies/answering.ts";
import { uploadPicture } from "#lib/media/uploading.ts";
import { logIn } from "#lib/people/login.ts";
import { hashPassword } from "#lib/people/password.ts";
import { saveDraft } from "#lib/posts/drafting.ts";
import { listPosts } from "#lib/posts/queries.ts";
import { decideOnPost, submitPost } from "#lib/posts/review.ts";
import { checkpoints } from "#lib/posts/rules.ts";
import { schedulePost } from "#lib/posts/scheduling.ts";
import { recomputeZone } from "#lib/scores/recompute.ts";
import { reportCard } from "#lib/scores/report-card.ts";
import { daysBetween, localDay } from "#lib/units/calendar.ts";
import { unitByCode } from "#lib/units/queries.ts";
import { type FreshDatabase, freshDatabase } from "../support/db.ts";
import { actAs, eventually, network, openAccount, type RecordRef } from "./support.ts";
import { environments, type RunningWorker, startWorker } from "./worker.ts";

const zone = "Asia/Jakarta";
const unitCode = "33.28.UJI";
const text = "Layanan KTP elektronik keliling hadir di Balai Desa Kalisapu, Kamis pukul 08.00 WIB. Gratis, cukup bawa fotokopi KK.";
const alt = "Peta lokasi layanan di Balai Desa Kalisapu";
const nativeText = "Jam layanan loket Dukcapil pekan ini: Senin sampai Jumat pukul 08.00–15.00 WIB. Hubungi (0283) 491234.";
const question = "Apakah hari Sabtu loket juga buka? Nomor saya 0812-3456-7890.";
const answer = "Hari Sabtu loket tutup, Bapak/Ibu. Layanan keliling hadir Kamis pukul 08.00 WIB.";

let folder: string;
let database: FreshDatabase;
let worker: RunningWorker;
let office: Awaited<ReturnType<typeof actAs>>;
let citizen: Awaited<ReturnType<typeof actAs>>;
let admin: Actor;
let verifier: Actor;
let unitId: string;
const seen: { channelId?: string; postId?: string; published?: RecordRef; question?: RecordRef; caseId?: string; answered?: Date } = {};

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "garda-main-job-"));
  database = await freshDatabase();
  const envs = environments(database, folder, { BLUESKY_URL: network().pdsUrl, POLL_SECONDS: "2" });
  Object.assign(process.env, envs.web, { NODE_ENV: process.env.NODE_ENV });
  ({ unitId, admin, verifier } = await makeOffice());
  const account = await openAccount();
  [office, citizen] = await Promise.all([actAs(account), actAs(await openAccount())]);
  worker = startWorker(envs.worker);
});

afterEach(({ task }) => {
  if (task.result?.state === "fail") console.log(`worker's log:\n${worker.log()}`);
});

afterAll(async () => {
  await worker?.stop();
  await db.$disconnect();
  await database?.drop();
  fs.rmSync(folder, { recursive: true, force: true });
});

test("the office connects its account with an app password, of which nothing stands readable in the database", async () => {
  const { password } = await office.xrpc<{ password: string }>("com.atproto.server.createAppPassword", { body: { name: "garda" } });
  const input = { unitId, platform: "bluesky", mode: "api", identifier: `@${office.session.handle}` } as const;
  expect(await connectChannel(admin, { ...input, secret: "bukan sandi" })).toMatchObject({ ok: false, problems: [{ field: "secret" }] });
  const { channelId } = well(await connectChannel(admin, { ...input, secret: password }));
  const channel = await db.channel.findUniqueOrThrow({ where: { id: channelId }, include: { grant: true } });
  expect(channel).toMatchObject({ remoteId: office.session.did, handle: office.session.handle, state: "connected", isPrimary: true });
  expect(channel.grant?.sealed).toMatch(/^v1\./);
  expect(channel.grant?.sealed).not.toContain(office.session.did); // which every readable grant names
  seen.channelId = channelId;
  tell("connected", { account: channel.remoteId, server: channel.baseUrl });
});

test("a post that the office makes in its own app is taken in by the worker", async () => {
  const channelId = need("channelId");
  const bytes = await plainPicture(200, 150).png().toBuffer();
  const native = await office.post(nativeText, { bytes, mime: "image/png", alt: "Loket pelayanan" });
  const { answer: row, tookMs } = await eventually(() => remotePost(channelId, native.uri), 40);
  expect(row).toMatchObject({ text: nativeText, publicationId: null, postId: null, category: "substantive", hasAlt: true });
  tell("native post taken in", { remoteId: native.uri, category: row.category, afterMs: tookMs });
});

test("a draft with a picture is submitted, verified by a second person and put on the schedule", async () => {
  const channelId = need("channelId");
  const place = { IFD3: { GPSLatitudeRef: "S", GPSLatitude: "6/1 52/1 0/1" } };
  const bytes = await plainPicture(640, 480).withExif(place).jpeg().toBuffer();
  expect((await sharp(bytes).metadata()).exif).toBeDefined();
  const { media } = well(await uploadPicture(admin, unitId, "peta.jpg", bytes));
  const words = { text, link: null, pillar: "layanan", source: "Dinas Dukcapil", publishAt: null } as const;
  const input = { ...words, postId: null, revision: 0, unitId, channels: [{ channelId, text: null }], media: [{ mediaId: media.id, alt }] };
  const { postId, revision } = well(await saveDraft(admin, input));
  well(await submitPost(admin, { postId, revision }));

  const checklist = Object.fromEntries(checkpoints.map((point) => [point, true])) as Record<(typeof checkpoints)[number], boolean>;
  const approval = { postId, revision, decision: "approve", note: "", checklist } as const;
  expect(await decideOnPost(admin, approval)).toEqual({ ok: false, problems: [{ code: "own-post" }] });
  expect(await db.publication.count({ where: { subjectId: postId } })).toBe(0);
  expect(well(await decideOnPost(verifier, approval))).toMatchObject({ scheduled: false });
  const publishAt = new Date(Date.now() + 4000);
  well(await schedulePost(admin, { postId, revision, publishAt: publishAt.toISOString() }));
  expect(await db.publication.findMany({ where: { subjectId: postId } })).toMatchObject([{ state: "due", dueAt: publishAt, channelId }]);
  seen.postId = postId;
  tell("on the schedule", { dueAt: publishAt.toISOString(), writtenBy: admin.name, verifiedBy: verifier.name });
});

test("the worker publishes it once, when it is due, and the server has the text, the picture's bytes and its alternative text", async () => {
  const channelId = need("channelId");
  const publication = await published("post", need("postId"));
  const { remoteId, dueAt, publishedAt, attempts } = publication;
  if (!remoteId || !publishedAt) throw new Error("published without an id or a time");
  expect(publishedAt.getTime()).toBeGreaterThanOrEqual(dueAt.getTime());
  expect(attempts).toBe(1);

  const { cid, value } = await recordAt<StoredPost>(remoteId);
  expect(value).toMatchObject({ text, embed: { images: [{ alt }] } });
  expect(Date.parse(value.createdAt)).toBeGreaterThanOrEqual(dueAt.getTime());
  const onServer = await blob(value.embed?.images[0]?.image.ref.$link ?? "");
  const kept = await db.media.findFirstOrThrow({ where: { unitId } });
  expect(createHash("sha256").update(onServer).digest("hex")).toBe(kept.digest);
  expect(await sharp(onServer).metadata()).toMatchObject({ format: "jpeg", width: 640, height: 480 });
  expect((await sharp(onServer).metadata()).exif).toBeUndefined();
  expect((await office.records()).filter((each) => each.value.text === text)).toHaveLength(1);

  // A poll may be first to see it; that it is ours is added when the worker hears of its own publication.
  const ours = async () => ((await remotePost(channelId, remoteId))?.publicationId ? remotePost(channelId, remoteId) : null);
  const { answer: row } = await eventually(ours, 20);
  expect(row).toMatchObject({ publicationId: publication.id, postId: seen.postId, category: "substantive", hasAlt: true });
  expect((await listPosts(admin, await unitCard(), "all", null)).rows).toMatchObject([{ id: seen.postId, state: "published" }]);
  seen.published = { uri: remoteId, cid };
  tell("published", { remoteId, lateMs: publishedAt.getTime() - dueAt.getTime(), pictureBytes: onServer.length, attempts });
});

test("a citizen's reply comes into the inbox as a case with a deadline, its telephone number masked", async () => {
  const unit = await unitCard();
  seen.question = await citizen.reply(need("published"), question);
  const waiting = async () => (await listCases(admin, unit, "open", new Date(), null)).rows[0];
  const { answer: row, tookMs } = await eventually(waiting, 40);
  expect(row).toMatchObject({ state: "open", kind: "question", platform: "bluesky", excerpt: expect.stringContaining("⟦telepon⟧") });
  const found = await caseDetail(admin, row.id);
  expect(found).toMatchObject({
    hasPii: true,
    post: { postId: seen.postId },
    citizen: { pseudonym: expect.stringMatching(/^W-/), total: 1 },
  });
  expect(found.thread).toMatchObject([{ type: "message", direction: "in", text: question.replace("0812-3456-7890", "⟦telepon⟧") }]);
  const [duty, ...others] = await db.replyDuty.findMany({ where: { caseId: row.id } });
  expect(others).toEqual([]);
  expect(duty).toMatchObject({ dueAt: row.dueAt, openedAt: found.receivedAt, answeredAt: null });
  expect(row.dueAt?.getTime()).toBeGreaterThan(found.receivedAt.getTime());
  seen.caseId = row.id;
  tell("case in the inbox", { kind: row.kind, dueAt: row.dueAt?.toISOString(), afterMs: tookMs });
});

test("the office answers, and the citizen's account sees the answer as a reply to the question", async () => {
  const caseId = need("caseId");
  const asked = need("question");
  const root = need("published");
  const { revision } = await caseDetail(admin, caseId);
  well(await answerCase(admin, { caseId, revision, text: answer }));
  const reply = await db.reply.findFirstOrThrow({ where: { caseId } });
  const { remoteId, publishedAt } = await published("reply", reply.id);

  const told = await eventually(async () => (await citizen.notifications()).find((each) => each.uri === remoteId));
  expect(told.answer).toMatchObject({ reason: "reply", author: { did: office.session.did }, record: { text: answer } });
  const { value } = await recordAt<{ reply: { root: RecordRef; parent: RecordRef } }>(remoteId ?? "");
  expect(value.reply).toEqual({ root, parent: asked });

  const { answer: done } = await eventually(async () => {
    const found = await caseDetail(admin, caseId);
    return found.state === "answered" ? found : null;
  });
  expect(done.thread).toMatchObject([{ direction: "in" }, { type: "message", direction: "out", text: answer, authorName: admin.name }]);
  const duty = await db.replyDuty.findFirstOrThrow({ where: { caseId } });
  if (!duty.answeredAt) throw new Error("the duty to answer is still open");
  seen.answered = duty.answeredAt;
  tell("answered", {
    remoteId,
    publishedAt: publishedAt?.toISOString(),
    inTime: duty.answeredAt <= duty.dueAt,
    noticedAfterMs: told.tookMs,
  });
});

test("two more polls read the same thread and double nothing", async () => {
  const channelId = need("channelId");
  const caseId = need("caseId");
  const answered = need("answered").getTime();
  const { answer: until } = await eventually(() => polledAfter(channelId, answered), 40);
  await eventually(() => polledAfter(channelId, until.getTime()), 40);
  expect((await caseDetail(admin, caseId)).thread).toHaveLength(2);
  expect(await db.inboxCase.count()).toBe(1);
  expect(await db.replyDuty.count()).toBe(1);
  expect(await db.remotePost.findMany({ where: { channelId }, select: { removedAt: true } })).toEqual([
    { removedAt: null },
    { removedAt: null },
  ]);
  expect((await office.records()).map((each) => each.value.text).sort()).toEqual([answer, nativeText, text].sort());
  tell("polled again", { polledUntil: until.toISOString(), posts: 2, cases: 1 });
});

test("the score of the day on which the answer fell due counts both posts and the answer", async () => {
  const { dueAt, answeredAt } = await db.replyDuty.findFirstOrThrow({ where: { caseId: need("caseId") } });
  const day = localDay(dueAt, zone);
  expect(answeredAt?.getTime()).toBeLessThanOrEqual(dueAt.getTime());
  expect(await recomputeZone(zone, day)).toEqual({ accounts: 1, written: 1 });
  const { card } = await reportCard(admin, unitCode);
  expect(card).toMatchObject({
    account: { platform: "bluesky", handle: office.session.handle },
    facts: {
      replies: { due: 1, onTime: 1, late: 0 },
      quality: { posts: 2, substantive: 2, caption: { yes: 2, known: 2 }, alt: { yes: 2, known: 2 } },
    },
    result: { components: { r: { value: 1 }, b: { value: 1 } } },
  });
  const { publishedAt } = await db.publication.findFirstOrThrow({ where: { subjectId: need("postId") } });
  expect(card?.facts.daysSinceLastPost).toBe(daysBetween(localDay(publishedAt ?? dueAt, zone), day));
  tell("scored", { day, score: card?.score, level: card?.level, replies: card?.facts.replies, posts: card?.facts.quality.posts });
});

test("the trail tells who did what, and the worker ends politely without having logged an error", async () => {
  const trail = await db.auditEvent.findMany({ where: { subjectId: { in: [need("postId"), need("caseId")] } }, orderBy: { id: "asc" } });
  expect(trail.map(({ type, actorId }) => [type, actorId])).toEqual([
    ["post.begin", admin.personId],
    ["post.submit", admin.personId],
    ["post.approve", verifier.personId],
    ["post.schedule", admin.personId],
    ["publication.published", null],
    ["case.answered", admin.personId],
  ]);
  expect(await worker.stop()).toBe(0);
  const entries = worker.log().trim().split("\n");
  const told = entries.map((line) => JSON.parse(line) as { level: number; msg: string });
  expect(told.filter(({ level }) => level >= 50)).toEqual([]);
  tell("worker stopped", { trail: trail.length, warnings: told.filter(({ level }) => level === 40).map(({ msg }) => msg) });
});

type StoredPost = { text: string; createdAt: string; embed?: { images: { alt: string; image: { ref: { $link: string } } }[] } };

const plainPicture = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: "#147" } });
const tell = (leg: string, facts: object) => console.log(`${leg}: ${JSON.stringify(facts)}`);

/** What an earlier leg left behind; throws where that leg did not come so far. */
function need<K extends keyof typeof seen>(name: K): NonNullable<(typeof seen)[K]> {
  const value = seen[name];
  if (value === undefined) throw new Error(`not tried: the leg that brings "${name}" did not succeed`);
  return value;
}

function well<T extends object>(result: Answer<T>): { ok: true } & T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result)}`);
  return result;
}

/** A regency with one agency, in which one person writes (and could verify for others) and a second one verifies; both log in. */
async function makeOffice() {
  const governmentId = crypto.randomUUID();
  const agencyId = crypto.randomUUID();
  const place = { governmentId, zone };
  await db.unit.create({
    data: { ...place, id: governmentId, code: "33.28", name: "Kabupaten Tegal", shortName: "Kab. Tegal", kind: "regency" },
  });
  const agency = { name: "Dinas Kependudukan dan Pencatatan Sipil", shortName: "Dukcapil", kind: "agency", scoreClass: "A" };
  await db.unit.create({ data: { ...place, ...agency, id: agencyId, code: unitCode } });
  const login = async (name: string, ...roles: Role[]): Promise<Actor> => {
    const email = `${name.toLowerCase().replace(" ", ".")}@tegal.example`;
    const password = crypto.randomUUID();
    const grants = { create: roles.map((role) => ({ unitId: agencyId, role, reach: "own" })) };
    await db.person.create({ data: { name, email, passwordHash: await hashPassword(password), grants } });
    const result = await logIn({ identity: email, password, address: "127.0.0.1", userAgent: null });
    const actor = result.ok ? await actorOfSession(result.sessionId) : null;
    if (!actor) throw new Error(`${name} could not log in`);
    return actor;
  };
  return { unitId: agencyId, admin: await login("Sri Wahyuni", "admin", "verifier"), verifier: await login("Budi Santoso", "verifier") };
}

async function unitCard() {
  const unit = await unitByCode(unitCode);
  if (!unit) throw new Error("the unit is not there");
  return unit;
}

const remotePost = (channelId: string, remoteId: string) =>
  db.remotePost.findUnique({ where: { channelId_remoteId: { channelId, remoteId } } });

async function published(subjectType: "post" | "reply", subjectId: string) {
  const settled = () => db.publication.findFirst({ where: { subjectType, subjectId, state: { notIn: ["due", "publishing"] } } });
  const { answer: publication } = await eventually(settled, 40).catch(async (error) => {
    throw new Error(`not published: ${JSON.stringify(await db.publication.findFirst({ where: { subjectType, subjectId } }))}`, {
      cause: error,
    });
  });
  expect(publication).toMatchObject({ state: "published", problem: null });
  return publication;
}

async function polledAfter(channelId: string, instant: number): Promise<Date | null> {
  const { polledUntil } = await db.channel.findUniqueOrThrow({ where: { id: channelId } });
  return polledUntil && polledUntil.getTime() > instant ? polledUntil : null;
}

/** A record as the personal data server keeps it. */
async function recordAt<T>(uri: string): Promise<{ cid: string; value: T }> {
  const [repo = "", collection = "", rkey = ""] = uri.replace("at://", "").split("/");
  return office.xrpc("com.atproto.repo.getRecord", { query: { repo, collection, rkey } });
}

async function blob(cid: string): Promise<Buffer> {
  const query = new URLSearchParams({ did: office.session.did, cid });
  const got = await fetch(`${network().pdsUrl}/xrpc/com.atproto.sync.getBlob?${query}`);
  if (!got.ok) throw new Error(`the picture is not on the server: ${got.status}`);
  return Buffer.from(await got.arrayBuffer());
}
