"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { closeRequestAction, extendRequestAction, registerRequestAction } from "#lib/inbox/actions.ts";
import { extensionDays, type RequestOutcome, requestDays, requestOutcomes } from "#lib/inbox/ppid/rules.ts";
import { useSaving } from "@/components/inbox/use-saving.ts";
import { Button } from "@/components/ui/button.tsx";
import { Field, Input, Select, Textarea } from "@/components/ui/field.tsx";
import { ScriptForm } from "@/components/ui/script-form.tsx";

type Ref = { requestId: string; revision: number };

/** From here on it is a request, with a number and a day by which it is due. */
export function Register({ proposed, today, ...ref }: Ref & { proposed: string; today: string }) {
  const t = useTranslations("ppid.register");
  const [number, setNumber] = useState(proposed);
  const [day, setDay] = useState(today);
  const { busy, save, errorOf, refused } = useSaving();
  const missing = useMissing(errorOf);
  return (
    <ScriptForm
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        save(() => registerRequestAction({ ...ref, number, day }), t("done"));
      }}
    >
      <p className="text-13 text-ink-2">{t("hint", { days: requestDays })}</p>
      <Field id="ppid-number" label={t("number")} hint={t("numberHint")} error={errorOf("number")}>
        {(control) => <Input {...control} value={number} maxLength={60} onChange={(event) => setNumber(event.target.value)} />}
      </Field>
      <Field id="ppid-day" label={t("day")} error={errorOf("day")}>
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
      <div role="status">{(refused ?? missing) && <p className="error">{refused ?? missing}</p>}</div>
      <div>
        <Button type="submit" aria-disabled={busy || undefined}>
          {t("act")}
        </Button>
      </div>
    </ScriptForm>
  );
}

/** Which fields of the form above are still empty. */
function useMissing(errorOf: (field: string) => string | undefined) {
  const t = useTranslations("ppid.field");
  const names = (["name", "address", "contact", "information", "purpose", "way"] as const).filter((name) => errorOf(`form.${name}`));
  return names.length ? `${names.map((name) => t(name)).join(", ")}: ${errorOf(`form.${names[0]}`)}` : undefined;
}

export function Extend(ref: Ref) {
  const t = useTranslations("ppid.extend");
  const [reason, setReason] = useState("");
  const { busy, save, errorOf, refused } = useSaving();
  return (
    <ScriptForm
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        save(() => extendRequestAction({ ...ref, reason }), t("done"));
      }}
    >
      <Field id="ppid-reason" label={t("reason")} hint={t("hint", { days: extensionDays })} error={errorOf("reason")}>
        {(control) => (
          <Textarea {...control} rows={2} maxLength={1000} value={reason} onChange={(event) => setReason(event.target.value)} />
        )}
      </Field>
      <div role="status">{refused && <p className="error">{refused}</p>}</div>
      <div>
        <Button type="submit" aria-disabled={busy || undefined}>
          {t("act")}
        </Button>
      </div>
    </ScriptForm>
  );
}

/** `choices`: what was never registered can only be withdrawn. */
export function Close({ registered, ...ref }: Ref & { registered: boolean }) {
  const t = useTranslations("ppid");
  const choices = registered ? requestOutcomes : (["withdrawn"] as const);
  const [outcome, setOutcome] = useState<RequestOutcome>(choices[0]);
  const [note, setNote] = useState("");
  const { busy, save, errorOf, refused } = useSaving();
  return (
    <ScriptForm
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        save(() => closeRequestAction({ ...ref, outcome, note }), t("close.done"));
      }}
    >
      <Field id="ppid-outcome" label={t("close.outcome")} error={errorOf("outcome")}>
        {(control) => (
          <Select {...control} value={outcome} onChange={(event) => setOutcome(event.target.value as RequestOutcome)}>
            {choices.map((each) => (
              <option key={each} value={each}>
                {t(`state.${each}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field id="ppid-note" label={t("close.note")} hint={t("close.noteHint")} error={errorOf("note")}>
        {(control) => <Textarea {...control} rows={2} maxLength={2000} value={note} onChange={(event) => setNote(event.target.value)} />}
      </Field>
      <div role="status">{refused && <p className="error">{refused}</p>}</div>
      <div>
        <Button type="submit" aria-disabled={busy || undefined}>
          {t("close.act")}
        </Button>
      </div>
    </ScriptForm>
  );
}
