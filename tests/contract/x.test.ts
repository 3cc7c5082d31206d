/** The X connector before the platform lab, and beside a foreign client before a recorder. */
import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import type { Account, Checkpoint, Content, Picture } from "#lib/platforms/contract.ts";
import { xConnector } from "#lib/platforms/x/connector.ts";
import { clip } from "../support/clips.ts";
import { listen, type Received, tinyPng } from "../support/listener.ts";
import { strangers } from "../support/strangers.ts";
import { foreignClient, type RunningX, startX, xClient, xSecret } from "../support/x.ts";
import { conformance, type Fault, type Step } from "./conformance.ts";

const user = { id: "7001", name: "Pemkab Tegal", username: "pemkabtegal", token: "token-uji" };
const app = { ...xClient, dialogUrl: "https://x.com" };
const connector = xConnector({ app, now: () => new Date() });
/** Before this lab it has no need to wait: the lab's time passes instead. */
const connectorFor = (lab: RunningX) =>
  xConnector({ app: { ...xClient, dialogUrl: lab.api }, now: () => new Date(), pause: (ms) => lab.pass(ms) });
const endpoints: Record<Step, string> = {
  upload: "POST media/initialize",
  post: "POST tweets",
  reply: "POST tweets",
  video: "POST tweets",
  "first-comment": "POST tweets",
};
const picture = (digest: string, alt: string): Picture => ({
  ...{ digest, alt, mime: "image/png", width: 1, height: 1, bytes: tinyPng.length, read: async () => tinyPng },
  publicUrl: async () => `https://garda.contoh.id/${digest}.png`,
});
const failure = (attempt: Promise<unknown>) =>
  attempt.then(
    () => null,
    (error: { failure?: unknown }) => error.failure,
  );

conformance("X", async () => {
  const lab = await startX();
  await lab.seedX({ users: [user] });
  const hook = await listen(({ url }) => {
    const token = new URL(url, "http://app.invalid").searchParams.get("crc_token") ?? "";
    return { body: JSON.stringify(connector.answerChallenge!(new URLSearchParams({ crc_token: token }), xSecret)) };
  });
  const client = foreignClient(lab.api, user.token).v2;
  let visitors = 0;
  const visit = async (post: string, form: Record<string, string>) => {
    const init = { method: "POST", body: new URLSearchParams(form), redirect: "manual" } as const;
    const answer = await fetch(`${lab.url}/x/${user.username}/status/${post}/replies`, init);
    return /balasan-(\d+)/.exec(answer.headers.get("location") ?? "")?.[1] ?? "";
  };

  return {
    connector: connectorFor(lab),
    login: { baseUrl: lab.api, identifier: "@PemkabTegal", secret: user.token },
    wrongSecret: "token-lain",
    consent: {
      baseUrl: lab.api,
      redirectUri: "http://127.0.0.1:41100/balik",
      walk: async (url, without = "") => {
        const answer = await fetch(`${url}&${new URLSearchParams({ as: user.username, without })}`, { redirect: "manual" });
        return new URL(answer.headers.get("location") ?? "");
      },
      needed: "media.write",
    },
    spoil: (step: Step, fault: Fault) => lab.spoilX({ endpoint: endpoints[step], fault: fault === "rate-limit" ? "429" : fault }),
    uploads: async () => (await lab.journal()).filter((entry) => entry.endpoint === "POST media/finalize" && entry.status === 200).length,
    texts: async () => {
      const found: string[] = [];
      for await (const { text, entities } of await client.userTimeline(user.id, { max_results: 100, "tweet.fields": ["entities"] })) {
        const shown = (entities?.urls ?? []).map((one) => [one.url, one.display_url.startsWith("pic.") ? "" : one.expanded_url] as const);
        const plain = shown.reduce((whole, [short, long]) => whole.replace(short, long), text);
        found.push(plain.replace(/^(@\w+ )+/, "").trim());
      }
      return found;
    },
    picture,
    video: (digest, alt) => ({ ...clip("vertical", { alt }), digest }),
    nativePost: async (text) => (await client.tweet(text)).data.id,
    comment: (post, message, under) => {
      visitors += 1;
      return visit(post, { name: `Warga ${visitors}`, message, ...(under ? { parent: under.remoteId } : {}) });
    },
    notification: async (post, text) => {
      await lab.xWebhooksTo(hook.url);
      await visit(post, { name: "Siti", message: text });
      for (;;) {
        const { method, headers, body } = await hook.next();
        if (method !== "POST" || !body.includes("in_reply_to_status_id_str") || !body.includes('"Siti"')) continue;
        const signature = String(headers["x-twitter-webhooks-signature"]);
        return { rawBody: body, headers: new Headers({ "x-twitter-webhooks-signature": signature }), secret: xSecret };
      }
    },
    features: { likes: false, edits: false, editsNotified: false, removalsNotified: false, removalsListed: false },
    ...strangers(lab, "x", {
      pathOf: (post) => `/x/${user.username}/status/${post}`,
      anchor: (id) => `balasan-${id}`,
      endpoint: "PUT tweets/hidden",
    }),
    stop: async () => {
      await hook.close();
      await lab.stop();
    },
  };
});

