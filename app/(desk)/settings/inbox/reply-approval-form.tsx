"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { saveReplyApprovalAction } from "#lib/inbox/actions.ts";
import { type Kind, kinds } from "#lib/inbox/kinds.ts";
import type { ReplyApproval } from "#lib/inbox/replies/approval-schema.ts";
import { useAnswerText } from "@/components/problems.tsx";
import { Button } from "@/components/ui/button.tsx";
import { Field, Input } from "@/components/ui/field.tsx";
import { ScriptForm } from "@/components/ui/script-form.tsx";
import { showToast } from "@/components/ui/toast.tsx";
import { attempt } from "../attempt.ts";

type Props = { unitId: string; approval: ReplyApproval; today: string; mayInherit: boolean };

/** The kinds whose answers wait, and those of cases marked sensitive. */
export function ReplyApprovalForm({ unitId, approval, today, mayInherit }: Props) {
  const t = useTranslations("inbox.replyApproval");
  const kindName = useTranslations("inbox.kind");
  const router = useRouter();
  const answerText = useAnswerText();
  const [chosen, setChosen] = useState<readonly Kind[]>(approval.kinds);
  const [sensitive, setSensitive] = useState(approval.sensitive);
  const [validFrom, setValidFrom] = useState(today);
  const [error, setError] = useState<string>();
  const [busy, start] = useTransition();
  const save = (next: ReplyApproval | null) =>
    start(async () => {
      setError(undefined);
      const answer = await attempt(saveReplyApprovalAction({ unitId, validFrom, approval: next }));
      if (!answer.ok) return setError(answerText(answer));
      showToast(t("saved"));
      router.refresh();
    });
  return (
    <ScriptForm
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) save({ kinds: [...chosen], sensitive });
      }}
    >
      <label className="check">
        <input type="checkbox" checked={sensitive} onChange={(event) => setSensitive(event.target.checked)} />
        <span>{t("sensitive")}</span>
        <small>{t("sensitiveHint")}</small>
      </label>
      <fieldset>
        <legend className="label">{t("kinds")}</legend>
        <div className="grid gap-x-4 md:grid-cols-2">
          {kinds.map((kind) => (
            <label key={kind} className="check">
              <input
                type="checkbox"
                checked={chosen.includes(kind)}
                onChange={(event) => setChosen(event.target.checked ? [...chosen, kind] : chosen.filter((one) => one !== kind))}
              />
              <span>{kindName(kind)}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <Field id="persetujuan-berlaku" label={t("validFrom")}>
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
