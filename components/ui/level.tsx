import { useTranslations } from "next-intl";

/** From best to worst, as every list prints them. */
export const levels = ["very_active", "active", "less_active", "passive", "dormant", "dead"] as const;
export type LevelName = (typeof levels)[number];

/** The level's colour; always beside its word. */
export const levelColour = (level: LevelName) => `var(--lv${5 - levels.indexOf(level)})`;

const bars = [0, 4, 8, 12];

function Glyph({ level }: { level: LevelName }) {
  const colour = levelColour(level);
  const full = 4 - levels.indexOf(level);
  if (level === "dormant")
    return <path d="M11.5 8.6A5 5 0 1 1 6 1.7a4 4 0 0 0 5.5 6.9z" fill="none" stroke={colour} strokeWidth="1.7" strokeLinejoin="round" />;
  if (level === "dead")
    return (
      <g fill="none" stroke="var(--text-2)" strokeWidth="1.7">
        <circle cx="7" cy="7" r="5.5" />
        <path d="M3.1 10.9l7.8-7.8" />
      </g>
    );
  return bars.map((x, step) => (
    <rect key={x} x={x} y={10 - 3 * step} width="3" height={4 + 3 * step} rx="0.8" fill={step < full ? colour : "var(--line)"} />
  ));
}

/** A unit's activity level: glyph and word. `large` stands beside the score of a report card. */
export function Level({ level, large = false }: { level: LevelName; large?: boolean }) {
  const t = useTranslations("ui.level");
  return (
    <span className={`mark ${large ? "text-18 font-heading" : "font-label"}`}>
      <svg width={large ? 20 : 15} height={large ? 19 : 14} viewBox="0 0 15 14" aria-hidden="true">
        <Glyph level={level} />
      </svg>
      {t(level)}
    </span>
  );
}
