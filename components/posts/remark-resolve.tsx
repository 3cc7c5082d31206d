"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { resolveRemarkAction } from "#lib/posts/actions.ts";
import { unreachable, useAnswerText } from "../problems.tsx";
import { Button } from "../ui/button.tsx";
import { showToast } from "../ui/toast.tsx";

/** The author says that a remark is done. */
export function RemarkResolve({ id }: { id: string }) {
  const t = useTranslations("approvals.remarks");
  const router = useRouter();
  const answerText = useAnswerText();
  const [error, setError] = useState<string>();
  const [busy, start] = useTransition();
  const resolve = () =>
    start(async () => {
      setError(undefined);
      const answer = await resolveRemarkAction({ remarkId: id }).catch(unreachable);
      if (!answer.ok) return setError(answerText(answer));
      showToast(t("resolvedNow"));
      router.refresh();
    });
  return (
    <>
      <Button small kind="quiet" aria-disabled={busy || undefined} onClick={() => !busy && resolve()}>
        {t("resolve")}
      </Button>
      {error && <span className="error">{error}</span>}
    </>
  );
}
