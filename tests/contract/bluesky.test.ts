/** The Bluesky connector before a stand-in for its server. */
import { createHash } from "node:crypto";
import { AppBskyFeedLike, AppBskyFeedThreadgate } from "@atproto/api";
import { expect, test } from "vitest";
import { blueskyConnector } from "#lib/platforms/bluesky/connector.ts";
import type { Account, Checkpoint, Content, Video } from "#lib/platforms/contract.ts";
import { clip, padded } from "../support/clips.ts";
import { tinyPng } from "../support/listener.ts";
import { conformance } from "./conformance.ts";
import { startStubPds } from "./stub-pds.ts";

const office = { did: "did:plc:tegal", handle: "pemkabtegal.test", password: "abcd-efgh-ijkl-mnop" };
const connector = blueskyConnector({ now: () => new Date() });
const methods = {
  upload: "com.atproto.repo.uploadBlob",
  post: "com.atproto.repo.putRecord",
  reply: "com.atproto.repo.putRecord",
  video: "com.atproto.repo.putRecord",
  "first-comment": "com.atproto.repo.putRecord",
};

conformance("Bluesky", async () => {
  const pds = await startStubPds(office);
  const ref = (uri: string) => ({ uri, cid: pds.find(uri)!.cid });
  return {
    connector,
    login: { baseUrl: pds.url, identifier: `@${office.handle}`, secret: office.password },
    wrongSecret: "salah",
    spoil: async (step, fault) => pds.spoil(methods[step], fault),
    uploads: async () => pds.uploads(),
    texts: async () => pds.rows.filter((row) => row.did === office.did).map((row) => row.record.text),
    picture: (digest, alt) => ({
      digest,
      alt,
      mime: "image/png",
      width: 1,
      height: 1,
      bytes: tinyPng.length,
      read: async () => tinyPng,
      publicUrl: async () => "https://garda.contoh.go.id/media/p/t",
    }),
    video: (digest, alt) => ({ ...clip("vertical", { alt }), digest }),
    nativePost: async (text) => pds.write(office.did, text).uri,
    comment: async (post, text, under) => pds.write("did:plc:siti", text, { root: ref(post), parent: ref(under?.remoteId ?? post) }).uri,
    features: { edits: false },
    notification: null,
    remove: async (comment) => pds.remove(comment),
    seen: async (post, comment) => ({
      shown: pds.find(comment) !== undefined && !pds.hiddenUnder(post).includes(comment),
      liked: pds.isLiked(comment),
    }),
    spoilModeration: async (fault) => pds.spoil(methods.post, fault),
    stop: () => pds.stop(),
  };
});

async function connectTo(baseUrl: string): Promise<Account> {
  const { profile, grant } = await connector.connect!({ baseUrl, identifier: office.handle, secret: office.password });
  return { platform: "bluesky", mode: "api", remoteId: profile.remoteId, handle: profile.handle, baseUrl, grant };
}

async function connected() {
  const pds = await startStubPds(office);
  return { pds, account: await connectTo(pds.url) };
}
const content: Content = {
  text: "Sekali saja",
  link: null,
  pictures: [],
  title: null,
  video: null,
  collaborators: [],
  replyTo: null,
  key: "01939d6e-7c00-7000-8000-000000000001",
};

test("the same publication sent twice is one post, unchanged", async ({ onTestFinished }) => {
  const { pds, account } = await connected();
  onTestFinished(() => pds.stop());
  let checkpoint: Checkpoint = { stage: "new", at: null, data: {} };
  const publish = () =>
    connector.publish(account, content, checkpoint, async (next) => {
      checkpoint = next;
    });
  const first = await publish();
  expect(await publish()).toEqual(first);
  expect(pds.rows).toHaveLength(1);
});

test("pictures that the server has swept are uploaded anew", async ({ onTestFinished }) => {
  const { pds, account } = await connected();
  onTestFinished(() => pds.stop());
  const picture = {
    digest: "a",
    alt: "",
    mime: "image/png" as const,
    width: 1,
    height: 1,
    bytes: tinyPng.length,
    read: async () => tinyPng,
    publicUrl: async () => "https://garda.contoh.go.id/media/p/t",
  };
  const gone = { $type: "blob", ref: { $link: "gone" }, mimeType: "image/png", size: 1 };
  let checkpoint: Checkpoint = { stage: "prepared", at: null, data: { blobs: { a: gone } } };
  const publish = () =>
    connector.publish(account, { ...content, pictures: [picture] }, checkpoint, async (next) => {
      checkpoint = next;
    });
  await expect(publish()).rejects.toMatchObject({ failure: { kind: "retryable" } });
  expect(await publish()).toMatchObject({ kind: "done" });
});

