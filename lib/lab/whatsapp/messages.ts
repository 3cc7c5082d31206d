import { createHash, randomBytes } from "node:crypto";
import type { Lab } from "../lab.ts";
import { messageCame } from "./changes.ts";
import { findMessage, findPerson, type MessageRow, type NumberRow, type PersonRow } from "./tables.ts";

/** What a message holds: its text as people read it, and the part that webhooks tell. */
export type Content = { type: string; text: string; content: { [key: string]: unknown } };

export const textContent = (body: string): Content => ({ type: "text", text: body, content: { text: { body } } });

/** A message id as WhatsApp makes them: the citizen's number stands in it, merely encoded. */
const newId = (phone: string): string =>
  `wamid.${Buffer.concat([
    Buffer.from([0x1c, 0x18, phone.length]),
    Buffer.from(phone),
    Buffer.from([0x15, 0x02, 0x00, 0x12, 0x18, 0x14]),
    Buffer.from(randomBytes(10).toString("hex").toUpperCase()),
    Buffer.from([0x00]),
  ]).toString("base64")}`;

/** The person behind a number, new or known; a name or wish that changed is taken over. */
export function putPerson(lab: Lab, phone: string, name: string, hidden: boolean): PersonRow {
  const userId = `ID.${BigInt(`0x${createHash("sha256").update(phone).digest("hex").slice(0, 14)}`)}`;
  lab.store.run(
    `INSERT INTO wa_person (phone, user_id, name, hidden) VALUES (?, ?, ?, ?)
     ON CONFLICT (phone) DO UPDATE SET name = excluded.name, hidden = excluded.hidden`,
    ...[phone, userId, name, hidden ? 1 : 0],
  );
  return findPerson(lab.store, phone)!;
}

type Draft = Content & Partial<Pick<MessageRow, "id" | "context" | "data" | "created">> & { own: boolean };

/** Stores a message of a conversation, new or known by its id. Tells nobody. */
export function insertMessage(lab: Lab, number: NumberRow, person: PersonRow, draft: Draft): MessageRow {
  const id = draft.id ?? newId(person.phone);
  lab.store.run(
    `INSERT INTO wa_message (id, number, person, own, type, text, content, context, data, status, created) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET text = excluded.text, content = excluded.content, created = excluded.created`,
    ...[id, number.id, person.phone, draft.own ? 1 : 0, draft.type, draft.text, JSON.stringify(draft.content), draft.context ?? null],
    ...[draft.data ?? null, draft.own ? "accepted" : "received", draft.created ?? lab.now()],
  );
  return findMessage(lab.store, id)!;
}

/** A citizen writes to a number; the app is told. `quotes`: the message of the conversation that is answered. */
export function receive(lab: Lab, number: NumberRow, person: PersonRow, content: Content, quotes: string | null): MessageRow {
  const row = insertMessage(lab, number, person, { ...content, own: false, context: quotes });
  messageCame(lab, row);
  return row;
}
