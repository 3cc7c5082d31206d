/** What every connector to a platform's own interface promises, whatever the platform. */
import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type Account,
  type Checkpoint,
  type Connector,
  type Content,
  type Opened,
  type Picture,
  PlatformFailure,
  type RemoteComment,
  type ReplyTarget,
  type Video,
} from "#lib/platforms/contract.ts";

/** `post`: the irreversible call of a post with pictures or none; `video` of one with a video; `first-comment` of our comment under our post. */
export type Step = "upload" | "post" | "video" | "reply" | "first-comment";
export type Fault = "drop-before" | "accept-then-drop" | "accept-then-500" | "500-before" | "rate-limit";

export type Features = {
  /** The account takes posts, not only messages and answers. */
  posts: boolean;
  /** A post carries several pictures. */
  pictures: boolean;
  /** The platform's interface tells comments and takes answers to them. */
  comments: boolean;
  /** Our own first comment can be put straight under a post. */
  firstComment: boolean;
  /** What became of a send can be looked up. */
  lookUp: boolean;
  /** Posts and comments are listed, not only notified. */
  lists: boolean;
  /** Pictures are uploaded in calls of their own, before the irreversible one. */
  uploads: boolean;
  /** A notification's signature covers its bytes. */
  signedBytes: boolean;
};

/** A platform to try a connector on. Its own acts go past the connector, as a person's in an app do. */
export type Harness = {
  connector: Connector;
  /** What a person enters to connect, and the same with a wrong secret. */
  login?: { baseUrl: string; identifier: string; secret: string };
  wrongSecret?: string;
  /** Where the account is connected by the platform's consent page. */
  consent?: {
    baseUrl: string;
    redirectUri: string;
    /** Goes through the consent page as the account's holder would; answers with the address that he is sent back to. */
    walk: (url: string, without?: string) => Promise<URL>;
    /** A permission without which the account is of no use, as the platform names it. */
    needed: string;
  };
  /** What the platform lacks; it has all of them unless told. */
  features?: Partial<Features>;
  /** Spoils the next call of this step. */
  spoil: (step: Step, fault: Fault) => Promise<void>;
  /** How many uploads the platform has accepted so far. */
  uploads: () => Promise<number>;
  /** The texts of the account's posts and replies as the platform keeps them. */
  texts: () => Promise<string[]>;
  picture: (digest: string, alt: string) => Picture;
  /** A video that the platform takes; absent where it takes none. */
  video?: (digest: string, alt: string) => Video;
  /** What no post can be without: a picture, a video with its title, a message that is answered. */
  always?: () => Promise<Partial<Content>>;
  nativePost: (text: string) => Promise<string>;
  /** What the platform tells of a post without pictures of ours: "none" unless told. */
  nativeVisual?: "image" | "video";
  /** A citizen's comment under a post, or under another comment of it; answers with its id. */
  comment: (post: string, text: string, under?: ReplyTarget) => Promise<string>;
  /** Where comments are not listed: those under a post that notifications have told of so far. */
  told?: (post: string) => Promise<RemoteComment[]>;
  /** A signed notification of a new comment; null where the platform has no webhooks. */
  notification: ((post: string, text: string) => Promise<{ rawBody: Uint8Array; headers: Headers; secret: string }>) | null;
  stop: () => Promise<void>;
};

/** A comment that is to be answered, under a post where it stands under one. */
type Asked = ReplyTarget & { postRemoteId: string };

const verifier = "pembuktian-yang-cukup-panjang-untuk-uji-konektor-0123456789";

const longAgo = new Date("2020-01-01T00:00:00Z");

