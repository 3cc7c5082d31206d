"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { closeCaseAction, giveMentorAction, planCaseAction } from "#lib/coaching/actions.ts";
import type { Mentor } from "#lib/coaching/cases/mentors.ts";
import { type Outcome, outcomes, type TargetLevel, targetLevels } from "#lib/coaching/rules.ts";
import { ScriptForm } from "@/components/ui/script-form.tsx";
import { useSaving } from "../inbox/use-saving.ts";
import { Button } from "../ui/button.tsx";
import { Field, Input, Select, Textarea } from "../ui/field.tsx";

type Ref = { caseId: string; revision: number };
type Plan = Ref & { plan: string; targetLevel: TargetLevel; targetPosts: number; startsOn: string; endsOn: string };

/** What is to be done in the four weeks, and what is to be reached by them. */
export function PlanForm({ caseId, revision, startsOn, ...first }: Plan) {
  const t = useTranslations("coaching.plan");
  const level = useTranslations("ui.level");
  const [form, setForm] = useState(first);
  const [posts, setPosts] = useState(String(first.targetPosts));
  const { busy, save, errorOf, refused } = useSaving();
  return (
    <ScriptForm
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        save(() => planCaseAction({ caseId, revision, ...form, targetPosts: Number(posts) }), t("saved"));
      }}
    >
      <Field id="rencana-isi" label={t("plan")} hint={t("planHint")} error={errorOf("plan")}>
        {(control) => (
          <Textarea
            {...control}
            rows={4}
            maxLength={4000}
            value={form.plan}
            onChange={(event) => setForm({ ...form, plan: event.target.value })}
          />
        )}
      </Field>
      <div className="grid gap-4 md:grid-cols-3">
        <Field id="rencana-jenjang" label={t("level")} error={errorOf("targetLevel")}>
          {(control) => (
            <Select
              {...control}
              value={form.targetLevel}
              onChange={(event) => setForm({ ...form, targetLevel: event.target.value as TargetLevel })}
            >
              {targetLevels.map((each) => (
                <option key={each} value={each}>
                  {level(each)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field id="rencana-unggahan" label={t("posts")} error={errorOf("targetPosts")}>
          {(control) => (
            <Input
              {...control}
              type="number"
              inputMode="numeric"
              min={1}
              max={50}
              value={posts}
              onChange={(event) => setPosts(event.target.value)}
            />
          )}
        </Field>
        <Field id="rencana-sampai" label={t("until")} error={errorOf("endsOn")}>
          {(control) => (
            <Input
              {...control}
              type="date"
              required
              min={startsOn}
              value={form.endsOn}
              onChange={(event) => setForm({ ...form, endsOn: event.target.value })}
            />
          )}
        </Field>
      </div>
      <div role="status">{refused && <p className="error">{refused}</p>}</div>
      <div>
        <Button type="submit" aria-disabled={busy || undefined}>
          {t("save")}
        </Button>
      </div>
    </ScriptForm>
  );
}

/** Hands the case over; each mentor with the cases that he has in hand. */
export function GiveMentor({ caseId, revision, mentors }: Ref & { mentors: Mentor[] }) {
  const t = useTranslations("coaching.mentor");
  const [mentorId, setMentorId] = useState(mentors[0]?.id ?? "");
  const { busy, save, errorOf, refused } = useSaving();
  if (!mentors.length) return null;
  return (
    <ScriptForm
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        save(() => giveMentorAction({ caseId, revision, mentorId }), t("done"));
      }}
    >
      <Field id="pendamping-baru" label={t("choose")} error={errorOf("mentorId")}>
        {(control) => (
          <Select {...control} value={mentorId} onChange={(event) => setMentorId(event.target.value)}>
            {mentors.map(({ id, name, open }) => (
              <option key={id} value={id}>
                {t("load", { name, open })}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <div role="status">{refused && <p className="error">{refused}</p>}</div>
      <div>
        <Button type="submit" small aria-disabled={busy || undefined}>
          {t("act")}
        </Button>
      </div>
    </ScriptForm>
  );
}

/** How the case ended. What nobody took can only be set aside. */
export function CloseCase({ caseId, revision, open }: Ref & { open: boolean }) {
  const t = useTranslations("coaching");
  const [outcome, setOutcome] = useState<Outcome>(open ? "moved_up" : "withdrawn");
  const [note, setNote] = useState("");
  const { busy, save, errorOf, refused } = useSaving();
  return (
    <ScriptForm
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        save(() => closeCaseAction({ caseId, revision, outcome, note }), t("close.done"));
      }}
    >
      <p className="text-13 text-ink-3">{t(open ? "close.hint" : "close.setAsideHint")}</p>
      {open && (
        <Field id="tutup-hasil" label={t("close.outcome")} error={errorOf("outcome")}>
          {(control) => (
            <Select {...control} value={outcome} onChange={(event) => setOutcome(event.target.value as Outcome)}>
              {outcomes.map((each) => (
                <option key={each} value={each}>
                  {t(`outcome.${each}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
      <Field id="tutup-catatan" label={t("close.note")} hint={open ? t("close.noteHint") : undefined} error={errorOf("note")}>
        {(control) => <Textarea {...control} rows={2} maxLength={2000} value={note} onChange={(event) => setNote(event.target.value)} />}
      </Field>
      <div role="status">{refused && <p className="error">{refused}</p>}</div>
      <div>
        <Button type="submit" small aria-disabled={busy || undefined}>
          {t(open ? "close.act" : "close.setAside")}
        </Button>
      </div>
    </ScriptForm>
  );
}
