"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { excuseDaysAction } from "#lib/scores/actions.ts";
import { type ExcuseCause, excuseCauses } from "#lib/scores/cases/rules.ts";
import { useSending } from "@/components/scores/use-sending.ts";
import { Button } from "@/components/ui/button.tsx";
import { Field, Input, Select, Textarea } from "@/components/ui/field.tsx";
import { ScriptForm } from "@/components/ui/script-form.tsx";
import { showToast } from "@/components/ui/toast.tsx";

const fields = ["unitId", "fromDay", "toDay", "cause", "evidence"] as const;

/** Days of a unit that do not count, with cause and evidence. */
export function ExcuseForm({ units, today }: { units: { id: string; name: string }[]; today: string }) {
  const t = useTranslations("objections");
  const router = useRouter();
  const { send, busy, errorAt, errorBeside } = useSending();
  const empty = { unitId: "", fromDay: today, toDay: today, cause: "" as ExcuseCause | "", evidence: "" };
  const [typed, type] = useState(empty);
  const change = (part: Partial<typeof empty>) => type({ ...typed, ...part });
  const error = errorBeside(fields);
  const save = () =>
    send(
      () => excuseDaysAction({ ...typed, cause: typed.cause as ExcuseCause, channelId: null }),
      () => {
        showToast(t("excused.saved"));
        type(empty);
        router.refresh();
      },
    );
  return (
    <ScriptForm
      className="grid gap-4 max-w-[68ch] needs-script"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Field id="unit" label={t("excused.unit")} error={errorAt("unitId")}>
        {(control) => (
          <Select {...control} required value={typed.unitId} onChange={(event) => change({ unitId: event.target.value })}>
            <option value="" disabled>
              {t("excused.chooseUnit")}
            </option>
            {units.map((unit) => (
              <option key={unit.id} value={unit.id}>
                {unit.name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <div className="grid gap-4 sm:grid-cols-3">
        <Field id="dari" label={t("excused.from")} error={errorAt("fromDay")}>
          {(control) => (
            <Input {...control} type="date" value={typed.fromDay} onChange={(event) => change({ fromDay: event.target.value })} />
          )}
        </Field>
        <Field id="sampai" label={t("excused.to")} error={errorAt("toDay")}>
          {(control) => <Input {...control} type="date" value={typed.toDay} onChange={(event) => change({ toDay: event.target.value })} />}
        </Field>
        <Field id="sebab" label={t("excused.cause")} error={errorAt("cause")}>
          {(control) => (
            <Select {...control} required value={typed.cause} onChange={(event) => change({ cause: event.target.value as ExcuseCause })}>
              <option value="" disabled>
                {t("excused.chooseCause")}
              </option>
              {excuseCauses.map((each) => (
                <option key={each} value={each}>
                  {t(`cause.${each}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      <Field id="bukti" label={t("excused.evidence")} hint={t("excused.evidenceHint")} error={errorAt("evidence")}>
        {(control) => (
          <Textarea
            {...control}
            rows={2}
            maxLength={1000}
            value={typed.evidence}
            onChange={(event) => change({ evidence: event.target.value })}
          />
        )}
      </Field>
      <div role="status">{error && <p className="error">{error}</p>}</div>
      <div>
        <Button type="submit" kind="primary" aria-disabled={busy || undefined}>
          {t("excused.save")}
        </Button>
      </div>
    </ScriptForm>
  );
}
