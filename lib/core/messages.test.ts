import { createTranslator } from "use-intl/core";
import { expect, it } from "vitest";
import { type Messages, messagesOf } from "./messages.ts";

const flatten = (messages: Messages, prefix = ""): [string, string][] =>
  Object.entries(messages).flatMap(([key, value]) =>
    typeof value === "string" ? [[`${prefix}${key}`, value] as [string, string]] : flatten(value, `${prefix}${key}.`),
  );

/** The parameters and tags a message asks for, in order of their names. */
const asks = (message: string) =>
  [...new Set([...message.matchAll(/\{\s*(\w+)\s*[,}]|<(\w+)>/g)].map((match) => match[1] ?? match[2]))].sort();

const id = new Map(flatten(await messagesOf("id")));
const en = new Map(flatten(await messagesOf("en")));

it("says everything in both languages", () => {
  expect([...en.keys()].sort()).toEqual([...id.keys()].sort());
});

it("asks for the same parameters in both languages", () => {
  const differing = [...id].filter(([key, text]) => asks(text).join() !== asks(en.get(key) ?? "").join()).map(([key]) => key);
  expect(differing).toEqual([]);
});

it("leaves no sentence empty and no sentence broken", () => {
  for (const [locale, messages] of [["id", id] as const, ["en", en] as const]) {
    const broken: string[] = [];
    for (const [key, text] of messages) {
      if (!text.trim()) broken.push(`${locale} ${key} empty`);
      const t = createTranslator({
        locale,
        messages: { text },
        onError: (error) => {
          if (error.code === "INVALID_MESSAGE") broken.push(`${locale} ${key} ${error.message}`);
        },
      });
      t.raw("text");
      try {
        t("text" as never, Object.fromEntries(asks(text).map((name) => [name, 1])) as never);
      } catch {
        broken.push(`${locale} ${key} throws`);
      }
    }
    expect(broken).toEqual([]);
  }
});
