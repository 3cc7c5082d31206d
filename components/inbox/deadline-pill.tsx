import { useTranslations } from "next-intl";
import type { DutyState } from "#lib/inbox/deadlines/states.ts";
import { Deadline } from "../ui/deadline.tsx";

/** The time left of a case as a pill: "sisa 1 j 18 m", "lewat 38 m". Nothing when no answer is due. */
export function CaseDeadline({ duty }: { duty: DutyState | null }) {
  const t = useTranslations("inbox.deadline");
  if (!duty) return null;
  const { unit, value, rest } = duty.left;
  return <Deadline share={duty.share} over={duty.over} label={t(`${duty.over ? "late" : "left"}.${unit}`, { value, rest })} />;
}
