import type { Route } from "next";
import type { CoachedUnit } from "#lib/coaching/cases/list.ts";
import { caseLink, unitLink } from "#lib/coaching/links.ts";
import Link from "@/components/ui/link.tsx";
import { Level } from "../ui/level.tsx";
import { BeginButton } from "./begin-button.tsx";
import { CauseNames } from "./causes.tsx";
import { useCoachingWords } from "./words.ts";

/** Units with their silence, its cause and who coaches them; `takes`: a proposed case is taken from here. */
export function CoachedTable({ rows, takes }: { rows: CoachedUnit[]; takes: boolean }) {
  const { t } = useCoachingWords();
  return (
    <div className="panel">
      <table className="tbl cards coached">
        <caption className="sr-only">{t("list.caption")}</caption>
        <thead>
          <tr>
            {(["unit", "level", "silent", "cause", "case"] as const).map((name) => (
              <th key={name} scope="col">
                {t(`list.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.unitId}>
              <td className="name">
                <Link className="link" href={unitLink(row.code) as Route}>
                  {row.shortName}
                </Link>
              </td>
              <td>{row.level ? <Level level={row.level} /> : <span className="text-ink-3">{t("list.noScore")}</span>}</td>
              <td className="quiet silent">{row.level && silence(row, t)}</td>
              <td className="quiet">
                <CauseNames causes={row.causes} />
              </td>
              <td>
                <CaseCell row={row} takes={takes} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const silence = ({ daysSinceLastPost }: CoachedUnit, t: ReturnType<typeof useCoachingWords>["t"]) =>
  daysSinceLastPost === null ? t("list.never") : t("list.days", { days: daysSinceLastPost });

function CaseCell({ row, takes }: { row: CoachedUnit; takes: boolean }) {
  const { t, day } = useCoachingWords();
  const one = row.case;
  if (!one) return <span className="text-13 text-ink-3">{t("state.none")}</span>;
  if (one.state === "proposed" && takes)
    return <BeginButton small what={{ caseId: one.id, revision: one.revision }} label={t("case.take")} about={row.shortName} />;
  return (
    <span className="text-13">
      {one.state === "proposed" ? (
        <span className="text-ink-2">{t("state.proposed")}</span>
      ) : (
        <Link className="link" href={caseLink(one.id) as Route}>
          {one.state === "closed" && one.outcome
            ? t(`outcome.${one.outcome}`)
            : t("case.with", { mentor: one.mentor ?? "", day: one.endsOn ? day(one.endsOn, "dayShort") : "" })}
        </Link>
      )}
    </span>
  );
}
