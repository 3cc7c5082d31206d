"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { noteAttendanceAction } from "#lib/coaching/actions.ts";
import { ScriptForm } from "@/components/ui/script-form.tsx";
import { useSaving } from "../inbox/use-saving.ts";
import { Button } from "../ui/button.tsx";
import { Field, Input, Select } from "../ui/field.tsx";

/** Who came from a unit, by name. */
export function AttendanceForm({ sessionId, units }: { sessionId: string; units: { id: string; shortName: string }[] }) {
  const t = useTranslations("coaching.training");
  const [unitId, setUnitId] = useState(units[0]?.id ?? "");
  const [names, setNames] = useState("");
  const { busy, save, errorOf, refused } = useSaving();
  return (
    <ScriptForm
      className="mt-4 grid gap-3 md:grid-cols-[220px_minmax(0,1fr)_auto] md:items-end"
      onSubmit={(event) => {
        event.preventDefault();
        save(() => noteAttendanceAction({ sessionId, unitId, names }), t("noted"));
      }}
    >
      <Field id="hadir-unit" label={t("unit")} error={errorOf("unitId")}>
        {(control) => (
          <Select {...control} value={unitId} onChange={(event) => setUnitId(event.target.value)}>
            {units.map(({ id, shortName }) => (
              <option key={id} value={id}>
                {shortName}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field id="hadir-nama" label={t("names")} hint={t("namesHint")} error={errorOf("names")}>
        {(control) => (
          <Input {...control} value={names} maxLength={1000} autoComplete="off" onChange={(event) => setNames(event.target.value)} />
        )}
      </Field>
      <div>
        <Button type="submit" aria-disabled={busy || undefined}>
          {t("note")}
        </Button>
      </div>
      {refused && <p className="error md:col-span-3">{refused}</p>}
    </ScriptForm>
  );
}
