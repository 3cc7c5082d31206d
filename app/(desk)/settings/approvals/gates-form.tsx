"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { saveGatesAction } from "#lib/approvals/actions.ts";
import type { GateSettings } from "#lib/approvals/gates.ts";
import { useAnswerText } from "@/components/problems.tsx";
import { Button } from "@/components/ui/button.tsx";
import { Field, Input, Textarea } from "@/components/ui/field.tsx";
import { ScriptForm } from "@/components/ui/script-form.tsx";
import { showToast } from "@/components/ui/toast.tsx";
import { attempt } from "../attempt.ts";

type Props = { governmentId: string; gates: GateSettings; today: string; may: boolean };

const linesOf = (text: string) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);

/** The government's restricted terms and candidates, one a line. */
export function GatesForm({ governmentId, gates, today, may }: Props) {
  const t = useTranslations("approvals.settings");
  const router = useRouter();
  const answerText = useAnswerText();
  const [electionMode, setElectionMode] = useState(gates.electionMode);
  const [texts, setTexts] = useState({ bannedTerms: gates.bannedTerms.join("\n"), candidateNames: gates.candidateNames.join("\n") });
  const [validFrom, setValidFrom] = useState(today);
  const [error, setError] = useState<string>();
  const [busy, start] = useTransition();
  const save = () =>
    start(async () => {
      setError(undefined);
      const terms = { bannedTerms: linesOf(texts.bannedTerms), candidateNames: linesOf(texts.candidateNames) };
      const answer = await attempt(saveGatesAction({ governmentId, validFrom, electionMode, ...terms }));
      if (!answer.ok) return setError(answerText(answer));
      showToast(t("gatesSaved"));
      router.refresh();
    });
  return (
    <ScriptForm
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy && may) save();
      }}
    >
      <label className="check">
        <input type="checkbox" checked={electionMode} disabled={!may} onChange={(event) => setElectionMode(event.target.checked)} />
        <span>{t("electionMode")}</span>
      </label>
      {(["bannedTerms", "candidateNames"] as const).map((name) => (
        <Field key={name} id={name} label={t(name)} hint={t("perLine")}>
          {(control) => (
            <Textarea
              {...control}
              rows={5}
              readOnly={!may}
              value={texts[name]}
              onChange={(event) => setTexts({ ...texts, [name]: event.target.value })}
            />
          )}
        </Field>
      ))}
      {may && (
        <>
          <Field id="kata-berlaku" label={t("validFrom")}>
            {(control) => (
              <Input {...control} type="date" min={today} value={validFrom} onChange={(event) => setValidFrom(event.target.value)} />
            )}
          </Field>
          <div role="status">{error && <p className="error">{error}</p>}</div>
          <div>
            <Button type="submit" kind="primary" aria-disabled={busy || undefined}>
              {t("saveGates")}
            </Button>
          </div>
        </>
      )}
    </ScriptForm>
  );
}
