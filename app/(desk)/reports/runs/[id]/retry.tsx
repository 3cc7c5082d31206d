"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { askForFilesAction, retryRunAction } from "#lib/reports/actions.ts";
import { useAnswerText } from "@/components/problems.tsx";
import { Button } from "@/components/ui/button.tsx";
import { showToast } from "@/components/ui/toast.tsx";
import { attempt } from "../../../settings/attempt.ts";

type Props = { label: string; name?: string } & (
  | { report: { reportId: string; revision: number }; run?: undefined }
  | { run: { runId: string }; report?: undefined }
);

/** Asks once more for one report, or for all of a run that were not made. `name`: which one, for those who do not see the row. */
export function Retry({ label, name, report, run }: Props) {
  const t = useTranslations("reports.steps");
  const router = useRouter();
  const answerText = useAnswerText();
  const [busy, start] = useTransition();
  const retry = () =>
    start(async () => {
      const answer = report ? await attempt(askForFilesAction(report)) : await attempt(retryRunAction(run));
      showToast(answer.ok ? t("asked") : answerText(answer));
      router.refresh();
    });
  return (
    <Button small aria-label={name && `${label}: ${name}`} aria-disabled={busy || undefined} onClick={busy ? undefined : retry}>
      {label}
    </Button>
  );
}
