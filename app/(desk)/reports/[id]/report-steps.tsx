"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import type { Answer } from "#lib/core/errors.ts";
import { askForFilesAction, finaliseReportAction, newVersionAction, refreshFiguresAction } from "#lib/reports/actions.ts";
import { nextState, type ReportState } from "#lib/reports/rules.ts";
import { useAnswerText } from "@/components/problems.tsx";
import { Button } from "@/components/ui/button.tsx";
import { showToast } from "@/components/ui/toast.tsx";
import { attempt } from "../../settings/attempt.ts";

type Props = { id: string; revision: number; state: ReportState; final: boolean; renewed: boolean };

/** What may be done with a report now; the next step first. */
export function ReportSteps({ id, revision, state, final, renewed }: Props) {
  const t = useTranslations("reports.steps");
  const router = useRouter();
  const answerText = useAnswerText();
  const [error, setError] = useState<string>();
  const [busy, start] = useTransition();
  const run = <T extends object>(call: () => Promise<Answer<T>>, told: string, then?: (answer: T) => void) =>
    start(async () => {
      setError(undefined);
      const answer = await attempt(call());
      if (!answer.ok) return setError(answerText(answer));
      showToast(told);
      if (then) then(answer);
      else router.refresh();
    });
  const known = { reportId: id, revision };
  const may = (move: "make" | "refresh" | "finalise") => nextState(state, move, final) !== null;
  const step = (label: string, act: () => void, primary = false) => (
    <Button kind={primary ? "primary" : "plain"} aria-disabled={busy || undefined} onClick={busy ? undefined : act}>
      {label}
    </Button>
  );
  return (
    <>
      <div className="flex flex-wrap gap-2">
        {may("make") && step(t(state === "failed" ? "again" : "make"), () => run(() => askForFilesAction(known), t("asked")), true)}
        {may("finalise") && step(t("finalise"), () => run(() => finaliseReportAction(known), t("finalised")), true)}
        {may("refresh") && step(t("refresh"), () => run(() => refreshFiguresAction(known), t("refreshed")))}
        {final &&
          !renewed &&
          step(t("renew"), () =>
            run(
              () => newVersionAction({ reportId: id }),
              t("renewed"),
              ({ reportId }: { reportId: string }) => router.push(`/reports/${reportId}` as Route),
            ),
          )}
      </div>
      <div role="status">{error && <p className="error">{error}</p>}</div>
    </>
  );
}
