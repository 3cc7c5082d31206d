/** Reads the address of a post that a person pasted after publishing by hand. Pure; runs in the browser. */

import type { Platform } from "./contract.ts";

/** `account`: the account's name as the address shows it, null where it shows none. `permalink` is the address without tracking parts. */
export type Permalink = { remoteId: string; permalink: string; account: string | null };
export type PermalinkResult = ({ ok: true } & Permalink) | { ok: false; code: "not-an-address" | "other-platform" | "not-a-post" };

type Form = {
  hosts: RegExp;
  path: RegExp;
  /** Query parameters that belong to the address. The first one that is there names the post when the path does not. */
  query?: string[];
  remoteId?: (groups: Record<string, string | undefined>) => string | undefined;
  /** The id as the platform's own interface gives it, for an account that is known by such an id. */
  ofAccount?: (id: string, owner: string) => string;
};

const facebook = /^(?:(?:www|m|web|mbasic|id-id)\.)?facebook\.com$/;
const x = /^(?:(?:www|mobile)\.)?(?:x|twitter)\.com$/;
const tiktok = /^(?:(?:www|m)\.)?tiktok\.com$/;
const youtube = /^(?:(?:www|m)\.)?youtube\.com$/;
const telegram = /^(?:t|telegram)\.me$/;

/** Graph names a post by page and number; a `pfbid` hides the number. */
const graphId = (id: string, owner: string) => (/^\d+$/.test(id) && /^\d+$/.test(owner) ? `${owner}_${id}` : id);

/** Bots know a channel by its number, people by its name. */
const telegramId = (id: string, owner: string) =>
  /^-\d+$/.test(owner) ? id.replace(/^c\//, "-100").replace(/^[A-Za-z]\w*\//, `${owner}/`) : id;

/** The forms in which each platform gives out the address of one post. `id` names the post, `account` its author. */
const forms: Record<Platform, Form[]> = {
  facebook: [
    { hosts: facebook, path: /^\/(?<account>[^/]+)\/(?:posts|videos)\/(?:[^/]+\/)?(?<id>pfbid\w+|\d+)\/?$/, ofAccount: graphId },
    { hosts: facebook, path: /^\/(?:permalink|story)\.php$/, query: ["story_fbid", "id"], ofAccount: graphId },
    { hosts: facebook, path: /^\/photo(?:\.php)?\/?$/, query: ["fbid"] },
    { hosts: facebook, path: /^\/(?<account>[^/]+)\/photos\/(?:[^/]+\/)?(?<id>\d+)\/?$/ },
    { hosts: facebook, path: /^\/watch\/?$/, query: ["v"] },
    { hosts: facebook, path: /^\/reel\/(?<id>\d+)\/?$/ },
    { hosts: facebook, path: /^\/share\/(?:[prv]\/)?(?<id>\w+)\/?$/ },
    { hosts: /^fb\.watch$/, path: /^\/(?<id>[\w-]+)\/?$/ },
  ],
  instagram: [{ hosts: /^(?:www\.)?instagram\.com$/, path: /^\/(?:(?<account>[\w.]+)\/)?(?:p|reel|tv)\/(?<id>[\w-]+)\/?$/ }],
  threads: [{ hosts: /^(?:www\.)?threads\.(?:net|com)$/, path: /^\/@(?<account>[\w.]+)\/post\/(?<id>[\w-]+)\/?$/ }],
  x: [
    { hosts: x, path: /^\/i\/(?:web\/)?status\/(?<id>\d+)\/?$/ },
    { hosts: x, path: /^\/(?<account>\w{1,15})\/status\/(?<id>\d+)(?:\/(?:photo|video)\/\d+)?\/?$/ },
  ],
  youtube: [
    { hosts: youtube, path: /^\/watch$/, query: ["v"] },
    { hosts: youtube, path: /^\/(?:shorts|live)\/(?<id>[\w-]{11})\/?$/ },
    { hosts: youtube, path: /^\/post\/(?<id>[\w-]+)\/?$/ },
    { hosts: /^youtu\.be$/, path: /^\/(?<id>[\w-]{11})\/?$/ },
  ],
  tiktok: [
    { hosts: tiktok, path: /^\/@(?<account>[\w.]+)\/(?:video|photo)\/(?<id>\d+)\/?$/ },
    { hosts: /^v[mt]\.tiktok\.com$/, path: /^\/(?<id>\w+)\/?$/ },
    { hosts: tiktok, path: /^\/t\/(?<id>\w+)\/?$/ },
  ],
  telegram: [
    { hosts: telegram, path: /^\/c\/(?<chat>\d+)\/(?<id>\d+)\/?$/, remoteId: ({ chat, id }) => `c/${chat}/${id}`, ofAccount: telegramId },
    {
      hosts: telegram,
      path: /^\/(?:s\/)?(?<account>[A-Za-z]\w{3,31})\/(?<id>\d+)\/?$/,
      remoteId: ({ account, id }) => `${account}/${id}`,
      ofAccount: telegramId,
    },
  ],
  whatsapp: [
    {
      hosts: /^(?:www\.)?whatsapp\.com$/,
      path: /^\/channel\/(?<channel>\w+)\/(?<id>\d+)\/?$/,
      remoteId: ({ channel, id }) => `${channel}/${id}`,
    },
  ],
  bluesky: [
    {
      hosts: /^bsky\.app$/,
      path: /^\/profile\/(?<account>[\w.:-]+)\/post\/(?<id>[a-z2-7]{13})\/?$/,
      remoteId: ({ account, id }) => `at://${account}/app.bsky.feed.post/${id}`,
      ofAccount: (id, owner) => (owner.startsWith("did:") ? id.replace(/^at:\/\/[^/]+/, `at://${owner}`) : id),
    },
  ],
};

/**
 * Checks a pasted address against the platform's forms and takes the post's id out of it. `owner` is the account's remote id:
 * with it the post's id is the one under which the platform's own interface lists it, as far as the address tells.
 */
export function readPermalink(platform: Platform, pasted: string, owner = ""): PermalinkResult {
  const text = pasted.trim();
  const address = /^https?:\/\//i.test(text) ? text : `https://${text}`;
  if (/\s/.test(text) || !URL.canParse(address)) return { ok: false, code: "not-an-address" };
  const url = new URL(address);
  if (url.username !== "" || url.port !== "" || !url.hostname.includes(".")) return { ok: false, code: "not-an-address" };

  const here = forms[platform].filter((form) => form.hosts.test(url.hostname));
  if (here.length === 0) return { ok: false, code: "other-platform" };
  for (const form of here) {
    const found = match(form, url, owner);
    if (found) return { ok: true, ...found };
  }
  return { ok: false, code: "not-a-post" };
}

function match(form: Form, url: URL, owner: string): Permalink | null {
  const path = form.path.exec(url.pathname);
  if (!path) return null;
  const kept = (form.query ?? [])
    .map((name) => [name, url.searchParams.get(name) ?? ""] as const)
    .filter(([, value]) => /^[\w-]+$/.test(value));
  if (kept.length < (form.query?.length ?? 0)) return null;
  const groups: Record<string, string | undefined> = path.groups ?? {};
  const shown = form.remoteId?.(groups) ?? groups.id ?? kept[0]?.[1];
  if (shown === undefined) return null;
  const remoteId = form.ofAccount?.(shown, owner) ?? shown;
  const query = kept.length > 0 ? `?${new URLSearchParams(kept.map(([name, value]) => [name, value]))}` : "";
  return { remoteId, permalink: `https://${url.hostname}${url.pathname}${query}`, account: groups.account ?? null };
}
