import { useTranslations } from "next-intl";
import type { RunProgress } from "#lib/reports/runs.ts";

/** How far a run has come: a bar, and the counts in words. */
export function RunProgressBar({ progress: { all, ready, failed, left } }: { progress: RunProgress }) {
  const t = useTranslations("reports.runs");
  const done = all - left;
  return (
    <div>
      <span className="progress" role="progressbar" aria-label={t("progress")} aria-valuemin={0} aria-valuemax={all} aria-valuenow={done}>
        <i style={{ width: `${all ? (done / all) * 100 : 100}%` }} />
      </span>
      <p className="text-13 text-ink-2 mt-1.5 tabular-nums">{t("counts", { all, ready, failed, left })}</p>
    </div>
  );
}
