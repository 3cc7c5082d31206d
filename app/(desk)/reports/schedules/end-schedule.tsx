"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { endScheduleAction } from "#lib/reports/actions.ts";
import { useAnswerText } from "@/components/problems.tsx";
import { Button } from "@/components/ui/button.tsx";
import { showToast } from "@/components/ui/toast.tsx";
import { attempt } from "../../settings/attempt.ts";

/** Ends a monthly report; those that were made stay. */
export function EndSchedule({ scheduleId, name }: { scheduleId: string; name: string }) {
  const t = useTranslations("reports.schedules");
  const router = useRouter();
  const answerText = useAnswerText();
  const [busy, start] = useTransition();
  const end = () =>
    start(async () => {
      const answer = await attempt(endScheduleAction({ scheduleId }));
      showToast(answer.ok ? t("ended") : answerText(answer));
      router.refresh();
    });
  return (
    <Button small aria-label={`${t("end")}: ${name}`} aria-disabled={busy || undefined} onClick={busy ? undefined : end}>
      {t("end")}
    </Button>
  );
}
