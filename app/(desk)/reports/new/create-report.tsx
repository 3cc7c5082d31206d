"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { createReportAction } from "#lib/reports/actions.ts";
import type { Paper } from "#lib/reports/rules.ts";
import { useAnswerText } from "@/components/problems.tsx";
import { Button } from "@/components/ui/button.tsx";
import { showToast } from "@/components/ui/toast.tsx";
import { attempt } from "../../settings/attempt.ts";

type Props = { input: { unitId: string; from: string; to: string; paper: Paper }; words: { label: string; short: string } };

/** Keeps what is shown as a draft and opens it. */
export function CreateReport({ input, words }: Props) {
  const router = useRouter();
  const answerText = useAnswerText();
  const [busy, start] = useTransition();
  const create = () =>
    start(async () => {
      const answer = await attempt(createReportAction(input));
      if (answer.ok) router.push(`/reports/${answer.reportId}` as Route);
      else showToast(answerText(answer));
    });
  return (
    <Button kind="primary" aria-disabled={busy || undefined} onClick={busy ? undefined : create}>
      <span className="max-md:hidden">{words.label}</span>
      <span className="md:hidden">{words.short}</span>
    </Button>
  );
}
