"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { startRunAction } from "#lib/reports/actions.ts";
import { type Paper, papers, type RunScope } from "#lib/reports/rules.ts";
import { useAnswerText } from "@/components/problems.tsx";
import { Button } from "@/components/ui/button.tsx";
import { Field, Select } from "@/components/ui/field.tsx";
import { ScriptForm } from "@/components/ui/script-form.tsx";
import { attempt } from "../../settings/attempt.ts";

type Props = { unitId: string; scope: RunScope; months: { from: string; to: string; name: string }[] };

/** Asks for a month's reports of all. */
export function StartRun({ unitId, scope, months }: Props) {
  const t = useTranslations("reports");
  const router = useRouter();
  const answerText = useAnswerText();
  const [month, setMonth] = useState(0);
  const [paper, setPaper] = useState<Paper>("f4");
  const [error, setError] = useState<string>();
  const [busy, start] = useTransition();
  const run = () =>
    start(async () => {
      const { from, to } = months[month]!;
      const answer = await attempt(startRunAction({ unitId, scope, from, to, paper }));
      if (answer.ok) router.push(`/reports/runs/${answer.runId}` as Route);
      else setError(answerText(answer));
    });
  return (
    <ScriptForm
      className="flex flex-wrap gap-4 items-end mb-6"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) run();
      }}
    >
      <Field id="kelompok-bulan" label={t("new.month")}>
        {(control) => (
          <Select {...control} value={month} onChange={(event) => setMonth(Number(event.target.value))}>
            {months.map(({ name }, index) => (
              <option key={name} value={index}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field id="kelompok-kertas" label={t("paper.label")}>
        {(control) => (
          <Select {...control} value={paper} onChange={(event) => setPaper(event.target.value as Paper)}>
            {papers.map((each) => (
              <option key={each} value={each}>
                {t(`paper.${each}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Button type="submit" kind="primary" aria-disabled={busy || undefined}>
        {t(`runs.start.${scope}`)}
      </Button>
      <div role="status">{error && <p className="error">{error}</p>}</div>
    </ScriptForm>
  );
}
