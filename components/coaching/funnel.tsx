import type { Funnel as Figures } from "#lib/coaching/cases/list.ts";
import { useCoachingWords } from "./words.ts";

const steps = ["dormant", "known", "coached", "woken"] as const;

/** From dormant to awake in four figures, and what waits. */
export function Funnel({ figures }: { figures: Figures }) {
  const { t } = useCoachingWords();
  return (
    <section aria-label={t("funnel.label")} className="mb-8">
      <ol className="funnel">
        {steps.map((step) => (
          <li key={step}>
            <b>{figures[step]}</b> <span>{t(`funnel.${step}`)}</span>
          </li>
        ))}
      </ol>
      <p className="mt-3 text-ink-3">
        {t("funnel.waiting", { count: figures.proposed })} {t("funnel.open", { count: figures.open })}
      </p>
    </section>
  );
}
