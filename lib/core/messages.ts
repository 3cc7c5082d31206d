import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Locale } from "./text.ts";

export type Messages = { [key: string]: string | Messages };

const folder = (locale: Locale) => join(/* turbopackIgnore: true */ process.cwd(), "messages", locale);

const read = async (locale: Locale): Promise<Messages> => {
  const files = (await readdir(folder(locale))).filter((file) => file.endsWith(".json")).sort();
  const entries = files.map(async (file) => [file.slice(0, -5), JSON.parse(await readFile(join(folder(locale), file), "utf8"))]);
  return Object.fromEntries(await Promise.all(entries));
};

const loaded = new Map<Locale, Promise<Messages>>();

/** Every word of a language, by namespace (the file's name). Read once per process; anew each time while developing. */
export const messagesOf = (locale: Locale): Promise<Messages> => {
  const known = process.env.NODE_ENV === "production" ? loaded.get(locale) : undefined;
  if (known) return known;
  const reading = read(locale);
  loaded.set(locale, reading);
  return reading;
};
