/** What our connector promises about Bluesky beyond the contract of all connectors, before Bluesky's own servers. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Account } from "#lib/platforms/contract.ts";
import { clip, padded } from "../support/clips.ts";
import { tinyPng } from "../support/listener.ts";
import { connect, connector, content, failureOf, picture, publication } from "./connected.ts";
import { type LossyProxy, startProxy } from "./proxy.ts";
import { actAs, call, eventually, expired, network, openAccount, type RealAccount } from "./support.ts";

const { pdsUrl, lonePdsUrl, adminPassword, citizen } = network();
const png = tinyPng;
const otherPng = Buffer.concat([png, Buffer.from("another picture")]);
const longAgo = new Date("2020-01-01T00:00:00Z");

let proxy: LossyProxy;
let office: RealAccount;
let account: Account;
beforeAll(async () => {
  proxy = await startProxy(pdsUrl);
  office = await openAccount();
  account = await connect(office, proxy.url);
});
afterAll(() => proxy.close());

describe("connecting", () => {
  test("answers with the account's own id, handle and followers", async () => {
    const person = await actAs(citizen);
    await person.follow(office.did);
    const known = async () => ((await connector.fetchProfile(account)).followers === 1 ? true : null);
    await eventually(known);
    expect(await connector.fetchProfile(account)).toMatchObject({ remoteId: office.did, handle: office.handle, followers: 1 });
  });

  test("an account so new that the AppView has not heard of it connects, and lists its posts", async () => {
    const owner = await openAccount();
    const channel = await connect(owner, pdsUrl);
    expect(channel).toMatchObject({ remoteId: owner.did, handle: owner.handle });
    expect(await connector.fetchPosts(channel, longAgo)).toEqual([]);
  });

  test("an account that the server has taken down is refused as a matter of policy", async () => {
    const closed = await openAccount();
    const before = await connect(closed, pdsUrl);
    await takeDown(closed.did);
    expect(await failureOf(connect(closed, pdsUrl))).toMatchObject({ kind: "rejected", policy: true });
    expect(await failureOf(publication(before, content("Masih ada?")).publish())).not.toMatchObject({ kind: "ambiguous" });
  });
});

describe("publishing", () => {
  test("text, link, hashtag, mention and two pictures arrive whole", async () => {
    const text = `👨‍👩‍👧‍👦 Info @${citizen.handle}: layanan di https://tegalkab.go.id/ktp #LayananPublik`;
    const pictures = [picture(png, "Loket", "a1"), picture(otherPng, "", "a2")];
    const published = await publication(account, content(text, { pictures })).publish();

    const person = await actAs(citizen);
    const { answer } = await eventually(() => person.readThread(published.remoteId));
    expect(answer.post.cid).toBe((published.ref as { cid: string }).cid);
    expect(answer.post).toMatchObject({ embed: { images: [{ alt: "Loket" }, { alt: "" }] } });
    const { facets, embed } = answer.post.record as unknown as Stored;
    const cut = facets.map(({ index }) => Buffer.from(text).subarray(index.byteStart, index.byteEnd).toString());
    expect(cut.sort()).toEqual(["#LayananPublik", `@${citizen.handle}`, "https://tegalkab.go.id/ktp"]);
    expect(await download(office.did, embed.images[0]?.image.ref.$link)).toEqual(png);
    expect(await download(office.did, embed.images[1]?.image.ref.$link)).toEqual(otherPng);
    const mention = await eventually(async () => (await person.notifications()).find((each) => each.uri === published.remoteId));
    expect(mention.answer.reason).toBe("mention");
  });

  test("the same publication twice is one post", async () => {
    const twice = publication(account, content("Terbit sekali"));
    proxy.fail("putRecord", "accept-then-drop");
    expect(await failureOf(twice.publish())).toEqual({ kind: "ambiguous" });
    const first = await twice.publish();
    expect(await twice.find()).toEqual({ kind: "found", published: first });
    expect(await twice.publish()).toEqual(first);
    const [one, other] = await Promise.all([twice.publish(), twice.publish()]);
    expect([one, other]).toEqual([first, first]);
    expect((await texts()).filter((text) => text === "Terbit sekali")).toHaveLength(1);
  });

  test("a picture lost on its way may be sent again, and those that arrived are not", async () => {
    const pictures = [picture(png, "Satu", "b1"), picture(otherPng, "Dua", "b2")];
    const lost = publication(account, content("Dengan dua gambar", { pictures }));
    const uploads = () => proxy.calls.filter((call) => call.path.endsWith("uploadBlob")).length;
    const before = uploads();
    proxy.fail("uploadBlob", "drop-before", 2);
    expect(await failureOf(lost.publish())).toMatchObject({ kind: "retryable" });
    await lost.publish();
    expect(uploads() - before).toBe(3);
  });

  test("pictures that the server has swept are uploaded anew", async () => {
    const swept = publication(account, content("Gambar tersapu", { pictures: [picture(png, "Peta", "c1")] }));
    const gone = {
      $type: "blob",
      ref: { $link: "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku" },
      mimeType: "image/png",
      size: 7,
    };
    swept.restore({ stage: "prepared", at: null, data: { blobs: { c1: gone } } });
    expect(await failureOf(swept.publish())).toMatchObject({ kind: "retryable" });
    expect(await swept.publish()).toMatchObject({ remoteId: expect.stringContaining("at://") });
  });

  test("a server that is not there is retryable, even for the commit", async () => {
    const closing = await startProxy(pdsUrl);
    const away = await connect(office, closing.url);
    await closing.close();
    const early = publication(away, content("Tidak ada server"));
    expect(await failureOf(early.publish())).toMatchObject({ kind: "retryable" });
    expect(early.stage()).toBe("prepared");
  });

  test("what breaks a rule is refused for good, with the server's reason: a text too long, a picture too large", async () => {
    const long = publication(account, content("a".repeat(301)));
    expect(await failureOf(long.publish())).toMatchObject({ kind: "rejected", detail: expect.stringContaining("300") });
    expect(await long.find()).toEqual({ kind: "absent" });
    const large = picture(Buffer.concat([png, Buffer.alloc(2_000_001)]), "Besar", "d1");
    const tooLarge = publication(account, content("Besar", { pictures: [large] }));
    expect(await failureOf(tooLarge.publish())).toMatchObject({ kind: "rejected", detail: expect.stringContaining("2000000") });
  });
});

describe("a video", () => {
  test("is streamed to the server, arrives whole, and is told with its alternative text", async () => {
    const bytes = padded("wide", 4_500_000);
    const shown = publication(account, content("Cara membuat KTP", { video: clip("wide", { alt: "Petugas memegang kartu", bytes }) }));
    const uploads = () => proxy.calls.filter((call) => call.path.endsWith("uploadBlob")).length;
    const before = uploads();
    proxy.fail("uploadBlob", "accept-then-drop");
    expect(await failureOf(shown.publish())).toEqual({ kind: "retryable" });
    proxy.fail("putRecord", "accept-then-500");
    expect(await failureOf(shown.publish())).toEqual({ kind: "ambiguous" });
    const { remoteId } = await shown.publish();
    expect(uploads() - before, "what has arrived is not sent again").toBe(2);
    const record = (await (await actAs(office)).records()).find((each) => each.uri === remoteId)?.value as unknown as Filmed;
    expect(record.embed).toMatchObject({
      $type: "app.bsky.embed.video",
      alt: "Petugas memegang kartu",
      aspectRatio: { width: 1280, height: 720 },
    });
    expect(record.embed.video).toMatchObject({ mimeType: "video/mp4", size: bytes.length });
    expect((await download(office.did, record.embed.video.ref.$link)).equals(bytes)).toBe(true);
    const told = async () => (await connector.fetchPosts(account, longAgo)).find((each) => each.remoteId === remoteId);
    expect((await eventually(told)).answer).toMatchObject({ visual: "video", hasAlt: true });
  });

  test("that the server has no room for is refused with the server's limit, and nothing is sent", async () => {
    const before = proxy.calls.filter((call) => call.path.endsWith("uploadBlob")).length;
    const large = publication(account, content("Terlalu besar", { video: clip("wide", { bytes: padded("wide", 6_000_000) }) }));
    expect(await failureOf(large.publish())).toEqual({
      kind: "rejected",
      code: "video-refused",
      detail: `6000000 > ${5 * 1024 * 1024} bytes`,
    });
    expect(proxy.calls.filter((call) => call.path.endsWith("uploadBlob"))).toHaveLength(before);
  });
});

describe("comments and replies", () => {
  test("our first comment is a reply to our post at the root, and citizens answer it", async () => {
    const person = await actAs(citizen);
    const post = await publication(account, content("Vaksin dibuka")).publish();
    const replyTo = { remoteId: post.remoteId, postRemoteId: post.remoteId, ref: post.ref };
    const first = await publication(account, content("Daftar di puskesmas", { replyTo })).publish();
    const root = { uri: post.remoteId, cid: (post.ref as { cid: string }).cid };
    const written = (await (await actAs(office)).records()).find((each) => each.uri === first.remoteId);
    expect(written?.value.reply).toEqual({ root, parent: root });
    expect(await comment(root.uri, first.remoteId)).toMatchObject({ own: true, parentRemoteId: null, text: "Daftar di puskesmas" });
    const question = await person.reply({ uri: first.remoteId, cid: (first.ref as { cid: string }).cid }, "Bawa apa?", root);
    expect(await comment(root.uri, question.uri)).toMatchObject({ own: false, parentRemoteId: first.remoteId, postRemoteId: root.uri });
  });

  test("a citizen asks, the office answers, the citizen asks on, and the thread is told whole", async () => {
    const person = await actAs(citizen);
    const post = await publication(account, content("Posyandu besok pagi")).publish();
    const root = { uri: post.remoteId, cid: (post.ref as { cid: string }).cid };
    const question = await person.reply(root, "Di balai desa?");
    const first = await comment(root.uri, question.uri);
    expect(first).toMatchObject({
      postRemoteId: root.uri,
      parentRemoteId: null,
      text: "Di balai desa?",
      own: false,
      author: { remoteId: citizen.did },
    });

    const replyTo = { remoteId: first.remoteId, postRemoteId: first.postRemoteId, ref: first.ref };
    const answer = publication(account, content("Benar, mulai 08.00.", { replyTo }));
    proxy.fail("putRecord", "accept-then-drop");
    expect(await failureOf(answer.publish())).toEqual({ kind: "ambiguous" });
    const published = await answer.publish();
    const seen = await eventually(async () => (await person.notifications()).find((each) => each.uri === published.remoteId));
    expect(seen.answer).toMatchObject({ reason: "reply", record: { reply: { root, parent: question } } });
    expect(await comment(root.uri, published.remoteId)).toMatchObject({ own: true, parentRemoteId: question.uri });

    const thanks = await person.reply({ uri: published.remoteId, cid: (published.ref as { cid: string }).cid }, "Terima kasih", root);
    const second = await comment(root.uri, thanks.uri);
    expect(second.parentRemoteId).toBe(published.remoteId);
    const closing = await publication(
      account,
      content("Sama-sama", { replyTo: { ...replyTo, remoteId: second.remoteId, ref: second.ref } }),
    ).publish();
    expect(await comment(root.uri, closing.remoteId)).toMatchObject({ own: true, parentRemoteId: thanks.uri, ref: { root } });
    expect((await connector.fetchComments(account, new Date(), [root.uri])).comments).toEqual([]);
  });

  test("a comment that its author deletes is no longer told, and a post that is gone has none", async () => {
    const person = await actAs(citizen);
    const post = await publication(account, content("Utas yang berkurang")).publish();
    const root = { uri: post.remoteId, cid: (post.ref as { cid: string }).cid };
    const middle = await person.reply(root, "Akan dihapus");
    await comment(root.uri, middle.uri);
    await person.remove(middle.uri);
    await eventually(async () => ((await comments(root.uri)).some((each) => each.remoteId === middle.uri) ? null : true));
    expect(await connector.fetchComments(account, longAgo, [`${root.uri.slice(0, -3)}222`])).toEqual({ comments: [], whole: [] });
  });

  async function comments(uri: string) {
    return (await connector.fetchComments(account, longAgo, [uri])).comments;
  }
  async function comment(post: string, uri: string) {
    return (await eventually(async () => (await comments(post)).find((each) => each.remoteId === uri))).answer;
  }
});

describe("reading posts", () => {
  test("native posts and reposts are told, replies are not, newest first", async () => {
    const owner = await openAccount();
    const native = await actAs(owner);
    const channel = await connect(owner, pdsUrl);
    const plain = await native.post("Dari ponsel");
    const pictured = await native.post("Dengan gambar", { bytes: png, mime: "image/png", alt: "Kantor" });
    await native.reply(plain, "Tambahan");
    const other = await (await actAs(citizen)).post("Kabar warga");
    const shared = (await native.repost(other)).uri;
    const { answer } = await eventually(async () => {
      const posts = await connector.fetchPosts(channel, longAgo);
      return posts.length === 3 ? posts : null;
    });
    expect(answer.map((each) => each.remoteId)).toEqual([shared, pictured.uri, plain.uri]);
    expect(answer[0]).toMatchObject({ repost: true, text: "Kabar warga", metrics: { likes: null } });
    expect(answer[1]).toMatchObject({
      repost: false,
      visual: "image",
      hasAlt: true,
      metrics: { likes: 0, comments: 0, shares: 0, views: null },
    });
    expect(answer[2]).toMatchObject({ text: "Dari ponsel", visual: "none", hasAlt: null, metrics: { comments: 1 } });
    expect(await connector.fetchPosts(channel, new Date(Date.now() + 60_000))).toEqual([]);
  });

  test("a server without an AppView still publishes and lists posts; figures are unknown, comments come later", async () => {
    const owner = await openAccount(lonePdsUrl);
    const channel = await connect(owner, lonePdsUrl);
    expect(await connector.fetchProfile(channel)).toMatchObject({ handle: owner.handle, followers: null });
    const { remoteId } = await publication(channel, content("Tanpa AppView")).publish();
    const posts = await connector.fetchPosts(channel, longAgo);
    expect(posts).toMatchObject([{ remoteId, text: "Tanpa AppView", metrics: { likes: null, comments: null } }]);
    expect(await failureOf(connector.fetchComments(channel, longAgo, [remoteId]))).toMatchObject({ kind: "retryable" });
  });
});

describe("tokens", () => {
  test("an expired access token asks for a refresh; the new pair differs and works", async () => {
    const stale = withAccess(expired(account.grant.accessJwt as string));
    const waiting = publication(stale, content("Setelah token habis"));
    expect(await failureOf(waiting.publish())).toEqual({ kind: "needs-reauth", reason: "expired" });
    const grant = await connector.refresh(stale, new Date());
    expect(grant).not.toBeNull();
    expect(grant?.accessJwt).not.toBe(account.grant.accessJwt);
    expect(grant?.refreshJwt).not.toBe(account.grant.refreshJwt);
    expect(await waiting.publish({ ...account, grant: grant ?? {} })).toMatchObject({ remoteId: expect.stringContaining("at://") });
    expect(await connector.refresh({ ...account, grant: grant ?? {} }, new Date())).toBeNull();
    account = { ...account, grant: grant ?? {} };
  });

  test("a refresh whose answer is lost can be asked again: the account stays connected", async () => {
    const stale = withAccess(expired(account.grant.accessJwt as string));
    proxy.fail("refreshSession", "accept-then-drop");
    expect(await failureOf(connector.refresh(stale, new Date()))).toMatchObject({ kind: "retryable" });
    const grant = await connector.refresh(stale, new Date());
    expect(await connector.fetchProfile({ ...account, grant: grant ?? {} })).toMatchObject({ remoteId: office.did });
    account = { ...account, grant: grant ?? {} };
  });

  test("two renewals at once leave the account connected, whichever is kept", async () => {
    const stale = withAccess(expired(account.grant.accessJwt as string));
    const grants = await Promise.all([connector.refresh(stale, new Date()), connector.refresh(stale, new Date())]);
    for (const grant of grants) {
      expect(await connector.fetchProfile({ ...account, grant: grant ?? {} })).toMatchObject({ remoteId: office.did });
      const again = { ...account, grant: { ...grant, accessJwt: expired(grant?.accessJwt as string) } };
      expect(await connector.refresh(again, new Date())).not.toBeNull();
    }
    account = await connect(office, proxy.url);
  });

  test("an app password that its owner revokes ends in a new sign-in, not in endless tries", async () => {
    const owner = await openAccount();
    const person = await actAs(owner);
    const { name, password } = await person.xrpc<{ name: string; password: string }>("com.atproto.server.createAppPassword", {
      body: { name: "garda" },
    });
    const channel = await connect({ ...owner, password }, pdsUrl);
    await publication(channel, content("Dengan sandi aplikasi")).publish();
    await person.xrpc("com.atproto.server.revokeAppPassword", { body: { name } });
    const grant = { ...channel.grant, accessJwt: expired(channel.grant.accessJwt as string) };
    expect(await failureOf(connector.refresh({ ...channel, grant }, new Date()))).toMatchObject({ kind: "needs-reauth" });
    const garbled = { ...channel.grant, accessJwt: "bukan.token.sah" };
    expect(await failureOf(connector.fetchPosts({ ...channel, grant: garbled }, longAgo))).toMatchObject({ kind: "needs-reauth" });
  });

  const withAccess = (accessJwt: string): Account => ({ ...account, grant: { ...account.grant, accessJwt } });
});

type Filmed = { embed: { video: { ref: { $link: string } } } };
type Stored = {
  facets: { index: { byteStart: number; byteEnd: number } }[];
  embed: { images: { image: { ref: { $link: string } } }[] };
};

async function texts(): Promise<string[]> {
  return (await (await actAs(office)).records()).map((each) => each.value.text);
}

async function download(did: string, cid = ""): Promise<Buffer> {
  const answer = await fetch(`${pdsUrl}/xrpc/com.atproto.sync.getBlob?${new URLSearchParams({ did, cid })}`);
  return Buffer.from(await answer.arrayBuffer());
}

async function takeDown(did: string) {
  const authorization = `Basic ${Buffer.from(`admin:${adminPassword}`).toString("base64")}`;
  const body = { subject: { $type: "com.atproto.admin.defs#repoRef", did }, takedown: { applied: true, ref: "test" } };
  await call(pdsUrl, "com.atproto.admin.updateSubjectStatus", { authorization, body });
}
