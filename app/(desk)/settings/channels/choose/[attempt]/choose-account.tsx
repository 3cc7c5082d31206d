"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState, useTransition } from "react";
import { chooseOpenedAction } from "#lib/channels/actions.ts";
import type { Choice } from "#lib/channels/consent.ts";
import { formatNumber, isLocale } from "#lib/core/text.ts";
import { useAnswerText } from "@/components/problems.tsx";
import { Button } from "@/components/ui/button.tsx";
import { ButtonLink } from "@/components/ui/button-link.tsx";
import { Note } from "@/components/ui/note.tsx";
import { ScriptForm } from "@/components/ui/script-form.tsx";
import { showToast } from "@/components/ui/toast.tsx";
import { attempt } from "../../../attempt.ts";

type Props = { attemptId: string; unit: string; choices: Choice[] };

/** One of the accounts that the consent opened is taken; the person sees whose it is before anything is connected. */
export function ChooseAccount({ attemptId, unit, choices }: Props) {
  const t = useTranslations("channels.choose");
  const locale = useLocale();
  const router = useRouter();
  const answerText = useAnswerText();
  const only = choices.length === 1 ? choices[0] : undefined;
  const [chosen, choose] = useState(only?.remoteId ?? "");
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, start] = useTransition();

  const connect = (event: FormEvent) => {
    event.preventDefault();
    if (pending) return;
    if (!chosen) return setProblem(t("chooseFirst"));
    start(async () => {
      const answer = await attempt(chooseOpenedAction({ attemptId, remoteId: chosen }));
      if (!answer.ok) return setProblem(answerText(answer));
      showToast(t("connected", { name: choices.find(({ remoteId }) => remoteId === chosen)?.name ?? "" }));
      router.push("/settings/channels");
    });
  };

  return (
    <ScriptForm onSubmit={connect} className="grid gap-4 max-w-180">
      <fieldset className="grid gap-2">
        <legend className="label mb-2">{t("which", { unit })}</legend>
        {choices.map((choice) => (
          <label key={choice.remoteId} className="panel flex gap-3 p-4 cursor-pointer">
            <input
              type="radio"
              name="akun"
              className="mt-1"
              checked={chosen === choice.remoteId}
              onChange={() => {
                choose(choice.remoteId);
                setProblem(null);
              }}
            />
            <span className="grid gap-1 min-w-0">
              <span className="font-strong wrap-anywhere">{choice.name}</span>
              <span className="text-13 text-ink-2 wrap-anywhere">
                {choice.handle}
                {choice.followers !== null &&
                  ` · ${t("followers", { count: formatNumber(choice.followers, isLocale(locale) ? locale : "id") })}`}
              </span>
              {choice.usedBy.length > 0 && (
                <span className="text-13 text-warn-text">{t("usedBy", { units: choice.usedBy.join(", ") })}</span>
              )}
            </span>
          </label>
        ))}
      </fieldset>
      {problem && (
        <Note kind="danger" role="alert">
          {problem}
        </Note>
      )}
      <div className="flex flex-wrap gap-3">
        <Button kind="primary" type="submit" aria-disabled={pending || undefined}>
          {t("submit")}
        </Button>
        <ButtonLink href="/settings/channels">{t("cancel")}</ButtonLink>
      </div>
      {!only && <p className="text-13 text-ink-3">{t("keysForgotten")}</p>}
    </ScriptForm>
  );
}
