import { createTranslator } from "next-intl";
import { env } from "../core/env.ts";
import { messagesOf } from "../core/messages.ts";
import { cut } from "../core/text.ts";
import type { Reader } from "./readers.ts";
import { oneLine } from "./rules.ts";
import { noticeWords, type Translate, type Worded } from "./words.ts";

export type Letter = { subject: string; text: string; html: string };

const SHOWN = 30;
const LONGEST_SUBJECT = 150;

/** One notice as a mail of its own, several as a list, in the reader's language. Every word in it is escaped or on a line of its own. */
export async function letterOf(reader: Pick<Reader, "name" | "locale">, notices: readonly (Worded & { id: string })[]): Promise<Letter> {
  const t = await translatorOf(reader.locale);
  const all = notices.map((notice) => ({ ...noticeWords(t, notice, reader.locale), address: addressOf(`/notices/${notice.id}`) }));
  const [first] = all;
  const gathered = all.length > 1;
  const shown = all.slice(0, SHOWN);
  const rest = all.length - shown.length;
  const parts = {
    greeting: t("mail.greeting", { name: reader.name }),
    intro: gathered ? t("mail.gatheredIntro") : null,
    notices: shown,
    more: rest > 0 ? t("mail.more", { count: rest }) : null,
    open: t("mail.open"),
    list: gathered ? addressOf("/notices") : null,
    foot: t("mail.foot"),
    settings: addressOf("/settings/notices"),
  };
  const subject = gathered ? t("mail.gathered", { count: all.length }) : (first?.subject ?? "");
  return { subject: cut(oneLine(subject), LONGEST_SUBJECT), text: plain(parts), html: markup(parts) };
}

/** Absolute, under the address that people use. */
const addressOf = (path: string) => new URL(path, env().APP_URL).href;

async function translatorOf(locale: Reader["locale"]): Promise<Translate> {
  const { notices } = await messagesOf(locale);
  return createTranslator({ locale, messages: { notices } as never, namespace: "notices" as never }) as unknown as Translate;
}

type Entry = ReturnType<typeof noticeWords> & { address: string };
type Parts = {
  greeting: string;
  intro: string | null;
  notices: Entry[];
  more: string | null;
  open: string;
  list: string | null;
  foot: string;
  settings: string;
};

const plain = ({ greeting, intro, notices, more, open, list, foot, settings }: Parts) =>
  [
    oneLine(greeting),
    intro,
    ...notices.map(({ title, sentence, text, address }) =>
      [oneLine(title), oneLine(sentence), text && `\n${text}\n`, `${open}: ${address}`].filter(Boolean).join("\n"),
    ),
    [more, list].filter(Boolean).join("\n"),
    `-- \n${foot}\n${settings}`,
  ]
    .filter(Boolean)
    .join("\n\n");

const escaped = (text: string) =>
  text.replace(/[&<>"']/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" })[sign] ?? "");

const markup = ({ greeting, intro, notices, more, open, list, foot, settings }: Parts) => {
  const link = (address: string, words: string) => `<a href="${escaped(address)}">${escaped(words)}</a>`;
  const entry = ({ title, sentence, text, address }: Entry) =>
    `<p><strong>${escaped(title)}</strong><br>${escaped(sentence)}</p>${
      text ? `<pre style="white-space:pre-wrap;font:inherit;border-left:3px solid #ccc;padding-left:12px">${escaped(text)}</pre>` : ""
    }<p>${link(address, open)}</p>`;
  return [
    '<!doctype html><html><body style="font-family:sans-serif;line-height:1.5;max-width:600px">',
    `<p>${escaped(greeting)}</p>`,
    intro ? `<p>${escaped(intro)}</p>` : "",
    ...notices.map(entry),
    more ? `<p>${escaped(more)}</p>` : "",
    list ? `<p>${link(list, list)}</p>` : "",
    `<hr><p style="color:#555;font-size:13px">${escaped(foot)}<br>${link(settings, settings)}</p></body></html>`,
  ].join("\n");
};
