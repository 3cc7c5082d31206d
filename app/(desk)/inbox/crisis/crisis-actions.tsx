"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { closeCrisisAction, takeCrisisAction } from "#lib/inbox/actions.ts";
import { useSaving } from "@/components/inbox/use-saving.ts";
import { Button } from "@/components/ui/button.tsx";
import { Field, Textarea } from "@/components/ui/field.tsx";
import { ScriptForm } from "@/components/ui/script-form.tsx";

/** Takes a crisis upon oneself; ends it, or says that it is none, with a note. */
export function CrisisActions({ alertId, taken }: { alertId: string; taken: boolean }) {
  const t = useTranslations("crisis");
  const [ending, setEnding] = useState<"closed" | "none" | null>(null);
  const [note, setNote] = useState("");
  const { busy, save, errorOf, refused } = useSaving();
  return (
    <div className="grid gap-3 max-w-[760px]">
      <div className="flex flex-wrap gap-2">
        {!taken && (
          <Button kind="primary" aria-disabled={busy || undefined} onClick={() => save(() => takeCrisisAction({ alertId }), t("taken"))}>
            {t("take")}
          </Button>
        )}
        <Button aria-expanded={ending === "closed"} onClick={() => setEnding(ending === "closed" ? null : "closed")}>
          {t("close")}
        </Button>
        <Button kind="quiet" aria-expanded={ending === "none"} onClick={() => setEnding(ending === "none" ? null : "none")}>
          {t("deny")}
        </Button>
      </div>
      {ending && (
        <ScriptForm
          className="grid gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            const falseAlarm = ending === "none";
            save(() => closeCrisisAction({ alertId, falseAlarm, note }), t(falseAlarm ? "denied" : "closed"));
          }}
        >
          <Field
            id={`note-${alertId}`}
            label={t(ending === "none" ? "whyNone" : "howEnded")}
            hint={t(ending === "none" ? "noneHint" : "endHint")}
            error={errorOf("note")}
          >
            {(control) => (
              <Textarea {...control} rows={3} maxLength={2000} value={note} onChange={(event) => setNote(event.target.value)} />
            )}
          </Field>
          <div>
            <Button type="submit" kind="primary" aria-disabled={busy || undefined}>
              {t(ending === "none" ? "confirmNone" : "confirmEnd")}
            </Button>
          </div>
        </ScriptForm>
      )}
      <div role="status">{refused && <p className="error">{refused}</p>}</div>
    </div>
  );
}
