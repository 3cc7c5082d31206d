/** What every platform connector offers, and the only words in which it may fail. */

export const platforms = ["facebook", "instagram", "threads", "x", "youtube", "tiktok", "telegram", "whatsapp", "bluesky"] as const;
export type Platform = (typeof platforms)[number];

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** How an account is reached: `api` by the platform's own interface, `manual` by a person who pastes the permalink. */
export type Mode = "api" | "manual";

/** The secret part of a connection, decrypted. Its shape belongs to the connector, which parses it with Zod. */
export type Grant = { [key: string]: Json };

export type Account = {
  platform: Platform;
  mode: Mode;
  /** The platform's own id of the account (page id, DID, …). */
  remoteId: string;
  handle: string;
  /** Base URL of the platform's API, without a trailing slash. */
  baseUrl: string;
  grant: Grant;
};

export type Picture = {
  digest: string;
  mime: "image/jpeg" | "image/png" | "image/webp";
  width: number;
  height: number;
  bytes: number;
  /** Alternative text; empty when the author gave none. */
  alt: string;
  read: () => Promise<Uint8Array>;
  /** An https address, valid for about two hours, for platforms that fetch the picture themselves. */
  publicUrl: () => Promise<string>;
};

/** What a reply answers. `ref` is what the connector itself put on the comment (a CID, say). */
export type ReplyTarget = { remoteId: string; postRemoteId: string; ref: Json };

export type Content = {
  text: string;
  link: string | null;
  pictures: Picture[];
  replyTo: ReplyTarget | null;
  /** The publication's id: the same on every attempt, so that a platform with idempotency can use it. */
  key: string;
};

/** How far a publication got on the wire. `committing` is saved before the one call that cannot be taken back. */
export type Checkpoint = { stage: "new" | "prepared" | "committing"; at: string | null; data: { [key: string]: Json } };

export type Published = { remoteId: string; permalink: string | null; ref: Json };
/** `handed-over`: a person publishes by hand and confirms with the permalink. */
export type PublishResult = { kind: "done"; published: Published } | { kind: "handed-over" };
export type Found = { kind: "found"; published: Published } | { kind: "absent" } | { kind: "unknown" };

export type Failure =
  /** Known not to have been applied; may be tried again, not before `after`. */
  | { kind: "retryable"; after?: Date }
  /** The outcome is unknown: it is looked up, never sent again blindly. */
  | { kind: "ambiguous" }
  | { kind: "needs-reauth"; reason: "expired" | "revoked" | "scope" }
  | { kind: "rejected"; code: string; detail?: string; policy?: boolean }
  | { kind: "rate-limited"; until: Date; scope: "app" | "account" | "endpoint" }
  | { kind: "not-entitled"; what: "audit" | "review" | "tier" };

export class PlatformFailure extends Error {
  readonly failure: Failure;
  constructor(failure: Failure, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = "PlatformFailure";
    this.failure = failure;
  }
}

/** `null` anywhere below means "the platform does not say", never zero and never "no". */
export type Metrics = { likes: number | null; comments: number | null; shares: number | null; views: number | null; reach: number | null };

export type RemotePost = {
  remoteId: string;
  permalink: string | null;
  text: string;
  publishedAt: Date;
  visual: "image" | "video" | "none" | null;
  hasAlt: boolean | null;
  hasLink: boolean | null;
  repost: boolean;
  metrics: Metrics;
};

export type RemoteComment = {
  remoteId: string;
  postRemoteId: string;
  /** The comment that this one answers; null when it stands directly under the post. */
  parentRemoteId: string | null;
  /** Both empty where the platform withholds the author. */
  author: { remoteId: string; name: string };
  text: string;
  sentAt: Date;
  /** True when the account itself wrote it. */
  own: boolean;
  ref: Json;
};

export type AccountProfile = {
  remoteId: string;
  handle: string;
  name: string;
  url: string | null;
  followers: number | null;
  commentsOpen: boolean | null;
};

export type WebhookEvent =
  | { kind: "post"; accountRemoteId: string; post: RemotePost }
  /** `accountRemoteId` null: the platform names only the comment that this one answers. */
  | { kind: "comment"; accountRemoteId: string | null; comment: RemoteComment }
  | { kind: "comment-removed"; accountRemoteId: string; remoteId: string };
export type WebhookResult = { ok: true; events: WebhookEvent[] } | { ok: false; reason: "signature" | "malformed" };

export type Connector = {
  platform: Platform;
  mode: Mode;
  /** False where the platform lists no posts: they come by webhook alone, and none is ever known to be removed. True unless told. */
  listsPosts?: boolean;
  /** Checks what a person entered to connect an account, and answers with the account and the grant to keep. */
  connect: (input: { baseUrl: string; identifier: string; secret: string }) => Promise<{ profile: AccountProfile; grant: Grant }>;
  fetchProfile: (account: Account) => Promise<AccountProfile>;
  /** A fresh grant when the present one is (nearly) used up, else null. Called under a row lock. */
  refresh: (account: Account, now: Date) => Promise<Grant | null>;
  publish: (
    account: Account,
    content: Content,
    checkpoint: Checkpoint,
    save: (next: Checkpoint) => Promise<void>,
  ) => Promise<PublishResult>;
  findPublished: (account: Account, content: Content, checkpoint: Checkpoint) => Promise<Found>;
  /** Posts since `since`, the platform's own and ours alike, oldest last; pages until done or 500 posts. */
  fetchPosts: (account: Account, since: Date) => Promise<RemotePost[]>;
  /** Comments since `since` under the given posts (newest posts first), by anybody, the account itself included. */
  fetchComments: (account: Account, since: Date, postRemoteIds: string[]) => Promise<RemoteComment[]>;
  /** Null where the platform has no webhooks. `secret` is the app's. */
  readWebhook: ((rawBody: Uint8Array, headers: Headers, secret: string) => WebhookResult) | null;
  /** The answer when the platform checks the address of a webhook before using it, an object as JSON; null when the request is not its own. */
  answerChallenge: ((query: URLSearchParams, verifyToken: string) => string | { [key: string]: Json } | null) | null;
};
