"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { disablePersonAction, enablePersonAction } from "#lib/people/actions.ts";
import { useAnswerText } from "@/components/problems.tsx";
import { Button } from "@/components/ui/button.tsx";
import { showToast } from "@/components/ui/toast.tsx";
import { attempt } from "../attempt.ts";

/** Disables a person or lets him back in, at once; the toast takes it back. */
export function PersonSwitch({ personId, name, disabled }: { personId: string; name: string; disabled: boolean }) {
  const t = useTranslations("people.switch");
  const router = useRouter();
  const answerText = useAnswerText();
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, start] = useTransition();
  const set = (to: "disabled" | "enabled") =>
    start(async () => {
      const answer = await attempt((to === "disabled" ? disablePersonAction : enablePersonAction)({ personId }));
      setProblem(answer.ok ? null : answerText(answer));
      if (!answer.ok) return;
      router.refresh();
      showToast(t(to, { name }), () => set(to === "disabled" ? "enabled" : "disabled"));
    });
  return (
    <>
      <Button kind="quiet" small aria-disabled={pending || undefined} onClick={() => !pending && set(disabled ? "enabled" : "disabled")}>
        {t(disabled ? "enable" : "disable")}
        <span className="sr-only"> {name}</span>
      </Button>
      <span role="status" className="block text-13 text-danger-text">
        {problem}
      </span>
    </>
  );
}
