"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { keepTrainingAction } from "#lib/coaching/actions.ts";
import type { Material } from "#lib/coaching/schema.ts";
import type { Training } from "#lib/coaching/training/queries.ts";
import { zoneName } from "#lib/core/text.ts";
import { zoneOf } from "#lib/units/calendar.ts";
import { fieldOfInstant, instantOfField } from "#lib/units/local-time.ts";
import { ScriptForm } from "@/components/ui/script-form.tsx";
import { useSaving } from "../inbox/use-saving.ts";
import { Button } from "../ui/button.tsx";
import { Field, Input, Select, Textarea } from "../ui/field.tsx";

type File = { id: string; name: string };
type Props = { governmentId: string; zone: string; now: string; session: Training | null; files: File[] };
const lengths = { title: 150, place: 200, speaker: 200 } as const;
const labels = { title: "name", place: "place", speaker: "speaker" } as const;

/** A training, new or changed, behind a button. */
export function TrainingForm({ governmentId, zone, now, session, files }: Props) {
  const t = useTranslations("coaching.training");
  const known = zoneOf(zone);
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(session ? fieldOfInstant(new Date(session.heldAt).toISOString(), known) : now);
  const [form, setForm] = useState({
    ...{ title: session?.title ?? "", place: session?.place ?? "", speaker: session?.speaker ?? "" },
    ...{ summary: session?.summary ?? "", materials: (session?.materials ?? []) as Material[] },
  });
  const { busy, save, errorOf, refused } = useSaving();
  const ref = { sessionId: session?.id ?? null, revision: session?.revision ?? 0, governmentId };
  return (
    <div className="mb-6">
      <Button aria-expanded={open} onClick={() => setOpen(!open)}>
        {t(open ? "close" : session ? "change" : "new")}
      </Button>
      {open && (
        <ScriptForm
          className="mt-4 grid gap-4 max-w-[640px]"
          onSubmit={(event) => {
            event.preventDefault();
            save(() => keepTrainingAction({ ...ref, ...form, heldAt: instantOfField(at, known) ?? "" }), t("saved"));
          }}
        >
          {(Object.keys(lengths) as (keyof typeof lengths)[]).map((name) => (
            <Field key={name} id={`latihan-${name}`} label={t(labels[name])} error={errorOf(name)}>
              {(control) => (
                <Input
                  {...control}
                  value={form[name]}
                  maxLength={lengths[name]}
                  onChange={(event) => setForm({ ...form, [name]: event.target.value })}
                />
              )}
            </Field>
          ))}
          <Field id="latihan-waktu" label={t("at", { zone: zoneName(zone) })} error={errorOf("heldAt")}>
            {(control) => <Input {...control} type="datetime-local" required value={at} onChange={(event) => setAt(event.target.value)} />}
          </Field>
          <Field id="latihan-ringkas" label={t("summary")} error={errorOf("summary")}>
            {(control) => (
              <Textarea
                {...control}
                rows={3}
                maxLength={4000}
                value={form.summary}
                onChange={(event) => setForm({ ...form, summary: event.target.value })}
              />
            )}
          </Field>
          <MaterialFields
            materials={form.materials}
            files={files}
            change={(materials) => setForm({ ...form, materials })}
            error={errorOf("materials")}
          />
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

type MaterialProps = { materials: Material[]; files: File[]; change: (materials: Material[]) => void; error: string | undefined };

/** Materials as links, or as files of the government's library. */
function MaterialFields({ materials, files, change, error }: MaterialProps) {
  const t = useTranslations("coaching.training");
  const [name, setName] = useState("");
  const [url, setUrl] = useState("");
  const [mediaId, setMediaId] = useState("");
  const add = () => {
    const file = files.find(({ id }) => id === mediaId);
    const named = name.trim() || file?.name || "";
    if (!named || !(mediaId || url.trim())) return;
    change([...materials, mediaId ? { name: named, mediaId } : { name: named, url: url.trim() }]);
    setName("");
    setUrl("");
    setMediaId("");
  };
  return (
    <fieldset className="grid gap-3">
      <legend className="label">{t("materials")}</legend>
      {materials.length > 0 && (
        <ul className="grid gap-1">
          {materials.map((one, index) => (
            <li key={"url" in one ? one.url : one.mediaId} className="flex items-center gap-2">
              <span className="min-w-0 grow break-words">{one.name}</span>
              <Button
                small
                kind="quiet"
                aria-label={t("dropMaterial", { name: one.name })}
                onClick={() => change(materials.filter((_, other) => other !== index))}
              >
                ×
              </Button>
            </li>
          ))}
        </ul>
      )}
      <div className="grid gap-3 md:grid-cols-2">
        <Field id="materi-nama" label={t("materialName")}>
          {(control) => <Input {...control} value={name} maxLength={120} onChange={(event) => setName(event.target.value)} />}
        </Field>
        <Field id="materi-tautan" label={t("materialUrl")}>
          {(control) => <Input {...control} value={url} maxLength={500} inputMode="url" onChange={(event) => setUrl(event.target.value)} />}
        </Field>
      </div>
      {files.length > 0 && (
        <Field id="materi-berkas" label={t("materialFile")}>
          {(control) => (
            <Select {...control} value={mediaId} onChange={(event) => setMediaId(event.target.value)}>
              <option value="">{t("noFile")}</option>
              {files.map((file) => (
                <option key={file.id} value={file.id}>
                  {file.name}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
      {error && <p className="error">{error}</p>}
      <div>
        <Button small onClick={add}>
          {t("addMaterial")}
        </Button>
      </div>
    </fieldset>
  );
}