test("X's own rules", async ({ onTestFinished }) => {
  const lab = await startX();
  onTestFinished(() => lab.stop());
  await lab.seedX({ users: [{ ...user, refresh_token: "segar-1" }] });
  const login = { baseUrl: lab.api, identifier: "pemkabtegal", secret: user.token };
  expect(await failure(connector.connect!({ ...login, identifier: "dinkestegal" })), "another account").toEqual({
    kind: "rejected",
    code: "wrong-account",
  });

  const { profile, grant } = await connector.connect!({ ...login, secret: `${user.token} segar-1` });
  const { remoteId, handle } = profile;
  const account: Account = { platform: "x", mode: "api", remoteId, handle, baseUrl: login.baseUrl, grant };
  const now = new Date();
  expect(await xConnector({ app: null, now: () => now }).refresh(account, now), "without an app nothing is renewed").toBeNull();
  const fresh = await connector.refresh(account, now);
  expect(fresh).toMatchObject({ refreshAfter: new Date(now.getTime() + 6_300_000).toISOString() });
  expect(fresh?.refreshToken).not.toBe("segar-1");
  expect(await failure(connector.refresh(account, now)), "the loser of a race").toEqual({ kind: "needs-reauth", reason: "revoked" });
  const renewed = { ...account, grant: fresh ?? {} };
  expect(await connector.refresh(renewed, now), "two hours are long enough").toBeNull();
  expect(await connector.refresh(renewed, new Date(now.getTime() + 6_400_000)), "nearly used up").toMatchObject({
    accessToken: expect.any(String),
  });
  await lab.spoilX({ endpoint: "POST oauth2/token", fault: "500-before" });
  expect(await failure(connector.refresh(account, now)), "a passing trouble disconnects nobody").toEqual({ kind: "retryable" });

  await lab.seedX({ users: [user] });
  const content: Content = {
    text: "Pengumuman",
    link: null,
    pictures: [],
    title: null,
    video: null,
    collaborators: [],
    replyTo: null,
    key: "k",
  };
  const atFirst: Checkpoint = { stage: "new", at: null, data: {} };
  let checkpoint = atFirst;
  const publish = (more: Partial<Content> = {}) =>
    connector.publish({ ...account, grant: { accessToken: user.token } }, { ...content, ...more }, checkpoint, async (next) => {
      checkpoint = next;
    });
  const find = (more: Partial<Content> = {}) =>
    connector.findPublished({ ...account, grant: { accessToken: user.token } }, { ...content, ...more }, checkpoint);

  await lab.spoilX({ endpoint: "POST tweets", fault: "duplicate" });
  expect(await failure(publish()), "a duplicate at the first try").toMatchObject({ kind: "rejected", code: "duplicate" });
  checkpoint = atFirst;
  await lab.spoilX({ endpoint: "POST tweets", fault: "accept-then-drop" });
  expect(await failure(publish())).toEqual({ kind: "ambiguous" });
  expect(await failure(publish()), "a duplicate of what may be our own").toEqual({ kind: "ambiguous" });
  expect(await find()).toMatchObject({ kind: "found", published: { permalink: expect.stringContaining("/x/pemkabtegal/status/") } });

  const linked = { text: "Siaga & waspada di tegalkab.go.id", link: "https://tegalkab.go.id/siaga?a=1&b=2" };
  checkpoint = atFirst;
  await lab.spoilX({ endpoint: "POST tweets", fault: "accept-then-500" });
  expect(await failure(publish(linked))).toEqual({ kind: "ambiguous" });
  expect(await find(linked), "behind t.co, and escaped").toMatchObject({ kind: "found" });

  checkpoint = { stage: "committing", at: new Date(Date.now() - 1_000).toISOString(), data: {} };
  await lab.seedX({ tweets: ["1", "2"].map((id) => ({ id, author: user.id, text: "Kembar", created_at: new Date().toISOString() })) });
  expect(await find({ text: "Kembar" }), "two alike prove nothing").toEqual({ kind: "unknown" });

  checkpoint = atFirst;
  await lab.spoilX({ endpoint: "POST tweets", fault: "429" });
  const illustrated = { text: "Bergambar", pictures: [picture("sekali", "Peta")] };
  expect(await failure(publish(illustrated))).toMatchObject({ kind: "rate-limited" });
  await publish(illustrated);
  const finished = (await lab.journal()).filter(({ endpoint }) => endpoint === "POST media/finalize");
  expect(finished, "a picture is uploaded once").toHaveLength(1);

  checkpoint = atFirst;
  await lab.spoilX({ endpoint: "POST tweets", fault: "402" });
  expect(await failure(publish({ text: "Tanpa pulsa" })), "no credits left").toEqual({ kind: "not-entitled", what: "tier" });
  expect(checkpoint.stage).toBe("prepared");
  const broken = { ...picture("rusak", ""), read: async () => Buffer.from("bukan gambar") };
  expect(await failure(publish({ pictures: [broken] }))).toMatchObject({ kind: "rejected", code: "picture-refused" });
  expect(await failure(publish({ replyTo: { remoteId: "12", postRemoteId: "1", ref: null } })), "what is answered is gone").toMatchObject({
    kind: "rejected",
    code: "not-permitted",
  });
});

