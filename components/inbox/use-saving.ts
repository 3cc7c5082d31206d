"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import type { Answer, Problem } from "#lib/core/errors.ts";
import { unreachable, useAnswerText, useProblemText } from "../problems.tsx";
import { showToast } from "../ui/toast.tsx";

/** Sends a form of its own page: problems stay beside their fields, what was typed stays, and the page is drawn anew when it is done. */
export function useSaving() {
  const router = useRouter();
  const answerText = useAnswerText();
  const problemText = useProblemText();
  const [problems, setProblems] = useState<Problem[]>([]);
  const [refused, setRefused] = useState<string>();
  const [busy, start] = useTransition();
  const save = (call: () => Promise<Answer>, said: string) => {
    if (busy) return;
    start(async () => {
      setProblems([]);
      setRefused(undefined);
      const answer = await call().catch(unreachable);
      if (!answer.ok) {
        setProblems(answer.problems);
        if (!answer.problems.length) setRefused(answerText(answer));
        return;
      }
      showToast(said);
      start(() => router.refresh());
    });
  };
  const errorOf = (field: string) => {
    const found = problems.find((problem) => problem.field === field);
    return found && problemText(found);
  };
  return { busy, save, errorOf, refused };
}
