/** The account under test, and the steps that several promises take. */
import { createHash } from "node:crypto";
import { type Account, type Checkpoint, type Content, type Opened, PlatformFailure, type ReplyTarget } from "#lib/platforms/contract.ts";
import type { Features, Harness } from "./harness.ts";

/** A comment that is to be answered, under a post where it stands under one. */
export type Asked = ReplyTarget & { postRemoteId: string };

const verifier = "pembuktian-yang-cukup-panjang-untuk-uji-konektor-0123456789";
export const longAgo = new Date("2020-01-01T00:00:00Z");
export const bare: Omit<Content, "text" | "key"> = { title: null, link: null, pictures: [], video: null, collaborators: [], replyTo: null };

const all: Features = {
  posts: true,
  pictures: true,
  comments: true,
  firstComment: true,
  lookUp: true,
  lists: true,
  uploads: true,
  signedBytes: true,
  likes: true,
  hides: true,
  edits: true,
  editsNotified: true,
  removalsNotified: true,
  removalsListed: true,
};

/** What a platform was started with, connected to its account. */
export type Bench = Awaited<ReturnType<typeof openBench>>;

/** Connects the harness's account. */
export async function openBench(harness: Harness) {
  const has: Features = { ...all, ...harness.features };
  let number = 0;

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

  const commentsOf = async (post: string) =>
    (await harness.told?.(post)) ?? (await harness.connector.fetchComments(account, longAgo, [post])).comments;

  async function asked(text: string, post?: string, under?: ReplyTarget): Promise<Asked> {
    const root = post ?? (await harness.nativePost(`Unggahan untuk: ${text}`));
    const id = await harness.comment(root, text, under);
    const comments = await eventually(async () => {
      const found = await commentsOf(root);
      return found.some((one) => one.remoteId === id) ? found : null;
    });
    return { remoteId: id, postRemoteId: root, ref: comments.find((one) => one.remoteId === id)!.ref };
  }

  const account = harness.login ? await connect(harness.login.secret) : await consent();
  return { harness, has, account, connect, consentPage, exchange, publication, times, commentsOf, asked };
}

/** The failure that a promise ends in; throws where it ends well or in anything else. */
export async function failureOf(attempt: Promise<unknown>) {
  const error = await attempt.then(
    () => new Error("it did not fail"),
    (caught: unknown) => caught,
  );
  if (error instanceof PlatformFailure) return error.failure;
  throw error;
}

/** Asks again until there is an answer: platforms list what is new a little late. Throws after 20 s. */
export async function eventually<T>(ask: () => Promise<T | null | undefined>): Promise<T> {
  for (let left = 400; left > 0; left -= 1) {
    const answer = await ask();
    if (answer !== null && answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("nothing came");
}