test("a grant is renewed in its last quarter of an hour, and then both tokens change", async ({ onTestFinished }) => {
  const { pds, account } = await connected();
  onTestFinished(() => pds.stop());
  const at = (minutes: number) => new Date(Date.now() + minutes * 60_000);
  expect(await connector.refresh(account, at(100))).toBeNull();
  const fresh = await connector.refresh(account, at(110));
  expect(fresh?.accessJwt).not.toBe(account.grant.accessJwt);
  expect(fresh?.refreshJwt).not.toBe(account.grant.refreshJwt);
  const named = [fresh?.refreshAfter, fresh?.expiresAt].map((instant) => Math.round((Date.parse(String(instant)) - Date.now()) / 60_000));
  expect(named, "in minutes: the last quarter of two hours, and ninety days").toEqual([105, 90 * 24 * 60]);
  await expect(connector.refresh(account, at(110))).rejects.toMatchObject({ failure: { kind: "needs-reauth" } });
});

test("of two renewals at once one wins, and the loser spoils nothing", async ({ onTestFinished }) => {
  const { pds, account } = await connected();
  onTestFinished(() => pds.stop());
  const late = new Date(Date.now() + 110 * 60_000);
  const outcomes = await Promise.allSettled([connector.refresh(account, late), connector.refresh(account, late)]);
  const grants = outcomes.flatMap((one) => (one.status === "fulfilled" && one.value ? [one.value] : []));
  expect(grants).toHaveLength(1);
  expect(outcomes.find((one) => one.status === "rejected")).toMatchObject({ reason: { failure: { kind: "needs-reauth" } } });
  expect(await connector.fetchProfile({ ...account, grant: grants[0]! })).toMatchObject({ remoteId: office.did });
});

test("a renewal that the server cannot answer may be tried again; a revoked password asks for a new one", async ({ onTestFinished }) => {
  const { pds, account } = await connected();
  onTestFinished(() => pds.stop());
  const late = new Date(Date.now() + 110 * 60_000);
  for (const [fault, kind] of [
    ["500-before", "retryable"],
    ["drop-before", "retryable"],
    ["rate-limit", "rate-limited"],
  ] as const) {
    pds.spoil("com.atproto.server.refreshSession", fault);
    await expect(connector.refresh(account, late), fault).rejects.toMatchObject({ failure: { kind } });
  }
  pds.revoke();
  await expect(connector.refresh(account, late)).rejects.toMatchObject({ failure: { kind: "needs-reauth" } });
});

test("a video goes up as a stream of a known length, piece by piece, once", async ({ onTestFinished }) => {
  const pds = await startStubPds(office, 10_000_000);
  onTestFinished(() => pds.stop());
  const account = await connectTo(pds.url);
  const bytes = padded("wide", 9_000_000);
  const whole = clip("wide", { alt: "Petugas memegang kartu", bytes });
  const pieces: number[] = [];
  const video: Video = {
    ...whole,
    slice: async (from, to) => {
      pieces.push(to - from);
      return whole.slice(from, to);
    },
  };
  const kept: Checkpoint[] = [{ stage: "new", at: null, data: {} }];
  const publish = () =>
    connector.publish(account, { ...content, link: "https://tegalkab.go.id", video }, kept.at(-1)!, async (next) => void kept.push(next));
  pds.spoil("com.atproto.repo.putRecord", "rate-limit");
  await expect(publish()).rejects.toMatchObject({ failure: { kind: "rate-limited" } });
  await publish();
  expect(pieces).toEqual([4_000_000, 4_000_000, 1_000_000]);
  expect(pds.lengths).toEqual([9_000_000]);
  const saved = kept.findIndex(({ stage }) => stage === "committing") - 1;
  expect(saved, "every piece renews the claim on the publication").toBeGreaterThan(pieces.length);
  const digest = createHash("sha256").update(bytes).digest("hex");
  expect(pds.rows).toMatchObject([
    {
      record: {
        text: "Sekali saja\n\nhttps://tegalkab.go.id",
        embed: {
          $type: "app.bsky.embed.video",
          video: { ref: { $link: digest }, mimeType: "video/mp4", size: 9_000_000 },
          alt: "Petugas memegang kartu",
          aspectRatio: { width: 1280, height: 720 },
        },
      },
    },
  ]);
});

