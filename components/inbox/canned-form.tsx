"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { archiveCannedAction, keepCannedAction } from "#lib/inbox/actions.ts";
import { type Kind, kinds } from "#lib/inbox/kinds.ts";
import type { Canned } from "#lib/inbox/replies/canned.ts";
import { ScriptForm } from "@/components/ui/script-form.tsx";
import { Button } from "../ui/button.tsx";
import { Field, Input, Select, Textarea } from "../ui/field.tsx";
import { showToast } from "../ui/toast.tsx";
import { useWork } from "./work.tsx";

type Owner = { id: string; name: string };

/** Opens the form for a new one. */
export function NewCanned({ owners }: { owners: readonly Owner[] }) {
  const t = useTranslations("inbox.canned");
  const [open, show] = useState(false);
  if (open) return <CannedForm canned={null} owners={owners} onDone={() => show(false)} />;
  return (
    <Button kind="primary" className="needs-script" onClick={() => show(true)}>
      {t("new")}
    </Button>
  );
}

/** One ready answer, with what may be done to it. */
export function CannedEntry({ canned, unitId, archived }: { canned: Canned; unitId: string; archived: boolean }) {
  const t = useTranslations("inbox");
  const { working, work } = useWork();
  const [open, show] = useState(false);
  const archive = () =>
    work(
      () => archiveCannedAction({ cannedId: canned.id, archived: !archived }),
      () => showToast(t(archived ? "canned.restored" : "canned.archived")),
    );
  if (open)
    return (
      <li>
        <CannedForm canned={canned} owners={[{ id: unitId, name: "" }]} onDone={() => show(false)} />
      </li>
    );
  return (
    <li>
      <p className="flex flex-wrap items-baseline gap-x-3">
        <b>{canned.name}</b>
        <span className="text-13 text-ink-3">{canned.kind ? t(`kind.${canned.kind}`) : t("canned.anyKind")}</span>
        {canned.shared && <span className="text-13 text-ink-3">{t("canned.shared")}</span>}
      </p>
      <p className="said text-14">{canned.text}</p>
      {canned.writable && (
        <div className="flex gap-2 needs-script">
          {!archived && (
            <Button small onClick={() => show(true)}>
              {t("canned.edit")}
            </Button>
          )}
          <Button small kind="quiet" aria-disabled={working || undefined} onClick={working ? undefined : archive}>
            {t(archived ? "canned.restore" : "canned.archive")}
          </Button>
        </div>
      )}
    </li>
  );
}

type FormProps = { canned: Canned | null; owners: readonly Owner[]; onDone: () => void };

function CannedForm({ canned, owners, onDone }: FormProps) {
  const t = useTranslations("inbox");
  const id = useId();
  const { working, work } = useWork();
  const [name, setName] = useState(canned?.name ?? "");
  const [text, setText] = useState(canned?.text ?? "");
  const [kind, setKind] = useState<Kind | "">(canned?.kind ?? "");
  const [unitId, setUnit] = useState(owners[0]?.id ?? "");
  const [error, refuse] = useState<string | null>(null);
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (working) return;
    refuse(null);
    const done = () => {
      showToast(t("canned.saved"));
      onDone();
    };
    work(() => keepCannedAction({ cannedId: canned?.id ?? null, unitId, name, text, kind: kind || null }), done, refuse);
  };
  return (
    <ScriptForm className="grid gap-3 max-w-[592px] py-3" onSubmit={save}>
      <Field id={`${id}-name`} label={t("canned.name")}>
        {(control) => <Input {...control} required maxLength={80} value={name} onChange={(event) => setName(event.target.value)} />}
      </Field>
      <Field id={`${id}-text`} label={t("canned.text")} hint={t("canned.textHint")} error={error}>
        {(control) => (
          <Textarea {...control} required rows={5} maxLength={8000} value={text} onChange={(event) => setText(event.target.value)} />
        )}
      </Field>
      <Field id={`${id}-kind`} label={t("canned.kind")}>
        {(control) => (
          <Select {...control} value={kind} onChange={(event) => setKind(event.target.value as Kind | "")}>
            <option value="">{t("canned.anyKind")}</option>
            {kinds.map((each) => (
              <option key={each} value={each}>
                {t(`kind.${each}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {!canned && owners.length > 1 && (
        <Field id={`${id}-owner`} label={t("canned.owner")}>
          {(control) => (
            <Select {...control} value={unitId} onChange={(event) => setUnit(event.target.value)}>
              {owners.map((owner) => (
                <option key={owner.id} value={owner.id}>
                  {owner.name}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
      <div className="flex gap-2">
        <Button kind="primary" type="submit" aria-disabled={working || undefined}>
          {t("canned.save")}
        </Button>
        <Button kind="quiet" onClick={onDone}>
          {t("canned.cancel")}
        </Button>
      </div>
    </ScriptForm>
  );
}
