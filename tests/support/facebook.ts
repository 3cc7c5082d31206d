/** The lab's Facebook with a page in it, and its holder's way through the consent page. */
import type { Account, Checkpoint, Connector, Content } from "#lib/platforms/contract.ts";
import { facebookConnector } from "#lib/platforms/facebook/connector.ts";
import { labSecret, type RunningLab } from "./lab.ts";

export const page = "102938475610293";
export const token = "EAAG-halaman-uji";
export const redirectUri = "http://127.0.0.1:41100/settings/channels/consent/facebook";
/** Waits are a fiftieth of their length, so that a video's own time still passes. */
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms / 50 + 40));

export const connectorTo = ({ url }: { url: string }): Connector => {
  const app = { id: "880011", secret: labSecret, dialogUrl: `${url}/facebook` };
  return facebookConnector({ app, version: "v26.0", now: () => new Date(), pause });
};

export const seedPage = (lab: RunningLab, scopes?: string[]) =>
  lab.seed({ pages: [{ id: page, name: "Pemkab Tegal", username: "pemkabtegal", token, ...(scopes ? { scopes } : {}) }] });

/** Goes through the consent page as somebody who lets the app act for these pages. */
export const consentOf = (pages: string) => async (url: string, without?: string) => {
  const dialog = new URL(url);
  dialog.searchParams.set("as", pages);
  if (without) dialog.searchParams.set("without", without);
  const answer = await fetch(dialog, { redirect: "manual" });
  return new URL(answer.headers.get("location") ?? "");
};

export const accountOf = (baseUrl: string, pageToken = token): Account => ({
  ...{ platform: "facebook", mode: "api", remoteId: page, handle: "pemkabtegal", baseUrl, grant: { pageToken } },
});

/** A post of ours with nothing but its words. */
export const bare = (text: string): Content => ({
  ...{ text, link: null, pictures: [], title: null, video: null, collaborators: [], replyTo: null, key: text },
});

/** A publication that remembers its checkpoint as the delivery engine does. */
export function publicationOf(connector: Connector, account: Account, content: Content) {
  const kept: Checkpoint[] = [{ stage: "new", at: null, data: {} }];
  return {
    last: () => kept.at(-1)!,
    publish: () => connector.publish(account, content, kept.at(-1)!, async (next) => void kept.push(structuredClone(next))),
    find: () => connector.findPublished(account, content, kept.at(-1)!),
  };
}

/** How an attempt failed; null where it did not. */
export const failure = (attempt: Promise<unknown>) =>
  attempt.then(
    () => null,
    (error: { failure?: unknown }) => error.failure,
  );
