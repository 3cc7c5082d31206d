/** The lab's TikTok, and what its users do there past our connector. */
import { labSecret, type RunningLab, startLab } from "./lab.ts";

export const tiktokApp = { clientKey: "kunci-uji", clientSecret: labSecret };

export type Envelope = { data: { [key: string]: unknown }; error: { code: string; message: string; log_id: string } };
export type RunningTikTok = RunningLab & {
  /** Base of the API, without a trailing slash. */
  api: string;
  spoilTikTok: (endpoint: string, fault: string, more?: { call?: number; times?: number }) => Promise<void>;
  /** A call as TikTok's documents write it, with the answer as it came. */
  call: (method: "GET" | "POST", path: string, token: string, body?: object) => Promise<{ status: number; body: Envelope; text: string }>;
  /** Goes through the consent page as an account's holder; answers with the address that he is sent back to. */
  walk: (url: string, as: string, without?: string) => Promise<URL>;
};

export async function startTikTok(): Promise<RunningTikTok> {
  const lab = await startLab();
  const api = `${lab.url}/tiktok`;
  return {
    ...lab,
    api,
    spoilTikTok: (endpoint, fault, more) => lab.fault({ platform: "tiktok", endpoint, fault, ...more }),
    async call(method, path, token, body) {
      const headers = { authorization: `Bearer ${token}`, "content-type": "application/json; charset=UTF-8" };
      const answer = await fetch(`${api}/v2/${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
      const text = await answer.text();
      return { status: answer.status, body: JSON.parse(text) as Envelope, text };
    },
    async walk(url, as, without) {
      const page = new URL(url);
      page.searchParams.set("as", as);
      if (without) page.searchParams.set("without", without);
      const answer = await fetch(page, { redirect: "manual" });
      return new URL(answer.headers.get("location") ?? "");
    },
  };
}
