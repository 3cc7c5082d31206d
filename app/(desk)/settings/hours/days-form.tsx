"use client";

import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useRef, useState } from "react";
import { isLocale } from "#lib/core/text.ts";
import { saveDaysAction } from "#lib/units/actions.ts";
import type { DaysSettings } from "#lib/units/hours-schema.ts";
import { longDay } from "@/components/calendar/words.ts";
import { Button } from "@/components/ui/button.tsx";
import { Field, Input } from "@/components/ui/field.tsx";
import { ScriptForm } from "@/components/ui/script-form.tsx";
import { useSaving } from "./saving.ts";

type Props = { governmentId: string; days: DaysSettings; today: string; may: boolean };
type Entry = { key: number; first: string; last: string; name: string; from: string; to: string };
type List = "ramadan" | "holidays" | "workingDays";
const lists = ["ramadan", "holidays", "workingDays"] as const;

const blank = { first: "", last: "", name: "", from: "", to: "" };
const known = (list: Omit<Entry, "key">[]): Entry[] => list.map((entry, index) => ({ key: -1 - index, ...entry }));
const entriesOf = ({ ramadan, holidays, workingDays }: DaysSettings): Record<List, Entry[]> => ({
  ramadan: known(ramadan.map(({ from, to }) => ({ ...blank, first: from, last: to }))),
  holidays: known(holidays.map(({ day, name }) => ({ ...blank, first: day, name }))),
  workingDays: known(
    workingDays.map(({ day, name, hours }) => ({ ...blank, first: day, name, from: hours?.from ?? "", to: hours?.to ?? "" })),
  ),
});
const daysOf = ({ ramadan, holidays, workingDays }: Record<List, Entry[]>): DaysSettings => ({
  ramadan: ramadan.map(({ first, last }) => ({ from: first, to: last })),
  holidays: holidays.map(({ first, name }) => ({ day: first, name })),
  workingDays: workingDays.map(({ first, name, from, to }) => ({ day: first, name, hours: from || to ? { from, to } : null })),
});

/** A government's Ramadan, its own holidays, and days on which it works all the same. */
export function DaysForm({ governmentId, days, today, may }: Props) {
  const t = useTranslations("hours.days");
  const nextKey = useRef(0);
  const [entries, setEntries] = useState<Record<List, Entry[]>>(() => entriesOf(days));
  const { save, error, busy } = useSaving();
  const add = (list: List) => {
    nextKey.current += 1;
    setEntries({ ...entries, [list]: [...entries[list], { key: nextKey.current, ...blank }] });
  };
  const change = (list: List, key: number, made: Partial<Entry> | null) =>
    setEntries({ ...entries, [list]: entries[list].flatMap((one) => (one.key !== key ? one : made ? { ...one, ...made } : [])) });

  return (
    <ScriptForm
      className="grid gap-5 mt-4"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (may) save(() => saveDaysAction({ governmentId, ...daysOf(entries) }), t("saved"));
      }}
    >
      {lists.map((list) => (
        <fieldset key={list} className="grid gap-3 p-4 rounded-md border border-line">
          <legend className="text-14 font-heading px-1">{t(list)}</legend>
          {list === "workingDays" && <p className="text-13 text-ink-3">{t("workingHint")}</p>}
          {entries[list].length === 0 && <p className="text-13 text-ink-3">{t("none")}</p>}
          {entries[list].map((entry) => (
            <EntryFields
              key={entry.key}
              list={list}
              entry={entry}
              may={may && (entry.key > 0 || (list === "ramadan" ? entry.last : entry.first) >= today)}
              change={(made) => change(list, entry.key, made)}
            />
          ))}
          {may && (
            <div>
              <Button small onClick={() => add(list)}>
                {t(({ ramadan: "addRamadan", holidays: "addHoliday", workingDays: "addWorkingDay" } as const)[list])}
              </Button>
            </div>
          )}
        </fieldset>
      ))}
      <div role="status">{error && <p className="error">{error}</p>}</div>
      {may && (
        <div>
          <Button type="submit" kind="primary" aria-disabled={busy || undefined}>
            {t("save")}
          </Button>
        </div>
      )}
    </ScriptForm>
  );
}

const isDay = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text);

type FieldsProps = { list: List; entry: Entry; may: boolean; change: (made: Partial<Entry> | null) => void };

function EntryFields({ list, entry, may, change }: FieldsProps) {
  const t = useTranslations("hours.days");
  const chosen = useLocale();
  const locale = isLocale(chosen) ? chosen : "id";
  const id = `${list}-${entry.key}`;
  const field = (name: keyof typeof blank, label: ReactNode, type: "date" | "text" | "time", width: string) => (
    <div className={width}>
      <Field id={`${id}-${name}`} label={label}>
        {(control) => (
          <Input
            {...control}
            type={type}
            maxLength={type === "text" ? 80 : undefined}
            readOnly={!may}
            value={entry[name]}
            onChange={(event) => change({ [name]: event.target.value })}
          />
        )}
      </Field>
    </div>
  );
  return (
    <div className="flex flex-wrap items-end gap-2">
      {field("first", t(list === "ramadan" ? "first" : "day"), "date", "w-[156px]")}
      {list === "ramadan" && field("last", t("last"), "date", "w-[156px]")}
      {list !== "ramadan" && field("name", t("name"), "text", "grow basis-[180px]")}
      {list === "workingDays" && field("from", t("from"), "time", "w-[124px]")}
      {list === "workingDays" && field("to", t("to"), "time", "w-[124px]")}
      {may && (
        <Button small kind="quiet" onClick={() => change(null)}>
          {t("drop", { what: entry.name || (isDay(entry.first) && longDay(entry.first, locale)) || t("new") })}
        </Button>
      )}
    </div>
  );
}
