/** The lab's YouTube, and Google's own clients turned towards it. */
import { auth, type youtube_v3, youtube as youtubeClient } from "@googleapis/youtube";
import type { YoutubeSeed } from "#lib/lab/youtube/seed.ts";
import type { Checkpoint, Content, Picture } from "#lib/platforms/contract.ts";
import { youtubeConnector } from "#lib/platforms/youtube/connector.ts";
import { clip } from "./clips.ts";
import { type RunningLab, startLab } from "./lab.ts";
import { tinyPng } from "./listener.ts";

export const googleClient = { clientId: "klien-uji", clientSecret: "rahasia-klien-uji" };
export const scopes = ["https://www.googleapis.com/auth/youtube.upload", "https://www.googleapis.com/auth/youtube.force-ssl"];

export type RunningYoutube = RunningLab & {
  /** Base of the API and of Google's tokens, without a trailing slash. */
  api: string;
  seedYoutube: (rows: YoutubeSeed) => Promise<void>;
  spoilYoutube: (fault: { endpoint: string; fault: string; call?: number; times?: number; ms?: number }) => Promise<void>;
};

export async function startYoutube(): Promise<RunningYoutube> {
  const lab = await startLab({ env: { GOOGLE_CLIENT_ID: googleClient.clientId, GOOGLE_CLIENT_SECRET: googleClient.clientSecret } });
  const post = async (path: string, body: object) => {
    const init = {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ platform: "youtube", ...body }),
    };
    const answer = await fetch(`${lab.url}/_lab/${path}`, init);
    if (!answer.ok) throw new Error(`/_lab/${path} answered ${answer.status}: ${await answer.text()}`);
  };
  return {
    ...lab,
    api: `${lab.url}/google`,
    seedYoutube: (rows) => post("seed", rows),
    spoilYoutube: (fault) => post("faults", fault),
  };
}

/** Google's sign-in client with its addresses in the lab. */
export function foreignAuth(lab: { url: string; api: string }, redirectUri: string) {
  return new auth.OAuth2({
    ...googleClient,
    redirectUri,
    endpoints: {
      oauth2AuthBaseUrl: `${lab.url}/youtube/o/oauth2/v2/auth`,
      oauth2TokenUrl: `${lab.api}/token`,
      oauth2RevokeUrl: `${lab.api}/revoke`,
    },
  });
}

type Foreign = { client: youtube_v3.Youtube; at: { rootUrl: string; retry: false } };

/** @googleapis/youtube as it comes; `at` goes with every call and leads it to `base` (its option for all calls forgets uploads). */
export function foreignClient(base: string, token: string): Foreign {
  const signedIn = new auth.OAuth2();
  signedIn.setCredentials({ access_token: token });
  return { client: youtubeClient({ version: "v3", auth: signedIn }), at: { rootUrl: `${base}/`, retry: false } };
}

/** Our connector, its app known to the lab. */
export const connect = (lab: { url: string; api: string }, more: { piece?: number; now?: () => Date } = {}) =>
  youtubeConnector({ app: { ...googleClient, dialogUrl: `${lab.url}/youtube`, tokenUrl: lab.api }, now: () => new Date(), ...more });
export const picture = (digest: string, alt: string): Picture => ({
  ...{ digest, alt, mime: "image/png", width: 1, height: 1, bytes: tinyPng.length, read: async () => tinyPng },
  publicUrl: async () => `https://garda.contoh.id/${digest}.png`,
});
/** The failure that an attempt ends in; null where it ends well. */
export const failure = (attempt: Promise<unknown>) =>
  attempt.then(
    () => null,
    (error: { failure?: unknown }) => error.failure,
  );

/** A publication, and where it begins. */
export const content: Content = {
  title: "Siaga banjir",
  text: "Kenali jalur evakuasi di desa Anda.",
  link: null,
  pictures: [],
  video: clip("wide"),
  collaborators: [],
  replyTo: null,
  key: "k",
};
export const atFirst: Checkpoint = { stage: "new", at: null, data: {} };
