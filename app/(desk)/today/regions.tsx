import { getTranslations } from "next-intl/server";
import type { Actor } from "#lib/core/access.ts";
import { governmentTallies } from "#lib/scores/boards/governments.ts";
import { activeOf } from "#lib/scores/boards/tallies.ts";
import { lastFullDay } from "#lib/scores/recompute.ts";
import type { Zone } from "#lib/units/calendar.ts";
import type { UnitCard } from "#lib/units/queries.ts";
import { Empty } from "@/components/ui/empty.tsx";
import Link from "@/components/ui/link.tsx";
import { Section } from "@/components/ui/section.tsx";

const SHOWN = 8;

/** What the ministry looks at first: how many agencies are active in each region. */
export async function Regions({ actor, unit, at }: { actor: Actor; unit: UnitCard; at: Date }) {
  const [t, rows] = await Promise.all([
    getTranslations("today"),
    governmentTallies(actor, lastFullDay(at, unit.zone as Zone), { group: "agency", scoreClass: null, tier: null, province: null }),
  ]);
  return (
    <div>
      <h2 className="lead">{t("regions", { count: rows.length })}</h2>
      <p className="text-13 text-ink-3 mb-6">{t("regionsPurpose")}</p>
      <Section
        id="daerah"
        title={t("regionsTitle")}
        aside={
          <Link className="link" href="/scores">
            {t("leaderboard")}
          </Link>
        }
      >
        {rows.length ? (
          <ul className="rows">
            {rows.slice(0, SHOWN).map((row) => (
              <li key={row.code} className="flex items-baseline justify-between gap-4 py-2.5">
                <Link className="font-label hover:underline" href={`/scores?region=${encodeURIComponent(row.code)}`}>
                  {row.name}
                </Link>
                <span className="text-13 text-ink-2 tabular-nums whitespace-nowrap">
                  {t("activeShare", { active: activeOf(row), all: row.units })}
                </span>
              </li>
            ))}
          </ul>
        ) : (
          <Empty>{t("noScore")}</Empty>
        )}
      </Section>
    </div>
  );
}
