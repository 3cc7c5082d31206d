"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import type { Problem } from "#lib/core/errors.ts";
import { saveLetterheadAction } from "#lib/reports/actions.ts";
import type { Letterhead } from "#lib/reports/letterhead/schema.ts";
import type { LogoChoice } from "#lib/reports/letterhead/settings.ts";
import { useAnswerText, useProblemText } from "@/components/problems.tsx";
import { draftOf, SignatoryFields, signatoryOf } from "@/components/reports/signatory-fields.tsx";
import { Button } from "@/components/ui/button.tsx";
import { Field, Input, Select, Textarea } from "@/components/ui/field.tsx";
import { ScriptForm } from "@/components/ui/script-form.tsx";
import { showToast } from "@/components/ui/toast.tsx";
import { attempt } from "../attempt.ts";

type Props = { unitId: string; letterhead: Letterhead; logos: LogoChoice[]; today: string };

const linesOf = (text: string) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);

/** Lines, logo, basis, numbering and the usual signatory. */
export function LetterheadForm({ unitId, letterhead, logos, today }: Props) {
  const t = useTranslations("reports.letterhead");
  const router = useRouter();
  const answerText = useAnswerText();
  const problemText = useProblemText();
  const [values, setValues] = useState({
    lines: letterhead.lines.join("\n"),
    address: letterhead.address,
    contact: letterhead.contact,
    place: letterhead.place,
    basis: letterhead.basis.join("\n"),
    copies: letterhead.copies.join("\n"),
    code: letterhead.form.code,
    kind: letterhead.form.kind,
    office: letterhead.form.office,
    mailDomain: letterhead.mailDomain ?? "",
    logoId: letterhead.logoId ?? "",
    validFrom: today,
  });
  const [signatory, setSignatory] = useState(() => draftOf(letterhead.signatory));
  const [problems, setProblems] = useState<Problem[]>([]);
  const [error, setError] = useState<string>();
  const [busy, start] = useTransition();
  type Name = keyof typeof values;
  const set = (name: Name) => (event: { target: { value: string } }) => setValues((old) => ({ ...old, [name]: event.target.value }));
  const errorOf = (field: string) => {
    const found = problems.find((problem) => problem.field === field || problem.field?.startsWith(`${field}.`));
    return found && problemText(found);
  };
  const save = () =>
    start(async () => {
      const { code, kind, office, validFrom, lines, basis, copies, mailDomain, logoId, ...rest } = values;
      const answer = await attempt(
        saveLetterheadAction({
          unitId,
          validFrom,
          letterhead: {
            ...rest,
            lines: linesOf(lines),
            basis: linesOf(basis),
            copies: linesOf(copies),
            form: { code, kind, office },
            mailDomain: mailDomain.trim() || null,
            logoId: logoId || null,
            signatory: signatoryOf(signatory),
          },
        }),
      );
      setProblems(answer.ok ? [] : answer.problems);
      setError(answer.ok ? undefined : answerText(answer));
      if (!answer.ok) return;
      showToast(t("saved"));
      router.refresh();
    });
  const area = (name: Name, field: string) => (
    <Field id={`kop-${name}`} label={t(`field.${name}`)} hint={t(`hint.${name}`)} error={errorOf(field)}>
      {(control) => <Textarea {...control} rows={3} maxLength={4000} value={values[name]} onChange={set(name)} />}
    </Field>
  );
  const line = (name: Name, field: string, hint = false, maxLength = 160) => (
    <Field id={`kop-${name}`} label={t(`field.${name}`)} hint={hint ? t(`hint.${name}` as "hint.lines") : undefined} error={errorOf(field)}>
      {(control) => <Input {...control} maxLength={maxLength} value={values[name]} onChange={set(name)} />}
    </Field>
  );
  return (
    <ScriptForm
      className="grid gap-4 max-w-[620px]"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) save();
      }}
    >
      {area("lines", "letterhead.lines")}
      {line("address", "letterhead.address")}
      {line("contact", "letterhead.contact")}
      {line("place", "letterhead.place", true, 60)}
      <Field id="kop-logo" label={t("field.logoId")} hint={t("hint.logoId")} error={errorOf("letterhead.logoId")}>
        {(control) => (
          <Select {...control} value={values.logoId} onChange={set("logoId")}>
            <option value="">{t("noLogo")}</option>
            {logos.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {area("basis", "letterhead.basis")}
      {area("copies", "letterhead.copies")}
      <fieldset className="grid gap-4">
        <legend className="label">{t("numbering")}</legend>
        <div className="grid gap-4 md:grid-cols-3">
          {line("code", "letterhead.form.code", false, 30)}
          {line("kind", "letterhead.form.kind", false, 20)}
          {line("office", "letterhead.form.office", false, 30)}
        </div>
      </fieldset>
      {line("mailDomain", "letterhead.mailDomain", true, 100)}
      <fieldset className="grid gap-4">
        <legend className="label">{t("signatory")}</legend>
        <SignatoryFields draft={signatory} change={setSignatory} errorOf={errorOf} field="letterhead.signatory" />
      </fieldset>
      <Field id="kop-berlaku" label={t("field.validFrom")} error={errorOf("validFrom")}>
        {(control) => (
          <Input {...control} className="w-44" type="date" min={today} required value={values.validFrom} onChange={set("validFrom")} />
        )}
      </Field>
      <div role="status">{error && <p className="error">{error}</p>}</div>
      <div>
        <Button type="submit" kind="primary" aria-disabled={busy || undefined}>
          {t("save")}
        </Button>
      </div>
    </ScriptForm>
  );
}
