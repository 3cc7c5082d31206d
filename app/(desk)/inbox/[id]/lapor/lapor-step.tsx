"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { stepLaporAction } from "#lib/inbox/actions.ts";
import { type LaporState, laporNext } from "#lib/inbox/lapor/rules.ts";
import { useSaving } from "@/components/inbox/use-saving.ts";
import { Button } from "@/components/ui/button.tsx";
import { Field, Input, Select } from "@/components/ui/field.tsx";
import { ScriptForm } from "@/components/ui/script-form.tsx";

type Props = { ticketId: string; revision: number; state: LaporState; number: string | null; today: string };

/** How the ticket stands at lapor.go.id, as somebody has just seen it there. */
export function LaporStep({ ticketId, revision, state, number: known, today }: Props) {
  const t = useTranslations("lapor");
  const choices = laporNext(state);
  const [to, setTo] = useState<LaporState | undefined>(choices[0]);
  const [day, setDay] = useState(today);
  const [number, setNumber] = useState("");
  const { busy, save, errorOf, refused } = useSaving();
  if (!to) return <p className="text-13 text-ink-2">{t("over")}</p>;
  return (
    <ScriptForm
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        save(() => stepLaporAction({ ticketId, revision, to, day, number }), t("noted"));
      }}
    >
      {!known && (
        <Field id="lapor-number" label={t("number")} error={errorOf("number")}>
          {(control) => <Input {...control} value={number} maxLength={60} onChange={(event) => setNumber(event.target.value)} />}
        </Field>
      )}
      <Field id="lapor-to" label={t("to")} error={errorOf("to")}>
        {(control) => (
          <Select {...control} value={to} onChange={(event) => setTo(event.target.value as LaporState)}>
            {choices.map((each) => (
              <option key={each} value={each}>
                {t(`state.${each}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field id="lapor-day" label={t("day")} error={errorOf("day")}>
        {(control) => (
          <Input
            {...control}
            type="date"
            className="w-44"
            required
            max={today}
            value={day}
            onChange={(event) => setDay(event.target.value)}
          />
        )}
      </Field>
      <div role="status">{refused && <p className="error">{refused}</p>}</div>
      <div>
        <Button type="submit" aria-disabled={busy || undefined}>
          {t("note")}
        </Button>
      </div>
    </ScriptForm>
  );
}
