"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useTransition } from "react";
import type { Answer } from "#lib/core/errors.ts";
import { confirmSentAction } from "#lib/inbox/actions.ts";
import { sendAgainAction } from "#lib/posts/actions.ts";
import { unreachable, useAnswerText } from "@/components/problems.tsx";
import { Button } from "@/components/ui/button.tsx";
import { showToast } from "@/components/ui/toast.tsx";

type Props = { publicationId: string; unsure: boolean; mayConfirm: boolean };

/** Puts a delivery back on the schedule, now; `unsure` asks the person to have looked first. Where he `mayConfirm`, he may say that it stands. */
export function SendAgain({ publicationId, unsure, mayConfirm }: Props) {
  const t = useTranslations("operations");
  const sentence = useAnswerText();
  const router = useRouter();
  const [busy, start] = useTransition();
  const settle = (act: () => Promise<Answer>, done: string) =>
    start(async () => {
      const answer = await act().catch(unreachable);
      showToast(answer.ok ? done : sentence(answer));
      start(() => router.refresh());
    });
  const again = () => settle(() => sendAgainAction({ publicationId }), t("againDone"));
  const there = () => settle(() => confirmSentAction({ publicationId }), t("thereDone"));
  return (
    <span className="flex flex-wrap gap-2">
      {mayConfirm && (
        <Button small aria-disabled={busy || undefined} onClick={busy ? undefined : there}>
          {t("there")}
        </Button>
      )}
      <Button small aria-disabled={busy || undefined} onClick={busy ? undefined : again}>
        {t(unsure ? "notOut" : "again")}
      </Button>
    </span>
  );
}
