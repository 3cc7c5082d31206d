"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState, useTransition } from "react";
import { changeCasesAction } from "#lib/inbox/actions.ts";
import type { BulkResult } from "#lib/inbox/work/bulk.ts";
import type { BulkChange } from "#lib/inbox/work/bulk-schema.ts";
import { unreachable, useAnswerText } from "../problems.tsx";
import { Button } from "../ui/button.tsx";
import { Select } from "../ui/field.tsx";
import { showToast } from "../ui/toast.tsx";
import { useSelection } from "./selection.tsx";
import { SnoozeDialog, useSnoozedText } from "./snooze-dialog.tsx";

/** Who may be given a case of this inbox, and the clock of its unit. */
export type Handed = { people: readonly { id: string; name: string }[]; zone: string };
type Ref = { caseId: string; revision: number };

/** What can be done to all picked cases at once, and the dialog that puts them, or the open one, off. */
export function BulkBar({ open, people, zone }: Handed & { open?: Ref }) {
  const t = useTranslations("inbox.bulk");
  const router = useRouter();
  const answerText = useAnswerText();
  const snoozedText = useSnoozedText(zone);
  const { picked, picking, pick, setPicking } = useSelection();
  const [busy, start] = useTransition();
  const [snoozing, setSnoozing] = useState(false);
  const refs = picked.map(({ id, revision }): Ref => ({ caseId: id, revision }));
  const targets = refs.length ? refs : open ? [open] : [];
  const hasTargets = targets.length > 0;
  useEffect(() => {
    const listen = () => hasTargets && setSnoozing(true);
    addEventListener("inbox:snooze", listen);
    return () => removeEventListener("inbox:snooze", listen);
  }, [hasTargets]);

  const run = (cases: readonly Ref[], change: BulkChange, done?: () => void, refused: (text: string) => void = showToast) =>
    start(async () => {
      const answer = await changeCasesAction({ cases: [...cases], change }).catch(unreachable);
      if (!answer.ok) return refused(answerText(answer));
      const changed = answer.results.filter(({ result }) => result === "changed");
      const undo = () =>
        run(
          changed.map(({ caseId, revision }) => ({ caseId, revision: revision! })),
          { do: "restore" },
        );
      showToast(sentence(change, answer.results), changed.length && (change.do === "done" || change.do === "snooze") ? undo : undefined);
      const gone = change.do === "done" || change.do === "snooze";
      if (gone) pick(answer.results.filter(({ result }) => result !== "changed").map(({ caseId }) => caseId));
      done?.();
      start(() => router.refresh());
    });
  const sentence = (change: BulkChange, results: readonly BulkResult[]): string => {
    const count = (result: BulkResult["result"]) => results.filter((one) => one.result === result).length;
    const parts = [
      ...(count("changed") ? [change.do === "snooze" ? snoozedText(results) : t(`done.${change.do}`, { count: count("changed") })] : []),
      ...(["moved", "refused", "too-late"] as const).flatMap((why) => (count(why) ? [t(`left.${why}`, { count: count(why) })] : [])),
    ];
    return parts.join(" ");
  };
  const act = (change: BulkChange) => (busy ? undefined : () => run(refs, change));

  return (
    <>
      {picking && (
        <section className="bulk-bar" aria-label={t("label")}>
          <p className="bulk-count" role="status">
            {t("count", { count: picked.length })}
          </p>
          {picked.length > 0 && (
            <div className="bulk-actions">
              <Select
                aria-label={t("assign")}
                value=""
                data-key-bulk="a"
                disabled={busy}
                onChange={({ target: { value } }) => run(refs, { do: "assign", personId: value === "nobody" ? null : value })}
              >
                <option value="" disabled>
                  {t("assign")}
                </option>
                {people.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
                <option value="nobody">{t("nobody")}</option>
              </Select>
              <Button small data-key-bulk="e" aria-disabled={busy || undefined} onClick={act({ do: "done" })}>
                {t("finish")}
              </Button>
              <Button small aria-disabled={busy || undefined} onClick={() => setSnoozing(true)}>
                {t("snooze")}
              </Button>
              <Button small aria-disabled={busy || undefined} onClick={act({ do: "spam" })}>
                {t("spam")}
              </Button>
            </div>
          )}
          <Button kind="quiet" small onClick={() => setPicking(false)}>
            {t("stopPicking")}
          </Button>
        </section>
      )}
      <SnoozeDialog
        open={snoozing}
        count={targets.length}
        zone={zone}
        busy={busy}
        onClose={() => setSnoozing(false)}
        onChoose={(until, refused) => run(targets, { do: "snooze", until }, () => setSnoozing(false), refused)}
      />
    </>
  );
}
