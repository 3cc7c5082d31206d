"use client";

import { type ReactNode, useTransition } from "react";
import { requestRecomputeAction } from "#lib/scores/actions.ts";
import { useAnswerText } from "../problems.tsx";
import { Button } from "../ui/button.tsx";
import { showToast } from "../ui/toast.tsx";

/** Asks for all scores to be computed anew; the page renews itself when they are. */
export function RecomputeButton({ icon, words }: { icon: ReactNode; words: { label: string; asked: string } }) {
  const [pending, start] = useTransition();
  const answerText = useAnswerText();
  const ask = () =>
    start(async () => {
      const answer = await requestRecomputeAction({});
      showToast(answer.ok ? words.asked : answerText(answer));
    });
  return (
    <Button icon={icon} aria-disabled={pending || undefined} onClick={pending ? undefined : ask}>
      {words.label}
    </Button>
  );
}
