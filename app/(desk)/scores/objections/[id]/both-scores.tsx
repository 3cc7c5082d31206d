import { useTranslations } from "next-intl";
import type { KeptScore, Objection } from "#lib/scores/cases/objections.ts";
import { componentKeys } from "#lib/scores/rules.ts";
import { useScoreWords } from "@/components/scores/words.ts";
import { Level } from "@/components/ui/level.tsx";
import { Section } from "@/components/ui/section.tsx";
import { Time } from "@/components/ui/time.tsx";

/** The disputed score and the one after the decision, side by side; both are kept. */
export function BothScores({ objection }: { objection: Objection }) {
  const t = useTranslations("objections.detail");
  const name = useTranslations("objections.component");
  const { points } = useScoreWords();
  const { before, outcome, state, unit } = objection;
  const decided = state === "accepted" || state === "partly";
  const after = decided && outcome && outcome.id !== before.id ? outcome : null;
  const kept = [before, ...(after ? [after] : [])];
  const earned = (one: KeptScore, key: (typeof componentKeys)[number]) => {
    const value = one.result.components[key].points;
    return value === null ? t("missing") : points(value);
  };
  return (
    <Section id="skor" title={t("both")}>
      <div className="panel">
        <table className="tbl both">
          <thead>
            <tr>
              <th scope="col">{t("component")}</th>
              <th scope="col" className="num">
                {t("before")}
              </th>
              {after && (
                <th scope="col" className="num">
                  {t("after")}
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {componentKeys.map((key) => (
              <tr key={key}>
                <th scope="row">{name(key)}</th>
                {kept.map((one) => (
                  <td key={one.id} className={`num ${after && earned(before, key) !== earned(after, key) ? "font-heading" : ""}`}>
                    {earned(one, key)}
                  </td>
                ))}
              </tr>
            ))}
            <tr className="total">
              <th scope="row">{t("total")}</th>
              {kept.map((one) => (
                <td key={one.id} className="num font-heading">
                  {points(one.score)}
                </td>
              ))}
            </tr>
            <tr>
              <th scope="row">{t("level")}</th>
              {kept.map((one) => (
                <td key={one.id} className="num">
                  <Level level={one.level} />
                </td>
              ))}
            </tr>
          </tbody>
        </table>
      </div>
      <ul className="mt-2 grid gap-0.5 text-12 text-ink-3">
        {kept.map((one) => (
          <li key={one.id}>
            {t(one === before ? "before" : "after")}: {t("version", { version: one.version })},{" "}
            <Time at={one.computedAt} zone={unit.zone} style="long" />
          </li>
        ))}
      </ul>
      {decided && !outcome && (
        <p className="mt-2 text-13 text-ink-2" role="status">
          {t("pending")}
        </p>
      )}
      {decided && outcome && !after && <p className="mt-2 text-13 text-ink-2">{t("noChange")}</p>}
    </Section>
  );
}
