"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { decideReplyAction, withdrawReplyAction } from "#lib/inbox/actions.ts";
import { useProblemText } from "../problems.tsx";
import { Button } from "../ui/button.tsx";
import { Field, Textarea } from "../ui/field.tsx";
import { showToast } from "../ui/toast.tsx";
import { insertAnswer } from "./insert-answer.ts";
import { useWork } from "./work.tsx";

/** Yes, back with a reason, or no with a reason. */
export function ReplyDecision({ replyId, revision }: { replyId: string; revision: number }) {
  const t = useTranslations("inbox.judged");
  const problemText = useProblemText();
  const { working, work } = useWork();
  const [note, write] = useState("");
  const [error, refuse] = useState<string | null>(null);
  const decide = (decision: "approve" | "return" | "reject") => {
    if (working) return;
    if (decision !== "approve" && !note.trim()) return refuse(problemText({ code: "note-required" }));
    refuse(null);
    work(
      () => decideReplyAction({ replyId, revision, decision, note }),
      () => showToast(t(`done.${decision}`)),
      refuse,
    );
  };
  const busy = working || undefined;
  return (
    <div className="grid gap-2 mt-1 needs-script">
      <Field id={`reason-${replyId}`} label={t("reason")} hint={t("reasonHint")} error={error}>
        {(control) => <Textarea {...control} rows={2} maxLength={2000} value={note} onChange={(event) => write(event.target.value)} />}
      </Field>
      <div className="flex flex-wrap gap-2">
        <Button small kind="primary" aria-disabled={busy} onClick={() => decide("approve")}>
          {t("approve")}
        </Button>
        <Button small aria-disabled={busy} onClick={() => decide("return")}>
          {t("return")}
        </Button>
        <Button small kind="danger" aria-disabled={busy} onClick={() => decide("reject")}>
          {t("reject")}
        </Button>
      </div>
    </div>
  );
}

/** The writer takes it back; its words become his draft again. */
export function WithdrawReply({ replyId, text }: { replyId: string; text: string }) {
  const t = useTranslations("inbox.judged");
  const { working, work } = useWork();
  const withdraw = () =>
    work(
      () => withdrawReplyAction({ replyId }),
      () => {
        insertAnswer(text);
        showToast(t("withdrawn"));
      },
    );
  return (
    <div>
      <Button small kind="quiet" className="needs-script" aria-disabled={working || undefined} onClick={working ? undefined : withdraw}>
        {t("withdraw")}
      </Button>
    </div>
  );
}
