"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { openCaseAction, takeCaseAction } from "#lib/coaching/actions.ts";
import { unreachable, useAnswerText } from "../problems.tsx";
import { Button } from "../ui/button.tsx";
import { showToast } from "../ui/toast.tsx";

type Props = {
  what: { caseId: string; revision: number } | { unitId: string };
  label: string;
  /** The label where there is little room. */
  short?: string;
  small?: boolean;
  primary?: boolean;
  about?: string;
};

/** Takes a proposed case, or opens one, in one tap; leads to it. */
export function BeginButton({ what, label, short, small, primary, about }: Props) {
  const t = useTranslations("coaching.case");
  const router = useRouter();
  const answerText = useAnswerText();
  const [busy, start] = useTransition();
  const begin = () => {
    if (busy) return;
    start(async () => {
      const answer = await ("caseId" in what ? takeCaseAction(what) : openCaseAction(what)).catch(unreachable);
      showToast(answer.ok ? t("caseId" in what ? "taken" : "opened") : answerText(answer));
      if (answer.ok) start(() => router.push(`/coaching/${answer.caseId}` as Route));
      else router.refresh();
    });
  };
  return (
    <Button small={small} kind={primary ? "primary" : "plain"} aria-disabled={busy || undefined} onClick={begin}>
      {short ? (
        <>
          <span className="max-md:hidden">{label}</span>
          <span className="md:hidden">{short}</span>
        </>
      ) : (
        label
      )}
      {about && <span className="sr-only"> {about}</span>}
    </Button>
  );
}
