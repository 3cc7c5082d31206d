import type { ExemplarCard } from "#lib/coaching/exemplars/exemplars.ts";
import { RetireCard, UseCard } from "./exemplar-actions.tsx";
import { useCoachingWords } from "./words.ts";

/** Cards of good practice; `writesFor`: the unit in whose name the reader may begin a draft from one. */
export function ExemplarCards({ cards, writesFor }: { cards: ExemplarCard[]; writesFor: string | null }) {
  const { t } = useCoachingWords();
  return (
    <ul className="exemplars">
      {cards.map((card) => (
        <li key={card.id} className="panel">
          <h2 className="text-15 font-heading">{card.title}</h2>
          <p className="text-13 text-ink-3">
            {t("exemplars.from", { unit: card.unit })}.{" "}
            <a className="link" href={card.url} target="_blank" rel="noreferrer">
              {t("exemplars.see")}
              <span className="sr-only"> {t("exemplars.about", { title: card.title })}</span>
            </a>
          </p>
          <h3 className="mt-3 text-13 font-strong">{t("exemplars.whyHeading")}</h3>
          <p className="text-ink-2">{card.why}</p>
          <h3 className="mt-3 text-13 font-strong">{t("exemplars.textHeading")}</h3>
          <p className="whitespace-pre-line break-words exemplar-text">{card.text}</p>
          <p className="mt-3 text-13 text-ink-3">{t("exemplars.used", { uses: card.uses, units: card.units })}</p>
          <div className="mt-3 flex flex-wrap gap-2">
            {writesFor && <UseCard exemplarId={card.id} unitId={writesFor} title={card.title} />}
            {card.manages && <RetireCard exemplarId={card.id} title={card.title} />}
          </div>
        </li>
      ))}
    </ul>
  );
}
