"use client";

import { finishReminderAction } from "#lib/coaching/actions.ts";
import type { Reminder } from "#lib/coaching/cases/detail.ts";
import { useSaving } from "../inbox/use-saving.ts";
import { Button } from "../ui/button.tsx";
import { useCoachingWords } from "./words.ts";

type Props = { caseId: string; reminders: Reminder[]; zone: string; today: string; works: boolean };

/** The reminder, the visit and the letter with their days, and what was done of them. */
export function Reminders({ caseId, reminders, zone, today, works }: Props) {
  const { t, day, instant } = useCoachingWords();
  const { busy, save, refused } = useSaving();
  return (
    <>
      <ol className="grid gap-3 text-13">
        {reminders.map(({ week, dueOn, doneAt, doneBy, note }) => (
          <li key={week}>
            <p className="font-label">{t(`reminder.step.${week}`)}</p>
            <p className={!doneAt && dueOn <= today ? "text-warn-text" : "text-ink-3"}>
              {doneAt ? t("reminder.doneBy", { day: instant(doneAt, zone), by: doneBy ?? "" }) : day(dueOn)}
            </p>
            {note && <p className="text-ink-3 break-words">{note}</p>}
            {works && !doneAt && dueOn <= today && (
              <Button
                small
                className="mt-1"
                aria-disabled={busy || undefined}
                onClick={() => save(() => finishReminderAction({ caseId, week, note: "" }), t("reminder.saved"))}
              >
                {t("reminder.done")}
                <span className="sr-only"> {t(`reminder.step.${week}`)}</span>
              </Button>
            )}
          </li>
        ))}
      </ol>
      <div role="status">{refused && <p className="error">{refused}</p>}</div>
    </>
  );
}
