import { z } from "zod";
import type { LabRequest } from "../http.ts";
import type { Lab } from "../lab.ts";
import { statusChanged } from "./changes.ts";
import {
  badParameter,
  type CloudError,
  limited,
  pairLimited,
  parameterMissing,
  undeliverable,
  unsupportedType,
  windowClosed,
} from "./errors.ts";
import { type Content, insertMessage, textContent } from "./messages.ts";
import { findMessage, findPerson, type MessageRow, type NumberRow, type PersonRow } from "./tables.ts";

const LONGEST_TEXT = 4_096;
const WINDOW_MS = 24 * 3_600_000;
const PER_SECOND = 80;
/** One message in 6 s to the same person; up to so many at once, which the pauses after them pay for. */
const PAIR_MS = 6_000;
const PAIR_BURST = 45;

const sendSchema = z.object({
  messaging_product: z.literal("whatsapp"),
  to: z.string().optional(),
  recipient: z.string().optional(),
  type: z.string().default("text"),
  text: z.object({ body: z.string() }).optional(),
  template: z.object({ name: z.string(), language: z.object({ code: z.string() }) }).optional(),
  context: z.object({ message_id: z.string() }).optional(),
  biz_opaque_callback_data: z.string().max(512).optional(),
});
type Asked = z.output<typeof sendSchema>;

/** The person that a message goes to; the phone number goes before the user's id where both are given. */
function recipientOf(lab: Lab, { to, recipient }: Asked): PersonRow | undefined {
  if (to !== undefined) return findPerson(lab.store, to.replace(/\D/g, ""));
  if (recipient === undefined) throw parameterMissing("to");
  return lab.store.get<PersonRow>("SELECT * FROM wa_person WHERE user_id = ?", recipient);
}

function contentOf({ type, text, template }: Asked): Content {
  if (type === "template") {
    if (!template) throw parameterMissing("template");
    return { type, text: `Templat ${template.name}`, content: { template } };
  }
  if (type !== "text") throw unsupportedType(type);
  if (!text || text.body.trim() === "") throw parameterMissing("text['body']");
  if (text.body.length > LONGEST_TEXT) throw badParameter(`Param text['body'] must be at most ${LONGEST_TEXT} characters long.`);
  return textContent(text.body);
}

const countSince = (lab: Lab, where: string, ...values: (string | number)[]): number =>
  lab.store.get<{ n: number }>(`SELECT count(*) AS n FROM wa_message WHERE own = 1 AND ${where}`, ...values)!.n;

function checkLimits(lab: Lab, number: NumberRow, person: PersonRow): void {
  if (countSince(lab, "number = ? AND created > ?", number.id, lab.now() - 1_000) >= PER_SECOND) throw limited();
  const pair = countSince(lab, "number = ? AND person = ? AND created > ?", number.id, person.phone, lab.now() - PAIR_MS * PAIR_BURST);
  if (pair >= PAIR_BURST) throw pairLimited();
}

/** Free words are allowed for a day after the person's last message. */
function checkWindow(lab: Lab, number: NumberRow, person: PersonRow): void {
  const sql = "SELECT max(created) AS last FROM wa_message WHERE number = ? AND person = ? AND own = 0";
  const last = lab.store.get<{ last: number | null }>(sql, number.id, person.phone)!.last;
  if (last === null || last <= lab.now() - WINDOW_MS) throw windowClosed();
}

/** Notes that a message of a citizen was read. */
function markRead(lab: Lab, number: NumberRow, request: LabRequest): { success: true } {
  const row = findMessage(lab.store, String(request.fields.message_id ?? ""));
  if (!row || row.number !== number.id || row.own) throw badParameter("Message ID is invalid");
  lab.store.run("UPDATE wa_message SET status = 'read' WHERE id = ?", row.id);
  return { success: true };
}

function tellStatuses(lab: Lab, row: MessageRow, later: CloudError | null): void {
  for (const status of later ? (["failed"] as const) : (["sent", "delivered"] as const)) {
    lab.store.run("UPDATE wa_message SET status = ? WHERE id = ?", status, row.id);
    statusChanged(lab, row, status, later ?? undefined);
  }
}

/** POST /{number}/messages. `later`: the reason for which the message, though accepted, does not arrive. Throws CloudError. */
export function sendMessage(lab: Lab, number: NumberRow, request: LabRequest, later: CloudError | null): object {
  if (request.fields.status === "read") return markRead(lab, number, request);
  const parsed = sendSchema.safeParse(request.fields);
  if (!parsed.success) throw badParameter(z.prettifyError(parsed.error));
  const asked = parsed.data;
  const content = contentOf(asked);
  const person = recipientOf(lab, asked);
  // Who is not on WhatsApp never wrote, so that only templates get past the window.
  if (!person) throw content.type === "template" ? undeliverable() : windowClosed();
  checkLimits(lab, number, person);
  if (content.type !== "template") checkWindow(lab, number, person);
  const row = lab.store.transaction(() => {
    const context = asked.context?.message_id ?? null;
    const sent = insertMessage(lab, number, person, { ...content, own: true, context, data: asked.biz_opaque_callback_data ?? null });
    tellStatuses(lab, sent, later);
    return sent;
  });
  return {
    messaging_product: "whatsapp",
    contacts: [asked.to === undefined ? { input: asked.recipient, user_id: person.user_id } : { input: asked.to, wa_id: person.phone }],
    messages: [{ id: row.id }],
  };
}
