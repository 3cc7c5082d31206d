import { useTranslations } from "next-intl";
import type { CSSProperties } from "react";
import { Level, type LevelName, levelColour, levels } from "../ui/level.tsx";

/** One cell per unit, grouped by level from best to worst; on phones the counts are listed below. */
export function LevelStrip({ counts }: { counts: Record<LevelName, number> }) {
  const t = useTranslations("ui.level");
  const present = levels.filter((level) => counts[level] > 0);
  return (
    <>
      <ul className="strip">
        {present.map((level) => (
          <li key={level} className={level} style={{ "--units": counts[level], "--level": levelColour(level) } as CSSProperties}>
            <span className="cells" aria-hidden="true">
              {Array.from({ length: counts[level] }, (_, cell) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the cells are alike
                <i key={cell} />
              ))}
            </span>
            <span className="words">
              <b>{counts[level]}</b> {t(level)}
            </span>
          </li>
        ))}
      </ul>
      <ul className="strip-list" aria-hidden="true">
        {levels.map((level) => (
          <li key={level}>
            <Level level={level} />
            <b>{counts[level]}</b>
          </li>
        ))}
      </ul>
    </>
  );
}
