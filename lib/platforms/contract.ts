/** What every platform connector offers, and the only words in which it may fail. */

export const platforms = ["facebook", "instagram", "threads", "x", "youtube", "tiktok", "telegram", "whatsapp", "bluesky"] as const;
export type Platform = (typeof platforms)[number];

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** How an account is reached: `api` by the platform's own interface, `manual` by a person who pastes the permalink. */
export type Mode = "api" | "manual";

/**
 * The secret part of a connection, decrypted. Its shape belongs to the connector, which parses it with Zod. Two fields are read
 * by others: `refreshAfter`, the instant from which `refresh` is asked, and `expiresAt`, the one at which access ends unless
 * something renews it (both ISO 8601; absent where there is none).
 */
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

export type Video = {
  digest: string;
  mime: "video/mp4" | "video/quicktime";
  width: number;
  height: number;
  bytes: number;
  durationMs: number;
  /** Frames a second; null where the file does not tell. */
  frameRate: number | null;
  /** Alternative text; empty when the author gave none. */
  alt: string;
  /** The bytes from `from` up to and without `to`: a video never stands in memory as a whole. */
  slice: (from: number, to: number) => Promise<Uint8Array>;
  /** An https address, valid for about two hours, for platforms that fetch the video themselves. */
  publicUrl: () => Promise<string>;
};

/**
 * What a reply answers. `ref` is what the connector itself put on the comment (a CID, say). A `remoteId` equal to `postRemoteId`
 * is the post itself: our first comment under it. `postRemoteId` null: a private message.
 */
export type ReplyTarget = { remoteId: string; postRemoteId: string | null; ref: Json };

export type Content = {
  /** For platforms whose posts have one; null elsewhere and where the author gave none. */
  title: string | null;
  text: string;
  link: string | null;
  pictures: Picture[];
  /** Never together with pictures, except where a picture is the video's cover (limits.ts tells). */
  video: Video | null;
  /** Names of accounts that are invited to stand as authors of the post too, without "@". */
  collaborators: string[];
  replyTo: ReplyTarget | null;
  /** The publication's id: the same on every attempt, so that a platform with idempotency can use it. */
  key: string;
};

/** How far a publication got on the wire. `committing` is saved before the one call that cannot be taken back. */
export type Checkpoint = { stage: "new" | "prepared" | "committing"; at: string | null; data: { [key: string]: Json } };

export type Published = { remoteId: string; permalink: string | null; ref: Json };
/** `handed-over`: a person publishes by hand and confirms with the permalink. */
export type PublishResult = { kind: "done"; published: Published } | { kind: "handed-over" };
/** `never`: the platform can be asked as often as one likes and will not tell; only a person can look. */
export type Found = { kind: "found"; published: Published } | { kind: "absent" } | { kind: "unknown"; never?: true };

export type Failure =
  /** Known not to have been applied; may be tried again, not before `after`. */
  | { kind: "retryable"; after?: Date }
  /** The outcome is unknown: it is looked up, never sent again blindly. */
  | { kind: "ambiguous" }
  /** `missing`: the permissions that were not granted, in the platform's own names. */
  | { kind: "needs-reauth"; reason: "expired" | "revoked" | "scope"; missing?: string[] }
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

export const attachments = ["image", "video", "audio", "document", "sticker", "other"] as const;
export type Attachment = (typeof attachments)[number];

export type RemoteComment = {
  remoteId: string;
  /** Null for a private message: the messages of one author are one thread. */
  postRemoteId: string | null;
  /** The comment that this one answers; null when it stands directly under the post. */
  parentRemoteId: string | null;
  /** Both empty where the platform withholds the author. */
  author: { remoteId: string; name: string };
  text: string;
  /** What came with it, or instead of words; absent where the platform does not tell. */
  attachment?: Attachment | null;
  sentAt: Date;
  /** When its words were last changed, where the platform tells. */
  editedAt?: Date | null;
  /** True when the account itself wrote it. */
  own: boolean;
  ref: Json;
};

