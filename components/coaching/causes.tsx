import type { SaidCause } from "#lib/coaching/causes/queries.ts";
import { useCoachingWords } from "./words.ts";

/** Why a unit is silent, each cause with how it is known: a surmise always with what it rests on. */
export function Causes({ causes, zone }: { causes: readonly SaidCause[]; zone: string }) {
  const { t, instant, evidence } = useCoachingWords();
  if (causes.length === 0)
    return (
      <div>
        <p className="font-strong">{t("cause.unknown")}</p>
        <p className="text-13 text-ink-3">{t("cause.unknownHint")}</p>
      </div>
    );
  return (
    <>
      <ul className="grid gap-3">
        {causes.map(({ cause, source, evidence: found, words, by, at }) => {
          const rests = source === "inferred" ? evidence(cause, found) : null;
          return (
            <li key={cause}>
              <p>
                <b className="font-strong">{t(`cause.name.${cause}`)}</b> <CauseSource source={source} />
              </p>
              {rests && <p className="text-13 text-ink-2">{rests}</p>}
              {words && <p className="text-ink-2 break-words">“{words}”</p>}
              {by && <p className="text-13 text-ink-3">{t("cause.said", { by, when: instant(at, zone, "long") })}</p>}
            </li>
          );
        })}
      </ul>
      {causes[0]?.source === "inferred" && <p className="mt-3 text-13 text-ink-3">{t("cause.surmiseHint")}</p>}
    </>
  );
}

export function CauseSource({ source }: { source: SaidCause["source"] }) {
  const { t } = useCoachingWords();
  return (
    <span className={`state ${source === "confirmed" ? "state-ok" : source === "inferred" ? "state-warn" : ""}`}>
      {t(`cause.source.${source}`)}
    </span>
  );
}

/** The causes in one line of a table. */
export function CauseNames({ causes }: { causes: readonly Pick<SaidCause, "cause" | "source">[] }) {
  const { t } = useCoachingWords();
  const [first] = causes;
  if (!first) return <span className="text-ink-3">{t("cause.unknown")}</span>;
  return (
    <>
      {causes.map(({ cause }) => t(`cause.name.${cause}`)).join(", ")} <CauseSource source={first.source} />
    </>
  );
}
