import { createTranslator } from "next-intl";
import { messagesOf } from "../../core/messages.ts";
import type { Locale } from "../../core/text.ts";
import type { Words } from "./building.ts";

/** The words of a report in a language, for where no request is being answered. */
export async function wordsIn(locale: Locale): Promise<Words> {
  const { reports, ui, topics, posts, coaching } = await messagesOf(locale);
  return createTranslator({ locale, messages: { reports, ui, topics, posts, coaching } as never }) as unknown as Words;
}
