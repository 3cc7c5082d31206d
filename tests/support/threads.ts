/** The lab's Threads as its people use it, and the connector that is tried on it. */
import sharp from "sharp";
import type { Picture } from "#lib/platforms/contract.ts";
import { threadsConnector } from "#lib/platforms/threads/connector.ts";
import { clip, clips } from "./clips.ts";
import { labSecret, type RunningLab } from "./lab.ts";
import { type Listener, listen } from "./listener.ts";

export const threadsId = "17841400000000001";
export const threadsToken = "THAA-akun-uji";
/** Waits are a fiftieth of their length, so that a container's own time still passes. */
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms / 50 + 40));
export const connectorOf = (dialogUrl: string) =>
  threadsConnector({ app: { id: "aplikasi-uji", secret: labSecret, dialogUrl }, version: "v1.0", now: () => new Date(), pause });
const jpeg = await sharp({ create: { width: 400, height: 400, channels: 3, background: "#1f6f8b" } })
  .jpeg()
  .toBuffer();

export const seedAccount = (lab: RunningLab, more: { scopes?: string[]; followers?: number | null; token_kind?: "short" } = {}) =>
  lab.seed({
    platform: "threads",
    accounts: [{ id: threadsId, username: "pemkabtegal", name: "Pemkab Tegal", token: threadsToken, followers: 1200, ...more }],
  });

/** What the product keeps for platforms that fetch: pictures, and the film. */
export const mediaServer = () =>
  listen(({ url }) => (url.endsWith("film") ? { type: "video/mp4", body: clips.vertical } : { type: "image/jpeg", body: jpeg }));
export const pictureFrom =
  (files: Listener) =>
  (digest: string, alt: string): Picture => ({
    ...{ digest, alt, mime: "image/jpeg", width: 400, height: 400, bytes: jpeg.length },
    read: async () => jpeg,
    publicUrl: async () => `${files.url}/media/p/${digest}`,
  });
export const filmFrom = (files: Listener) => (_: string, alt: string) => clip("vertical", { alt, publicUrl: `${files.url}/film` });

/** Calls past the connector, as a person's in the app. */
export function graphOf(lab: RunningLab) {
  return async <T>(path: string, body?: Record<string, string>): Promise<T> => {
    const init = body ? { method: "POST", body: new URLSearchParams(body) } : {};
    const answer = await fetch(`${lab.url}/threads/v1.0/${path}`, { headers: { authorization: `Bearer ${threadsToken}` }, ...init });
    return (await answer.json()) as T;
  };
}

export async function publishByHand(lab: RunningLab, text: string): Promise<string> {
  const graph = graphOf(lab);
  const { id: creation_id } = await graph<{ id: string }>("me/threads", { media_type: "TEXT", text });
  for (;;) {
    const published = await graph<{ id?: string }>("me/threads_publish", { creation_id });
    if (published.id) return published.id;
    await pause(0);
  }
}

export async function visit(lab: RunningLab, post: string, form: Record<string, string>): Promise<string> {
  const { permalink } = await graphOf(lab)<{ permalink: string }>(`${post}?fields=permalink`);
  const answer = await fetch(`${permalink}/comments`, { method: "POST", body: new URLSearchParams(form), redirect: "manual" });
  return /komentar-(\d+)/.exec(answer.headers.get("location") ?? "")?.[1] ?? "";
}

/** Goes through the consent page as the holder of the account would. */
export async function consent(url: string, without = ""): Promise<URL> {
  const answer = await fetch(`${url}&as=pemkabtegal&without=${without}`, { redirect: "manual" });
  return new URL(answer.headers.get("location") ?? "");
}
