"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { beginPauseAction } from "#lib/posts/actions.ts";
import { unreachable, useAnswerText } from "@/components/problems.tsx";
import { Button } from "@/components/ui/button.tsx";
import { Field, Select, Textarea } from "@/components/ui/field.tsx";
import { ScriptForm } from "@/components/ui/script-form.tsx";
import { showToast } from "@/components/ui/toast.tsx";

/** Holds all that is planned of a unit and below it, with the reason that everybody there reads. */
export function BeginPause({ units }: { units: { id: string; name: string }[] }) {
  const t = useTranslations("delivery.pause");
  const answerText = useAnswerText();
  const router = useRouter();
  const [unitId, setUnitId] = useState(units[0]?.id ?? "");
  const [reason, setReason] = useState("");
  const [error, setError] = useState<string>();
  const [busy, start] = useTransition();
  const begin = () =>
    start(async () => {
      const answer = await beginPauseAction({ unitId, reason }).catch(unreachable);
      if (!answer.ok) return setError(answerText(answer));
      setError(undefined);
      setReason("");
      showToast(t("begun", { count: answer.held }));
      router.refresh();
    });
  return (
    <ScriptForm
      className="panel p-5 grid gap-4 max-w-[60ch]"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) begin();
      }}
    >
      <p className="text-ink-2">{t("what")}</p>
      {units.length > 1 && (
        <Field id="unit" label={t("unit")}>
          {(control) => (
            <Select {...control} value={unitId} onChange={(event) => setUnitId(event.target.value)}>
              {units.map((unit) => (
                <option key={unit.id} value={unit.id}>
                  {unit.name}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
      <Field id="alasan" label={t("reason")} hint={t("reasonHint")} error={error}>
        {(control) => (
          <Textarea {...control} rows={2} maxLength={500} required value={reason} onChange={(event) => setReason(event.target.value)} />
        )}
      </Field>
      <p>
        <Button type="submit" kind="primary" aria-disabled={busy || undefined}>
          {t("begin")}
        </Button>
      </p>
    </ScriptForm>
  );
}
