/** An account on the lab's TikTok, and publications of ours on it. */
import sharp from "sharp";
import { afterAll, beforeAll, beforeEach } from "vitest";
import type { Account, Checkpoint, Content, Picture } from "#lib/platforms/contract.ts";
import { tiktokConnector } from "#lib/platforms/tiktok/connector.ts";
import { clip } from "./clips.ts";
import { type Listener, listen } from "./listener.ts";
import { type RunningTikTok, startTikTok, tiktokApp } from "./tiktok.ts";

export const openId = "-000pemkab";
export const handle = "pemkabtegal";
export const token = "act.akun-uji";
export const redirectUri = "http://127.0.0.1:41100/balik";
/** Waits are a fiftieth of their length, so that TikTok's own time still passes. */
export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms / 50 + 60));
export const connectorOf = (lab: { api: string }, now = () => new Date()) =>
  tiktokConnector({ app: { ...tiktokApp, dialogUrl: lab.api }, now, pause });
export const user = { open_id: openId, username: handle, name: "Pemkab Tegal", token, followers: 5_400, unlimited: true };
const bare: Content = { text: "", title: null, link: null, pictures: [], video: null, collaborators: [], replyTo: null, key: "k" };

export async function textsOf(lab: RunningTikTok): Promise<string[]> {
  const { body } = await lab.call("POST", "video/list/?fields=video_description", token, { max_count: 20 });
  const more = body.data.has_more
    ? await lab.call("POST", "video/list/?fields=video_description", token, { max_count: 20, cursor: body.data.cursor as number })
    : null;
  const videos = [...(body.data.videos as object[]), ...((more?.body.data.videos ?? []) as object[])] as { video_description: string }[];
  return videos.map((video) => video.video_description);
}

let natives = 0;
/** What somebody posts from the app. */
export async function postByHand(lab: RunningTikTok, text: string, duration = 12): Promise<string> {
  natives += 1;
  const id = `76029975171601${String(10_000 + natives)}`;
  await lab.seed({ platform: "tiktok", posts: [{ user: openId, id, text, created_time: new Date().toISOString(), duration }] });
  return id;
}

/** How an attempt failed; null where it did not. */
export const failure = (attempt: Promise<unknown>) =>
  attempt.then(
    () => null,
    (error: { failure?: unknown }) => error.failure ?? error,
  );

/** The remote id of what was published. */
export const idOf = (result: { kind: string; published?: { remoteId: string } }) => result.published?.remoteId ?? "";

/** Starts the lab for a file's tests, and connects its account anew before each of them. */
export function tiktokDesk() {
  let lab: RunningTikTok;
  let pictures: Listener;
  let account: Account;
  const jpeg = sharp({ create: { width: 720, height: 1_280, channels: 3, background: "#1f6f8b" } })
    .jpeg()
    .toBuffer();
  beforeAll(async () => {
    lab = await startTikTok();
    const bytes = await jpeg;
    pictures = await listen(() => ({ type: "image/jpeg", body: bytes }));
  });
  afterAll(async () => {
    await lab.stop();
    await pictures.close();
  });
  beforeEach(async () => {
    await lab.reset();
    await lab.clock(0);
    await lab.seed({ platform: "tiktok", users: [user] });
    const connector = connectorOf(lab);
    const back = await lab.walk(connector.authorize!.url({ state: "s", challenge: "", redirectUri }), handle);
    const answer = { baseUrl: lab.api, code: back.searchParams.get("code") ?? "", verifier: "", redirectUri };
    const [opened] = await connector.authorize!.exchange(answer);
    const { profile, grant } = opened!;
    account = { platform: "tiktok", mode: "api", remoteId: profile.remoteId, handle: profile.handle, baseUrl: lab.api, grant };
  });

  const picture = (digest: string, path = "media"): Picture => ({
    ...{ digest, alt: "", mime: "image/jpeg", width: 720, height: 1_280, bytes: 1 },
    read: async () => jpeg,
    publicUrl: async () => `${pictures.url}/${path}/${digest}`,
  });
  /** A publication that remembers its checkpoint as the delivery engine does; `clock` moves the connector's time. */
  function publication(text: string, more: Partial<Content> = {}, clock = () => new Date()) {
    const connector = connectorOf(lab, clock);
    const content: Content = { ...bare, text, video: clip("vertical"), ...more };
    const kept: Checkpoint[] = [{ stage: "new", at: null, data: {} }];
    return {
      content,
      last: () => kept.at(-1)!,
      publish: () => connector.publish(account, content, kept.at(-1)!, async (next) => void kept.push(structuredClone(next))),
      find: () => connector.findPublished(account, content, kept.at(-1)!),
    };
  }
  const photos = (...digests: string[]) => ({ video: null, pictures: digests.map((digest) => picture(digest)) });
  const times = async (text: string) => (await textsOf(lab)).filter((one) => one === text).length;
  const calls = async (endpoint: string) => (await lab.journal()).filter((entry) => entry.endpoint === endpoint);
  return {
    lab: () => lab,
    account: () => account,
    pictures: () => pictures,
    ...{ picture, photos, publication, times, calls },
  };
}
