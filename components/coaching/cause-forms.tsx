"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { confirmCauseAction, tellCauseAction } from "#lib/coaching/actions.ts";
import { type Cause, causes, toldCauses } from "#lib/coaching/causes/cause-rules.ts";
import { ScriptForm } from "@/components/ui/script-form.tsx";
import { useSaving } from "../inbox/use-saving.ts";
import { Button } from "../ui/button.tsx";
import { Field, Select, Textarea } from "../ui/field.tsx";

/** "Apa penyebabnya?" for the unit's own admin: one tap, words if he likes; only "other" needs them. */
export function TellCause({ unitId, told }: { unitId: string; told: Cause | null }) {
  const t = useTranslations("coaching");
  const [words, setWords] = useState("");
  const [chosen, setChosen] = useState<Cause | null>(null);
  const { busy, save, errorOf, refused } = useSaving();
  const send = (cause: (typeof toldCauses)[number]) => {
    setChosen(cause);
    save(() => tellCauseAction({ unitId, cause, words }), t("tell.done"));
  };
  return (
    <div className="grid gap-4">
      <p className="text-13 text-ink-2">{t("tell.hint")}</p>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would carry a legend and a border of its own */}
      <div role="group" aria-label={t("tell.choose")} className="causes-choice">
        {toldCauses.map((cause) => (
          <Button key={cause} aria-pressed={(chosen ?? told) === cause} aria-disabled={busy || undefined} onClick={() => send(cause)}>
            {t(`cause.name.${cause}`)}
          </Button>
        ))}
      </div>
      <Field id="sebab-kata" label={t("tell.words")} hint={t("tell.wordsHint")} error={errorOf("words")}>
        {(control) => <Textarea {...control} rows={2} maxLength={1000} value={words} onChange={(event) => setWords(event.target.value)} />}
      </Field>
      <div role="status">{refused && <p className="error">{refused}</p>}</div>
    </div>
  );
}

/** The cause as the one who coaches found it. */
export function ConfirmCause({ unitId, first }: { unitId: string; first: Cause | null }) {
  const t = useTranslations("coaching");
  const [cause, setCause] = useState<Cause>(first ?? "no_operator");
  const [words, setWords] = useState("");
  const { busy, save, errorOf, refused } = useSaving();
  return (
    <ScriptForm
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        save(() => confirmCauseAction({ unitId, cause, words }), t("confirm.done"));
      }}
    >
      <Field id="pasti-sebab" label={t("confirm.cause")} hint={t("confirm.hint")} error={errorOf("cause")}>
        {(control) => (
          <Select {...control} value={cause} onChange={(event) => setCause(event.target.value as Cause)}>
            {causes.map((each) => (
              <option key={each} value={each}>
                {t(`cause.name.${each}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field id="pasti-kata" label={t("confirm.words")} error={errorOf("words")}>
        {(control) => <Textarea {...control} rows={2} maxLength={1000} value={words} onChange={(event) => setWords(event.target.value)} />}
      </Field>
      <div role="status">{refused && <p className="error">{refused}</p>}</div>
      <div>
        <Button type="submit" aria-disabled={busy || undefined}>
          {t("confirm.act")}
        </Button>
      </div>
    </ScriptForm>
  );
}
