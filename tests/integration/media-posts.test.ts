/** A post with a video, a title, a first comment and collaborators: kept, approved and frozen as a whole. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { now } from "#lib/core/clock.ts";
import { canonical, sha256 } from "#lib/core/crypto.ts";
import { db } from "#lib/core/db.ts";
import { frozenContent } from "#lib/delivery/content.ts";
import { uploadVideo } from "#lib/media/uploading.ts";
import { digestOf, picturesOf, videoOf } from "#lib/posts/content.ts";
import { postDetail } from "#lib/posts/detail.ts";
import { saveDraft } from "#lib/posts/drafting.ts";
import { submitPost } from "#lib/posts/review.ts";
import { schedulePost } from "#lib/posts/scheduling.ts";
import type { DraftInput } from "#lib/posts/schema.ts";
import { clips } from "../support/clips.ts";
import { approvedPost, draft, publicationsOf } from "../support/desk.ts";
import { makeWorld, refusalOf, type World } from "../support/world.ts";

let world: World;
let folder: string;
let videoId: string;
const youtube = { id: crypto.randomUUID(), unitId: "" };
const tiktok = { id: crypto.randomUUID(), unitId: "" };
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "garda-media-"));
  process.env.STORAGE_DIR = folder;
  world = await makeWorld();
  const { id: unitId, governmentId } = world.units.dinkes;
  for (const [channel, platform] of [
    [youtube, "youtube"],
    [tiktok, "tiktok"],
  ] as const) {
    channel.unitId = unitId;
    const facts = { platform, mode: "api", remoteId: "dinkestegal", handle: "dinkestegal", name: "Dinkes", baseUrl: "" };
    await db.channel.create({ data: { id: channel.id, unitId, governmentId, ...facts, firstSeenAt: now(), nextPollAt: now() } });
  }
  videoId = await film();
});
afterAll(async () => {
  await world?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function film() {
  async function* bytes() {
    yield new Uint8Array(clips.vertical);
  }
  const answer = await uploadVideo(world.people.admin, world.units.dinkes.id, "pompa.mp4", bytes());
  if (!answer.ok) throw new Error(JSON.stringify(answer));
  return answer.media.id;
}

const soon = () => new Date(now().getTime() + 3_600_000).toISOString();
const whole = (): Partial<DraftInput> => ({
  title: "Pompa sudah bekerja",
  firstComment: "Peta genangan: peta.tegalkab.go.id",
  collaborators: ["pemkabtegal", "bpbd_tegal"],
  media: [{ mediaId: videoId, alt: "Pompa air bekerja" }],
});

it("each channel is sent what its platform knows, and nothing that a person sends by hand", async () => {
  const { admin, verifier } = world.people;
  const channels = [world.channels.facebook, world.channels.instagram, youtube, tiktok];
  const post = await approvedPost(admin, verifier, channels, { ...whole(), publishAt: soon() });
  const frozen = Object.fromEntries((await publicationsOf(post.postId)).map((p) => [p.channelId, frozenContent.parse(p.content)]));
  const video = { mime: "video/mp4", width: 720, height: 1280, durationMs: 4_000, frameRate: 30, alt: "Pompa air bekerja" };
  const common = { pictures: [], video };
  expect(frozen[youtube.id]).toMatchObject({
    ...common,
    title: "Pompa sudah bekerja",
    firstComment: whole().firstComment,
    collaborators: [],
  });
  expect(frozen[world.channels.facebook.id]).toMatchObject({
    ...common,
    title: null,
    firstComment: whole().firstComment,
    collaborators: [],
  });
  expect(frozen[tiktok.id]).toMatchObject({ ...common, title: null, firstComment: null, collaborators: [] });
  expect(frozen[world.channels.instagram.id]).toMatchObject({
    ...common,
    firstComment: null,
    collaborators: ["pemkabtegal", "bpbd_tegal"],
  });

  const { content } = await postDetail(admin, post.postId);
  expect(videoOf(content)).toMatchObject({ mediaId: videoId, durationMs: 4_000 });
  expect(picturesOf(content)).toEqual([]);
  const byHand = content.channels.find((c) => c.channelId === world.channels.instagram.id);
  expect(byHand, "the person who publishes by hand still sees it").toMatchObject({ firstComment: whole().firstComment });
});

it("an approval covers every part of it", async () => {
  const { admin, verifier } = world.people;
  const channels = [world.channels.facebook, world.channels.instagram];
  const changes: ((postId: string) => Promise<unknown>)[] = [
    (id) => db.post.update({ where: { id }, data: { title: "Lain" } }),
    (postId) => db.postChannel.updateMany({ where: { postId, channelId: world.channels.facebook.id }, data: { firstComment: "Lain" } }),
    (postId) => db.postChannel.updateMany({ where: { postId, channelId: world.channels.instagram.id }, data: { collaborators: ["lain"] } }),
    (postId) => db.postMedia.updateMany({ where: { postId }, data: { alt: "Lain" } }),
    (postId) => db.postMedia.deleteMany({ where: { postId } }),
  ];
  for (const change of changes) {
    const post = await approvedPost(admin, verifier, channels, whole());
    await change(post.postId);
    expect(await refusalOf(schedulePost(admin, { ...post, publishAt: soon() }))).toBe("stale");
  }
  const untouched = await approvedPost(admin, verifier, channels, whole());
  expect(await schedulePost(admin, { ...untouched, publishAt: soon() })).toEqual({ ok: true });
});

it("what a post has not leaves its digest as it was", () => {
  const channel = {
    channelId: "a",
    platform: "facebook",
    mode: "api",
    handle: "x",
    text: null,
    firstComment: null,
    collaborators: [],
  } as const;
  const content = {
    title: null,
    text: "Halo",
    link: null,
    pillar: null,
    source: null,
    sourceLink: null,
    sourceDocument: null,
    channels: [{ ...channel, collaborators: [] }],
    media: [],
  };
  const before = { text: "Halo", link: null, pillar: null, source: null, channels: [{ channelId: "a", text: null }], media: [] };
  expect(digestOf(content)).toBe(sha256(canonical(before)));
  for (const more of [{ sourceDocument: "SE 400/2026" }, { sourceLink: "https://jdih.tegalkab.go.id" }])
    expect(digestOf({ ...content, ...more })).not.toBe(digestOf(content));
});

it("is stopped by what one of its platforms asks", async () => {
  const { admin } = world.people;
  const problemsOf = async (change: Partial<DraftInput>) => {
    const answer = await submitPost(admin, await draft(admin, [youtube, tiktok], change));
    return answer.ok ? [] : answer.problems.map((problem) => `${problem.params?.platform} ${problem.code}`).sort();
  };
  expect(await problemsOf({})).toEqual(["tiktok media-required", "youtube title-required", "youtube video-required"]);
  expect(await problemsOf({ ...whole(), title: "a".repeat(101) })).toEqual(["youtube title-too-long"]);
  expect(await problemsOf(whole())).toEqual([]);
});

it("holds one video", async () => {
  const second = await film();
  const input: DraftInput = {
    postId: null,
    revision: 0,
    unitId: world.units.dinkes.id,
    text: "Dua video",
    link: null,
    pillar: null,
    source: null,
    sourceLink: null,
    sourceDocument: null,
    publishAt: null,
    channels: [],
    media: [videoId, second].map((mediaId) => ({ mediaId, alt: "" })),
  };
  expect(await saveDraft(world.people.admin, input)).toEqual({ ok: false, problems: [{ field: "media", code: "one-video" }] });
});
