/** A notice as its reader sees it. Pure; the words come from messages/{id,en}/notices.json. */

import { formatInstant, type Locale, maskedParts } from "../core/text.ts";
import { platformNames } from "../platforms/names.ts";
import { isNoticeType } from "./types.ts";

/** Renders a message of the namespace "notices". */
export type Translate = (key: string, values?: Record<string, string | number>) => string;
export type NoticeWords = { title: string; sentence: string; subject: string; text: string | null };
export type Worded = { type: string; params: unknown };

/** Title, sentence and e-mail subject of a notice. One of a type that this version does not know says only that there is news. */
export function noticeWords(t: Translate, { type, params }: Worded, locale: Locale): NoticeWords {
  if (!isNoticeType(type)) return { title: t("unknown"), sentence: "", subject: t("unknown"), text: null };
  const kept = params as Record<string, string | number>;
  const values = Object.fromEntries(Object.entries(kept).map(([name, value]) => [name, printed(t, name, value, kept, locale)]));
  const key = `type.${type.replace(".", "_")}`;
  return {
    title: t(`${key}.title`, values),
    sentence: t(`${key}.text`, values),
    subject: t(`${key}.subject`, values),
    text: typeof kept.text === "string" && kept.text.trim() ? kept.text : null,
  };
}

function printed(t: Translate, name: string, value: string | number, all: Record<string, string | number>, locale: Locale) {
  if (name === "at") return formatInstant(new Date(value), String(all.zone), locale, "near");
  if (name === "platform") return Object.hasOwn(platformNames, value) ? platformNames[value as keyof typeof platformNames] : value;
  if (name !== "excerpt") return value;
  return maskedParts(String(value))
    .map((part) => (part.masked === null ? part.text : t("masked")))
    .join("");
}
