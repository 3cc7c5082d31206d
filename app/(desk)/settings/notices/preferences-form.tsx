"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import type { Locale } from "#lib/core/text.ts";
import { locales } from "#lib/core/text.ts";
import { savePreferencesAction } from "#lib/notices/actions.ts";
import { type Category, categories, type Hours, type MailHabit, mailHabits, usualHours } from "#lib/notices/types.ts";
import { useAnswerText } from "@/components/problems.tsx";
import { Button } from "@/components/ui/button.tsx";
import { Field, Input, Select } from "@/components/ui/field.tsx";
import { ScriptForm } from "@/components/ui/script-form.tsx";
import { showToast } from "@/components/ui/toast.tsx";
import { attempt } from "../attempt.ts";

type Kept = { habits: Record<Category, MailHabit>; hours: Hours; locale: Locale };

/** What comes by e-mail at once, once a day or never, and when it may not come. */
export function PreferencesForm({ kept, zone }: { kept: Kept; zone: string }) {
  const t = useTranslations("notices.settings");
  const names = useTranslations("notices.category");
  const router = useRouter();
  const answerText = useAnswerText();
  const [habits, setHabits] = useState(kept.habits);
  const [quiet, setQuiet] = useState(kept.hours.quiet !== null);
  const [times, setTimes] = useState(kept.hours.quiet ?? usualHours.quiet ?? { from: "20:00", to: "06:00" });
  const [digestAt, setDigestAt] = useState(kept.hours.digestAt);
  const [locale, setLocale] = useState(kept.locale);
  const [error, setError] = useState<string>();
  const [busy, start] = useTransition();
  const save = () =>
    start(async () => {
      setError(undefined);
      const answer = await attempt(savePreferencesAction({ habits, quiet: quiet ? times : null, digestAt, locale }));
      if (!answer.ok) return setError(answerText(answer));
      showToast(t("saved"));
      router.refresh();
    });
  return (
    <ScriptForm
      className="grid gap-6"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) save();
      }}
    >
      <div className="field-rows">
        {categories.map((category) => (
          <Field key={category} id={`surel-${category}`} label={names(category)} hint={t(`about.${category}`)}>
            {(control) => (
              <Select
                {...control}
                value={habits[category]}
                onChange={(event) => setHabits({ ...habits, [category]: event.target.value as MailHabit })}
              >
                {mailHabits.map((habit) => (
                  <option key={habit} value={habit}>
                    {t(`habit.${habit}`)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        ))}
        <Field id="ringkasan" label={t("digestAt")} hint={t("digestHint", { zone })}>
          {(control) => <Input {...control} type="time" required value={digestAt} onChange={(event) => setDigestAt(event.target.value)} />}
        </Field>
        <Field id="bahasa-surel" label={t("locale")}>
          {(control) => (
            <Select {...control} value={locale} onChange={(event) => setLocale(event.target.value as Locale)}>
              {locales.map((each) => (
                <option key={each} value={each}>
                  {t(`localeNames.${each}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      <fieldset className="grid gap-3 border-0 p-0 m-0">
        <legend className="label">{t("hours")}</legend>
        <p className="hint">{t("hoursHint", { zone })}</p>
        <label className="check">
          <input type="checkbox" checked={quiet} onChange={(event) => setQuiet(event.target.checked)} />
          <span>{t("quiet")}</span>
        </label>
        <div className="grid grid-cols-2 gap-3 md:max-w-[380px]">
          {(["from", "to"] as const).map((end) => (
            <Field key={end} id={`tenang-${end}`} label={t(end)}>
              {(control) => (
                <Input
                  {...control}
                  type="time"
                  required={quiet}
                  disabled={!quiet}
                  value={times[end]}
                  onChange={(event) => setTimes({ ...times, [end]: event.target.value })}
                />
              )}
            </Field>
          ))}
        </div>
      </fieldset>
      <div role="status">{error && <p className="error">{error}</p>}</div>
      <div>
        <Button type="submit" kind="primary" aria-disabled={busy || undefined}>
          {t("save")}
        </Button>
      </div>
    </ScriptForm>
  );
}