/**
 * Comments, and `whole`: the posts of which they are all that stands there since the instant asked for, at every depth. A known
 * comment of such a post that is missing is gone from the platform's page: removed by its author, or hidden (by us too). Of what
 * stood below a missing one nothing is known.
 */
export type CommentList = { comments: RemoteComment[]; whole: string[] };

/** What can be done with a comment without words. `hide`: strangers no longer see it, its author and the account do. */
export const moderations = ["like", "hide", "unhide"] as const;
export type Moderation = (typeof moderations)[number];

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
  | { kind: "comment-removed"; accountRemoteId: string; remoteId: string }
  /** What became of something that we sent: `key` is the publication's id, as the platform repeats it. */
  | { kind: "sent"; accountRemoteId: string; key: string; remoteId: string }
  | { kind: "not-sent"; accountRemoteId: string; key: string; failure: Failure };
export type WebhookResult = { ok: true; events: WebhookEvent[] } | { ok: false; reason: "signature" | "malformed" };

/** An account that a key or a consent opens, and what to keep for it. */
export type Opened = { profile: AccountProfile; grant: Grant };

/** Connecting by the platform's own consent page: OAuth 2 with `state` and PKCE (S256 of `verifier`; platforms without PKCE ignore it). */
export type Authorize = {
  /** The address of the consent page. */
  url: (ask: { state: string; challenge: string; redirectUri: string }) => string;
  /**
   * The accounts that the consent opened, one or several. Fails as needs-reauth `scope` with what is `missing` when a needed
   * permission was not given, as needs-reauth `revoked` when the code is used up or foreign.
   */
  exchange: (answer: { baseUrl: string; code: string; verifier: string; redirectUri: string }) => Promise<Opened[]>;
};

/** Somebody asks an account of ours to stand as an author of his post. */
export type Invite = { remoteId: string; from: string; text: string; permalink: string | null; sentAt: Date | null };

export type Connector = {
  platform: Platform;
  mode: Mode;
  /** False where the account carries messages and answers only. True unless told. */
  takesPosts?: boolean;
  /** False where the platform lists no posts: they come by webhook alone, and none is ever known to be removed. True unless told. */
  listsPosts?: boolean;
  /** The least time between two readings of an account, in seconds, where the platform meters each. None unless told. */
  readEvery?: number;
  /** Checks what a person entered to connect an account; null where there is no key that a person could enter. */
  connect: ((input: { baseUrl: string; identifier: string; secret: string }) => Promise<Opened>) | null;
  /** Null where the platform has no consent page, or the app's own id and secret are not configured. */
  authorize: Authorize | null;
  fetchProfile: (account: Account) => Promise<AccountProfile>;
  /**
   * Where citizens' words come by webhook alone: whether the platform says that it sends them to us. Absent where reading brings
   * them, or where the platform cannot be asked.
   */
  hears?: (account: Account) => Promise<boolean>;
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
  fetchComments: (account: Account, since: Date, postRemoteIds: string[]) => Promise<CommentList>;
  /**
   * Likes a comment, hides it or shows it again: the `actions` are those that the platform's interface has. Doing one twice is like
   * doing it once, so that a failed one may be tried again. Only what stands under the account's own posts can be hidden. Null where
   * the platform has none of them.
   */
  moderation: {
    actions: readonly Moderation[];
    act: (account: Account, target: ReplyTarget, action: Moderation) => Promise<void>;
  } | null;
  /** Open invitations to stand as an author of somebody's post, and the answer to one. Null where the platform has none. */
  collaboration: {
    invites: (account: Account) => Promise<Invite[]>;
    answer: (account: Account, remoteId: string, accept: boolean) => Promise<void>;
  } | null;
  /** Null where the platform has no webhooks. `secret` is the app's. */
  readWebhook: ((rawBody: Uint8Array, headers: Headers, secret: string) => WebhookResult) | null;
  /** The answer when the platform checks the address of a webhook before using it, an object as JSON; null when the request is not its own. */
  answerChallenge: ((query: URLSearchParams, verifyToken: string) => string | { [key: string]: Json } | null) | null;
};
