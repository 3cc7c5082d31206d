"use client";

import { useTranslations } from "next-intl";
import type { Approver, Step } from "#lib/approvals/flow.ts";
import { Button } from "@/components/ui/button.tsx";
import { Field, Input, Select } from "@/components/ui/field.tsx";

type Person = { id: string; name: string };
type Props = { number: number; step: Step; people: readonly Person[]; error?: string; change: (step: Step) => void; drop?: () => void };

/** One step: its name, who has to agree, and who stands in for them after how many hours. */
export function StepFields({ number, step, people, error, change, drop }: Props) {
  const t = useTranslations("approvals.settings");
  const id = `langkah-${number}`;
  return (
    <fieldset className="grid gap-4 p-4 rounded-md border border-line" aria-describedby={error && `${id}-error`}>
      <legend className="text-14 font-heading px-1">{t("step", { number })}</legend>
      <div role="status">
        {error && (
          <p className="error" id={`${id}-error`}>
            {error}
          </p>
        )}
      </div>
      <Field id={`${id}-nama`} label={t("name")}>
        {(control) => (
          <Input {...control} value={step.name} maxLength={60} onChange={(event) => change({ ...step, name: event.target.value })} />
        )}
      </Field>
      <Chosen label={t("approvers")} chosen={step.approvers} people={people} change={(approvers) => change({ ...step, approvers })} />
      <Field id={`${id}-perlu`} label={t("need")}>
        {(control) => (
          <Select {...control} value={step.need} onChange={(event) => change({ ...step, need: event.target.value as Step["need"] })}>
            <option value="any">{t("any")}</option>
            <option value="all">{t("all")}</option>
          </Select>
        )}
      </Field>
      <Chosen label={t("deputies")} chosen={step.deputies} people={people} change={(deputies) => change({ ...step, deputies })} />
      <Field id={`${id}-jam`} label={t("deputyHours")} hint={t("deputyHint")}>
        {(control) => (
          <Input
            {...control}
            type="number"
            min={1}
            max={240}
            value={step.deputyAfterHours ?? ""}
            onChange={(event) => change({ ...step, deputyAfterHours: event.target.value === "" ? null : Number(event.target.value) })}
          />
        )}
      </Field>
      {drop && (
        <div>
          <Button small kind="danger" onClick={drop}>
            {t("dropStep", { number })}
          </Button>
        </div>
      )}
    </fieldset>
  );
}

const roles = ["verifier", "supervisor", "head"] as const;
const isSame = (a: Approver, b: Approver) =>
  a.kind === "role" ? b.kind === "role" && a.role === b.role : b.kind === "person" && a.personId === b.personId;

type ChosenProps = { label: string; chosen: readonly Approver[]; people: readonly Person[]; change: (chosen: Approver[]) => void };

/** Roles first, then people by name. */
function Chosen({ label, chosen, people, change }: ChosenProps) {
  const words = useTranslations("people");
  const offered = [
    ...roles.map((role) => ({ name: words(`role.${role}`), approver: { kind: "role", role } as Approver })),
    ...people.map((person) => ({ name: person.name, approver: { kind: "person", personId: person.id } as Approver })),
  ];
  return (
    <fieldset>
      <legend className="label">{label}</legend>
      <div className="grid grid-cols-[repeat(auto-fill,minmax(170px,1fr))] gap-x-5 gap-y-1 max-h-[220px] overflow-y-auto">
        {offered.map(({ name, approver }) => {
          const on = chosen.some((one) => isSame(one, approver));
          return (
            <label
              key={approver.kind === "role" ? approver.role : approver.personId}
              className="flex items-center gap-2 text-14 max-md:min-h-11"
            >
              <input
                type="checkbox"
                checked={on}
                onChange={() => change(on ? chosen.filter((one) => !isSame(one, approver)) : [...chosen, approver])}
              />
              <span>{name}</span>
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}
