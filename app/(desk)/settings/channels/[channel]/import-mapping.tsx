"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import type { ImportCheck } from "#lib/posts/imports/importing.ts";
import { type Columns, dayOrders, importFields as fields, type ImportField } from "#lib/posts/imports/rules.ts";
import type { Zone } from "#lib/units/calendar.ts";
import { Field, Select } from "@/components/ui/field.tsx";
import { Note } from "@/components/ui/note.tsx";
import type { Options } from "./send-table.ts";

type Props = { check: ImportCheck; zone: Zone; options: Options; change: (options: Options) => void };

const zoneChoices: readonly Zone[] = ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"];

/** How the table is read: which export it is, what each column means, how its days and hours are meant. */
export function ImportMapping({ check, zone, options, change }: Props) {
  const t = useTranslations("figures");
  const id = useId();
  // What was chosen last stands, also while the table is looked over with it.
  const columns = options.columns ?? check.columns;
  const fieldOf = (place: number) => fields.find((field) => columns[field] === place) ?? "";
  const map = (place: number, field: ImportField | "") => {
    const mapped: Columns = Object.fromEntries(Object.entries(columns).filter(([name, at]) => at !== place && name !== field)) as Columns;
    if (field !== "") mapped[field] = place;
    change({ ...options, columns: mapped, dayOrder: options.dayOrder ?? check.dayOrder, zone: options.zone ?? check.zone });
  };
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <p>
        {check.remembered
          ? t("mapping.remembered", { by: check.remembered.by })
          : check.layout && !options.columns
            ? t("mapping.recognised", { layout: t(`layout.${check.layout}`) })
            : t("mapping.byHand")}
      </p>
      {check.missing.length > 0 && (
        <Note kind="warn" role="alert">
          {t("mapping.missing", { fields: check.missing.map((field) => t(`field.${field}`)).join(", ") })}
        </Note>
      )}
      {check.lettersGuessed && <Note>{t("mapping.letters")}</Note>}
      {check.yearGuessed && <Note>{t("mapping.year")}</Note>}
      {check.unknownKinds.length > 0 && <Note>{t("mapping.kinds", { kinds: check.unknownKinds.join(", ") })}</Note>}
      {check.dayOrderMixed && <Note kind="warn">{t("mapping.mixed")}</Note>}
      <details open={check.missing.length > 0 || options.columns !== null || undefined}>
        <summary className="link">{t("mapping.open")}</summary>
        <div className="grid gap-4 mt-3">
          <div className="grid gap-4 md:grid-cols-2 max-w-[640px]">
            <Field
              id={`${id}-order`}
              label={t("mapping.order")}
              hint={check.dayOrderSure ? t("mapping.orderSure") : t("mapping.orderHint")}
            >
              {(control) => (
                <Select
                  {...control}
                  value={check.dayOrderSure ? check.dayOrder : (options.dayOrder ?? check.dayOrder)}
                  disabled={check.dayOrderSure}
                  onChange={(event) => change({ ...options, dayOrder: event.target.value as Options["dayOrder"] })}
                >
                  {dayOrders.map((order) => (
                    <option key={order} value={order}>
                      {t(`mapping.orders.${order}`)}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
            <Field id={`${id}-zone`} label={t("mapping.zone")} hint={t("mapping.zoneHint")}>
              {(control) => (
                <Select
                  {...control}
                  value={options.zone ?? check.zone}
                  onChange={(event) => change({ ...options, zone: event.target.value as Zone })}
                >
                  {[...new Set([zone, ...zoneChoices])].map((one) => (
                    <option key={one} value={one}>
                      {t(`zone.${one}`)}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          </div>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls is reached by keyboard */}
          <section className="panel relative overflow-auto max-h-96" tabIndex={0} aria-label={t("mapping.columns")}>
            <table className="tbl tbl-dense cards labelled">
              <thead>
                <tr>
                  <th scope="col">{t("mapping.heading")}</th>
                  <th scope="col">{t("mapping.sample")}</th>
                  <th scope="col">{t("mapping.means")}</th>
                </tr>
              </thead>
              <tbody>
                {check.headings.map((heading, place) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
                  <tr key={place}>
                    <th scope="row" className="text-14! text-ink! font-normal!">
                      {heading || t("mapping.unnamed", { place: place + 1 })}
                    </th>
                    <td className="quiet max-w-64 truncate max-md:break-all">
                      {check.sample.map((line) => line[place] ?? "").find(Boolean)}
                    </td>
                    <td className="py-1">
                      <Select
                        aria-label={t("mapping.meansOf", { heading: heading || String(place + 1) })}
                        value={fieldOf(place)}
                        onChange={(event) => map(place, event.target.value as ImportField | "")}
                      >
                        <option value="">{t("mapping.unused")}</option>
                        {fields.map((field) => (
                          <option key={field} value={field}>
                            {t(`field.${field}`)}
                          </option>
                        ))}
                      </Select>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        </div>
      </details>
    </div>
  );
}
