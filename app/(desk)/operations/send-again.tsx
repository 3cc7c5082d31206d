"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { sendAgainAction } from "#lib/posts/actions.ts";
import { unreachable, useAnswerText } from "@/components/problems.tsx";
import { Button } from "@/components/ui/button.tsx";
import { showToast } from "@/components/ui/toast.tsx";

/** Puts a delivery back on the schedule, now; `unsure` asks the person to have looked first. */
export function SendAgain({ publicationId, unsure }: { publicationId: string; unsure: boolean }) {
  const t = useTranslations("operations");
  const sentence = useAnswerText();
  const router = useRouter();
  const [busy, start] = useTransition();
  const again = () =>
    start(async () => {
      const answer = await sendAgainAction({ publicationId }).catch(unreachable);
      showToast(answer.ok ? t("againDone") : sentence(answer));
      start(() => router.refresh());
    });
  return (
    <Button small aria-disabled={busy || undefined} onClick={busy ? undefined : again}>
      {t(unsure ? "notOut" : "again")}
    </Button>
  );
}
