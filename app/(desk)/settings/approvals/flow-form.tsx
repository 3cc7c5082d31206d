"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useRef, useState, useTransition } from "react";
import { saveFlowAction } from "#lib/approvals/actions.ts";
import type { Flow, Step } from "#lib/approvals/flow.ts";
import type { Answer, Problem } from "#lib/core/errors.ts";
import { useAnswerText, useProblemText } from "@/components/problems.tsx";
import { Button } from "@/components/ui/button.tsx";
import { Field, Input } from "@/components/ui/field.tsx";
import { ScriptForm } from "@/components/ui/script-form.tsx";
import { showToast } from "@/components/ui/toast.tsx";
import { attempt } from "../attempt.ts";
import { StepFields } from "./step-fields.tsx";

type Props = { unitId: string; flow: Flow; people: { id: string; name: string }[]; today: string; mayInherit: boolean };

const maxSteps = 4;
type Failed = Exclude<Answer, { ok: true }>;

/** One to four steps, from a day on; or back to what stands above the unit. */
export function FlowForm({ unitId, flow, people, today, mayInherit }: Props) {
  const t = useTranslations("approvals.settings");
  const router = useRouter();
  const answerText = useAnswerText();
  const problemText = useProblemText();
  const roleName = useTranslations("people");
  const nextKey = useRef(flow.steps.length);
  const [steps, setSteps] = useState(() => flow.steps.map((step, key) => ({ key, step })));
  const [validFrom, setValidFrom] = useState(today);
  const [failed, setFailed] = useState<Failed>();
  const [busy, start] = useTransition();

  const send = (chosen: Flow | null, done: string) =>
    start(async () => {
      setFailed(undefined);
      const answer: Answer = await attempt(saveFlowAction({ unitId, validFrom, flow: chosen }));
      if (!answer.ok) return setFailed(answer);
      showToast(done);
      router.refresh();
    });
  /** What stands beside a step; problems of the flow as a whole stand below all of them. */
  const isOf = (field: string | undefined, index: number) => `${field}.`.startsWith(`flow.steps.${index}.`);
  const said = ({ code, params }: Problem) =>
    problemText({ code, params: params?.role ? { ...params, role: roleName(`role.${params.role}` as "role.verifier") } : params });
  const besideStep = (index: number) =>
    [...new Set(failed?.problems.filter(({ field }) => isOf(field, index)).map(said))].join(" ") || undefined;
  const others = failed?.problems.filter(({ field }) => !steps.some((_, index) => isOf(field, index)));
  const error = failed && (failed.problems.length ? others?.map(said).join(" ") : answerText(failed));
  const add = () => {
    const key = nextKey.current;
    nextKey.current += 1;
    const approvers: Step["approvers"] = [{ kind: "role", role: "verifier" }];
    setSteps([...steps, { key, step: { name: t("newName"), need: "any", approvers, deputies: [], deputyAfterHours: null } }]);
  };

  return (
    <ScriptForm
      className="grid gap-5"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) send({ steps: steps.map(({ step }) => step) }, t("saved"));
      }}
    >
      {steps.map(({ key, step }, index) => (
        <StepFields
          key={key}
          number={index + 1}
          step={step}
          people={people}
          error={besideStep(index)}
          change={(changed) => setSteps(steps.map((one) => (one.key === key ? { key, step: changed } : one)))}
          drop={steps.length > 1 ? () => setSteps(steps.filter((one) => one.key !== key)) : undefined}
        />
      ))}
      {steps.length < maxSteps && (
        <div>
          <Button small onClick={add}>
            {t("addStep")}
          </Button>
        </div>
      )}
      <Field id="alur-berlaku" label={t("validFrom")}>
        {(control) => (
          <Input {...control} type="date" min={today} value={validFrom} onChange={(event) => setValidFrom(event.target.value)} />
        )}
      </Field>
      <div role="status">{error && <p className="error">{error}</p>}</div>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" kind="primary" aria-disabled={busy || undefined}>
          {t("save")}
        </Button>
        {mayInherit && (
          <Button aria-disabled={busy || undefined} onClick={() => !busy && send(null, t("inheritedNow"))}>
            {t("inherit")}
          </Button>
        )}
      </div>
    </ScriptForm>
  );
}
