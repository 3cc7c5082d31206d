"use client";

import { useTranslations } from "next-intl";
import { useOptimistic } from "react";
import { correctKindAction } from "#lib/inbox/actions.ts";
import type { Kind } from "#lib/inbox/kinds.ts";
import { Select } from "../ui/field.tsx";
import { showToast } from "../ui/toast.tsx";
import { useWork } from "./work.tsx";

type Props = { caseId: string; kind: Kind; kinds: readonly Kind[] };

/** Corrects what the sorting by words took a message for. */
export function KindSelect({ caseId, kind, kinds }: Props) {
  const t = useTranslations("inbox");
  const { work } = useWork();
  const [shown, show] = useOptimistic(kind);
  const correct = (next: Kind) =>
    work(
      () => {
        show(next);
        return correctKindAction({ caseId, kind: next });
      },
      () => showToast(t("kinds.saved", { kind: t(`kind.${next}`) })),
    );
  return (
    <label className="block mt-3" htmlFor="correct-kind">
      <span className="label">{t("kinds.correct")}</span>
      <Select id="correct-kind" value={shown} onChange={(event) => correct(event.target.value as Kind)}>
        {kinds.map((each) => (
          <option key={each} value={each}>
            {t(`kind.${each}`)}
          </option>
        ))}
      </Select>
    </label>
  );
}
