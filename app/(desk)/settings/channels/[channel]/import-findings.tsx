"use client";

import { useLocale, useTranslations } from "next-intl";
import { formatInstant, isLocale } from "#lib/core/text.ts";
import type { ImportCheck } from "#lib/posts/imports/importing.ts";
import { startOfDay } from "#lib/units/calendar.ts";
import { Note } from "@/components/ui/note.tsx";

/** What an import would do, and every row that it would leave out with its reason. Nothing is saved yet. */
export function ImportFindings({ check }: { check: ImportCheck }) {
  const t = useTranslations("figures.findings");
  const chosen = useLocale();
  const locale = isLocale(chosen) ? chosen : "id";
  const day = (local: string) => formatInstant(startOfDay(local, check.zone), check.zone, locale, "date");
  const { fresh, renewed, same, older, elsewhere } = check.fates;
  const lines = [
    ["fresh", fresh],
    ["renewed", renewed],
    ["same", same],
    ["older", older],
    ["elsewhere", elsewhere],
  ] as const;
  return (
    <div className="grid gap-3" role="status">
      {check.foreign !== null && <Note kind="danger">{t("foreign", { found: check.foreign })}</Note>}
      <div>
        <p className="font-strong">
          {t(`rows.${check.what}`, { rows: check.rows })}
          {check.from && check.to && ` ${t("span", { from: day(check.from), to: day(check.to) })}`}
        </p>
        <ul className="list-disc pl-5 mt-1 text-ink-2">
          {lines.map(([fate, count]) => count > 0 && <li key={fate}>{t(`fate.${check.what}.${fate}`, { count })}</li>)}
          {check.wrong > 0 && <li>{t("wrong", { count: check.wrong })}</li>}
        </ul>
        <p className="text-13 text-ink-3 mt-1">{t("nothingYet")}</p>
      </div>
      {check.problems.length > 0 && <Problems check={check} />}
    </div>
  );
}

function Problems({ check: { problems, moreProblems, wrong, headings } }: { check: ImportCheck }) {
  const t = useTranslations("figures.findings");
  return (
    <Note kind="warn">
      <p className="font-strong">{t("problems", { count: wrong })}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls is reached by keyboard */}
      <ul className="grid gap-1 mt-1 max-h-72 overflow-y-auto" tabIndex={0} aria-label={t("problemList")}>
        {problems.map(({ row, column, code, value }) => (
          <li key={`${row}-${column}-${code}`} className="wrap-anywhere">
            {column === null ? t("row", { row }) : t("cell", { row, column: headings[column] ?? "" })}: {t(`code.${code}`, { value })}
          </li>
        ))}
      </ul>
      {moreProblems > 0 && <p className="mt-1">{t("more", { count: moreProblems })}</p>}
    </Note>
  );
}
