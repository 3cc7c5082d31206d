import { z } from "zod";
import type { Lab } from "../lab.ts";
import { insertMessage, putPerson, textContent } from "./messages.ts";
import { findNumber } from "./tables.ts";
import { allScopes } from "./tokens.ts";

const id = z.string().regex(/^\d+$/, "digits only");
const phone = z.string().regex(/^[1-9]\d{7,14}$/, "a number with its country's code, digits only");
const moment = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

const seedInput = z.strictObject({
  numbers: z
    .array(
      z.strictObject({
        id,
        /** The business account that the number belongs to. */
        waba: id,
        display_phone_number: z.string().min(8),
        verified_name: z.string().min(1),
        about: z.string().default(""),
        quality_rating: z.enum(["GREEN", "YELLOW", "RED", "UNKNOWN"]).default("GREEN"),
        /** A system user's token; one token may open several numbers. */
        token: z.string().min(1),
        scopes: z.array(z.string()).default(allScopes),
        /** When the token ends; null for never. */
        token_expires: moment.nullable().default(null),
        /** Whether the app gets this number's webhooks. */
        subscribed: z.boolean().default(true),
      }),
    )
    .default([]),
  messages: z
    .array(
      z.strictObject({
        number: id,
        id: z.string().startsWith("wamid."),
        from: z.strictObject({ phone, name: z.string().min(1), hidden: z.boolean().default(false) }),
        text: z.string().min(1),
        date: moment,
        /** True for the number's own answer to that person. */
        own: z.boolean().default(false),
      }),
    )
    .default([]),
});

export type WhatsappSeed = z.input<typeof seedInput>;

function seedNumber(lab: Lab, number: z.output<typeof seedInput>["numbers"][number]): void {
  const digits = number.display_phone_number.replace(/\D/g, "");
  lab.store.run(
    `INSERT INTO wa_number (id, waba, display, digits, name, about, quality, subscribed) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET
     waba = excluded.waba, display = excluded.display, digits = excluded.digits, name = excluded.name, about = excluded.about,
     quality = excluded.quality, subscribed = excluded.subscribed`,
    ...[number.id, number.waba, number.display_phone_number, digits, number.verified_name, number.about, number.quality_rating],
    number.subscribed ? 1 : 0,
  );
  lab.store.run("DELETE FROM wa_token WHERE number = ?", number.id);
  lab.store.run(
    "INSERT INTO wa_token (token, number, scopes, expires) VALUES (?, ?, ?, ?)",
    ...[number.token, number.id, JSON.stringify(number.scopes), number.token_expires],
  );
}

/** Puts the given rows as they are given, new or known by their ids. Throws ZodError. */
export function seed(lab: Lab, input: unknown): { [table: string]: number } {
  const { numbers, messages } = seedInput.parse(input);
  for (const number of numbers) seedNumber(lab, number);
  for (const { number: to, id, from, text, date, own } of messages) {
    const number = findNumber(lab.store, to);
    if (!number) throw new z.ZodError([{ code: "custom", path: ["messages"], message: `Unknown number ${to}`, input: to }]);
    insertMessage(lab, number, putPerson(lab, from.phone, from.name, from.hidden), { ...textContent(text), id, created: date, own });
  }
  return { numbers: numbers.length, messages: messages.length };
}