test("an older conversation is read although X's search no longer reaches it; an unsearchable tier costs nothing else", async ({
  onTestFinished,
}) => {
  const lab = await startX();
  onTestFinished(() => lab.stop());
  const ago = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
  await lab.seedX({
    users: [user, { id: "9", name: "Siti Aminah", username: "sitiaminah" }, { id: "10", name: "Budi", username: "budi" }],
    tweets: [
      { id: "100", author: "7001", text: "Jadwal", created_at: ago(20) },
      { id: "101", author: "9", text: "@pemkabtegal Jam berapa?", reply_to: "100", created_at: ago(19) },
      { id: "102", author: "7001", text: "@sitiaminah Pukul 08.00", reply_to: "101", created_at: ago(18) },
      { id: "103", author: "9", text: "@pemkabtegal Halo, lain hal", created_at: ago(1) },
      { id: "104", author: "10", text: "@sitiaminah Saya juga mau", reply_to: "101", created_at: ago(1) },
    ],
  });
  const { profile, grant } = await connector.connect!({ baseUrl: lab.api, identifier: "pemkabtegal", secret: user.token });
  const account: Account = { platform: "x", mode: "api", remoteId: profile.remoteId, handle: profile.handle, baseUrl: lab.api, grant };
  const read = async () =>
    (await connector.fetchComments(account, new Date(ago(90)), ["100"])).comments.map(({ remoteId, own }) => [remoteId, own]);
  const conversation = [
    ["101", false],
    ["102", true],
  ];
  expect(await read(), "what mentions nobody of ours is found by the search").toEqual([...conversation, ["104", false]]);
  await lab.spoilX({ endpoint: "GET tweets/search/recent", fault: "402" });
  expect(await read()).toEqual(conversation);
  const posts = await connector.fetchPosts(account, new Date(ago(90)));
  expect(
    posts.map(({ remoteId }) => remoteId),
    "our answers are no posts",
  ).toEqual(["100"]);
  await lab.spoilX({ endpoint: "GET tweets/search/recent", fault: "429" });
  expect(await failure(read())).toMatchObject({ kind: "rate-limited" });
});

test("our first comment is a reply to our post: told among its comments, never as a post, also where the timeline lists it", async ({
  onTestFinished,
}) => {
  const lab = await startX();
  onTestFinished(() => lab.stop());
  await lab.seedX({ users: [user] });
  const { profile, grant } = await connector.connect!({ baseUrl: lab.api, identifier: "pemkabtegal", secret: user.token });
  const account: Account = { platform: "x", mode: "api", remoteId: profile.remoteId, handle: profile.handle, baseUrl: lab.api, grant };
  const client = foreignClient(lab.api, user.token).v2;
  const { data: post } = await client.tweet("Vaksin dibuka");
  const { data: comment } = await client.reply("Daftar di puskesmas", post.id);
  const listed = await client.userTimeline(user.id, { exclude: ["replies"] });
  expect(listed.tweets.map(({ id }) => id)).toEqual([comment.id, post.id]);
  expect((await connector.fetchPosts(account, new Date(0))).map(({ remoteId }) => remoteId)).toEqual([post.id]);
  expect((await connector.fetchComments(account, new Date(0), [post.id])).comments).toMatchObject([
    { remoteId: comment.id, own: true, parentRemoteId: null, postRemoteId: post.id },
  ]);
});

