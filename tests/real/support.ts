/** The real Bluesky servers that scripts/test-real.mjs has started, and people who act on them without any code of ours. */
import { createHmac, randomBytes } from "node:crypto";

export type RealAccount = { handle: string; password: string; did: string };
export type RecordRef = { uri: string; cid: string };
export type Blob = { $type: "blob"; ref: { $link: string }; mimeType: string; size: number };
type Thread = { post: RecordRef & { author: { did: string }; record: { text: string } }; replies?: Thread[] };
type Notification = RecordRef & { reason: string; author: { did: string }; record: { text?: string } };
type Session = { did: string; handle: string; accessJwt: string; refreshJwt: string };

/** `lonePdsUrl` is a server without an AppView; `adminPassword` is that of both servers. */
type Network = {
  pdsUrl: string;
  lonePdsUrl: string;
  adminPassword: string;
  jwtSecret: string;
  office: RealAccount;
  citizen: RealAccount;
};

/** What `npm run test:real` tells its tests; throws where they were started by something else. */
export function network(): Network {
  const told = process.env.BLUESKY_NETWORK;
  if (!told) throw new Error("No real servers: run this through `npm run test:real`.");
  const { accounts, ...servers } = JSON.parse(told);
  const [office, citizen] = accounts;
  return { ...servers, office, citizen };
}

/** One more account, for a test that must not share one. */
export async function openAccount(pdsUrl = network().pdsUrl): Promise<RealAccount> {
  const name = `akun${randomBytes(5).toString("hex")}`;
  const account = { handle: `${name}.test`, password: randomBytes(12).toString("hex") };
  const body = { ...account, email: `${name}@example.invalid` };
  const { did } = await call<{ did: string }>(pdsUrl, "com.atproto.server.createAccount", { body });
  return { ...account, did };
}

/** Signs in with the password and answers with what a person can do in an app: post, reply, read. */
export async function actAs(account: RealAccount, pdsUrl = network().pdsUrl) {
  const session = await call<Session>(pdsUrl, "com.atproto.server.createSession", {
    body: { identifier: account.handle, password: account.password },
  });
  const xrpc = <T>(method: string, options: CallOptions = {}) => call<T>(pdsUrl, method, { token: session.accessJwt, ...options });

  const write = async (collection: string, record: { [key: string]: unknown }): Promise<RecordRef> => {
    const dated = { $type: collection, createdAt: new Date().toISOString(), ...record };
    const body = { repo: session.did, collection, record: dated };
    const { uri, cid } = await xrpc<RecordRef>("com.atproto.repo.createRecord", { body });
    return { uri, cid };
  };
  const create = (record: { text: string; [key: string]: unknown }) => write("app.bsky.feed.post", record);

  return {
    session,
    xrpc,
    /** Posts a text, with one picture when given. */
    async post(text: string, picture?: { bytes: Uint8Array; mime: string; alt: string }): Promise<RecordRef> {
      if (!picture) return create({ text });
      const { blob } = await xrpc<{ blob: Blob }>("com.atproto.repo.uploadBlob", { bytes: picture.bytes, mime: picture.mime });
      return create({ text, embed: { $type: "app.bsky.embed.images", images: [{ alt: picture.alt, image: blob }] } });
    },
    /** Answers `parent`; `root` is the post that opened the thread. */
    reply: (parent: RecordRef, text: string, root: RecordRef = parent): Promise<RecordRef> => create({ text, reply: { root, parent } }),
    repost: (subject: RecordRef): Promise<RecordRef> => write("app.bsky.feed.repost", { subject }),
    follow: (did: string): Promise<RecordRef> => write("app.bsky.graph.follow", { subject: did }),
    async remove(uri: string): Promise<void> {
      const [collection, rkey] = uri.split("/").slice(-2);
      await xrpc("com.atproto.repo.deleteRecord", { body: { repo: session.did, collection, rkey } });
    },
    /** The post and, nested, its replies, as the AppView has indexed them; null while it does not know the post. */
    async readThread(uri: string): Promise<Thread | null> {
      try {
        return (await xrpc<{ thread: Thread }>("app.bsky.feed.getPostThread", { query: { uri } })).thread;
      } catch (error) {
        if (error instanceof XrpcError && error.code === "NotFound") return null;
        throw error;
      }
    },
    notifications: async (): Promise<Notification[]> =>
      (await xrpc<{ notifications: Notification[] }>("app.bsky.notification.listNotifications", { query: { limit: "50" } })).notifications,
    /** The person's posts as the server keeps them, newest first. */
    records: async () =>
      (
        await xrpc<{ records: (RecordRef & { value: { text: string; reply?: { root: RecordRef; parent: RecordRef } } })[] }>(
          "com.atproto.repo.listRecords",
          { query: { repo: session.did, collection: "app.bsky.feed.post", limit: "100" } },
        )
      ).records,
  };
}

export class XrpcError extends Error {
  readonly status: number;
  readonly code: string;
  constructor(method: string, status: number, code: string, message: string) {
    super(`${method}: ${status} ${code}: ${message}`);
    this.status = status;
    this.code = code;
  }
}

type CallOptions = {
  token?: string;
  authorization?: string;
  query?: Record<string, string>;
  body?: unknown;
  bytes?: Uint8Array;
  mime?: string;
};

/** One XRPC call by plain fetch: GET, or POST where there is a body. */
export async function call<T>(
  pdsUrl: string,
  method: string,
  { token, authorization, query, body, bytes, mime }: CallOptions = {},
): Promise<T> {
  const url = `${pdsUrl}/xrpc/${method}${query ? `?${new URLSearchParams(query)}` : ""}`;
  const headers = {
    ...(token && { authorization: `Bearer ${token}` }),
    ...(authorization && { authorization }),
    ...(bytes ? { "content-type": mime ?? "" } : body !== undefined && { "content-type": "application/json" }),
  };
  const payload = bytes ? new Uint8Array(bytes) : body === undefined ? null : JSON.stringify(body);
  const answer = await fetch(url, { method: payload === null ? "GET" : "POST", headers, body: payload });
  const text = await answer.text();
  const told = text === "" ? {} : JSON.parse(text);
  if (!answer.ok) throw new XrpcError(method, answer.status, told.error, told.message);
  return told;
}

/** Asks again until there is an answer; says how long that took. Throws after `seconds`. */
export async function eventually<T>(ask: () => Promise<T | null | undefined>, seconds = 20): Promise<{ answer: T; tookMs: number }> {
  const started = performance.now();
  for (;;) {
    const answer = await ask();
    if (answer !== null && answer !== undefined) return { answer, tookMs: Math.round(performance.now() - started) };
    if (performance.now() - started > seconds * 1000) throw new Error(`nothing after ${seconds} s`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The same token, over since an hour, with the server's own signature: what a token is after two hours of waiting. */
export function expired(jwt: string): string {
  const [head, payload] = jwt.split(".");
  const hourAgo = Math.floor(Date.now() / 1000) - 3600;
  const claims = { ...JSON.parse(Buffer.from(payload ?? "", "base64url").toString()), iat: hourAgo - 7200, exp: hourAgo };
  const signed = `${head}.${Buffer.from(JSON.stringify(claims)).toString("base64url")}`;
  return `${signed}.${createHmac("sha256", network().jwtSecret).update(signed).digest("base64url")}`;
}
