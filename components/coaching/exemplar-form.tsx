"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { keepExemplarAction } from "#lib/coaching/actions.ts";
import { ScriptForm } from "@/components/ui/script-form.tsx";
import { useSaving } from "../inbox/use-saving.ts";
import { Button } from "../ui/button.tsx";
import { Field, Input, Select, Textarea } from "../ui/field.tsx";

const lengths = { title: 120, url: 500, why: 600, text: 3000 } as const;
const labels = { title: "what", url: "url", why: "why", text: "text" } as const;

/** A new card: whose post, where, what, why it worked, and the text to begin from. */
export function ExemplarForm({ units }: { units: { id: string; shortName: string }[] }) {
  const t = useTranslations("coaching.exemplars");
  const [open, setOpen] = useState(false);
  const [unitId, setUnitId] = useState(units[0]?.id ?? "");
  const [form, setForm] = useState({ title: "", url: "", why: "", text: "" });
  const { busy, save, errorOf, refused } = useSaving();
  return (
    <div className="mb-6">
      <Button aria-expanded={open} onClick={() => setOpen(!open)}>
        {t(open ? "closeForm" : "new")}
      </Button>
      {open && (
        <ScriptForm
          className="mt-4 grid gap-4 max-w-[640px]"
          onSubmit={(event) => {
            event.preventDefault();
            save(() => keepExemplarAction({ unitId, ...form }), t("saved"));
          }}
        >
          <Field id="kartu-unit" label={t("unit")} error={errorOf("unitId")}>
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
          {(Object.keys(lengths) as (keyof typeof lengths)[]).map((name) => {
            const common = { value: form[name], maxLength: lengths[name] };
            return (
              <Field key={name} id={`kartu-${name}`} label={t(labels[name])} error={errorOf(name)}>
                {(control) =>
                  name === "why" || name === "text" ? (
                    <Textarea
                      {...control}
                      {...common}
                      rows={name === "text" ? 5 : 2}
                      onChange={(event) => setForm({ ...form, [name]: event.target.value })}
                    />
                  ) : (
                    <Input
                      {...control}
                      {...common}
                      inputMode={name === "url" ? "url" : undefined}
                      onChange={(event) => setForm({ ...form, [name]: event.target.value })}
                    />
                  )
                }
              </Field>
            );
          })}
          <div role="status">{refused && <p className="error">{refused}</p>}</div>
          <div>
            <Button type="submit" kind="primary" aria-disabled={busy || undefined}>
              {t("save")}
            </Button>
          </div>
        </ScriptForm>
      )}
    </div>
  );
}