/** What matters of a request: the way it is written, the values that must differ left out. */
async function shape({ method, url, headers, body }: Received) {
  const { pathname, searchParams } = new URL(url, "http://recorder.invalid");
  const type = String(headers["content-type"] ?? "").split(/[;,]/)[0];
  const plain = body.toString("latin1");
  const fields =
    type === "application/json"
      ? (JSON.parse(body.toString("utf8")) as unknown)
      : type === "multipart/form-data"
        ? [...plain.matchAll(/; name="(\w+)"/g)].map(([, name]) => name).sort()
        : Object.fromEntries(new URLSearchParams(plain));
  return { method, pathname, query: Object.fromEntries(searchParams), fields: body.length === 0 || plain === "{}" ? null : fields };
}

test("what goes over the wire is what X's foreign client sends", async ({ onTestFinished }) => {
  const recorder = await listen(({ url }) => {
    const data = { id: "55", media_key: "3_55", name: "Pemkab", username: "pemkabtegal" };
    const tokens = { access_token: "a", refresh_token: "r", expires_in: 7200, scope: "" };
    return { type: "application/json", body: JSON.stringify(url.includes("oauth2") ? tokens : url.includes("append") ? {} : { data }) };
  });
  onTestFinished(() => recorder.close());
  const recorded = async (work: () => Promise<unknown>) => {
    recorder.received.length = 0;
    await work();
    return Promise.all(recorder.received.map(shape));
  };
  const account: Account = { platform: "x", mode: "api", remoteId: "7", handle: "p", baseUrl: recorder.url, grant: { accessToken: "t" } };
  const foreign = foreignClient(recorder.url, "t").v2;
  const content: Content = {
    text: "Halo",
    link: null,
    pictures: [picture("p", "Loket")],
    title: null,
    video: null,
    collaborators: [],
    replyTo: null,
    key: "k",
  };
  const publish = (more: Partial<Content>) =>
    connector.publish(account, { ...content, ...more }, { stage: "new", at: null, data: {} }, async () => undefined);

  expect(await recorded(() => connector.fetchProfile(account)), "the account").toEqual(
    await recorded(() => foreign.me({ "user.fields": ["public_metrics"] })),
  );
  const theirs = await recorded(async () => {
    const id = await foreign.uploadMedia(tinyPng, { media_type: "image/png" as never, media_category: "tweet_image" });
    await foreign.createMediaMetadata(id, { alt_text: { text: "Loket" } });
    await foreign.tweet("Halo", { media: { media_ids: [id] } });
  });
  expect(theirs).toHaveLength(5);
  expect(await recorded(() => publish({})), "a post with a picture").toEqual(theirs);
  expect(await recorded(() => publish({ pictures: [], replyTo: { remoteId: "9", postRemoteId: "8", ref: null } })), "a reply").toEqual(
    await recorded(() => foreign.reply("Halo", "9")),
  );
  const since = new Date("2026-01-02T03:04:05Z");
  const [ours] = await recorded(() => connector.fetchPosts(account, since));
  const [timeline] = await recorded(() =>
    foreign.userTimeline("7", {
      exclude: ["replies"],
      start_time: "2026-01-02T03:04:05Z",
      max_results: 100,
      expansions: ["attachments.media_keys"],
      "media.fields": ["type", "alt_text"],
      "tweet.fields": ["created_at", "entities", "note_tweet", "attachments", "referenced_tweets", "public_metrics"],
    }),
  );
  expect(ours, "the timeline").toEqual(timeline);
  const grant = { accessToken: "a", refreshToken: "lama" };
  const refresh = () => connector.refresh({ ...account, grant }, new Date());
  const [our] = await recorded(refresh);
  const [their] = await recorded(() => foreignClient(recorder.url, xClient).refreshOAuth2Token("lama"));
  // The foreign client writes the app's secret into the body too; X wants it in the header alone, where both write it.
  expect({ ...our, fields: { ...(our?.fields as object), client_secret: xClient.clientSecret } }, "the refresh").toEqual(their);
  expect(recorder.received[0]?.headers.authorization).toBe(
    `Basic ${Buffer.from(`${xClient.clientId}:${xClient.clientSecret}`).toString("base64")}`,
  );
});

test("X's challenge is answered with its token signed; a request without one is not X's", () => {
  const response_token = `sha256=${createHmac("sha256", "kunci").update("abc").digest("base64")}`;
  expect(connector.answerChallenge!(new URLSearchParams({ crc_token: "abc" }), "kunci")).toEqual({ response_token });
  expect(connector.answerChallenge!(new URLSearchParams({ "hub.challenge": "abc" }), "kunci")).toBeNull();
});
