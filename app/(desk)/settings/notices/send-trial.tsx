"use client";

import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { sendTrialAction } from "#lib/notices/actions.ts";
import { useAnswerText } from "@/components/problems.tsx";
import { Button } from "@/components/ui/button.tsx";
import { attempt } from "../attempt.ts";

/** Sends a mail to oneself and says what became of it. */
export function SendTrial() {
  const t = useTranslations("notices.settings");
  const answerText = useAnswerText();
  const [said, setSaid] = useState<{ text: string; good: boolean } | null>(null);
  const [busy, start] = useTransition();
  const send = () =>
    start(async () => {
      const answer = await attempt(sendTrialAction({}));
      if (!answer.ok) return setSaid({ text: answerText(answer), good: false });
      const values = { address: "address" in answer ? answer.address : "", code: "code" in answer ? answer.code : "" };
      setSaid({ text: t(`result.${answer.state}`, values), good: answer.state === "sent" });
    });
  return (
    <>
      <Button aria-disabled={busy || undefined} onClick={() => !busy && send()}>
        {t("send")}
      </Button>
      <p role="status" className={`mt-2 text-13 break-words ${said && !said.good ? "text-danger-text" : "text-ink-2"}`}>
        {said?.text}
      </p>
    </>
  );
}
