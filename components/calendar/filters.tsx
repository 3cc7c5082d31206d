"use client";

import type { Route } from "next";
import Form from "next/form";
import { useTranslations } from "next-intl";
import type { ChangeEvent } from "react";
import { Button } from "../ui/button.tsx";
import { Select } from "../ui/field.tsx";

type Choice = { id: string; name: string };
export type Filter = { name: "unit" | "channel" | "pillar" | "tag" | "state"; chosen: string | null; choices: Choice[] };

/** What the calendar is narrowed to; kept in the address. Without scripts the button sends it. */
export function Filters({ kept, filters }: { kept: { view: string; day: string }; filters: Filter[] }) {
  const t = useTranslations("calendar.filters");
  const send = (event: ChangeEvent<HTMLSelectElement>) => event.target.form?.requestSubmit();
  return (
    <Form action={"/calendar" as Route} className="cal-filters" role="search" aria-label={t("label")}>
      <input type="hidden" name="view" value={kept.view} />
      <input type="hidden" name="day" value={kept.day} />
      {filters.map(({ name, chosen, choices }) => (
        <Select key={`${name} ${chosen}`} name={name} aria-label={t(name)} defaultValue={chosen ?? ""} onChange={send}>
          <option value="">{t(`all.${name}`)}</option>
          {choices.map((choice) => (
            <option key={choice.id} value={choice.id}>
              {choice.name}
            </option>
          ))}
        </Select>
      ))}
      <noscript>
        <Button type="submit">{t("send")}</Button>
      </noscript>
    </Form>
  );
}
