import type { Store } from "../store.ts";

export const tables = `
  CREATE TABLE IF NOT EXISTS wa_number (
    id TEXT PRIMARY KEY, waba TEXT NOT NULL, display TEXT NOT NULL, digits TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
    about TEXT NOT NULL, quality TEXT NOT NULL, subscribed INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS wa_token (
    token TEXT NOT NULL, number TEXT NOT NULL REFERENCES wa_number ON DELETE CASCADE, scopes TEXT NOT NULL, expires INTEGER,
    revoked INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (token, number)) STRICT;
  CREATE TABLE IF NOT EXISTS wa_person (
    phone TEXT PRIMARY KEY, user_id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, hidden INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS wa_message (
    n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, number TEXT NOT NULL REFERENCES wa_number ON DELETE CASCADE,
    person TEXT NOT NULL REFERENCES wa_person ON DELETE CASCADE, own INTEGER NOT NULL, type TEXT NOT NULL, text TEXT NOT NULL,
    content TEXT NOT NULL, context TEXT, data TEXT, status TEXT NOT NULL, created INTEGER NOT NULL) STRICT;
  CREATE INDEX IF NOT EXISTS wa_message_pair ON wa_message (number, person, created);
`;

/** `digits`: the number as other people write to it; `display`: as it is shown. */
export type NumberRow = {
  id: string;
  waba: string;
  display: string;
  digits: string;
  name: string;
  about: string;
  quality: string;
  subscribed: 0 | 1;
};
export type TokenRow = { token: string; number: string; scopes: string; expires: number | null; revoked: 0 | 1 };
/** `hidden`: businesses are told the user's id only, not the phone number. */
export type PersonRow = { phone: string; user_id: string; name: string; hidden: 0 | 1 };
/** `content`: the message as webhooks tell it, as JSON; `data`: what the business wants to have repeated in statuses. */
export type MessageRow = {
  n: number;
  id: string;
  number: string;
  person: string;
  own: 0 | 1;
  type: string;
  text: string;
  content: string;
  context: string | null;
  data: string | null;
  status: string;
  created: number;
};

export const findNumber = (store: Store, id: string) => store.get<NumberRow>("SELECT * FROM wa_number WHERE id = ?", id);
export const findPerson = (store: Store, phone: string) => store.get<PersonRow>("SELECT * FROM wa_person WHERE phone = ?", phone);
export const findMessage = (store: Store, id: string) => store.get<MessageRow>("SELECT * FROM wa_message WHERE id = ?", id);
/** A conversation, oldest message first. */
export const conversation = (store: Store, number: string, person: string, limit: number) =>
  store
    .all<MessageRow>(
      "SELECT * FROM wa_message WHERE number = ? AND person = ? ORDER BY created DESC, n DESC LIMIT ?",
      ...[number, person, limit],
    )
    .reverse();

/** The conversation's address on the lab's public pages. */
export const conversationPath = (number: NumberRow, phone: string): string => `/whatsapp/${number.digits}/${phone}`;
