/** A stand-in for Bluesky's server, small enough to start with every test run; tests/real has the real one. */
import { createHash, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Fault } from "./conformance.ts";

type Ref = { uri: string; cid: string };
type GateRecord = { post: string; hiddenReplies?: string[] };
type PostRecord = {
  text: string;
  createdAt: string;
  reply?: { root: Ref; parent: Ref };
  embed?: { images?: { image: Blob }[]; video?: Blob };
};
type Blob = { ref: { $link: string }; mimeType: string };
type Row = Ref & { did: string; record: PostRecord; indexedAt: string };
type Call = { query: URLSearchParams; body: Buffer; token: string; mime: string };

class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message = code) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

const collection = "app.bsky.feed.post";
const likes = "app.bsky.feed.like";
const gates = "app.bsky.feed.threadgate";
const hours = 3_600;

/** Starts a server with one account. `spoil` spoils the next call of an XRPC method; `blobLimit` is in bytes. */
export async function startStubPds(account: { did: string; handle: string; password: string }, blobLimit = 5_000_000) {
  const rows: Row[] = [];
  const blobs = new Set<string>();
  const access = new Set<string>();
  const refresh = new Set<string>();
  /** Records that are no posts, by address. */
  const others = new Map<string, Ref & { value: object }>();
  const faults: { method: string; fault: Fault }[] = [];

  const jwt = (known: Set<string>, seconds: number) => {
    const claims = { exp: Math.floor(Date.now() / 1000) + seconds, jti: randomUUID() };
    const token = `h.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.s`;
    known.add(token);
    return token;
  };
  const session = () => ({
    ...{ did: account.did, handle: account.handle },
    ...{ accessJwt: jwt(access, 2 * hours), refreshJwt: jwt(refresh, 90 * 24 * hours) },
  });
  const json = (body: Buffer) => JSON.parse(body.toString());
  /** A CID of version 1, as a digest of DAG-CBOR is written. */
  const cidOf = (value: unknown) => {
    const digest = createHash("sha256").update(JSON.stringify(value)).digest();
    const bits = [1, 0x71, 0x12, 32, ...digest].map((byte) => byte.toString(2).padStart(8, "0")).join("");
    return `b${bits.replace(/.{1,5}/g, (five) => "abcdefghijklmnopqrstuvwxyz234567"[Number.parseInt(five.padEnd(5, "0"), 2)]!)}`;
  };
  const find = (uri: string | null) => rows.find((row) => row.uri === uri);

  function put(did: string, rkey: string, record: PostRecord): Ref {
    const { images = [], video } = record.embed ?? {};
    for (const { ref } of [...images.map(({ image }) => image), ...(video ? [video] : [])])
      if (!blobs.has(ref.$link)) throw new Refusal(400, "BlobNotFound");
    if (video && video.mimeType !== "video/mp4") throw new Refusal(400, "InvalidMimeType");
    if ([...new Intl.Segmenter().segment(record.text)].length > 300)
      throw new Refusal(400, "InvalidRequest", "text must not be longer than 300 graphemes");
    const uri = `at://${did}/${collection}/${rkey}`;
    const cid = cidOf(record);
    const known = find(uri);
    if (known) Object.assign(known, { cid, record });
    else rows.push({ uri, cid, did, record, indexedAt: new Date().toISOString() });
    return { uri, cid };
  }

  const view = (row: Row) => ({
    ...{ uri: row.uri, cid: row.cid, record: row.record, indexedAt: row.indexedAt },
    author:
      row.did === account.did
        ? { did: account.did, handle: account.handle, displayName: "Pemkab Tegal" }
        : { did: row.did, handle: "siti.test" },
    ...{ likeCount: 0, replyCount: repliesTo(row).length, repostCount: 0, quoteCount: 0 },
  });
  const repliesTo = (row: Row) => rows.filter((one) => one.record.reply?.parent.uri === row.uri);
  const thread = (row: Row): object => ({
    $type: "app.bsky.feed.defs#threadViewPost",
    post: view(row),
    replies: repliesTo(row).map(thread),
  });

  const likeOf = (subject: string) => {
    const isLike = ([uri, { value }]: [string, { value: object }]) =>
      uri.includes(likes) && (value as { subject: Ref }).subject.uri === subject;
    return [...others].find(isLike)?.[0];
  };

  const open: Record<string, (call: Call) => unknown> = {
    "com.atproto.server.describeServer": () => ({ did: "did:web:pds.invalid", availableUserDomains: [], blobUploadLimit: blobLimit }),
    "com.atproto.server.refreshSession": ({ token }) => {
      if (!refresh.delete(token)) throw new Refusal(400, "ExpiredToken");
      return session();
    },
    "com.atproto.server.createSession": ({ body }) => {
      const { identifier, password } = json(body);
      if (identifier !== account.handle || password !== account.password) throw new Refusal(401, "AuthenticationRequired");
      return session();
    },
  };
  const guarded: Record<string, (call: Call) => unknown> = {
    "com.atproto.repo.uploadBlob": ({ body, mime }) => {
      if (body.length > blobLimit) throw new Refusal(413, "PayloadTooLarge", "request entity too large");
      const link = createHash("sha256").update(body).digest("hex");
      blobs.add(link);
      return { blob: { $type: "blob", ref: { $link: link }, mimeType: mime, size: body.length } };
    },
    "com.atproto.repo.putRecord": ({ body }) => {
      const { repo, collection: kind, rkey, record, swapRecord } = json(body);
      if (kind === collection) return put(repo, rkey, record);
      const uri = `at://${repo}/${kind}/${rkey}`;
      if (swapRecord !== undefined && (others.get(uri)?.cid ?? null) !== swapRecord) throw new Refusal(400, "InvalidSwap");
      if (kind === likes && !/^[2-7a-z]{13}$/.test(rkey)) throw new Refusal(400, "InvalidRequest", "Invalid record key");
      const ref = { uri, cid: cidOf(record) };
      others.set(uri, { ...ref, value: record });
      return ref;
    },
    "com.atproto.repo.getRecord": ({ query }) => {
      const uri = `at://${query.get("repo")}/${query.get("collection")}/${query.get("rkey")}`;
      const other = others.get(uri);
      if (other) return other;
      const row = find(uri);
      if (!row) throw new Refusal(400, "RecordNotFound");
      return { uri: row.uri, cid: row.cid, value: row.record };
    },
    "app.bsky.actor.getProfile": () => ({ did: account.did, handle: account.handle, displayName: "Pemkab Tegal", followersCount: 7 }),
    "app.bsky.feed.getAuthorFeed": () => ({
      feed: rows
        .filter((row) => row.did === account.did && !row.record.reply)
        .map((row) => ({ post: view(row) }))
        .reverse(),
    }),
    "app.bsky.feed.getPosts": ({ query }) => ({
      posts: query.getAll("uris").flatMap((uri) => {
        const row = find(uri);
        return row ? [{ ...view(row), viewer: { ...(likeOf(uri) ? { like: likeOf(uri) } : {}) } }] : [];
      }),
    }),
    "app.bsky.feed.getPostThread": ({ query }) => {
      const row = find(query.get("uri"));
      if (!row) throw new Refusal(400, "NotFound");
      return { thread: thread(row) };
    },
  };

  function answer(method: string, call: Call): unknown {
    const free = open[method];
    if (free) return free(call);
    if (!access.has(call.token)) throw new Refusal(400, "InvalidToken");
    const run = guarded[method];
    if (!run) throw new Refusal(501, "MethodNotImplemented");
    return run(call);
  }

  let uploads = 0;
  const lengths: number[] = [];
  const server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const url = new URL(request.url ?? "/", "http://pds.invalid");
    const method = url.pathname.replace("/xrpc/", "");
    const reply = (status: number, value: unknown, headers: Record<string, string> = {}) =>
      response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(value));
    const due = faults.findIndex((one) => one.method === method);
    const fault = due < 0 ? undefined : faults.splice(due, 1)[0]?.fault;
    if (fault === "drop-before") return void request.socket.destroy();
    if (fault === "500-before") return void reply(500, { error: "InternalServerError", message: "" });
    if (fault === "rate-limit")
      return void reply(
        429,
        { error: "RateLimitExceeded", message: "" },
        { "ratelimit-reset": String(Math.floor(Date.now() / 1000) + 300) },
      );
    try {
      const result = answer(method, {
        query: url.searchParams,
        body: Buffer.concat(parts),
        token: (request.headers.authorization ?? "").replace("Bearer ", ""),
        mime: request.headers["content-type"] ?? "",
      });
      if (method === "com.atproto.repo.uploadBlob") lengths.push(Number(request.headers["content-length"]));
      if (fault === "accept-then-drop") return void request.socket.destroy();
      if (fault === "accept-then-500") return void reply(500, { error: "InternalServerError", message: "" });
      if (method === "com.atproto.repo.uploadBlob") uploads += 1;
      reply(200, result);
    } catch (error) {
      if (error instanceof Refusal) return void reply(error.status, { error: error.code, message: error.message });
      throw error;
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    rows,
    uploads: () => uploads,
    /** The `content-length` of each upload. */
    lengths,
    /** Ends every session, as the holder who revokes an app password does. */
    revoke: () => {
      access.clear();
      refresh.clear();
    },
    spoil: (method: string, fault: Fault) => void faults.push({ method, fault }),
    /** Writes a post as a person does in an app. */
    write: (did: string, text: string, reply?: { root: Ref; parent: Ref }): Ref =>
      put(did, randomUUID(), { text, createdAt: new Date().toISOString(), ...(reply ? { reply } : {}) }),
    find,
    /** A record that is no post. */
    record: (uri: string) => others.get(uri)?.value,
    put: (uri: string, value: object) => void others.set(uri, { uri, cid: cidOf(value), value }),
    like: (subject: string) => others.get(likeOf(subject) ?? "")?.value,
    /** Deletes a post as its author does. */
    remove: (uri: string) =>
      void rows.splice(
        rows.findIndex((row) => row.uri === uri),
        1,
      ),
    isLiked: (uri: string) => likeOf(uri) !== undefined,
    hiddenUnder: (post: string) => (others.get(post.replace(collection, gates))?.value as GateRecord | undefined)?.hiddenReplies ?? [],
    stop: () => new Promise<void>((resolve) => server.close(() => resolve()).closeAllConnections()),
  };
}
