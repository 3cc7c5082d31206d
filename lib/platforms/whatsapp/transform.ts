/**
 * Between the Cloud API's messages and the contract. A citizen's number leaves this folder in no readable form: messages and
 * persons are named by keyed digests (the platform's own message ids hold the number, merely encoded), and what an answer needs
 * is sealed. Pure but for the vault.
 */

import { z } from "zod";
import { type Attachment, attachments, type Json, type RemoteComment } from "../contract.ts";

/** `digest` for what is compared, `seal` and `open` for what an answer needs; keyed, so that a number cannot be guessed back. */
export type Vault = { digest: (value: string) => string; seal: (plain: string) => string; open: (sealed: string) => string };

/** How long after a citizen's last message free words may be sent, in ms. Source: Cloud API, "Customer service windows". */
export const answerWindow = 24 * 3_600_000;

const words = z.string().optional();
const media = z.object({ caption: words }).optional();
const choice = z.object({ title: z.string() }).optional();

export const messageSchema = z.object({
  /** Absent where the citizen hides the number; then `from_user_id` is there. */
  from: words,
  from_user_id: words,
  /** Present in a group's message. */
  group_id: words,
  id: z.string().min(1),
  /** Unix seconds, as text. */
  timestamp: z.string().regex(/^\d+$/),
  type: z.string(),
  context: z.object({ id: words }).optional(),
  text: z.object({ body: z.string() }).optional(),
  image: media,
  video: media,
  document: media,
  button: z.object({ text: z.string() }).optional(),
  interactive: z.object({ button_reply: choice, list_reply: choice }).optional(),
  location: z.object({ latitude: z.number(), longitude: z.number(), name: words, address: words }).optional(),
  contacts: z
    .array(z.object({ name: z.object({ formatted_name: z.string() }), phones: z.array(z.object({ phone: words })).optional() }))
    .optional(),
});
type Message = z.output<typeof messageSchema>;

export const contactSchema = z.object({
  wa_id: words,
  user_id: words,
  profile: z.object({ name: words }).optional(),
});
type Contact = z.output<typeof contactSchema>;

/** What is no word to the account: a mark on a message, a change of number, an edit, a withdrawal (which the webhook tells by itself). */
const silent = new Set(["reaction", "system", "request_welcome", "edit", "revoke"]);

/** What the citizen wrote or chose; empty for a picture, a voice or a sticker alone. */
export function textOf(message: Message): string {
  const { text, image, video, document, button, interactive, location, contacts } = message;
  if (location) return [location.name, location.address, pointOf(location)].filter((line) => line !== undefined).join("\n");
  if (contacts)
    return contacts
      .map(({ name, phones }) => [name.formatted_name, ...(phones ?? []).flatMap(({ phone }) => phone ?? [])].join(" "))
      .join("\n");
  const chosen = interactive?.button_reply ?? interactive?.list_reply;
  return text?.body ?? image?.caption ?? video?.caption ?? document?.caption ?? button?.text ?? chosen?.title ?? "";
}

const wordsAlone = new Set(["text", "button", "interactive", "location", "contacts", "order"]);

/** What came with the words, or instead of them; null where there were words alone. */
function attachmentOf(type: string): Attachment | null {
  if (wordsAlone.has(type)) return null;
  return attachments.find((known) => known === type) ?? "other";
}

/** To a metre: more digits would tell nothing, and could be taken for a telephone number. */
const pointOf = ({ latitude, longitude }: { latitude: number; longitude: number }): string =>
  `${Number(latitude.toFixed(5))}, ${Number(longitude.toFixed(5))}`;

const refSchema = z.object({ to: z.string().nullable(), recipient: z.string().nullable(), id: z.string(), at: z.string() });
/** Whom an answer goes to, which message it answers, and when that was written. */
export type Ref = z.output<typeof refSchema>;

/** What `toComment` sealed; null when it is not ours, or the key is gone. */
export function openRef(ref: Json, vault: Vault): Ref | null {
  if (typeof ref !== "string") return null;
  try {
    const parsed = refSchema.safeParse(JSON.parse(vault.open(ref)));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** A citizen's message to the number `account`. Null for what is no word to it alone, and where nobody could be answered. */
export function toComment(account: string, message: Message, contacts: Contact[], vault: Vault): RemoteComment | null {
  const { from, from_user_id: userId, id, timestamp, context, type, group_id } = message;
  // The user's id comes with every message, the number only where it is not hidden.
  const person = userId ?? from;
  if (person === undefined || group_id !== undefined || silent.has(type)) return null;
  const contact = contacts.find((one) => [one.user_id, one.wa_id].includes(person)) ?? contacts[0];
  const sentAt = new Date(Number(timestamp) * 1000);
  const ref: Ref = { to: from ?? null, recipient: userId ?? null, id, at: sentAt.toISOString() };
  return {
    remoteId: vault.digest(id),
    postRemoteId: null,
    parentRemoteId: context?.id === undefined ? null : vault.digest(context.id),
    // Within one account only: two agencies cannot tell from their tables that the same citizen wrote to both.
    author: { remoteId: vault.digest(`${account}:${person}`), name: contact?.profile?.name ?? "" },
    text: textOf(message),
    attachment: attachmentOf(message.type),
    sentAt,
    own: false,
    ref: vault.seal(JSON.stringify(ref)),
  };
}
