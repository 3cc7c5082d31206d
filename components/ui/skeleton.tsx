import { useTranslations } from "next-intl";

/** Rows that are on their way, in the height the real ones will have. */
export function Skeleton({ rows = 5, height = 40 }: { rows?: number; height?: number }) {
  const t = useTranslations("ui");
  return (
    <div role="status" className="border-t border-line">
      <span className="sr-only">{t("loading")}</span>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are alike and never move
        <div key={row} className="flex items-center border-b border-line" style={{ height }}>
          <span className="skeleton h-3" style={{ width: `${72 - ((row * 17) % 40)}%` }} />
        </div>
      ))}
    </div>
  );
}
