"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { changeSeriesAction } from "#lib/posts/actions.ts";
import { unreachable, useAnswerText } from "@/components/problems.tsx";
import { Button } from "@/components/ui/button.tsx";
import { Dialog } from "@/components/ui/dialog.tsx";
import { showToast } from "@/components/ui/toast.tsx";

/** Pauses, resumes or ends a series; what it has made stays. */
export function SeriesActions({ seriesId, paused, title }: { seriesId: string; paused: boolean; title: string }) {
  const t = useTranslations("series");
  const ui = useTranslations("ui");
  const router = useRouter();
  const answerText = useAnswerText();
  const [problem, setProblem] = useState<string | null>(null);
  const [asking, ask] = useState(false);
  const [busy, start] = useTransition();
  const change = (to: "active" | "paused" | "ended") =>
    start(async () => {
      const answer = await changeSeriesAction({ seriesId, to }).catch(unreachable);
      if (!answer.ok) return setProblem(answerText(answer));
      setProblem(null);
      showToast(t(`changed.${to}`, { count: answer.made }));
      router.refresh();
    });
  const to = paused ? "active" : "paused";
  return (
    <>
      <p className="flex flex-wrap gap-2 mt-1">
        <Button small aria-label={t(`changeOf.${to}`, { title })} aria-disabled={busy || undefined} onClick={() => !busy && change(to)}>
          {t(`change.${to}`)}
        </Button>
        <Button small kind="danger" aria-label={t("changeOf.ended", { title })} onClick={() => ask(true)}>
          {t("change.ended")}
        </Button>
      </p>
      {problem && (
        <p className="error" role="alert">
          {problem}
        </p>
      )}
      <Dialog
        open={asking}
        onClose={() => ask(false)}
        title={t("endTitle")}
        closeLabel={ui("close")}
        actions={
          <Button
            kind="danger"
            onClick={() => {
              ask(false);
              change("ended");
            }}
          >
            {t("change.ended")}
          </Button>
        }
      >
        <p>{t("endText")}</p>
      </Dialog>
    </>
  );
}
