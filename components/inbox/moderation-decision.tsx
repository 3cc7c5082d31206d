"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { decideModerationAction, withdrawModerationAction } from "#lib/inbox/actions.ts";
import { useProblemText } from "../problems.tsx";
import { Button } from "../ui/button.tsx";
import { Field, Textarea } from "../ui/field.tsx";
import { showToast } from "../ui/toast.tsx";
import { useWork } from "./work.tsx";

/** The second person's yes, or no with a reason. */
export function ModerationDecision({ moderationId, revision }: { moderationId: string; revision: number }) {
  const t = useTranslations("inbox.moderation");
  const problemText = useProblemText();
  const { working, work } = useWork();
  const [note, write] = useState("");
  const [error, refuse] = useState<string | null>(null);
  const decide = (decision: "approve" | "refuse") => {
    if (working) return;
    if (decision === "refuse" && !note.trim()) return refuse(problemText({ code: "note-required" }));
    refuse(null);
    work(
      () => decideModerationAction({ moderationId, revision, decision, note }),
      () => showToast(t(`decided.${decision}`)),
      refuse,
    );
  };
  const busy = working || undefined;
  return (
    <div className="grid gap-2 mt-2 needs-script">
      <Field id={`putusan-${moderationId}`} label={t("decisionNote")} hint={t("decisionHint")} error={error}>
        {(control) => <Textarea {...control} rows={2} maxLength={2000} value={note} onChange={(event) => write(event.target.value)} />}
      </Field>
      <div className="flex flex-wrap gap-2">
        <Button small kind="danger" aria-disabled={busy} onClick={() => decide("approve")}>
          {t("approve")}
        </Button>
        <Button small aria-disabled={busy} onClick={() => decide("refuse")}>
          {t("refuse")}
        </Button>
      </div>
    </div>
  );
}

/** Who asked takes it back. */
export function WithdrawModeration({ moderationId }: { moderationId: string }) {
  const t = useTranslations("inbox.moderation");
  const { working, work } = useWork();
  const withdraw = () =>
    work(
      () => withdrawModerationAction({ moderationId }),
      () => showToast(t("withdrawn")),
    );
  return (
    <div>
      <Button small kind="quiet" className="needs-script" aria-disabled={working || undefined} onClick={working ? undefined : withdraw}>
        {t("withdraw")}
      </Button>
    </div>
  );
}
