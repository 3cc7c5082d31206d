import type { Route } from "next";
import { now } from "#lib/core/clock.ts";
import type { ScoreCard } from "#lib/scores/cards.ts";
import Link from "@/components/ui/link.tsx";
import { ComponentBarsSmall } from "../charts/component-bars.tsx";
import { useComponentBars } from "./bars.ts";
import { useScoreWords } from "./words.ts";

export const cardHref = (unitCode: string) => `/scores/${encodeURIComponent(unitCode)}` as Route;

/** A unit's score in a sentence, its components in small bars and the way to its report card. Brings no heading. */
export function ScoreSummary({ card }: { card: ScoreCard }) {
  const { t, points, level, step, updated, window } = useScoreWords();
  const bars = useComponentBars(card);
  return (
    <div>
      <p className="text-ink-2">
        <b className="text-ink">{t("summary.score", { score: points(card.score), level: level(card.level) })}</b> {step(card).text}
      </p>
      <ComponentBarsSmall bars={bars} />
      <p className="mt-3 text-12 text-ink-3">
        {updated(card.computedAt, card.unit.zone, now())} {t("summary.window", { window: window(card.day, card.settings) })}
      </p>
      <p className="mt-2">
        <Link className="link" href={cardHref(card.unit.code)}>
          {t("summary.open")}
        </Link>
      </p>
    </div>
  );
}
