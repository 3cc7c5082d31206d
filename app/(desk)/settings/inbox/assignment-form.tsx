"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { saveAssignmentAction } from "#lib/inbox/actions.ts";
import { type Assignment, type AssignmentMode, assignmentModes } from "#lib/inbox/work/assigning-rules.ts";
import { useAnswerText } from "@/components/problems.tsx";
import { Button } from "@/components/ui/button.tsx";
import { Field, Input } from "@/components/ui/field.tsx";
import { ScriptForm } from "@/components/ui/script-form.tsx";
import { showToast } from "@/components/ui/toast.tsx";
import { attempt } from "../attempt.ts";

type Props = { unitId: string; assignment: Assignment; today: string; mayInherit: boolean };

/** How cases are given out, and how many a person may have. */
export function AssignmentForm({ unitId, assignment, today, mayInherit }: Props) {
  const t = useTranslations("inbox.assignment");
  const router = useRouter();
  const answerText = useAnswerText();
  const [mode, setMode] = useState<AssignmentMode>(assignment.mode);
  const [limit, setLimit] = useState(String(assignment.limit));
  const [validFrom, setValidFrom] = useState(today);
  const [error, setError] = useState<string>();
  const [busy, start] = useTransition();
  const save = (next: Assignment | null) =>
    start(async () => {
      setError(undefined);
      const answer = await attempt(saveAssignmentAction({ unitId, validFrom, assignment: next }));
      if (!answer.ok) return setError(answerText(answer));
      showToast(t("saved"));
      router.refresh();
    });
  return (
    <ScriptForm
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) save({ mode, limit: Number(limit) });
      }}
    >
      <fieldset>
        <legend className="label">{t("mode")}</legend>
        {assignmentModes.map((each) => (
          <label key={each} className="check">
            <input type="radio" name="mode" value={each} checked={mode === each} onChange={() => setMode(each)} />
            <span>{t(`modes.${each}`)}</span>
            <small>{t(`modeHint.${each}`)}</small>
          </label>
        ))}
      </fieldset>
      {mode !== "hand" && (
        <>
          <p className="text-13 text-ink-2">{t("duty")}</p>
          <Field id="batas-orang" label={t("limit")} hint={t("limitHint")}>
            {(control) => (
              <Input
                {...control}
                className="w-28"
                type="number"
                inputMode="numeric"
                min={1}
                max={500}
                required
                value={limit}
                onChange={(event) => setLimit(event.target.value)}
              />
            )}
          </Field>
        </>
      )}
      <Field id="pembagian-berlaku" label={t("validFrom")}>
        {(control) => (
          <Input
            {...control}
            className="w-44"
            type="date"
            min={today}
            required
            value={validFrom}
            onChange={(event) => setValidFrom(event.target.value)}
          />
        )}
      </Field>
      <div role="status">{error && <p className="error">{error}</p>}</div>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" kind="primary" aria-disabled={busy || undefined}>
          {t("save")}
        </Button>
        {mayInherit && (
          <Button aria-disabled={busy || undefined} onClick={busy ? undefined : () => save(null)}>
            {t("inherit")}
          </Button>
        )}
      </div>
    </ScriptForm>
  );
}
