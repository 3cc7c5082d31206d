"use client";

import { useLocale } from "next-intl";
import { useState, useTransition } from "react";
import type { Answer, Problem } from "#lib/core/errors.ts";
import { isLocale, type Locale } from "#lib/core/text.ts";
import { longDay } from "../calendar/words.ts";
import { unreachable, useAnswerText, useProblemText } from "../problems.tsx";

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

/** Sends a form, one at a time: what is wrong with a field stands beside it, the rest under the form, and what was typed stays. */
export function useSending() {
  const problemText = useProblemText();
  const answerText = useAnswerText();
  const chosen = useLocale();
  const locale = isLocale(chosen) ? chosen : "id";
  const [problems, setProblems] = useState<Problem[]>([]);
  const [refused, setRefused] = useState<string>();
  const [busy, start] = useTransition();
  const send = <T extends object>(call: () => Promise<Answer<T>>, done: (answer: { ok: true } & T) => void) => {
    if (busy) return;
    start(async () => {
      setProblems([]);
      setRefused(undefined);
      const answer = await call().catch(unreachable);
      if (answer.ok) return done(answer);
      setProblems(answer.problems.map((problem) => withDays(problem, locale)));
      if (!answer.problems.length) setRefused(answerText(answer));
    });
  };
  const errorAt = (field: string) => {
    const found = problems.filter((problem) => problem.field === field || problem.field?.startsWith(`${field}.`));
    return found.length ? found.map(problemText).join(" ") : undefined;
  };
  /** What belongs to none of the fields shown. */
  const errorBeside = (shown: readonly string[]) =>
    refused ??
    (problems
      .filter(({ field }) => !field || !shown.some((name) => field === name || field.startsWith(`${name}.`)))
      .map(problemText)
      .join(" ") ||
      undefined);
  return { send, busy, errorAt, errorBeside };
}
