"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import type { Answer } from "#lib/core/errors.ts";
import { useAnswerText } from "../problems.tsx";
import { showToast } from "../ui/toast.tsx";

/**
 * Runs an action and draws the page anew when it succeeded; a refusal becomes a sentence, in a toast unless `refused`
 * takes it. `working` lasts until the new page is there.
 */
export function useWork() {
  const router = useRouter();
  const sentence = useAnswerText();
  const [working, start] = useTransition();
  const work = (act: () => Promise<Answer>, done: () => void, refused: (text: string) => void = showToast) =>
    start(async () => {
      // The action itself never throws; a lost connection does.
      const answer = await act().catch((): Answer => ({ ok: false, refused: "unavailable", problems: [] }));
      if (!answer.ok) return refused(sentence(answer));
      done();
      router.refresh();
    });
  return { working, work };
}
