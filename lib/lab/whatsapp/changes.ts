import { createHmac } from "node:crypto";
import { metaJson } from "../facebook/changes.ts";
import type { Json } from "../facebook/fields.ts";
import type { Lab } from "../lab.ts";
import { type CloudError, statusError } from "./errors.ts";
import { findMessage, findNumber, findPerson, type MessageRow, type NumberRow, type PersonRow } from "./tables.ts";

const seconds = (ms: number): string => String(Math.floor(ms / 1000));

function send(lab: Lab, number: NumberRow, value: { [key: string]: Json }): void {
  const secret = lab.settings.whatsappAppSecret;
  if (!secret || number.subscribed !== 1) return;
  const about = { messaging_product: "whatsapp", metadata: { display_phone_number: number.digits, phone_number_id: number.id } };
  const body = metaJson({
    object: "whatsapp_business_account",
    entry: [{ id: number.waba, changes: [{ value: { ...about, ...value }, field: "messages" }] }],
  });
  lab.enqueueWebhook("whatsapp", body, {
    "content-type": "application/json",
    "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
  });
}

/** Whoever hides the number is told by the user's id alone. */
const contact = ({ name, phone, user_id, hidden }: PersonRow): { [key: string]: Json } => ({
  profile: { name },
  ...(hidden ? {} : { wa_id: phone }),
  user_id,
});

function quoted(lab: Lab, number: NumberRow, id: string | null): { [key: string]: Json } {
  const message = id === null ? undefined : findMessage(lab.store, id);
  return message ? { context: { from: message.own ? number.digits : message.person, id: message.id } } : {};
}

/** Tells the app that a citizen wrote. */
export function messageCame(lab: Lab, row: MessageRow): void {
  const number = findNumber(lab.store, row.number)!;
  const person = findPerson(lab.store, row.person)!;
  const message = {
    ...quoted(lab, number, row.context),
    ...(person.hidden ? {} : { from: person.phone }),
    from_user_id: person.user_id,
    id: row.id,
    timestamp: seconds(row.created),
    ...(JSON.parse(row.content) as { [key: string]: Json }),
    type: row.type,
  };
  send(lab, number, { contacts: [contact(person)], messages: [message] });
}

/** Tells the app what became of a message of its own, and repeats what it was given to remember. */
export function statusChanged(lab: Lab, row: MessageRow, status: "sent" | "delivered" | "failed", error?: CloudError): void {
  const number = findNumber(lab.store, row.number)!;
  const person = findPerson(lab.store, row.person)!;
  const told = {
    id: row.id,
    status,
    timestamp: seconds(lab.now()),
    ...(person.hidden ? {} : { recipient_id: person.phone }),
    recipient_user_id: person.user_id,
    ...(row.data === null ? {} : { biz_opaque_callback_data: row.data }),
    ...(error
      ? { errors: [statusError(error) as Json] }
      : { pricing: { billable: false, pricing_model: "PMP", type: "free_customer_service", category: "service" } }),
  };
  send(lab, number, { contacts: [contact(person)], statuses: [told] });
}
