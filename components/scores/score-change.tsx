import { Change } from "../ui/change.tsx";
import { useScoreWords } from "./words.ts";

/** A score's movement since a week before; a dash with its reason while there is none to compare. */
export function ScoreChange({ change }: { change: number | null }) {
  const { t, points } = useScoreWords();
  if (change === null)
    return (
      <span className="text-ink-3">
        <span aria-hidden="true">–</span>
        <span className="sr-only">{t("noComparison")}</span>
      </span>
    );
  return <Change direction={change > 0 ? "up" : change < 0 ? "down" : "same"} label={points(Math.abs(change))} />;
}
