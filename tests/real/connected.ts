/** The connector in the hands of a test: an account connected on a real server, and a publication's life with its checkpoints. */
import { randomUUID } from "node:crypto";
import { blueskyConnector } from "#lib/platforms/bluesky/connector.ts";
import type { Account, Checkpoint, Content, Picture, Published } from "#lib/platforms/contract.ts";
import { PlatformFailure } from "#lib/platforms/contract.ts";
import type { RealAccount } from "./support.ts";

export const connector = blueskyConnector({ now: () => new Date() });

/** Connects as a person does, with handle and password; `baseUrl` may be a proxy's. */
export async function connect(account: RealAccount, baseUrl: string): Promise<Account> {
  const { profile, grant } = await connector.connect!({ baseUrl, identifier: account.handle, secret: account.password });
  return { platform: "bluesky", mode: "api", remoteId: profile.remoteId, handle: profile.handle, baseUrl, grant };
}

export const content = (text: string, more: Partial<Content> = {}): Content => ({
  text,
  link: null,
  pictures: [],
  title: null,
  video: null,
  collaborators: [],
  replyTo: null,
  key: randomUUID(),
  ...more,
});

export const picture = (bytes: Uint8Array, alt: string, digest: string): Picture => ({
  digest,
  mime: "image/png",
  width: 1,
  height: 1,
  bytes: bytes.length,
  alt,
  read: async () => bytes,
  publicUrl: async () => "https://garda.contoh.go.id/media/p/t",
});

/** A publication that remembers its checkpoint as the product's database does. */
export function publication(account: Account, what: Content) {
  let checkpoint: Checkpoint = { stage: "new", at: null, data: {} };
  return {
    stage: () => checkpoint.stage,
    restore(from: Checkpoint) {
      checkpoint = from;
    },
    async publish(as: Account = account): Promise<Published> {
      const result = await connector.publish(as, what, checkpoint, async (next) => {
        checkpoint = structuredClone(next);
      });
      if (result.kind !== "done") throw new Error(`not published: ${result.kind}`);
      return result.published;
    },
    find: () => connector.findPublished(account, what, checkpoint),
  };
}

/** The failure that a promise ends in; throws where it ends well or in anything else. */
export async function failureOf(attempt: Promise<unknown>) {
  try {
    await attempt;
  } catch (error) {
    if (error instanceof PlatformFailure) return error.failure;
    throw error;
  }
  throw new Error("it did not fail");
}
