/** The lab's Instagram with an account in it, and what a person does there past the connector. */
import sharp from "sharp";
import type { Account, Checkpoint, Connector, Content, Picture, Video } from "#lib/platforms/contract.ts";
import { instagramConnector } from "#lib/platforms/instagram/connector.ts";
import { clip, clips } from "./clips.ts";
import { labSecret, type RunningLab } from "./lab.ts";
import { type Listener, listen } from "./listener.ts";

export const id = "17841400000000001";
export const token = "IGAA-akun-uji";
/** Waits are a fiftieth of their length, so that a container's own time still passes. */
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms / 50 + 40));
export const connectorTo = ({ url }: { url: string }) => {
  const app = { id: "990077", secret: labSecret, dialogUrl: `${url}/instagram`, tokenUrl: `${url}/ig` };
  return instagramConnector({ app, version: "v26.0", now: () => new Date(), pause });
};
export const redirectUri = "http://127.0.0.1:41100/settings/channels/consent/instagram";
export const jpeg = await sharp({ create: { width: 400, height: 400, channels: 3, background: "#1f6f8b" } })
  .jpeg()
  .toBuffer();

export const seedAccount = (lab: RunningLab, more: { scopes?: string[]; followers?: number } = {}) =>
  lab.seed({ platform: "instagram", accounts: [{ id, username: "pemkabtegal", name: "Pemkab Tegal", token, followers: 1200, ...more }] });

/** A place from which Instagram can fetch pictures and the clips; whatever else is asked of it is no video. */
export const storage = () =>
  listen(({ url }) => {
    const kind = /^\/video\/(vertical|wide)/.exec(url)?.[1] as keyof typeof clips | undefined;
    if (kind) return { type: "video/mp4", body: clips[kind] };
    return url.startsWith("/gone/") ? { status: 404 } : { type: "image/jpeg", body: jpeg };
  });

/** Goes through the consent page as the holder of an account would. */
export const consentOf = (as: string) => async (url: string, without?: string) => {
  const page = new URL(url);
  page.searchParams.set("as", as);
  if (without) page.searchParams.set("without", without);
  const answer = await fetch(page, { redirect: "manual" });
  return new URL(answer.headers.get("location") ?? "");
};

export const videoFrom =
  (pictures: Listener) =>
  (digest: string, alt: string, path = "video/vertical"): Video => ({
    ...clip("vertical", { alt, publicUrl: `${pictures.url}/${path}/${digest}` }),
    digest,
  });

export const pictureFrom =
  (pictures: Listener) =>
  (digest: string, alt: string): Picture => ({
    ...{ digest, alt, mime: "image/jpeg", width: 400, height: 400, bytes: jpeg.length },
    read: async () => jpeg,
    publicUrl: async () => `${pictures.url}/media/p/${digest}`,
  });

/** Calls past the connector, as a person's in the app. */
export function graphOf(lab: RunningLab) {
  return async <T>(path: string, body?: Record<string, string>): Promise<T> => {
    const init = body ? { method: "POST", body: new URLSearchParams(body) } : {};
    const answer = await fetch(`${lab.url}/ig/v26.0/${path}`, { headers: { authorization: `Bearer ${token}` }, ...init });
    return (await answer.json()) as T;
  };
}

export async function publishByHand(lab: RunningLab, image_url: string, caption: string): Promise<string> {
  const graph = graphOf(lab);
  const { id: creation_id } = await graph<{ id: string }>(`${id}/media`, { image_url, caption });
  for (;;) {
    const published = await graph<{ id?: string }>(`${id}/media_publish`, { creation_id });
    if (published.id) return published.id;
    await pause(0);
  }
}

export async function visit(lab: RunningLab, post: string, form: Record<string, string>): Promise<string> {
  const { shortcode } = await graphOf(lab)<{ shortcode: string }>(`${post}?fields=shortcode`);
  const answer = await fetch(`${lab.url}/instagram/p/${shortcode}/comments`, {
    method: "POST",
    body: new URLSearchParams(form),
    redirect: "manual",
  });
  return /komentar-(\d+)/.exec(answer.headers.get("location") ?? "")?.[1] ?? "";
}

/** How an attempt failed; null where it did not. */
export const failure = (attempt: Promise<unknown>) =>
  attempt.then(
    () => null,
    (error: { failure?: unknown }) => error.failure,
  );

/** A publication that remembers its checkpoint as the delivery engine does. */
export function publicationOf(connector: Connector, account: Account, content: Content) {
  const kept: Checkpoint[] = [{ stage: "new", at: null, data: {} }];
  return {
    last: () => kept.at(-1)!,
    publish: () => connector.publish(account, content, kept.at(-1)!, async (next) => void kept.push(structuredClone(next))),
    find: () => connector.findPublished(account, content, kept.at(-1)!),
  };
}

/** A post of ours with nothing but its words. */
export const bare = (text: string): Content => ({
  ...{ text, link: null, pictures: [], title: null, video: null, collaborators: [], replyTo: null, key: text },
});
