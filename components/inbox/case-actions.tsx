"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useOptimistic } from "react";
import { assignCaseAction, finishCaseAction, reopenCaseAction } from "#lib/inbox/actions.ts";
import type { CaseRow } from "#lib/inbox/lists/lists.ts";
import { Button } from "../ui/button.tsx";
import { Select } from "../ui/field.tsx";
import { showToast } from "../ui/toast.tsx";
import { useWork } from "./work.tsx";

export type Assignable = { id: string; name: string };
type Props = {
  caseId: string;
  revision: number;
  state: CaseRow["state"];
  assigneeId: string | null;
  people: Assignable[];
  /** What else can be done. */
  children: ReactNode;
};

/** Whose case it is, and whether it is finished. */
export function CaseActions({ caseId, revision, state, assigneeId, people, children }: Props) {
  const t = useTranslations("inbox.work");
  const { working, work } = useWork();
  const [shown, show] = useOptimistic(assigneeId);
  const assign = (personId: string | null) => {
    const name = people.find((person) => person.id === personId)?.name;
    const done = () => showToast(name ? t("assigned", { name }) : t("unassigned"));
    work(() => {
      show(personId);
      return assignCaseAction({ caseId, personId });
    }, done);
  };
  const reopen = (at: number) =>
    work(
      () => reopenCaseAction({ caseId, revision: at }),
      () => showToast(t("reopened")),
    );
  const finish = () =>
    work(
      () => finishCaseAction({ caseId, revision }),
      // Reopening makes it wait for an answer, which an answered case did not: only what waited can be put back.
      () => showToast(t("finished"), state === "open" ? () => reopen(revision + 1) : undefined),
    );
  return (
    <div className="case-actions">
      {children}
      <label htmlFor="assign-to">
        <span className="sr-only">{t("assign")}</span>
        <Select id="assign-to" data-key="a" value={shown ?? ""} onChange={(event) => assign(event.target.value || null)}>
          <option value="">{t(shown ? "nobody" : "assign")}</option>
          {shown && !people.some((person) => person.id === shown) && <option value={shown}>{t("former")}</option>}
          {people.map((person) => (
            <option key={person.id} value={person.id}>
              {person.name}
            </option>
          ))}
        </Select>
      </label>
      {state !== "done" && (
        <Button small data-key="s" onClick={() => dispatchEvent(new CustomEvent("inbox:snooze"))}>
          {t("snooze")}
        </Button>
      )}
      {state === "done" ? (
        <Button small aria-disabled={working || undefined} onClick={working ? undefined : () => reopen(revision)}>
          {t("reopen")}
        </Button>
      ) : (
        <Button
          small
          data-key="e"
          icon={check}
          className="case-finish"
          aria-disabled={working || undefined}
          onClick={working ? undefined : finish}
        >
          {t("finish")}
        </Button>
      )}
    </div>
  );
}

// Drawn here: the icon table would travel to the browser with it.
const check = (
  <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
    <path d="M5 12.5l4.5 4.5L19 7.5" />
  </svg>
);
