/** The Bluesky connector before a stand-in for its server. */
import { expect, test } from "vitest";
import { blueskyConnector } from "#lib/platforms/bluesky/connector.ts";
import type { Account, Checkpoint, Content } from "#lib/platforms/contract.ts";
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
    features: { firstComment: false },
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
    nativePost: async (text) => pds.write(office.did, text).uri,
    comment: async (post, text, under) => pds.write("did:plc:siti", text, { root: ref(post), parent: ref(under?.remoteId ?? post) }).uri,
    notification: null,
    stop: () => pds.stop(),
  };
});

async function connected() {
  const pds = await startStubPds(office);
  const { profile, grant } = await connector.connect!({ baseUrl: pds.url, identifier: office.handle, secret: office.password });
  const account: Account = {
    platform: "bluesky",
    mode: "api",
    remoteId: profile.remoteId,
    handle: profile.handle,
    baseUrl: pds.url,
    grant,
  };
  return { pds, account };
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
  await expect(connector.refresh(account, at(110))).rejects.toMatchObject({ failure: { kind: "needs-reauth" } });
});
