import { useLocale, useTranslations } from "next-intl";
import type { CSSProperties } from "react";
import { formatNumber, isLocale } from "#lib/core/text.ts";
import { Level, type LevelName, levelColour, levels } from "../ui/level.tsx";

/** More cells than these are no longer told apart: one bar for each level then. */
const MOST_CELLS = 200;

/** One cell per unit, grouped by level from best to worst; on phones the counts are listed below. */
export function LevelStrip({ counts }: { counts: Record<LevelName, number> }) {
  const t = useTranslations("ui.level");
  const locale = useLocale();
  const number = (count: number) => formatNumber(count, isLocale(locale) ? locale : "id", 0);
  const all = levels.reduce((sum, level) => sum + counts[level], 0);
  const present = levels.filter((level) => counts[level] > 0);
  return (
    <>
      <ul className="strip">
        {present.map((level) => (
          <li key={level} className={level} style={{ "--units": counts[level], "--level": levelColour(level) } as CSSProperties}>
            <span className="cells" aria-hidden="true">
              {Array.from({ length: all > MOST_CELLS ? 1 : counts[level] }, (_, cell) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the cells are alike
                <i key={cell} />
              ))}
            </span>
            <span className="words">
              <b>{number(counts[level])}</b> {t(level)}
            </span>
          </li>
        ))}
      </ul>
      <ul className="strip-list" aria-hidden="true">
        {levels.map((level) => (
          <li key={level}>
            <Level level={level} />
            <b>{number(counts[level])}</b>
          </li>
        ))}
      </ul>
    </>
  );
}
