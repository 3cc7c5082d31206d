/** What the conformance suite is given to try a connector on. */
import type { Connector, Content, Picture, RemoteComment, ReplyTarget, Video } from "#lib/platforms/contract.ts";

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
  /** A comment can be liked, or hidden and shown again, through the interface. */
  likes: boolean;
  hides: boolean;
  /** Citizens can change what they wrote. */
  edits: boolean;
  /** Notifications tell of changed comments, and of removed ones. */
  editsNotified: boolean;
  removalsNotified: boolean;
  /** A list of comments that lacks a known one tells that it was removed. */
  removalsListed: boolean;
};

export type Notification = { rawBody: Uint8Array; headers: Headers; secret: string };

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
  notification: ((post: string, text: string) => Promise<Notification>) | null;
  /** The notification that follows an act on the platform. */
  notified?: (act: () => Promise<void>) => Promise<Notification>;
  /** A citizen changes or removes what he wrote, past the connector. */
  edit?: (comment: string, text: string) => Promise<void>;
  remove?: (comment: string) => Promise<void>;
  /** How a stranger sees a comment on the platform, and whether the account likes it. */
  seen?: (post: string, comment: string) => Promise<{ shown: boolean; liked: boolean }>;
  /** Spoils the next call that likes, hides or shows a comment. */
  spoilModeration?: (fault: Fault) => Promise<void>;
  stop: () => Promise<void>;
};