/** Runs the suite on the platform that `start` brings up. */
export function conformance(name: string, start: () => Promise<Harness>): void {
  describe(`${name} keeps the connector contract`, () => {
    let harness: Harness;
    let account: Account;
    let number = 0;
    let has: Features;
    beforeAll(async () => {
      harness = await start();
      const all = {
        posts: true,
        pictures: true,
        comments: true,
        firstComment: true,
        lookUp: true,
        lists: true,
        uploads: true,
        signedBytes: true,
      };
      has = { ...all, ...harness.features };
      account = harness.login ? await connect(harness.login.secret) : await consent();
    });
    afterAll(() => harness.stop());

    async function connect(secret: string): Promise<Account> {
      const { connector, login } = harness;
      const { profile, grant } = await connector.connect!({ ...login!, secret });
      return accountOf({ profile, grant }, login!.baseUrl);
    }

    const accountOf = ({ profile, grant }: Opened, baseUrl: string): Account => ({
      platform: harness.connector.platform,
      mode: "api",
      remoteId: profile.remoteId,
      handle: profile.handle,
      baseUrl,
      grant,
    });

    const consentPage = () => {
      const { redirectUri } = harness.consent!;
      const challenge = createHash("sha256").update(verifier).digest("base64url");
      return harness.connector.authorize!.url({ state: "keadaan-uji", challenge, redirectUri });
    };
    const exchange = (code: string) => {
      const { baseUrl, redirectUri } = harness.consent!;
      return harness.connector.authorize!.exchange({ baseUrl, code, verifier, redirectUri });
    };

    async function consent(): Promise<Account> {
      const back = await harness.consent!.walk(consentPage());
      const [opened] = await exchange(back.searchParams.get("code") ?? "");
      return accountOf(opened!, harness.consent!.baseUrl);
    }

    /** A publication that remembers its checkpoint as the delivery engine does. */
    function publication(text: string, more: Partial<Content> = {}) {
      number += 1;
      const key = `01939d6e-7c00-7000-8000-${String(number).padStart(12, "0")}`;
      const always = more.replyTo ? Promise.resolve({}) : (harness.always?.() ?? Promise.resolve({}));
      const content = always.then((needed): Content => ({ ...bare, text, key, ...needed, ...more }));
      const kept: Checkpoint[] = [{ stage: "new", at: null, data: {} }];
      const last = () => kept.at(-1)!;
      return {
        stages: () => kept.map((one) => one.stage),
        checkpoint: last,
        async publish() {
          const result = await harness.connector.publish(
            account,
            await content,
            last(),
            async (next) => void kept.push(structuredClone(next)),
          );
          if (result.kind !== "done") throw new Error(`not published but ${result.kind}`);
          return result.published;
        },
        find: async () => harness.connector.findPublished(account, await content, last()),
        attempt: async (save: (next: Checkpoint) => Promise<void>) => harness.connector.publish(account, await content, last(), save),
      };
    }

    const times = async (text: string) => (await harness.texts()).filter((one) => one === text).length;

    const commentsOf = (post: string) => harness.told?.(post) ?? harness.connector.fetchComments(account, longAgo, [post]);

    async function asked(text: string, post?: string, under?: ReplyTarget): Promise<Asked> {
      const root = post ?? (await harness.nativePost(`Unggahan untuk: ${text}`));
      const id = await harness.comment(root, text, under);
      const comments = await eventually(async () => {
        const found = await commentsOf(root);
        return found.some((one) => one.remoteId === id) ? found : null;
      });
      return { remoteId: id, postRemoteId: root, ref: comments.find((one) => one.remoteId === id)!.ref };
    }

    test("connecting answers with the account; a wrong secret asks for another", async () => {
      expect(await harness.connector.fetchProfile(account)).toMatchObject({ remoteId: account.remoteId, handle: account.handle });
      if (harness.login) expect(await failureOf(connect(harness.wrongSecret!))).toMatchObject({ kind: "needs-reauth" });
    });

    test("the holder's consent opens the account; a code serves once, and a consent without a needed permission is told", async ({
      skip,
    }) => {
      if (!harness.consent) return skip();
      const back = await harness.consent.walk(consentPage());
      expect(back.searchParams.get("state")).toBe("keadaan-uji");
      const code = back.searchParams.get("code") ?? "";
      expect((await exchange(code)).map(({ profile }) => profile.remoteId)).toContain(account.remoteId);
      expect(await failureOf(exchange(code))).toMatchObject({ kind: "needs-reauth", reason: "revoked" });
      const partial = await harness.consent.walk(consentPage(), harness.consent.needed);
      expect(await failureOf(exchange(partial.searchParams.get("code") ?? ""))).toEqual({
        kind: "needs-reauth",
        reason: "scope",
        missing: [harness.consent.needed],
      });
    });

    test("a text with pictures is published once, with alternative texts", async ({ skip }) => {
      if (!has.pictures) return skip();
      const pictures = [harness.picture("a1", "Petugas memompa air"), harness.picture("a2", "Peta genangan")];
      const mine = publication("Genangan di Jalan Ahmad Yani sudah surut", { pictures });
      const { remoteId } = await mine.publish();
      expect(await times("Genangan di Jalan Ahmad Yani sudah surut")).toBe(1);
      if (!has.lists) return expect(await harness.connector.fetchPosts(account, longAgo)).toEqual([]);
      const [post] = await eventually(async () => {
        const posts = await harness.connector.fetchPosts(account, longAgo);
        return posts.some((one) => one.remoteId === remoteId) ? posts.filter((one) => one.remoteId === remoteId) : null;
      });
      expect(post).toMatchObject({ text: "Genangan di Jalan Ahmad Yani sudah surut", visual: "image", repost: false });
      expect(post?.hasAlt).not.toBe(false);
    });

    test("a video is published once, with its text", async ({ skip }) => {
      if (!harness.video) return skip();
      const text = "Cara membuat KTP digital";
      const { remoteId } = await publication(text, { pictures: [], video: harness.video("v1", "Petugas memegang kartu") }).publish();
      expect(await times(text)).toBe(1);
      if (!has.lists) return;
      const post = await eventually(async () =>
        (await harness.connector.fetchPosts(account, longAgo)).find((one) => one.remoteId === remoteId),
      );
      expect(post).toMatchObject({ text, visual: "video", repost: false });
    });

    test.for(["accept-then-drop", "accept-then-500"] as const)(
      "a video published, the answer lost (%s): unknown, then found, once",
      async (fault, { skip }) => {
        if (!harness.video) return skip();
        const text = `Video, jawaban hilang: ${fault}`;
        const mine = publication(text, { pictures: [], video: harness.video("v2", "Loket") });
        await harness.spoil("video", fault);
        expect(await failureOf(mine.publish())).toEqual({ kind: "ambiguous" });
        expect(mine.checkpoint().stage).toBe("committing");
        expect((await mine.find()).kind).toBe(has.lookUp ? "found" : "unknown");
        expect(await times(text)).toBe(1);
      },
    );

    test("our first comment stands straight under our post, once, also when its answer is lost", async ({ skip }) => {
      if (!has.posts || !has.comments || !has.firstComment) return skip();
      const post = await publication("Pendaftaran vaksin dibuka").publish();
      const replyTo: ReplyTarget = { remoteId: post.remoteId, postRemoteId: post.remoteId, ref: post.ref };
      await publication("Daftar lewat puskesmas terdekat.", { replyTo }).publish();
      const lost = publication("Bawa kartu keluarga.", { replyTo });
      await harness.spoil("first-comment", "accept-then-drop");
      expect(await failureOf(lost.publish())).toEqual({ kind: "ambiguous" });
      expect((await lost.find()).kind).toBe(has.lookUp ? "found" : "unknown");
      for (const text of ["Daftar lewat puskesmas terdekat.", "Bawa kartu keluarga."]) expect(await times(text)).toBe(1);
      if (!has.lists) return;
      const comments = await eventually(async () => {
        const found = await commentsOf(post.remoteId);
        return found.length === 2 ? found : null;
      });
      for (const comment of comments) expect(comment).toMatchObject({ own: true, parentRemoteId: null, postRemoteId: post.remoteId });
    });

    test("a text with a link is published with it", async ({ skip }) => {
      if (!has.posts) return skip();
      const link = "https://tegalkab.go.id/jadwal";
      const { remoteId } = await publication("Jadwal layanan keliling", { link }).publish();
      if (!has.lists) {
        const sent = (await harness.texts()).find((one) => one.startsWith("Jadwal layanan keliling"));
        return expect(sent).toContain("https://tegalkab.go.id/jadwal");
      }
      const post = await eventually(async () =>
        (await harness.connector.fetchPosts(account, longAgo)).find((one) => one.remoteId === remoteId),
      );
      expect(post).toMatchObject({ text: expect.stringMatching(/^Jadwal layanan keliling/), hasLink: true });
    });

    test("a trace is saved before the irreversible call: where it cannot be saved, nothing is sent", async () => {
      const mine = publication("Tidak boleh terkirim");
      const refuse = async (next: Checkpoint) => {
        if (next.stage === "committing") throw new Error("the database is away");
      };
      await expect(mine.attempt(refuse)).rejects.toThrow("the database is away");
      expect(await times("Tidak boleh terkirim")).toBe(0);
      await mine.publish();
      expect(mine.stages()).toContain("committing");
      expect(mine.checkpoint().at).not.toBeNull();
    });

    test.for(["accept-then-drop", "accept-then-500"] as const)(
      "published, the answer lost (%s): unknown, then found, once",
      async (fault) => {
        const text = `Jawaban hilang: ${fault}`;
        const mine = publication(text, has.pictures ? { pictures: [harness.picture("b1", "Loket")] } : {});
        await harness.spoil("post", fault);
        expect(await failureOf(mine.publish())).toEqual({ kind: "ambiguous" });
        expect(mine.checkpoint().stage).toBe("committing");
        const found = await mine.find();
        expect(found.kind).toBe(has.lookUp ? "found" : "unknown");
        expect(await times(text)).toBe(1);
      },
    );

    test("a request lost on its way: unknown, then absent, then published, once", async ({ skip }) => {
      if (!has.lookUp) return skip();
      const mine = publication("Permintaan hilang");
      await harness.spoil("post", "drop-before");
      expect(await failureOf(mine.publish())).toEqual({ kind: "ambiguous" });
      expect(await mine.find()).toEqual({ kind: "absent" });
      await mine.publish();
      expect(await mine.find()).toMatchObject({ kind: "found" });
      expect(await times("Permintaan hilang")).toBe(1);
    });

    test("another post with the same words, made before, is not taken for ours", async ({ skip }) => {
      if (!has.lookUp || !has.posts) return skip();
      const mine = publication("Selamat pagi, warga", has.pictures ? { pictures: [harness.picture("c1", "Alun-alun")] } : {});
      await harness.nativePost("Selamat pagi, warga");
      await harness.spoil("post", "drop-before");
      await failureOf(mine.publish());
      expect(await mine.find()).toEqual({ kind: "absent" });
    });

    test.for(["500-before", "drop-before"] as const)(
      "trouble while preparing (%s) may be retried; what is uploaded stays uploaded",
      async (fault, { skip }) => {
        if (!has.uploads) return skip();
        const pictures = [harness.picture("d1", "Satu"), harness.picture("d2", "Dua")];
        const mine = publication(`Dua gambar: ${fault}`, { pictures });
        const before = await harness.uploads();
        await harness.spoil("upload", fault);
        expect(await failureOf(mine.publish())).toMatchObject({ kind: "retryable" });
        expect(mine.stages()).not.toContain("committing");
        await mine.publish();
        expect((await harness.uploads()) - before).toBe(2);
        expect(await times(`Dua gambar: ${fault}`)).toBe(1);
      },
    );

    test("a rate limit names the instant from which to try again, and nothing was sent", async () => {
      const mine = publication("Terlalu sering");
      await harness.spoil("post", "rate-limit");
      const failure = await failureOf(mine.publish());
      expect(failure).toMatchObject({ kind: "rate-limited", until: expect.any(Date) });
      expect(mine.checkpoint().stage).toBe("prepared");
      expect(await times("Terlalu sering")).toBe(0);
      await mine.publish();
      expect(await times("Terlalu sering")).toBe(1);
    });

    test("a token that the platform refuses asks for a new connection, in every call", async () => {
      const broken = {
        ...account,
        grant: Object.fromEntries(Object.entries(account.grant).map(([key, value]) => [key, spoiled(key, value)])),
      };
      const content: Content = { ...bare, text: "Tanpa izin", key: "01939d6e-7c00-7000-8000-ffffffffffff", ...(await harness.always?.()) };
      const { connector } = harness;
      const fresh: Checkpoint = { stage: "new", at: null, data: {} };
      const calls = [
        () => connector.publish(broken, content, fresh, async () => undefined),
        () => connector.fetchProfile(broken),
        ...(has.lists ? [() => connector.fetchPosts(broken, longAgo)] : []),
      ];
      for (const call of calls) expect(await failureOf(call())).toMatchObject({ kind: "needs-reauth" });
      expect(await times("Tanpa izin")).toBe(0);
    });

    test("native posts are told like ours, newest first, and none from before the given instant", async ({ skip }) => {
      if (!has.lists) return skip();
      const native = await harness.nativePost("Dari ponsel admin");
      const posts = await eventually(async () => {
        const found = await harness.connector.fetchPosts(account, longAgo);
        return found.some((one) => one.remoteId === native) ? found : null;
      });
      expect(posts.find((one) => one.remoteId === native)).toMatchObject({
        text: "Dari ponsel admin",
        ...(harness.nativeVisual ? { visual: harness.nativeVisual } : { visual: "none", hasAlt: null }),
      });
      const instants = posts.map((one) => one.publishedAt.getTime());
      expect(instants).toEqual([...instants].sort((one, other) => other - one));
      expect(await harness.connector.fetchPosts(account, new Date(Date.now() + 60_000))).toEqual([]);
    });

    test("comments are told with their parent, a reply reaches them, and it is told as our own", async ({ skip }) => {
      if (!has.comments || !has.posts) return skip();
      const question = await asked("Kapan SIM keliling ke Slawi?");
      const answer = await publication("Kamis pukul 09.00 di alun-alun.", { replyTo: question }).publish();
      const thanks = await asked("Terima kasih, Min", question.postRemoteId, question);
      const comments = await eventually(async () => {
        const found = await commentsOf(question.postRemoteId);
        return found.length === (has.lists ? 3 : 2) ? found : null;
      });
      const told = (id: string) => comments.find((one) => one.remoteId === id);
      expect(told(question.remoteId)).toMatchObject({
        text: "Kapan SIM keliling ke Slawi?",
        parentRemoteId: null,
        own: false,
        postRemoteId: question.postRemoteId,
      });
      expect(told(question.remoteId)?.author.name).not.toBe("");
      expect(await times("Kamis pukul 09.00 di alun-alun.")).toBe(1);
      if (!has.lists) return expect(told(thanks.remoteId)).toMatchObject({ parentRemoteId: question.remoteId, own: false });
      expect(told(answer.remoteId)).toMatchObject({
        text: "Kamis pukul 09.00 di alun-alun.",
        parentRemoteId: question.remoteId,
        own: true,
      });
      expect(told(thanks.remoteId)).toMatchObject({ parentRemoteId: question.remoteId, own: false });
      expect(await harness.connector.fetchComments(account, new Date(Date.now() + 60_000), [question.postRemoteId])).toEqual([]);
    });

    test("a reply whose answer is lost is found, under a comment and under a reply, and is there once", async ({ skip }) => {
      if (!has.comments || !has.posts) return skip();
      const question = await asked("Apakah bisa daring?");
      const further = await asked("Saya juga ingin tahu", question.postRemoteId, question);
      for (const replyTo of [question, further]) {
        const text = `Bisa, lewat aplikasi (${replyTo === question ? 1 : 2})`;
        const mine = publication(text, { replyTo });
        await harness.spoil("reply", "accept-then-drop");
        expect(await failureOf(mine.publish())).toEqual({ kind: "ambiguous" });
        expect((await mine.find()).kind).toBe(has.lookUp ? "found" : "unknown");
        expect(await times(text)).toBe(1);
      }
    });

    test("the same answer to two citizens: the first is not taken for the second", async ({ skip }) => {
      if (!has.lookUp || !has.comments || !has.posts) return skip();
      const first = await asked("Jam buka loket?");
      const second = await asked("Loket buka jam berapa?", first.postRemoteId);
      const text = "Senin–Jumat pukul 08.00–15.00.";
      await publication(text, { replyTo: first }).publish();
      const mine = publication(text, { replyTo: second });
      await harness.spoil("reply", "drop-before");
      expect(await failureOf(mine.publish())).toEqual({ kind: "ambiguous" });
      expect(await mine.find()).toEqual({ kind: "absent" });
      await mine.publish();
      expect(await times(text)).toBe(2);
    });

    test("a notification counts only with the platform's signature", async ({ skip }) => {
      const { connector, notification } = harness;
      if (!notification) return skip();
      const post = await harness.nativePost("Pengumuman lelang");
      const { rawBody, headers, secret } = await notification(post, "Di mana daftarnya? 🙏");
      const result = connector.readWebhook!(rawBody, headers, secret);
      expect(result).toMatchObject({
        ok: true,
        events: [
          {
            kind: "comment",
            accountRemoteId: account.remoteId,
            comment: { postRemoteId: post, text: "Di mana daftarnya? 🙏", own: false },
          },
        ],
      });
      expect(connector.readWebhook!(rawBody, headers, `${secret}x`)).toEqual({ ok: false, reason: "signature" });
      if (!has.signedBytes) return;
      expect(connector.readWebhook!(Buffer.concat([rawBody, Buffer.from(" ")]), headers, secret)).toEqual({
        ok: false,
        reason: "signature",
      });
    });
  });
}

const bare: Omit<Content, "text" | "key"> = { title: null, link: null, pictures: [], video: null, collaborators: [], replyTo: null };

function spoiled(key: string, value: Account["grant"][string]): Account["grant"][string] {
  return /token|jwt/i.test(key) ? "bukan.token.sah" : value;
}

/** The failure that a promise ends in; throws where it ends well or in anything else. */
async function failureOf(attempt: Promise<unknown>) {
  const error = await attempt.then(
    () => new Error("it did not fail"),
    (caught: unknown) => caught,
  );
  if (error instanceof PlatformFailure) return error.failure;
  throw error;
}

/** Asks again until there is an answer: platforms list what is new a little late. Throws after 20 s. */
async function eventually<T>(ask: () => Promise<T | null | undefined>): Promise<T> {
  for (let left = 400; left > 0; left -= 1) {
    const answer = await ask();
    if (answer !== null && answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("nothing came");
}
