"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { type Locale, locales } from "#lib/core/text.ts";
import { remember } from "./remember.ts";

const names: Record<Locale, string> = { id: "Indonesia", en: "English" };

/** The interface's language, each named in itself. */
export function LocaleSwitch({ locale, label }: { locale: Locale; label: string }) {
  const router = useRouter();
  const [, startTransition] = useTransition();
  const choose = (next: Locale) => {
    remember("garda_locale", next);
    startTransition(() => router.refresh());
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would carry a legend and a border of its own
    <div role="group" aria-label={label} className="segments needs-script">
      {locales.map((name) => (
        <button key={name} type="button" lang={name} aria-pressed={name === locale} onClick={() => choose(name)}>
          {names[name]}
        </button>
      ))}
    </div>
  );
}
