"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { overrideGatesAction } from "#lib/posts/actions.ts";
import { ScriptForm } from "@/components/ui/script-form.tsx";
import { unreachable, useAnswerText } from "../problems.tsx";
import { Button } from "../ui/button.tsx";
import { Field, Input } from "../ui/field.tsx";
import { showToast } from "../ui/toast.tsx";

/** Opens the closed gates of a post in the reader's name. */
export function GateOverride({ post }: { post: { id: string; revision: number } }) {
  const t = useTranslations("approvals.gates");
  const router = useRouter();
  const answerText = useAnswerText();
  const [reason, setReason] = useState("");
  const [error, setError] = useState<string>();
  const [busy, start] = useTransition();
  const open = () =>
    start(async () => {
      setError(undefined);
      const answer = await overrideGatesAction({ postId: post.id, revision: post.revision, reason }).catch(unreachable);
      if (!answer.ok) return setError(answerText(answer));
      showToast(t("done"));
      router.refresh();
    });
  return (
    <ScriptForm
      className="grid gap-2 mt-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) open();
      }}
    >
      <Field id="alasan-membuka" label={t("reason")} hint={t("reasonHint")} error={error}>
        {(control) => <Input {...control} value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />}
      </Field>
      <div>
        <Button type="submit" small aria-disabled={busy || undefined}>
          {t("open")}
        </Button>
      </div>
    </ScriptForm>
  );
}
