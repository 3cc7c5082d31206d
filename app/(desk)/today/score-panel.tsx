import { getTranslations } from "next-intl/server";
import type { Actor } from "#lib/core/access.ts";
import { activeTrend } from "#lib/scores/boards/trend.ts";
import { scoreCard } from "#lib/scores/cards.ts";
import { lastFullDay } from "#lib/scores/recompute.ts";
import type { Zone } from "#lib/units/calendar.ts";
import type { UnitCard } from "#lib/units/queries.ts";
import { ScoreSummary } from "@/components/scores/score-summary.tsx";
import Link from "@/components/ui/link.tsx";
import { Section } from "@/components/ui/section.tsx";

/** One sentence on the unit's score, with what holds it back. */
export async function ScorePanel({ actor, unit }: { actor: Actor; unit: UnitCard }) {
  if (!unit.scoreClass) return null;
  const [t, { card }] = await Promise.all([getTranslations("today"), scoreCard(actor, unit.code)]);
  return (
    <Section
      id="skor"
      title={t("score", { unit: unit.shortName })}
      aside={
        <Link className="link" href={`/scores/${encodeURIComponent(unit.code)}`}>
          {t("reportCard")}
        </Link>
      }
    >
      {card ? <ScoreSummary card={card} /> : <p className="text-13 text-ink-2">{t("noScore")}</p>}
    </Section>
  );
}

/** How many units of a government are active. */
export async function ActivityPanel({ actor, unit, at }: { actor: Actor; unit: UnitCard; at: Date }) {
  const [t, trend] = await Promise.all([
    getTranslations("today"),
    activeTrend(actor, { governmentId: unit.id }, { group: "agency", scoreClass: null }, lastFullDay(at, unit.zone as Zone), 1),
  ]);
  const last = trend.at(-1);
  return (
    <Section
      id="skor"
      title={t("activity", { unit: unit.shortName })}
      aside={
        <Link className="link" href="/scores">
          {t("leaderboard")}
        </Link>
      }
    >
      {last ? (
        <p className="text-15">
          <b className="text-22 font-figure tabular-nums">{last.active}</b> {t("activeOf", { all: last.units })}
        </p>
      ) : (
        <p className="text-13 text-ink-2">{t("noScore")}</p>
      )}
    </Section>
  );
}
