"use client";

import { useTranslations } from "next-intl";
import { markCaseAction } from "#lib/inbox/actions.ts";
import { Button } from "../ui/button.tsx";
import { showToast } from "../ui/toast.tsx";
import { useWork } from "./work.tsx";

const marks = ["urgent", "sensitive"] as const;
type Props = { caseId: string; marked: Record<(typeof marks)[number], boolean> };

/** Says what the sorting by words missed or saw in vain. */
export function MarkButtons({ caseId, marked }: Props) {
  const t = useTranslations("inbox.marks");
  const { working, work } = useWork();
  const press = (mark: (typeof marks)[number], on: boolean) =>
    work(
      () => markCaseAction({ caseId, mark, on }),
      () => showToast(t(`${mark}.${on ? "marked" : "unmarked"}`)),
    );
  return (
    <fieldset className="mt-3 flex flex-wrap gap-2 needs-script">
      <legend className="sr-only">{t("heading")}</legend>
      {marks.map((mark) => (
        <Button key={mark} small aria-disabled={working || undefined} onClick={working ? undefined : () => press(mark, !marked[mark])}>
          {t(`${mark}.${marked[mark] ? "unmark" : "mark"}`)}
        </Button>
      ))}
    </fieldset>
  );
}
