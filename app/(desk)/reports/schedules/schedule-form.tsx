"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import type { Problem } from "#lib/core/errors.ts";
import { planReportsAction } from "#lib/reports/actions.ts";
import { type Delivery, deliveries, type Paper, papers } from "#lib/reports/rules.ts";
import { useAnswerText, useProblemText } from "@/components/problems.tsx";
import { Button } from "@/components/ui/button.tsx";
import { Field, Select, Textarea } from "@/components/ui/field.tsx";
import { ScriptForm } from "@/components/ui/script-form.tsx";
import { showToast } from "@/components/ui/toast.tsx";
import { attempt } from "../../settings/attempt.ts";

type Choice = { id: string; name: string };
type Props = { unitId: string; choices: Choice[]; people: Choice[]; domain: string | null; zone: string };

const days = Array.from({ length: 28 }, (_, index) => index + 1);
const hours = Array.from({ length: 24 }, (_, index) => index);

/** On which day and hour of each month a report is made, and who is sent it. */
export function ScheduleForm({ unitId, choices, people, domain, zone }: Props) {
  const t = useTranslations("reports");
  const router = useRouter();
  const answerText = useAnswerText();
  const problemText = useProblemText();
  const [subject, setSubject] = useState(unitId);
  const [day, setDay] = useState(2);
  const [hour, setHour] = useState(8);
  const [paper, setPaper] = useState<Paper>("f4");
  const [delivery, setDelivery] = useState<Delivery>("attached");
  const [chosen, setChosen] = useState<string[]>([]);
  const [addresses, setAddresses] = useState("");
  const [problems, setProblems] = useState<Problem[]>([]);
  const [error, setError] = useState<string>();
  const [busy, start] = useTransition();
  const errorOf = (field: string) => {
    const found = problems.find((problem) => problem.field?.startsWith(field));
    return found && problemText(found);
  };
  const save = () =>
    start(async () => {
      const list = addresses.split(/[\s,;]+/).filter(Boolean);
      const input = { unitId: subject, dayOfMonth: day, hour, paper, delivery, people: chosen, addresses: list };
      const answer = await attempt(planReportsAction(input));
      setProblems(answer.ok ? [] : answer.problems);
      setError(answer.ok ? undefined : answerText(answer));
      if (!answer.ok) return;
      showToast(t("schedules.saved"));
      router.refresh();
    });
  return (
    <ScriptForm
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) save();
      }}
    >
      <Field id="jadwal-unit" label={t("new.subject")}>
        {(control) => (
          <Select {...control} value={subject} onChange={(event) => setSubject(event.target.value)}>
            {choices.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <div className="grid gap-4 md:grid-cols-3">
        <Field id="jadwal-hari" label={t("schedules.day")}>
          {(control) => (
            <Select {...control} value={day} onChange={(event) => setDay(Number(event.target.value))}>
              {days.map((each) => (
                <option key={each} value={each}>
                  {t("schedules.onDay", { day: each })}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field id="jadwal-jam" label={t("schedules.hour", { zone })}>
          {(control) => (
            <Select {...control} value={hour} onChange={(event) => setHour(Number(event.target.value))}>
              {hours.map((each) => (
                <option key={each} value={each}>
                  {String(each).padStart(2, "0")}.00
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field id="jadwal-kertas" label={t("paper.label")}>
          {(control) => (
            <Select {...control} value={paper} onChange={(event) => setPaper(event.target.value as Paper)}>
              {papers.map((each) => (
                <option key={each} value={each}>
                  {t(`paper.${each}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      <fieldset>
        <legend className="label">{t("schedules.how")}</legend>
        {deliveries.map((each) => (
          <label key={each} className="check">
            <input type="radio" name="delivery" checked={delivery === each} onChange={() => setDelivery(each)} />
            <span>{t(`schedules.delivery.${each}`)}</span>
          </label>
        ))}
      </fieldset>
      <details>
        <summary className="link w-fit mb-2 text-13">{t("schedules.people", { count: chosen.length })}</summary>
        <fieldset className="max-h-72 overflow-y-auto">
          <legend className="sr-only">{t("schedules.peopleLegend")}</legend>
          {people.map(({ id, name }) => (
            <label key={id} className="check">
              <input
                type="checkbox"
                checked={chosen.includes(id)}
                onChange={(event) => setChosen((old) => (event.target.checked ? [...old, id] : old.filter((other) => other !== id)))}
              />
              <span>{name}</span>
            </label>
          ))}
        </fieldset>
      </details>
      <Field
        id="jadwal-alamat"
        label={t("schedules.addresses")}
        hint={domain ? t("schedules.addressesHint", { domain }) : t("schedules.noDomain")}
        error={errorOf("addresses")}
      >
        {(control) => (
          <Textarea {...control} rows={2} maxLength={4000} value={addresses} onChange={(event) => setAddresses(event.target.value)} />
        )}
      </Field>
      <div role="status">{error && <p className="error">{error}</p>}</div>
      <div>
        <Button type="submit" kind="primary" aria-disabled={busy || undefined}>
          {t("schedules.save")}
        </Button>
      </div>
    </ScriptForm>
  );
}
