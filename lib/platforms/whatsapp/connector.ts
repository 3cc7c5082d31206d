/**
 * A WhatsApp business number through the Cloud API: citizens' messages come by webhook alone, answers go out one by one. The
 * API lists nothing and looks nothing up, so what became of an unanswered send is a person's to say.
 */

import { z } from "zod";
import { clockSkew, commit, firstCommit } from "../commit.ts";
import { type Account, type AccountProfile, type Connector, type Content, PlatformFailure } from "../contract.ts";
import { answerChallenge } from "../facebook/webhook.ts";
import { outgoingText } from "../outgoing.ts";
import { type Cloud, cloudClient } from "./client.ts";
import { answerWindow, openRef, type Ref, type Vault } from "./transform.ts";
import { readWebhook } from "./webhook.ts";

const grantSchema = z.object({ systemToken: z.string().min(1) });
const numberSchema = z.object({ id: z.string(), display_phone_number: z.string(), verified_name: z.string().catch("") });
const tokenSchema = z.object({
  data: z.object({
    app_id: z.string().optional(),
    scopes: z.array(z.string()).optional(),
    granular_scopes: z.array(z.object({ scope: z.string(), target_ids: z.array(z.string()).optional() })).optional(),
  }),
});
type Token = z.output<typeof tokenSchema>["data"];
const numbersSchema = z.object({ data: z.array(z.object({ id: z.string() })) });
const appsSchema = z.object({ data: z.array(z.object({ whatsapp_business_api_data: z.object({ id: z.string() }) })) });
const sentSchema = z.object({ messages: z.array(z.object({ id: z.string() })).min(1) });

const profileFields = "display_phone_number,verified_name,quality_rating";
const management = "whatsapp_business_management";
const neededScopes = [management, "whatsapp_business_messaging"];

/** `version` is the Graph version, like "v26.0"; `vault` keeps citizens' numbers; `now` serves rate limits, windows and checkpoints. */
export function whatsappConnector({ version, vault, now }: { version: string; vault: Vault; now: () => Date }): Connector {
  const open = (baseUrl: string, token: string): Cloud => cloudClient({ baseUrl, version, token, now });
  const cloudOf = (account: Account): Cloud => open(account.baseUrl, tokenOf(account));

  return {
    platform: "whatsapp",
    mode: "api",
    takesPosts: false,
    listsPosts: false,

    async connect({ baseUrl, identifier, secret }) {
      const [id, token] = [identifier.trim(), secret.trim()];
      if (!/^\d+$/.test(id)) throw new PlatformFailure({ kind: "rejected", code: "wrong-account" }, "whatsapp: not the id of a number");
      const cloud = open(baseUrl, token);
      const { data } = await cloud.get("debug_token", { input_token: token }, tokenSchema);
      checkScopes(data);
      const profile = await readProfile(cloud, id);
      await subscribe(cloud, id, data);
      return { profile, grant: { systemToken: token } };
    },

    fetchProfile: (account) => readProfile(cloudOf(account), account.remoteId),

    async hears(account) {
      const cloud = cloudOf(account);
      const { data } = await cloud.get("debug_token", { input_token: tokenOf(account) }, tokenSchema);
      for (const business of businessesOf(data)) {
        const { data: numbers } = await cloud.get(`${business}/phone_numbers`, { fields: "id" }, numbersSchema);
        if (!numbers.some(({ id }) => id === account.remoteId)) continue;
        const { data: apps } = await cloud.get(`${business}/subscribed_apps`, {}, appsSchema);
        return apps.some(({ whatsapp_business_api_data: app }) => app.id === data.app_id);
      }
      // The token does not tell its business account: then nobody can be asked, and nothing says that it is silent.
      return true;
    },

    // A system user's token has no end, or one that only a person can move.
    refresh: async () => null,

    async publish(account, content, checkpoint, save) {
      const cloud = cloudOf(account);
      const message = toMessage(content, vault, now());
      const { messages } = await commit(checkpoint, save, now(), () => cloud.commit(`${account.remoteId}/messages`, message, sentSchema));
      return { kind: "done", published: { remoteId: vault.digest(messages[0]!.id), permalink: null, ref: null } };
    },

    findPublished: async (_account, _content, checkpoint) => ({ kind: firstCommit(checkpoint) ? "unknown" : "absent" }),

    fetchPosts: async () => [],
    fetchComments: async () => ({ comments: [], whole: [] }),
    moderation: null,
    authorize: null,
    collaboration: null,
    readWebhook: (rawBody, headers, secret) => readWebhook(rawBody, headers, secret, vault),
    answerChallenge,
  };
}

function tokenOf(account: Account): string {
  const grant = grantSchema.safeParse(account.grant);
  if (!grant.success) throw new PlatformFailure({ kind: "needs-reauth", reason: "revoked" }, "whatsapp: no token");
  return grant.data.systemToken;
}

/** Fails when the token lacks a permission that answering or reading the number needs. */
function checkScopes({ scopes }: Token): void {
  const missing = neededScopes.filter((scope) => scopes && !scopes.includes(scope));
  if (missing.length > 0)
    throw new PlatformFailure({ kind: "needs-reauth", reason: "scope", missing }, `whatsapp: the token lacks ${missing.join(", ")}`);
}

/** The business accounts that a token tells it may manage. */
const businessesOf = ({ granular_scopes: granted }: Token): string[] =>
  granted?.find(({ scope }) => scope === management)?.target_ids ?? [];

/** Lets the app hear what is written to the number; where the token does not tell its business account, the holder does that. */
async function subscribe(cloud: Cloud, id: string, token: Token): Promise<void> {
  for (const account of businessesOf(token)) {
    const { data } = await cloud.get(`${account}/phone_numbers`, { fields: "id" }, numbersSchema);
    if (data.some((number) => number.id === id)) await cloud.post(`${account}/subscribed_apps`, {}, z.object({ success: z.literal(true) }));
  }
}

async function readProfile(cloud: Cloud, id: string): Promise<AccountProfile> {
  const { display_phone_number: shown, verified_name: name, ...number } = await cloud.get(id, { fields: profileFields }, numberSchema);
  return {
    remoteId: number.id,
    handle: shown,
    name: name || shown,
    url: `https://wa.me/${shown.replace(/\D/g, "")}`,
    followers: null,
    commentsOpen: null,
  };
}

function toMessage(content: Content, vault: Vault, at: Date): object {
  const { replyTo, key } = content;
  const refused = (code: string, message: string) => new PlatformFailure({ kind: "rejected", code }, `whatsapp: ${message}`);
  if (!replyTo) throw refused("posts-unsupported", "a number carries answers only");
  if (content.pictures.length > 0 || content.video) throw refused("pictures-in-reply", "an answer carries text only");
  const ref = openRef(replyTo.ref, vault);
  if (!ref) throw refused("invalid", "whom to answer is unknown");
  // Past all doubt about clocks; nearer to the end the platform decides.
  if (at.getTime() - new Date(ref.at).getTime() > answerWindow + clockSkew)
    throw refused("window-closed", "the citizen's last message is more than a day old");
  const body = outgoingText("whatsapp", { text: content.text, link: content.link, withPictures: false });
  return {
    messaging_product: "whatsapp",
    recipient_type: "individual",
    ...addressOf(ref),
    type: "text",
    text: { body },
    context: { message_id: ref.id },
    // Statuses repeat it: a send whose answer was lost can be told by it.
    biz_opaque_callback_data: key,
  };
}

/** The phone number goes first where both are known. */
const addressOf = ({ to, recipient }: Ref) => ({ ...(to === null ? {} : { to }), ...(recipient === null ? {} : { recipient }) });
