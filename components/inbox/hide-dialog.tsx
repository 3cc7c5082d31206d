"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { orderModerationAction } from "#lib/inbox/actions.ts";
import { type HideReason, hideReasons, shortestHideNote } from "#lib/inbox/moderation/rules.ts";
import { ScriptForm } from "@/components/ui/script-form.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field, Select, Textarea } from "../ui/field.tsx";
import { showToast } from "../ui/toast.tsx";
import { useWork } from "./work.tsx";

type Props = { caseId: string; messageId: string; revision: number; second: boolean; open: boolean; onClose: () => void };

/** Why a comment is hidden: for its words. What is a criticism or a question takes a note and a second person. */
export function HideDialog({ caseId, messageId, revision, second, open, onClose }: Props) {
  const t = useTranslations("inbox.moderation");
  const { working, work } = useWork();
  const [reason, choose] = useState<HideReason | "">("");
  const [note, write] = useState("");
  const [error, refuse] = useState<string | null>(null);
  const hide = () => {
    refuse(null);
    work(
      () => orderModerationAction({ caseId, messageId, revision, action: "hide", reason: reason || null, note }),
      () => {
        showToast(t(second ? "asked" : "ordered.hide"));
        onClose();
      },
      refuse,
    );
  };
  return (
    <Dialog open={open} onClose={onClose} title={t("title")} closeLabel={t("close")}>
      <ScriptForm
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!working) hide();
        }}
      >
        <p className="text-14">{t(second ? "voice" : "effect")}</p>
        <Field id={`alasan-${messageId}`} label={t("reasonLabel")} error={error}>
          {(control) => (
            <Select {...control} required value={reason} onChange={(event) => choose(event.target.value as HideReason)}>
              <option value="" disabled>
                {t("choose")}
              </option>
              {hideReasons.map((one) => (
                <option key={one} value={one}>
                  {t(`reason.${one}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field
          id={`catatan-${messageId}`}
          label={t(second ? "noteRequired" : "note")}
          hint={second ? t("noteHint", { count: shortestHideNote }) : undefined}
        >
          {(control) => (
            <Textarea
              {...control}
              rows={3}
              required={second}
              minLength={second ? shortestHideNote : undefined}
              maxLength={2000}
              value={note}
              onChange={(event) => write(event.target.value)}
            />
          )}
        </Field>
        <div className="flex flex-wrap gap-2">
          <Button type="submit" kind="danger" aria-disabled={working || undefined}>
            {t(second ? "ask" : "hide")}
          </Button>
          <Button onClick={onClose}>{t("cancel")}</Button>
        </div>
      </ScriptForm>
    </Dialog>
  );
}
