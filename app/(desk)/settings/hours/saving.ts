"use client";

import { useRouter } from "next/navigation";
import { useLocale } from "next-intl";
import { useState, useTransition } from "react";
import type { Answer, Problem } from "#lib/core/errors.ts";
import { isLocale, type Locale } from "#lib/core/text.ts";
import { longDay } from "@/components/calendar/words.ts";
import { useAnswerText } from "@/components/problems.tsx";
import { showToast } from "@/components/ui/toast.tsx";
import { attempt } from "../attempt.ts";

/** Days in the sentence of a problem, as they are written for people. */
const withDays = (problem: Problem, locale: Locale): Problem => ({
  ...problem,
  params: Object.fromEntries(
    Object.entries(problem.params ?? {}).map(([name, value]) => [
      name,
      /^\d{4}-\d\d-\d\d$/.test(String(value)) ? longDay(String(value), locale) : value,
    ]),
  ),
});

/** Sends a form: one at a time, what is wrong beside it, what was typed stays. */
export function useSaving() {
  const router = useRouter();
  const answerText = useAnswerText();
  const chosen = useLocale();
  const locale = isLocale(chosen) ? chosen : "id";
  const [error, setError] = useState<string>();
  const [busy, start] = useTransition();
  const save = (send: () => Promise<Answer>, done: string) => {
    if (busy) return;
    start(async () => {
      setError(undefined);
      const answer = await attempt(send());
      if (!answer.ok) return setError(answerText({ ...answer, problems: answer.problems.map((problem) => withDays(problem, locale)) }));
      showToast(done);
      router.refresh();
    });
  };
  return { save, error, busy };
}
