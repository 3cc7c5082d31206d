"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { revokeExcuseAction } from "#lib/scores/actions.ts";
import { useSending } from "@/components/scores/use-sending.ts";
import { Button } from "@/components/ui/button.tsx";
import { Dialog } from "@/components/ui/dialog.tsx";
import { Field, Textarea } from "@/components/ui/field.tsx";
import { ScriptForm } from "@/components/ui/script-form.tsx";
import { showToast } from "@/components/ui/toast.tsx";

type Props = { spanId: string; unit: string; days: string };

/** Takes excused days back, with the reason. */
export function RevokeButton({ spanId, unit, days }: Props) {
  const t = useTranslations("objections.excused");
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [reason, write] = useState("");
  const { send, busy, errorAt, errorBeside } = useSending();
  const error = errorBeside(["reason"]);
  const revoke = () =>
    send(
      () => revokeExcuseAction({ spanId, reason }),
      () => {
        showToast(t("revokeDone"));
        setOpen(false);
        router.refresh();
      },
    );
  return (
    <>
      <button type="button" className="link needs-script" onClick={() => setOpen(true)} aria-label={`${t("revoke")}: ${unit}, ${days}`}>
        {t("revoke")}
      </button>
      {open && (
        <Dialog open onClose={() => setOpen(false)} title={t("revokeTitle")} closeLabel={t("close")}>
          <ScriptForm
            className="grid gap-4"
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              revoke();
            }}
          >
            <p className="text-13 text-ink-2">{t("revokeWhat", { unit, days })}</p>
            <Field id={`alasan-${spanId}`} label={t("reason")} error={errorAt("reason")}>
              {(control) => (
                <Textarea {...control} rows={3} maxLength={1000} value={reason} onChange={(event) => write(event.target.value)} />
              )}
            </Field>
            <div role="status">{error && <p className="error">{error}</p>}</div>
            <div className="flex flex-wrap gap-2">
              <Button type="submit" kind="danger" aria-disabled={busy || undefined}>
                {t("revokeSend")}
              </Button>
              <Button onClick={() => setOpen(false)}>{t("cancel")}</Button>
            </div>
          </ScriptForm>
        </Dialog>
      )}
    </>
  );
}
