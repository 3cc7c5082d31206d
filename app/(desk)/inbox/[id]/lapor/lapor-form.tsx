"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { keepLaporAction } from "#lib/inbox/actions.ts";
import { type LaporCategory, laporCategories } from "#lib/inbox/lapor/rules.ts";
import type { LaporForm as Form } from "#lib/inbox/lapor/schema.ts";
import { CopyButton } from "@/components/inbox/copy-button.tsx";
import { useSaving } from "@/components/inbox/use-saving.ts";
import { Button } from "@/components/ui/button.tsx";
import { Field, Input, Select, Textarea } from "@/components/ui/field.tsx";
import { ScriptForm } from "@/components/ui/script-form.tsx";

type Props = { caseId: string; revision: number; category: LaporCategory; form: Form; may: boolean };
const texts = ["title", "body", "place", "happenedOn", "agency", "attachments"] as const;
const beside = "grid grid-cols-[minmax(0,1fr)_auto] items-end gap-x-2 md:[&>button]:mb-1";
const long = { title: 200, body: 8000, place: 300, happenedOn: 10, agency: 200, attachments: 1000 };

/** The fields of lapor.go.id, each ready to be copied. */
export function LaporForm({ caseId, revision, category: kept, form: first, may }: Props) {
  const t = useTranslations("lapor");
  const [form, setForm] = useState(first);
  const [category, setCategory] = useState(kept);
  const { busy, save, errorOf, refused } = useSaving();
  const all = [
    ...texts.map((name) => `${t(`field.${name}`)}: ${form[name] || t("empty")}`),
    `${t("field.category")}: ${t(`category.${category}`)}`,
  ].join("\n\n");
  const common = (name: (typeof texts)[number]) => ({
    value: form[name],
    readOnly: !may,
    maxLength: long[name],
    onChange: (event: { target: { value: string } }) => setForm({ ...form, [name]: event.target.value }),
  });
  return (
    <ScriptForm
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        save(() => keepLaporAction({ caseId, revision, category, form }), t("saved"));
      }}
    >
      {texts.map((name) => (
        <div key={name} className={beside}>
          <Field
            id={`lapor-${name}`}
            label={t(`field.${name}`)}
            hint={name === "happenedOn" || name === "attachments" ? t(`hint.${name}`) : undefined}
            error={errorOf(`form.${name}`)}
          >
            {(control) =>
              name === "body" || name === "attachments" ? (
                <Textarea {...control} {...common(name)} rows={name === "body" ? 8 : 2} />
              ) : (
                <Input {...control} {...common(name)} {...(name === "happenedOn" && { type: "date", className: "md:w-44" })} />
              )
            }
          </Field>
          <CopyButton text={form[name]} name={t(`field.${name}`)} />
        </div>
      ))}
      <div className={beside}>
        <Field id="lapor-category" label={t("field.category")} hint={t("hint.category")} error={errorOf("category")}>
          {(control) => (
            <Select {...control} value={category} disabled={!may} onChange={(event) => setCategory(event.target.value as LaporCategory)}>
              {laporCategories.map((each) => (
                <option key={each} value={each}>
                  {t(`category.${each}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <CopyButton text={t(`category.${category}`)} name={t("field.category")} />
      </div>
      <div role="status">{refused && <p className="error">{refused}</p>}</div>
      <div className="flex flex-wrap gap-2">
        {may && (
          <Button type="submit" kind="primary" aria-disabled={busy || undefined}>
            {t(busy ? "saving" : "save")}
          </Button>
        )}
        <CopyButton text={all} all />
      </div>
    </ScriptForm>
  );
}
