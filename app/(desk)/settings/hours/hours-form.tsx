"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { saveHoursAction } from "#lib/units/actions.ts";
import type { Hours, WorkWindow } from "#lib/units/calendar.ts";
import { Button } from "@/components/ui/button.tsx";
import { Field, Input } from "@/components/ui/field.tsx";
import { ScriptForm } from "@/components/ui/script-form.tsx";
import { useSaving } from "./saving.ts";
import { type TypedWindow, WeekFields } from "./week-fields.tsx";

type Props = { unitId: string; hours: Hours; today: string; mayInherit: boolean };

const typed = (week: readonly WorkWindow[]): TypedWindow[] => week.map((window, key) => ({ key, ...window }));

/** The usual week and the one in Ramadan, from a day on; or back to what stands above the unit. */
export function HoursForm({ unitId, hours, today, mayInherit }: Props) {
  const t = useTranslations("hours.week");
  const [chosen, setChosen] = useState(() => ({ week: typed(hours.week), ramadan: typed(hours.ramadan) }));
  const [validFrom, setValidFrom] = useState(today);
  const { save, error, busy } = useSaving();
  return (
    <ScriptForm
      className="grid gap-5"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save(() => saveHoursAction({ unitId, validFrom, hours: chosen }), t("saved"));
      }}
    >
      <div className="grid items-start gap-5 xl:grid-cols-2">
        {(["week", "ramadan"] as const).map((part) => (
          <WeekFields
            key={part}
            title={t(part === "week" ? "usual" : "ramadan")}
            week={chosen[part]}
            change={(week) => setChosen({ ...chosen, [part]: week })}
          />
        ))}
      </div>
      <Field id="jam-berlaku" label={t("validFrom")}>
        {(control) => (
          <Input
            {...control}
            className="md:w-44"
            type="date"
            min={today}
            value={validFrom}
            onChange={(event) => setValidFrom(event.target.value)}
          />
        )}
      </Field>
      <div role="status">{error && <p className="error">{error}</p>}</div>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" kind="primary" aria-disabled={busy || undefined}>
          {t("save")}
        </Button>
        {mayInherit && (
          <Button
            aria-disabled={busy || undefined}
            onClick={() => save(() => saveHoursAction({ unitId, validFrom, hours: null }), t("inheritedNow"))}
          >
            {t("inherit")}
          </Button>
        )}
      </div>
    </ScriptForm>
  );
}
