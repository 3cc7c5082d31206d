"use client";

import { useTranslations } from "next-intl";
import type { Answer, Problem } from "#lib/core/errors.ts";

type Failed = Exclude<Answer, { ok: true }>;

/** For `catch` on an action: the server could not be reached, so nothing was changed. */
export const unreachable = (): Failed => ({ ok: false, refused: "unavailable", problems: [] });

/** The sentence of a problem in the reader's language. Needs the namespace "problems". */
export function useProblemText() {
  const t = useTranslations("problems");
  return (problem: Pick<Problem, "code" | "params">) =>
    t.has(problem.code as "required") ? t(problem.code as "required", problem.params as never) : t("invalid");
}

/** The sentences of a failed answer: what can be mended, else why it was refused. */
export function useAnswerText() {
  const t = useTranslations("problems");
  const problemText = useProblemText();
  return (answer: Failed): string =>
    answer.problems.length
      ? answer.problems.map(problemText).join(" ")
      : "refused" in answer
        ? t(`refused.${answer.refused}`)
        : t("invalid");
}
