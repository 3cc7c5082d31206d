"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, useRef, useState, useTransition } from "react";
import type { Answer } from "#lib/core/errors.ts";
import type { Role } from "#lib/core/roles.ts";
import { createPersonAction } from "#lib/people/actions.ts";
import { useAnswerText, useProblemText } from "@/components/problems.tsx";
import { Button } from "@/components/ui/button.tsx";
import { Dialog } from "@/components/ui/dialog.tsx";
import { Field, Input, Select } from "@/components/ui/field.tsx";
import { Note } from "@/components/ui/note.tsx";
import { attempt } from "../attempt.ts";
import { NewPassword } from "./new-password.tsx";

type Props = { units: { id: string; name: string }[]; roles: readonly Role[]; icon: ReactNode };

/** The button and the form that make a person. The temporary password stays until it is said to be noted. */
export function AddPerson({ units, roles, icon }: Props) {
  const t = useTranslations("people");
  const router = useRouter();
  const answerText = useAnswerText();
  const problemText = useProblemText();
  const form = useRef<HTMLFormElement>(null);
  const fresh = { name: "", email: "", nip: "", unitId: units.length === 1 ? (units[0]?.id ?? "") : "", role: "" as Role | "" };
  const [open, setOpen] = useState(false);
  const [entry, setEntry] = useState(fresh);
  const [made, setMade] = useState<{ name: string; password: string } | null>(null);
  const [failed, setFailed] = useState<Exclude<Answer, { ok: true }> | null>(null);
  const [pending, start] = useTransition();

  const change = (part: Partial<typeof fresh>) => setEntry((before) => ({ ...before, ...part }));
  const problemOf = (field: string) => {
    const problem = failed?.problems.find((each) => each.field === field);
    return problem && problemText(problem);
  };
  const create = (event: FormEvent) => {
    event.preventDefault();
    if (pending) return;
    const missing = (["unitId", "role"] as const).filter((field) => !entry[field]);
    const unchosen = missing.map((field) => ({ field, code: "required" }));
    start(async () => {
      const answer = await attempt(createPersonAction({ ...entry, role: entry.role as Role }));
      if (answer.ok) {
        setMade({ name: entry.name, password: answer.password });
        setEntry(fresh);
        setFailed(null);
        router.refresh();
        return;
      }
      const problems = [...answer.problems.filter(({ field }) => !unchosen.some((each) => each.field === field)), ...unchosen];
      setFailed({ ...answer, problems });
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus());
    });
  };

  const text = (field: "name" | "email" | "nip", more: { hint?: string; optional?: boolean } & React.ComponentProps<"input"> = {}) => {
    const { hint, optional, ...rest } = more;
    const label = (
      <>
        {t(`add.${field}`)} {optional && <span className="font-body text-ink-3">({t("add.optional")})</span>}
      </>
    );
    return (
      <Field id={`person-${field}`} label={label} hint={hint} error={problemOf(field)}>
        {(control) => (
          <Input
            {...control}
            value={entry[field]}
            onChange={(event) => change({ [field]: event.target.value })}
            autoComplete="off"
            {...rest}
          />
        )}
      </Field>
    );
  };

  return (
    <>
      <Button kind="primary" icon={icon} onClick={() => setOpen(true)}>
        {t("add.open")}
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={made ? t("made.title") : t("add.title")}
        closeLabel={t("add.close")}
        actions={
          made ? (
            <Button
              kind="primary"
              onClick={() => {
                setMade(null);
                setOpen(false);
              }}
            >
              {t("made.done")}
            </Button>
          ) : (
            <>
              <Button onClick={() => setOpen(false)}>{t("add.cancel")}</Button>
              <Button kind="primary" type="submit" form="add-person" aria-disabled={pending || undefined}>
                {t("add.submit")}
              </Button>
            </>
          )
        }
      >
        {made ? (
          <NewPassword name={made.name} password={made.password} />
        ) : (
          <form id="add-person" ref={form} onSubmit={create} noValidate className="grid gap-4 pt-1" autoComplete="off">
            {text("name", { maxLength: 120 })}
            {text("email", { type: "email", hint: t("add.emailHint"), maxLength: 200, autoCapitalize: "none", spellCheck: false })}
            {text("nip", { optional: true, hint: t("add.nipHint"), inputMode: "numeric", maxLength: 24 })}
            <Field id="person-unit" label={t("add.unit")} error={problemOf("unitId")}>
              {(control) => (
                <Select {...control} value={entry.unitId} onChange={(event) => change({ unitId: event.target.value })}>
                  <option value="">{t("add.choose")}</option>
                  {units.map((unit) => (
                    <option key={unit.id} value={unit.id}>
                      {unit.name}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
            <Field id="person-role" label={t("add.role")} error={problemOf("role")}>
              {(control) => (
                <>
                  <Select
                    {...control}
                    value={entry.role}
                    onChange={(event) => change({ role: event.target.value as Role | "" })}
                    aria-describedby={[control["aria-describedby"], "person-role-means"].filter(Boolean).join(" ")}
                  >
                    <option value="">{t("add.choose")}</option>
                    {roles.map((role) => (
                      <option key={role} value={role}>
                        {t(`role.${role}`)}
                      </option>
                    ))}
                  </Select>
                  <span id="person-role-means" className="block mt-1.5 text-13 text-ink-3">
                    {entry.role && t(`means.${entry.role}`)}
                  </span>
                </>
              )}
            </Field>
            <div role="status" className="empty:-mt-4">
              {failed && !failed.problems.some(({ field }) => field) && <Note kind="danger">{answerText(failed)}</Note>}
            </div>
          </form>
        )}
      </Dialog>
    </>
  );
}
