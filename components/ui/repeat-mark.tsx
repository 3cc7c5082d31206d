import { useTranslations } from "next-intl";

/** One of a series that comes again: a glyph and the word, `quiet` for readers of the screen alone. */
export function RepeatMark({ quiet = false }: { quiet?: boolean }) {
  const t = useTranslations("ui");
  return (
    <span className="mark state">
      <svg
        width="14"
        height="14"
        viewBox="0 0 16 16"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
      >
        <path d="M13 6.5A5.25 5.25 0 0 0 3.6 5M3 9.5A5.25 5.25 0 0 0 12.4 11M3.5 2v3.2h3.2M12.5 14v-3.2H9.3" />
      </svg>
      <span className={quiet ? "sr-only" : undefined}>{t("repeats")}</span>
    </span>
  );
}
