"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { isLocale } from "#lib/core/text.ts";
import { saveScoreSettingsAction, tryScoreSettingsAction } from "#lib/scores/actions.ts";
import type { SettingsPreview } from "#lib/scores/preview.ts";
import type { ScoreSettings } from "#lib/scores/settings.ts";
import { type FieldGroup, groupsOf, payloadOf, typedOf } from "@/components/scores/setting-fields.ts";
import { useSending } from "@/components/scores/use-sending.ts";
import { Button } from "@/components/ui/button.tsx";
import { Field, Input } from "@/components/ui/field.tsx";
import { ScriptForm } from "@/components/ui/script-form.tsx";
import { showToast } from "@/components/ui/toast.tsx";
import { Preview } from "./preview.tsx";

type Props = { unitId: string; settings: ScoreSettings; today: string };

/** Every number of the score with what it does; what it would change is looked at before it is put in force. */
export function ScoreForm({ unitId, settings, today }: Props) {
  const t = useTranslations("scoreSettings");
  const router = useRouter();
  const chosen = useLocale();
  const locale = isLocale(chosen) ? chosen : "id";
  const [typed, type] = useState(() => typedOf(settings, locale));
  const [validFrom, begin] = useState(today);
  const [preview, show] = useState<SettingsPreview | null>(null);
  const { send, busy, errorAt, errorBeside } = useSending();
  const groups = groupsOf(settings);
  const shown = ["validFrom", ...groups.flatMap(({ fields }) => fields.map(({ path }) => path))];
  const changed = JSON.stringify(typed) !== JSON.stringify(typedOf(settings, locale));
  const error = errorBeside([...shown, "weights"]);
  const payload = () => payloadOf(settings, typed);
  const change = (path: string, text: string) => {
    type({ ...typed, [path]: text });
    show(null);
  };
  const save = () =>
    send(
      () => saveScoreSettingsAction({ unitId, validFrom, payload: payload() }),
      () => {
        showToast(t("saved"));
        show(null);
        router.refresh();
      },
    );
  return (
    <ScriptForm
      className="grid gap-7 needs-script"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {groups.map((group) => (
        <Numbers key={group.name} group={group} typed={typed} change={change} errorAt={errorAt} />
      ))}
      <div className="max-w-[240px]">
        <Field id="berlaku" label={t("validFrom")} hint={t("validFromHint")} error={errorAt("validFrom")}>
          {(control) => <Input {...control} type="date" min={today} value={validFrom} onChange={(event) => begin(event.target.value)} />}
        </Field>
      </div>
      <div role="status">
        {error && <p className="error">{error}</p>}
        {preview && <Preview preview={preview} />}
      </div>
      <div className="flex flex-wrap gap-2">
        <Button
          aria-disabled={busy || undefined}
          onClick={() =>
            send(
              () => tryScoreSettingsAction({ unitId, payload: payload() }),
              (answer) => show(answer.preview),
            )
          }
        >
          {t("try")}
        </Button>
        <Button type="submit" kind="primary" aria-disabled={busy || undefined}>
          {t("save")}
        </Button>
        {changed && (
          <Button
            kind="quiet"
            onClick={() => {
              type(typedOf(settings, locale));
              show(null);
            }}
          >
            {t("reset")}
          </Button>
        )}
      </div>
    </ScriptForm>
  );
}

type NumbersProps = {
  group: FieldGroup;
  typed: Record<string, string>;
  change: (path: string, text: string) => void;
  errorAt: (field: string) => string | undefined;
};

function Numbers({ group, typed, change, errorAt }: NumbersProps) {
  const t = useTranslations("scoreSettings");
  const sum = group.name === "weights" ? errorAt("weights") : undefined;
  const steps = (path: string) => /^recency\.(\d+)\.(\w+)$/.exec(path);
  const labelOf = (path: string) => {
    const step = steps(path);
    return step ? t(`field.recency.${step[2] as "maxDays"}`, { step: Number(step[1]) + 1 }) : t(`field.${path}` as "field.lateAnswer");
  };
  return (
    <fieldset>
      <legend className="text-14 font-heading">{t(`group.${group.name}.title` as "group.caps.title")}</legend>
      <p className="text-13 text-ink-3 mt-1 mb-3 max-w-[68ch]">{t(`group.${group.name}.what` as "group.caps.what")}</p>
      <div className="numbers">
        {group.fields.map(({ path, measure }) => (
          <Field
            key={path}
            id={path.replaceAll(".", "-")}
            label={labelOf(path)}
            error={group.name === "weights" && sum ? undefined : errorAt(path)}
          >
            {(control) => (
              <span className="measured">
                <Input
                  {...control}
                  inputMode="decimal"
                  autoComplete="off"
                  value={typed[path] ?? ""}
                  onChange={(event) => change(path, event.target.value)}
                />
                <span>{t(`measure.${measure}`)}</span>
              </span>
            )}
          </Field>
        ))}
      </div>
      {sum && (
        <p className="error" role="status">
          {sum}
        </p>
      )}
    </fieldset>
  );
}
