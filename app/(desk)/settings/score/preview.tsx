"use client";

import type { Route } from "next";
import { useLocale, useTranslations } from "next-intl";
import { formatNumber, isLocale } from "#lib/core/text.ts";
import type { SettingsPreview } from "#lib/scores/preview.ts";
import { Level } from "@/components/ui/level.tsx";
import Link from "@/components/ui/link.tsx";

const levels = ["very_active", "active", "less_active", "passive", "dormant", "dead"] as const;

/** How many units stand on each level before and after, and which of them would stand on another. */
export function Preview({ preview }: { preview: SettingsPreview }) {
  const t = useTranslations("scoreSettings.preview");
  const chosen = useLocale();
  const points = (value: number) => formatNumber(value, isLocale(chosen) ? chosen : "id", 1);
  const { before, after, changes, moreChanges, looked, of, countsOtherwise } = preview;
  return (
    <section className="grid gap-4" aria-labelledby="pratinjau">
      <h3 id="pratinjau" className="text-14 font-heading">
        {changes.length ? t("title", { count: changes.length + moreChanges, of: looked }) : t("nothing", { of: looked })}
      </h3>
      {countsOtherwise && <p className="text-13 text-ink-2">{t("countsOtherwise")}</p>}
      {looked < of && <p className="text-13 text-ink-2">{t("looked", { looked, of })}</p>}
      <div className="panel max-w-[440px]">
        <table className="tbl tbl-dense">
          <caption className="sr-only">{t("levels")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("level")}</th>
              <th scope="col" className="num">
                {t("now")}
              </th>
              <th scope="col" className="num">
                {t("then")}
              </th>
            </tr>
          </thead>
          <tbody>
            {levels.map((level) => (
              <tr key={level}>
                <th scope="row">
                  <Level level={level} />
                </th>
                <td className="num">{before[level]}</td>
                <td className={`num ${before[level] === after[level] ? "" : "font-heading"}`}>{after[level]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {changes.length > 0 && (
        <div className="panel">
          <table className="tbl cards preview">
            <caption className="sr-only">{t("units")}</caption>
            <thead>
              <tr>
                <th scope="col">{t("unit")}</th>
                <th scope="col">{t("now")}</th>
                <th scope="col">{t("then")}</th>
              </tr>
            </thead>
            <tbody>
              {changes.map((one) => (
                <tr key={one.unitId}>
                  <td className="name">
                    <Link className="link" href={`/scores/${encodeURIComponent(one.code)}` as Route}>
                      {one.shortName}
                    </Link>
                    <small className="block text-13 font-body text-ink-3">{one.governmentName}</small>
                  </td>
                  <td>
                    <Level level={one.before.level} /> {points(one.before.score)}
                  </td>
                  <td>
                    <Level level={one.after.level} /> {points(one.after.score)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {moreChanges > 0 && <p className="text-13 text-ink-3">{t("more", { count: moreChanges })}</p>}
    </section>
  );
}
