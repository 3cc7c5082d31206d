import type { Citizens } from "./citizens.ts";
import type { LabRequest, Reply } from "./http.ts";
import type { Markup } from "./markup.ts";
import type { Store } from "./store.ts";

export type LabSettings = {
  /** Where people and clients reach the lab, without a trailing slash. */
  origin: string;
  facebookAppSecret: string | null;
  facebookVerifyToken: string | null;
  instagramAppSecret: string | null;
  instagramVerifyToken: string | null;
  threadsAppSecret: string | null;
  threadsVerifyToken: string | null;
  xConsumerSecret: string | null;
  tiktokClientSecret: string | null;
  /** Without it any app is known to X. */
  xClientId: string | null;
  xClientSecret: string | null;
  googleClientId: string | null;
  googleClientSecret: string | null;
  whatsappAppSecret: string | null;
  whatsappVerifyToken: string | null;
};

/** What every part of the lab is given. */
export type Lab = {
  store: Store;
  settings: LabSettings;
  /** The lab's own time in ms: the machine's clock moved by `/_lab/clock`. */
  now: () => number;
  /** Puts one signed message in the outgoing queue; `headers` carries the platform's signature. */
  enqueueWebhook: (platform: string, body: string, headers: { [name: string]: string }, to?: string) => void;
};

/** A queued fault; `seen` counts the matching calls so far. */
export type Fault = {
  n: number;
  platform: string;
  endpoint: string;
  call: number;
  times: number;
  fault: string;
  ms: number | null;
  code: number | null;
  seen: number;
};

export type AccountLink = { name: string; detail: string; path: string };
export type PublicPage = { status: number; title: string; body: Markup } | { redirect: string };

/** What a platform's folder offers to the rest of the lab. */
export type LabPlatform = {
  name: string;
  title: string;
  /** First path segments of its API; whatever else begins with the platform's name is a page for people. */
  apiPrefix: string | RegExp;
  tables: string;
  /** The name by which faults and journal know this request, such as "POST feed". */
  endpoint: (lab: Lab, request: LabRequest) => string;
  api: (lab: Lab, request: LabRequest) => Promise<Reply>;
  /** An unexpected error, in the platform's own dialect. */
  broken: () => Reply;
  /** Refusals this platform can be told to give, by fault name. */
  refusals: { [fault: string]: (lab: Lab, request: LabRequest, fault: Fault) => Reply | Promise<Reply> };
  /** Stores the rows and returns how many; throws ZodError when the input does not fit. Sends no webhooks. */
  seed: (lab: Lab, input: unknown) => { [table: string]: number };
  /** Checks a webhook address as the platform does before using it; resolves to null or to what is wrong. */
  verifyWebhook: (lab: Lab, url: string) => Promise<string | null>;
  /** Null where citizens write no comments. */
  citizens: Citizens | null;
  accounts: (lab: Lab, search: string, limit: number) => AccountLink[];
  /** Public pages under /{name}/…; `path` is what follows. Null when there is no such page. */
  page: (lab: Lab, request: LabRequest, path: string[]) => PublicPage | null;
  /** Pictures under /media/{name}/…; null when there is none. */
  media: (lab: Lab, path: string[]) => { mime: string; bytes: Uint8Array } | null;
};
