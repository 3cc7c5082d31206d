"use client";

import { useRouter } from "next/navigation";
import { createContext, type ReactNode, use, useTransition } from "react";
import type { Answer } from "#lib/core/errors.ts";
import { useAnswerText } from "../problems.tsx";
import { showToast } from "../ui/toast.tsx";

type Work = (act: () => Promise<Answer>, done: () => void, refused?: (text: string) => void) => void;
const WorkContext = createContext<{ working: boolean; work: Work } | null>(null);

/**
 * One thing at a time is done to the open case: each change makes what the page knows of it old, until the page is drawn anew.
 */
export function Working({ children }: { children: ReactNode }) {
  const router = useRouter();
  const sentence = useAnswerText();
  const [working, start] = useTransition();
  const work: Work = (act, done, refused = showToast) =>
    start(async () => {
      // The action itself never throws; a lost connection does.
      const answer = await act().catch((): Answer => ({ ok: false, refused: "unavailable", problems: [] }));
      if (!answer.ok) return refused(sentence(answer));
      done();
      start(() => router.refresh());
    });
  return <WorkContext value={{ working, work }}>{children}</WorkContext>;
}

/**
 * Runs an action and draws the page anew when it succeeded; a refusal becomes a sentence, in a toast unless `refused`
 * takes it. `working` lasts until the new page is there.
 */
export function useWork() {
  const context = use(WorkContext);
  if (!context) throw new Error("useWork outside of <Working>");
  return context;
}
