"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { attendCaseAction } from "#lib/inbox/actions.ts";
import type { Present } from "#lib/inbox/replies/attending.ts";

const SIGN_MS = 20_000;

/** Says that the case is open here, and who else has it open. A hidden page has nothing open. */
export function Presence({ caseId, writing }: { caseId: string; writing: boolean }) {
  const t = useTranslations("inbox.presence");
  const [others, meet] = useState<Present[]>([]);
  const latest = useRef(writing);
  useEffect(() => {
    latest.current = writing;
  }, [writing]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: that somebody begins or stops writing is told at once
  useEffect(() => {
    let gone = false;
    const sign = async () => {
      if (document.hidden) return;
      const answer = await attendCaseAction({ caseId, writing: latest.current }).catch(() => null);
      if (!gone && answer?.ok) meet(answer.others);
    };
    void sign();
    const timer = setInterval(sign, SIGN_MS);
    return () => {
      gone = true;
      clearInterval(timer);
    };
  }, [caseId, writing]);
  return (
    <p className="presence" role="status">
      {others.map(({ name, writing: writes }) => (
        <span key={name}>{t(writes ? "writing" : "open", { name })}</span>
      ))}
    </p>
  );
}
