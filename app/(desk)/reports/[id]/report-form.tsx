"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import type { Problem } from "#lib/core/errors.ts";
import { saveReportAction } from "#lib/reports/actions.ts";
import { type Paper, papers } from "#lib/reports/rules.ts";
import type { Signatory } from "#lib/reports/signing.ts";
import { useAnswerText, useProblemText } from "@/components/problems.tsx";
import { draftOf, SignatoryFields, signatoryOf } from "@/components/reports/signatory-fields.tsx";
import { Button } from "@/components/ui/button.tsx";
import { Field, Input, Select } from "@/components/ui/field.tsx";
import { ScriptForm } from "@/components/ui/script-form.tsx";
import { showToast } from "@/components/ui/toast.tsx";
import { attempt } from "../../settings/attempt.ts";

type Props = {
  report: { id: string; revision: number; number: string | null; signatory: Signatory | null; paper: Paper };
  /** While files are being made nothing is changed. */
  locked: boolean;
};

/** Number, signatory and paper of a report that is not final. */
export function ReportForm({ report, locked }: Props) {
  const t = useTranslations("reports.one");
  const words = useTranslations("reports");
  const router = useRouter();
  const answerText = useAnswerText();
  const problemText = useProblemText();
  const [number, setNumber] = useState(report.number ?? "");
  const [paper, setPaper] = useState(report.paper);
  const [draft, setDraft] = useState(() => draftOf(report.signatory));
  const [problems, setProblems] = useState<Problem[]>([]);
  const [error, setError] = useState<string>();
  const [busy, start] = useTransition();
  const errorOf = (field: string) => {
    const found = problems.find((problem) => problem.field === field);
    return found && problemText(found);
  };
  const save = () =>
    start(async () => {
      const input = { reportId: report.id, revision: report.revision, number, paper, signatory: signatoryOf(draft) };
      const answer = await attempt(saveReportAction(input));
      setProblems(answer.ok ? [] : answer.problems);
      setError(answer.ok ? undefined : answerText(answer));
      if (!answer.ok) return;
      showToast(t("saved"));
      router.refresh();
    });
  const off = busy || locked;
  return (
    <ScriptForm
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!off) save();
      }}
    >
      <Field id="laporan-nomor" label={t("number")} hint={t("numberHint")} error={errorOf("number")}>
        {(control) => <Input {...control} maxLength={80} value={number} onChange={(event) => setNumber(event.target.value)} />}
      </Field>
      <Field id="laporan-kertas" label={words("paper.label")}>
        {(control) => (
          <Select {...control} value={paper} onChange={(event) => setPaper(event.target.value as Paper)}>
            {papers.map((each) => (
              <option key={each} value={each}>
                {words(`paper.${each}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <SignatoryFields draft={draft} change={setDraft} errorOf={errorOf} field="signatory" />
      <div role="status">{error && <p className="error">{error}</p>}</div>
      <div>
        <Button type="submit" aria-disabled={off || undefined}>
          {t("save")}
        </Button>
      </div>
    </ScriptForm>
  );
}
