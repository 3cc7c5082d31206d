"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { maskedParts } from "#lib/core/text.ts";
import { referCaseAction } from "#lib/inbox/actions.ts";
import { referralDays, usualReferralDays } from "#lib/inbox/referrals/rules.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field, Textarea } from "../ui/field.tsx";
import { showToast } from "../ui/toast.tsx";
import { AgencyPicker } from "./agency-picker.tsx";
import { useTargets } from "./referral-targets.tsx";
import { useWork } from "./work.tsx";

type Props = { caseId: string; revision: number; excerpt: string; name: string };

/** Disposisi in three taps: open, the agency, send. Instruction, time and what the citizen is told are filled in and may be changed. */
export function ReferSheet({ caseId, revision, excerpt, name }: Props) {
  const t = useTranslations("inbox.refer");
  const { working, work } = useWork();
  const { suggested, agencies } = useTargets();
  const [open, show] = useState(false);
  const [unitId, pick] = useState<string | null>(null);
  const [instruction, instruct] = useState(() => t("instructionText", { excerpt: withoutMarks(excerpt) }));
  const [days, give] = useState<number>(usualReferralDays);
  const [tells, switchTelling] = useState(true);
  const [told, tell] = useState<string | null>(null);
  const [error, refuse] = useState<string | null>(null);
  useEffect(() => {
    const listen = () => show(true);
    addEventListener("inbox:refer", listen);
    return () => removeEventListener("inbox:refer", listen);
  }, []);

  const unit = agencies.find(({ id }) => id === unitId);
  // Follows the choice until somebody has written words of his own.
  const words = told ?? t("tellText", { name, unit: unit?.name ?? t("someUnit") });
  const send = () => {
    if (working) return;
    if (!unit) return refuse(t("unitMissing"));
    refuse(null);
    work(
      () => referCaseAction({ caseId, revision, unitId: unit.id, instruction, days, tell: tells ? words : "" }),
      () => {
        show(false);
        showToast(t("sent", { unit: unit.shortName }));
      },
      refuse,
    );
  };
  return (
    <>
      <Button small kind="quiet" className="needs-script" icon={forward} onClick={() => show(true)}>
        {t("open")}
      </Button>
      <Dialog
        open={open}
        onClose={() => show(false)}
        title={t("title")}
        closeLabel={t("close")}
        actions={
          <Button kind="primary" aria-disabled={working || undefined} onClick={send}>
            {t(working ? "sending" : "send")}
          </Button>
        }
      >
        <div className="grid gap-4">
          {error && (
            <p className="error" role="alert">
              {error}
            </p>
          )}
          <AgencyPicker id="refer-unit" agencies={agencies} suggested={suggested} chosen={unitId} onChoose={pick} />
          <Field id="refer-instruction" label={t("instruction")}>
            {(control) => (
              <Textarea {...control} rows={3} maxLength={2000} value={instruction} onChange={(e) => instruct(e.target.value)} />
            )}
          </Field>
          <fieldset>
            <legend className="label">{t("days")}</legend>
            <div className="chips">
              {referralDays.map((each) => (
                <button key={each} type="button" className="chip" aria-pressed={days === each} onClick={() => give(each)}>
                  {t("dayCount", { count: each })}
                </button>
              ))}
            </div>
          </fieldset>
          <div>
            <label className="flex items-center gap-2 text-14 min-h-11">
              <input type="checkbox" checked={tells} onChange={(event) => switchTelling(event.target.checked)} />
              {t("tells")}
            </label>
            {tells && (
              <Field id="refer-tell" label={t("tell")}>
                {(control) => <Textarea {...control} rows={3} maxLength={8000} value={words} onChange={(e) => tell(e.target.value)} />}
              </Field>
            )}
          </div>
        </div>
      </Dialog>
    </>
  );
}

/** The words without the marks that stand where personal data was removed. */
const withoutMarks = (text: string) =>
  maskedParts(text)
    .map((part) => (part.masked === null ? part.text : "…"))
    .join("");

// Drawn here: the icon table would travel to the browser with it.
const forward = (
  <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
    <path d="M13.5 6.5 19 12l-5.5 5.5M19 12H9a4 4 0 0 0-4 4v2" />
  </svg>
);
