import { createTranslator } from "next-intl";
import { describe, expect, it } from "vitest";
import { messagesOf } from "../core/messages.ts";
import { locales } from "../core/text.ts";
import { categories, type NoticeType, noticeTypes, usualHabits } from "./types.ts";
import { noticeWords, type Translate } from "./words.ts";

const translatorOf = async (locale: "id" | "en") => {
  const { notices } = await messagesOf(locale);
  const onError = (error: Error) => {
    throw error;
  };
  return createTranslator({ locale, messages: { notices } as never, namespace: "notices" as never, onError }) as unknown as Translate;
};
const filled: Record<string, string | number> = {
  ...{ title: "Imunisasi", unit: "Dinkes", by: "Sri", step: 1, of: 2, hours: 5, reason: "banjir", handle: "dinkestegal", files: 2 },
  ...{ platform: "instagram", excerpt: "NIK ⟦nik⟧", from: "Disdukcapil", to: "Dinkes", at: "2026-12-01T03:00:00Z", zone: "Asia/Makassar" },
  component: "a",
  ...{ days: 7, count: 2, names: "Setwan, Bapperida", cases: 2, week: 4, outcome: "moved_up", verdict: "merge" },
};

describe.each(locales)("in %s", (locale) => {
  it.each(Object.keys(noticeTypes) as NoticeType[])("%s is said in full, with nothing but what it is told", async (type) => {
    const t = await translatorOf(locale);
    for (const decision of ["approve", "return", "reject", "accept", "refuse", "accepted", "partly"]) {
      const all = { ...filled, decision };
      const params = Object.fromEntries(noticeTypes[type].params.map((name) => [name, all[name as keyof typeof all]]));
      expect(Object.values(params)).not.toContain(undefined);
      const words = noticeWords(t, { type, params }, locale);
      for (const said of [words.title, words.sentence, words.subject]) {
        expect(said).not.toMatch(/[{}⟦]|undefined|type\./);
        expect(said.length).toBeGreaterThan(5);
      }
    }
  });

  it("every drawer has a name and is explained", async () => {
    const t = await translatorOf(locale);
    for (const category of categories)
      expect([t(`category.${category}`), t(`settings.about.${category}`)].join()).not.toContain("category.");
    expect(Object.keys(usualHabits).sort()).toEqual([...categories].sort());
  });
});

it("an instant stands on the clock of its unit, a platform under its own name, what was masked stays masked", async () => {
  const t = await translatorOf("id");
  const params = { unit: "Dinkes", platform: "x", excerpt: "NIK saya ⟦nik⟧", at: "2026-12-01T03:00:00Z", zone: "Asia/Makassar" };
  expect(noticeWords(t, { type: "case.overdue", params }, "id").sentence).toBe(
    "Kasus X milik Dinkes seharusnya dijawab Selasa, 1 Desember pukul 11.00 WITA: “NIK saya [disamarkan]”.",
  );
});

it("news of a type that this version does not know is told as news", async () => {
  expect(noticeWords(await translatorOf("id"), { type: "later.kind", params: {} }, "id")).toMatchObject({ title: "Ada kabar untuk Anda" });
});
