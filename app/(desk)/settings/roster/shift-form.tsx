"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { addShiftsAction, removeShiftAction } from "#lib/inbox/actions.ts";
import { mostWeeks } from "#lib/inbox/roster/rules.ts";
import { useSaving } from "@/components/inbox/use-saving.ts";
import { Button } from "@/components/ui/button.tsx";
import { Field, Input, Select } from "@/components/ui/field.tsx";
import { ScriptForm } from "@/components/ui/script-form.tsx";

type Props = { unitId: string; people: { id: string; name: string }[]; zone: string };

/** Puts somebody on duty, once or each week. */
export function ShiftForm({ unitId, people, zone }: Props) {
  const t = useTranslations("roster");
  const [personId, setPerson] = useState("");
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const [weeks, setWeeks] = useState("1");
  const { busy, save, errorOf, refused } = useSaving();
  return (
    <ScriptForm
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        save(() => addShiftsAction({ unitId, personId, from, to, weeks: Number(weeks) }), t("saved", { count: Number(weeks) }));
      }}
    >
      <Field id="piket-petugas" label={t("person")} error={errorOf("personId")}>
        {(control) => (
          <Select {...control} required value={personId} onChange={(event) => setPerson(event.target.value)}>
            <option value="">{t("choose")}</option>
            {people.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field id="piket-mulai" label={t("from", { zone })} error={errorOf("from")}>
        {(control) => <Input {...control} type="datetime-local" required value={from} onChange={(event) => setFrom(event.target.value)} />}
      </Field>
      <Field id="piket-selesai" label={t("to", { zone })} error={errorOf("to")}>
        {(control) => <Input {...control} type="datetime-local" required value={to} onChange={(event) => setTo(event.target.value)} />}
      </Field>
      <Field id="piket-ulang" label={t("weeks")} hint={t("weeksHint")} error={errorOf("weeks")}>
        {(control) => (
          <Input
            {...control}
            className="w-28"
            type="number"
            inputMode="numeric"
            min={1}
            max={mostWeeks}
            required
            value={weeks}
            onChange={(event) => setWeeks(event.target.value)}
          />
        )}
      </Field>
      <div role="status">{refused && <p className="error">{refused}</p>}</div>
      <div>
        <Button type="submit" kind="primary" aria-disabled={busy || undefined}>
          {t("save")}
        </Button>
      </div>
    </ScriptForm>
  );
}

export function RemoveShift({ shiftId, name, at }: { shiftId: string; name: string; at: string }) {
  const t = useTranslations("roster");
  const { busy, save, refused } = useSaving();
  return (
    <>
      <Button
        small
        kind="quiet"
        aria-label={t("removeOf", { name, at })}
        aria-disabled={busy || undefined}
        onClick={() => save(() => removeShiftAction({ shiftId }), t("removed"))}
      >
        {t("remove")}
      </Button>
      <span role="status">{refused && <span className="error">{refused}</span>}</span>
    </>
  );
}
