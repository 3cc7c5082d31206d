"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { addTaskAction, dropTaskAction, tickTaskAction } from "#lib/coaching/actions.ts";
import type { Task } from "#lib/coaching/cases/detail.ts";
import { ScriptForm } from "@/components/ui/script-form.tsx";
import { useSaving } from "../inbox/use-saving.ts";
import { Button } from "../ui/button.tsx";
import { Field, Input } from "../ui/field.tsx";
import { useCoachingWords } from "./words.ts";

type Props = { caseId: string; tasks: Task[]; today: string; zone: string; adds: boolean; ticks: boolean };

const cross = (
  <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
    <path d="M6 6l12 12M18 6 6 18" />
  </svg>
);

/** What is to be done, ticked by the unit and by whoever coaches it. */
export function Tasks({ caseId, tasks, today, zone, adds, ticks }: Props) {
  const { t, day, instant } = useCoachingWords();
  const { save, refused } = useSaving();
  const done = tasks.filter(({ doneAt }) => doneAt !== null).length;
  return (
    <>
      {tasks.length === 0 ? (
        <p className="text-13 text-ink-2">{t("task.none")}</p>
      ) : (
        <p className="text-13 text-ink-3">{t("task.progress", { done, all: tasks.length })}</p>
      )}
      <ul>
        {tasks.map((task) => {
          const late = !task.doneAt && task.dueOn !== null && task.dueOn < today;
          return (
            <li key={task.id} className={`task ${task.doneAt ? "task-done" : ""}`}>
              <input
                id={`tugas-${task.id}`}
                type="checkbox"
                checked={task.doneAt !== null}
                disabled={!ticks}
                onChange={(event) => {
                  const ticked = event.target.checked;
                  save(() => tickTaskAction({ taskId: task.id, done: ticked }), t(ticked ? "task.ticked" : "task.unticked"));
                }}
              />
              <label htmlFor={`tugas-${task.id}`} className="break-words min-w-0">
                {task.text}
              </label>
              {adds ? (
                <Button
                  kind="quiet"
                  small
                  icon={cross}
                  aria-label={t("task.drop", { text: task.text })}
                  onClick={() => save(() => dropTaskAction({ taskId: task.id }), t("task.dropped"))}
                />
              ) : (
                <span />
              )}
              {(task.doneAt || task.dueOn) && (
                <small className={`col-start-2 text-13 ${late ? "text-danger-text" : "text-ink-3"}`}>
                  {task.doneAt
                    ? t("task.doneBy", { day: instant(task.doneAt, zone), by: task.doneBy ?? "" })
                    : task.dueOn && t(late ? "task.late" : "task.due", { day: day(task.dueOn) })}
                </small>
              )}
            </li>
          );
        })}
      </ul>
      <div role="status">{refused && <p className="error">{refused}</p>}</div>
      {adds && <AddTask key={tasks.length} caseId={caseId} today={today} />}
    </>
  );
}

function AddTask({ caseId, today }: { caseId: string; today: string }) {
  const t = useTranslations("coaching.task");
  const [text, setText] = useState("");
  const [dueOn, setDueOn] = useState("");
  const { busy, save, errorOf, refused } = useSaving();
  return (
    <ScriptForm
      className="mt-4 grid gap-3 md:grid-cols-[minmax(0,1fr)_180px_auto] md:items-end"
      onSubmit={(event) => {
        event.preventDefault();
        save(() => addTaskAction({ caseId, text, dueOn: dueOn || null }), t("added"));
      }}
    >
      <Field id="tugas-baru" label={t("text")} error={errorOf("text")}>
        {(control) => (
          <Input {...control} value={text} maxLength={300} autoComplete="off" onChange={(event) => setText(event.target.value)} />
        )}
      </Field>
      <Field id="tugas-hari" label={t("day")} error={errorOf("dueOn")}>
        {(control) => <Input {...control} type="date" min={today} value={dueOn} onChange={(event) => setDueOn(event.target.value)} />}
      </Field>
      <div>
        <Button type="submit" aria-disabled={busy || undefined}>
          {t("add")}
        </Button>
      </div>
      {refused && <p className="error md:col-span-3">{refused}</p>}
    </ScriptForm>
  );
}
