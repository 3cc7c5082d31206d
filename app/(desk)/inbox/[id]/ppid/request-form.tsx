"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { keepRequestAction } from "#lib/inbox/actions.ts";
import { waysToGet } from "#lib/inbox/ppid/rules.ts";
import type { RequestForm as Form } from "#lib/inbox/ppid/schema.ts";
import { useSaving } from "@/components/inbox/use-saving.ts";
import { Button } from "@/components/ui/button.tsx";
import { Field, Input, Select, Textarea } from "@/components/ui/field.tsx";
import { ScriptForm } from "@/components/ui/script-form.tsx";

const texts = ["name", "address", "contact", "information", "purpose"] as const;
const long = { name: 150, address: 400, contact: 150, information: 4000, purpose: 2000 };

/** Who asks for what, what for, and how it is to reach him. */
export function RequestForm({ caseId, revision, form: first, over }: { caseId: string; revision: number; form: Form; over: boolean }) {
  const t = useTranslations("ppid");
  const [form, setForm] = useState(first);
  const { busy, save, errorOf, refused } = useSaving();
  const set = (name: keyof Form, value: string) => setForm({ ...form, [name]: value });
  return (
    <ScriptForm
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        save(() => keepRequestAction({ caseId, revision, form }), t("saved"));
      }}
    >
      {texts.map((name) => {
        const common = { value: form[name], readOnly: over, maxLength: long[name], autoComplete: "off" };
        return (
          <Field key={name} id={`ppid-${name}`} label={t(`field.${name}`)} error={errorOf(`form.${name}`)}>
            {(control) =>
              name === "information" || name === "purpose" ? (
                <Textarea {...control} {...common} rows={3} onChange={(event) => set(name, event.target.value)} />
              ) : (
                <Input {...control} {...common} onChange={(event) => set(name, event.target.value)} />
              )
            }
          </Field>
        );
      })}
      <Field id="ppid-way" label={t("field.way")} error={errorOf("form.way")}>
        {(control) => (
          <Select {...control} value={form.way} disabled={over} onChange={(event) => set("way", event.target.value)}>
            <option value="">{t("choose")}</option>
            {waysToGet.map((each) => (
              <option key={each} value={each}>
                {t(`way.${each}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <div role="status">{refused && <p className="error">{refused}</p>}</div>
      {!over && (
        <div>
          <Button type="submit" kind="primary" aria-disabled={busy || undefined}>
            {t("save")}
          </Button>
        </div>
      )}
    </ScriptForm>
  );
}
