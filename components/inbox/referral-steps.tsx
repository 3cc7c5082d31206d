"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Answer } from "#lib/core/errors.ts";
import {
  acceptReferralAction,
  bounceReferralAction,
  decideReferralAction,
  deliverReferralAction,
  withdrawReferralAction,
} from "#lib/inbox/actions.ts";
import type { ReferralItem } from "#lib/inbox/thread/referrals.ts";
import { Button } from "../ui/button.tsx";
import { Field, Textarea } from "../ui/field.tsx";
import { showToast } from "../ui/toast.tsx";
import { AgencyPicker } from "./agency-picker.tsx";
import { useTargets } from "./referral-targets.tsx";
import { useWork } from "./work.tsx";

type Writing = "bounce" | "deliver" | "uphold" | "return" | "redirect";
const decisions = { uphold: "upheld", return: "returned", redirect: "redirected" } as const;

/** What the reader may do with a disposisi now. What needs words opens a field for them first. */
export function ReferralSteps({ entry }: { entry: Pick<ReferralItem, "id" | "revision" | "may" | "from" | "to"> }) {
  const t = useTranslations("inbox.referral");
  const { working, work } = useWork();
  const { agencies } = useTargets();
  const [writing, open] = useState<Writing | null>(null);
  const [text, write] = useState("");
  const [unitId, pick] = useState<string | null>(null);
  const [error, refuse] = useState<string | null>(null);
  const ref = { referralId: entry.id, revision: entry.revision };
  const busy = working || undefined;

  const run = (act: () => Promise<Answer>, done: string) => {
    if (working) return;
    refuse(null);
    work(
      act,
      () => {
        showToast(done);
        open(null);
        write("");
      },
      refuse,
    );
  };
  const send = (step: Writing) =>
    run(
      () =>
        step === "bounce"
          ? bounceReferralAction({ ...ref, reason: text })
          : step === "deliver"
            ? deliverReferralAction({ ...ref, result: text })
            : decideReferralAction({ ...ref, decision: decisions[step], note: text, unitId: step === "redirect" ? unitId : null }),
      t(`done.${step}`),
    );

  if (writing)
    return (
      <div className="grid gap-2 needs-script">
        {writing === "redirect" && (
          <AgencyPicker
            id={`to-${entry.id}`}
            agencies={agencies.filter(({ id }) => id !== entry.to.id && id !== entry.from.id)}
            suggested={[]}
            chosen={unitId}
            onChoose={pick}
          />
        )}
        <Field id={`words-${entry.id}`} label={t(`words.${writing}`)} hint={t(`wordsHint.${writing}`)} error={error}>
          {(control) => (
            <Textarea
              {...control}
              rows={3}
              maxLength={writing === "deliver" ? 8000 : 2000}
              value={text}
              onChange={(e) => write(e.target.value)}
            />
          )}
        </Field>
        <div className="flex flex-wrap gap-2">
          <Button small kind="primary" aria-disabled={busy} onClick={() => send(writing)}>
            {t(`send.${writing}`)}
          </Button>
          <Button small kind="quiet" onClick={() => open(null)}>
            {t("cancel")}
          </Button>
        </div>
      </div>
    );
  return (
    <div className="grid gap-2 needs-script">
      {error && (
        <p className="error" role="alert">
          {error}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        {entry.may.accept && (
          <Button small kind="primary" aria-disabled={busy} onClick={() => run(() => acceptReferralAction(ref), t("done.accept"))}>
            {t("step.accept")}
          </Button>
        )}
        {(["deliver", "bounce", "uphold", "return", "redirect"] as const).map(
          (step) =>
            entry.may[step] && (
              <Button key={step} small onClick={() => open(step)}>
                {t(`step.${step}`)}
              </Button>
            ),
        )}
        {entry.may.withdraw && (
          <Button small kind="quiet" aria-disabled={busy} onClick={() => run(() => withdrawReferralAction(ref), t("done.withdraw"))}>
            {t("step.withdraw")}
          </Button>
        )}
      </div>
    </div>
  );
}