test("a video that the server has no room for is refused before it is sent, and one that it refuses is called a video", async ({
  onTestFinished,
}) => {
  const { pds, account } = await connected();
  onTestFinished(() => pds.stop());
  const publish = (video: Video) =>
    connector.publish(account, { ...content, video }, { stage: "new", at: null, data: {} }, async () => undefined);
  await expect(publish(clip("wide", { bytes: padded("wide", 5_000_001) }))).rejects.toMatchObject({
    failure: { kind: "rejected", code: "video-refused", detail: "5000001 > 5000000 bytes" },
  });
  expect(pds.lengths).toEqual([]);
  await expect(publish({ ...clip("wide"), mime: "video/quicktime" })).rejects.toMatchObject({
    failure: { kind: "rejected", code: "video-refused" },
  });
});

test("an answer deep in a thread names the post at its root and the comment it answers", async ({ onTestFinished }) => {
  const { pds, account } = await connected();
  onTestFinished(() => pds.stop());
  const root = pds.write(office.did, "Unggahan");
  const question = pds.write("did:plc:siti", "Kapan?", { root, parent: root });
  const [comment] = (await connector.fetchComments(account, new Date(0), [root.uri])).comments;
  const replyTo = { remoteId: question.uri, postRemoteId: root.uri, ref: comment?.ref ?? null };
  await connector.publish(account, { ...content, replyTo }, { stage: "new", at: null, data: {} }, async () => undefined);
  expect(pds.rows.at(-1)?.record.reply).toEqual({ root, parent: question });
});

test("a first comment without the post's reference is refused, not sent elsewhere", async ({ onTestFinished }) => {
  const { pds, account } = await connected();
  onTestFinished(() => pds.stop());
  const uri = pds.write(office.did, "Unggahan").uri;
  const replyTo = { remoteId: uri, postRemoteId: uri, ref: null };
  const attempt = connector.publish(account, { ...content, replyTo }, { stage: "new", at: null, data: {} }, async () => undefined);
  await expect(attempt).rejects.toMatchObject({ failure: { kind: "rejected", code: "reply-reference-missing" } });
  expect(pds.rows).toHaveLength(1);
});

test("likes and hidden replies are records as the network's lexicons want them, and a gate keeps what else it holds", async ({
  onTestFinished,
}) => {
  const { pds, account } = await connected();
  onTestFinished(() => pds.stop());
  const act = connector.moderation!.act;
  const root = pds.write(office.did, "Pengumuman");
  const rude = pds.write("did:plc:siti", "Kasar", { root, parent: root });
  const target = { remoteId: rude.uri, postRemoteId: root.uri, ref: null };
  const gateUri = root.uri.replace("feed.post", "feed.threadgate");
  await act(account, target, "like");
  await act(account, target, "hide");
  const gate = pds.record(gateUri);
  expect(AppBskyFeedThreadgate.validateRecord(gate).success).toBe(true);
  expect(gate).toMatchObject({ post: root.uri, hiddenReplies: [rude.uri] });
  expect(AppBskyFeedLike.validateRecord(pds.like(rude.uri)).success).toBe(true);

  pds.put(gateUri, { ...gate, allow: [{ $type: "app.bsky.feed.threadgate#followingRule" }] });
  await act(account, target, "unhide");
  expect(pds.record(gateUri)).toMatchObject({ hiddenReplies: [], allow: [{ $type: "app.bsky.feed.threadgate#followingRule" }] });

  const elsewhere = pds.write("did:plc:siti", "Unggahan Siti");
  const theirs = pds.write("did:plc:budi", "Balasan", { root: elsewhere, parent: elsewhere });
  const foreign = { remoteId: theirs.uri, postRemoteId: elsewhere.uri, ref: null };
  const refused = { failure: { kind: "rejected", code: "not-permitted" } };
  await expect(act(account, foreign, "hide"), "under somebody else's post").rejects.toMatchObject(refused);
});
