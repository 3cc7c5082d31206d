"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import type { Answer } from "#lib/core/errors.ts";
import { markEmergencySeenAction, publishEmergencyAction } from "#lib/posts/actions.ts";
import { ScriptForm } from "@/components/ui/script-form.tsx";
import { unreachable, useAnswerText } from "../problems.tsx";
import { Button } from "../ui/button.tsx";
import { Field, Textarea } from "../ui/field.tsx";
import { showToast } from "../ui/toast.tsx";

type Props = {
  label: string;
  hint: string;
  submit: string;
  done: string;
  danger?: boolean;
  to: "/review" | `/posts/${string}`;
  act: (words: string) => Promise<Answer>;
};

function WordsForm({ label, hint, submit, done, danger, to, act }: Props) {
  const router = useRouter();
  const answerText = useAnswerText();
  const [words, setWords] = useState("");
  const [error, setError] = useState<string>();
  const [busy, start] = useTransition();
  const send = () =>
    start(async () => {
      setError(undefined);
      const answer = await act(words).catch(unreachable);
      if (!answer.ok) return setError(answerText(answer));
      showToast(done);
      router.push(to as "/review");
      router.refresh();
    });
  return (
    <ScriptForm
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) send();
      }}
    >
      <Field id="kata-darurat" label={label} hint={hint} error={error}>
        {(control) => <Textarea {...control} value={words} maxLength={500} onChange={(event) => setWords(event.target.value)} />}
      </Field>
      <div>
        <Button type="submit" kind={danger ? "danger" : "primary"} aria-disabled={busy || undefined}>
          {submit}
        </Button>
      </div>
    </ScriptForm>
  );
}

/** Asks for the reason and publishes at once. */
export function EmergencyForm({ post }: { post: { id: string; revision: number } }) {
  const t = useTranslations("approvals.emergency");
  return (
    <WordsForm
      label={t("reason")}
      hint={t("reasonHint")}
      submit={t("publish")}
      done={t("done")}
      danger
      to={`/posts/${post.id}`}
      act={(reason) => publishEmergencyAction({ postId: post.id, revision: post.revision, reason })}
    />
  );
}

/** The verifier has looked at what went out without him. */
export function EmergencySeenForm({ postId }: { postId: string }) {
  const t = useTranslations("approvals.emergency");
  return (
    <WordsForm
      label={t("note")}
      hint={t("noteHint")}
      submit={t("markSeen")}
      done={t("marked")}
      to="/review"
      act={(note) => markEmergencySeenAction({ postId, note })}
    />
  );
}
