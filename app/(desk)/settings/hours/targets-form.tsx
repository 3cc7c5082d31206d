"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { formatInstant, isLocale } from "#lib/core/text.ts";
import { saveTargetsAction } from "#lib/inbox/actions.ts";
import {
  exceedsReference,
  instantAfter,
  type ResponseKind,
  type ResponseTarget,
  references,
  responseKinds,
  type Targets,
} from "#lib/inbox/deadlines/deadlines.ts";
import { addDays, dayMinutes, startOfDay, type WorkingCalendar, weekdayOf } from "#lib/units/calendar.ts";
import { Button } from "@/components/ui/button.tsx";
import { Field, Input, Select } from "@/components/ui/field.tsx";
import { ScriptForm } from "@/components/ui/script-form.tsx";
import { useSaving } from "./saving.ts";

type Which = keyof Targets;
type Unit = "days" | "work" | "wall" | "none";
/** A time as it is typed. */
type Typed = { amount: string; unit: Unit };
const units = ["days", "work", "wall", "none"] as const;
const both = ["first", "resolution"] as const;

function typedOf(target: ResponseTarget): Typed {
  if (target === null) return { amount: "", unit: "none" };
  if ("days" in target) return { amount: String(target.days), unit: "days" };
  return { amount: String(target.minutes / 60), unit: target.clock === "wall" ? "wall" : "work" };
}

function targetOf({ amount, unit }: Typed): ResponseTarget {
  if (unit === "none") return null;
  const number = amount === "" ? Number.NaN : Number(amount.replace(",", "."));
  if (unit === "days") return { clock: "working", days: number };
  const minutes = Math.round(number * 60);
  return unit === "wall" ? { clock: "wall", minutes } : { clock: "working", minutes };
}

const isWhole = (target: ResponseTarget) =>
  target === null ||
  ("days" in target
    ? Number.isInteger(target.days) && target.days > 0 && target.days <= 90
    : target.minutes >= 15 && target.minutes <= 129_600);

type Props = { unitId: string; targets: Targets; calendar: WorkingCalendar; today: string; mayInherit: boolean };

/** For each kind the time to its first answer and to its end, with what that means for a message on a Friday afternoon. */
export function TargetsForm({ unitId, targets, calendar, today, mayInherit }: Props) {
  const t = useTranslations("hours.targets");
  const [typed, setTyped] = useState(() =>
    perKind((kind) => ({ first: typedOf(targets.first[kind]), resolution: typedOf(targets.resolution[kind]) })),
  );
  const [validFrom, setValidFrom] = useState(today);
  const { save, error, busy } = useSaving();
  const chosen = (): Targets => ({
    first: perKind((kind) => targetOf(typed[kind].first)),
    resolution: perKind((kind) => targetOf(typed[kind].resolution)),
  });
  return (
    <ScriptForm
      className="grid gap-5"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save(() => saveTargetsAction({ unitId, validFrom, targets: chosen() }), t("saved"));
      }}
    >
      <div className="grid gap-5 xl:grid-cols-2">
        {responseKinds.map((kind) => (
          <KindFields
            key={kind}
            kind={kind}
            typed={typed[kind]}
            calendar={calendar}
            received={fridayAfternoon(today, calendar)}
            change={(which, made) => setTyped({ ...typed, [kind]: { ...typed[kind], [which]: made } })}
          />
        ))}
      </div>
      <Field id="waktu-berlaku" label={t("validFrom")}>
        {(control) => (
          <Input
            {...control}
            className="md:w-44"
            type="date"
            min={today}
            value={validFrom}
            onChange={(event) => setValidFrom(event.target.value)}
          />
        )}
      </Field>
      <div role="status">{error && <p className="error">{error}</p>}</div>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" kind="primary" aria-disabled={busy || undefined}>
          {t("save")}
        </Button>
        {mayInherit && (
          <Button
            aria-disabled={busy || undefined}
            onClick={() => save(() => saveTargetsAction({ unitId, validFrom, targets: null }), t("inheritedNow"))}
          >
            {t("inherit")}
          </Button>
        )}
      </div>
    </ScriptForm>
  );
}

const perKind = <T,>(of: (kind: ResponseKind) => T) =>
  Object.fromEntries(responseKinds.map((kind) => [kind, of(kind)])) as Record<ResponseKind, T>;

/** 15.30 on the next Friday that is worked; today's counts. Within two months there is one, or any Friday serves. */
function fridayAfternoon(today: string, calendar: WorkingCalendar): Date {
  const fridays = Array.from({ length: 60 }, (_, more) => addDays(today, more)).filter((day) => weekdayOf(day) === 5);
  const day = fridays.find((one) => !calendar.holidays.has(one)) ?? fridays[0]!;
  return new Date(startOfDay(day, calendar.zone).getTime() + 15.5 * 3_600_000);
}

type KindProps = {
  kind: ResponseKind;
  typed: Record<Which, Typed>;
  calendar: WorkingCalendar;
  received: Date;
  change: (which: Which, made: Typed) => void;
};

function KindFields({ kind, typed, calendar, received, change }: KindProps) {
  const t = useTranslations("hours.targets");
  const kinds = useTranslations("inbox.kind");
  const name = kind === "crisis" ? t("crisis") : kinds(kind);
  return (
    <fieldset className="grid content-start gap-3 p-4 rounded-md border border-line min-w-0">
      <legend className="text-14 font-heading px-1">{name}</legend>
      <div className="grid gap-3 md:grid-cols-2">
        {both.map((which) => (
          <TimeFields key={which} kind={kind} name={name} which={which} typed={typed[which]} change={(made) => change(which, made)} />
        ))}
      </div>
      <Example kind={name} typed={typed} calendar={calendar} received={received} />
      <References kind={kind} typed={typed} workday={dayMinutes(calendar, "2026-11-23")} />
    </fieldset>
  );
}

type TimeProps = { kind: ResponseKind; name: string; which: Which; typed: Typed; change: (made: Typed) => void };

function TimeFields({ kind, name, which, typed, change }: TimeProps) {
  const t = useTranslations("hours.targets");
  const words = { kind: name, which: t(which) };
  // Hoaxes and crises do not wait for the office to open.
  const offered = units.filter((unit) => (kind === "hoax" || kind === "crisis" ? unit === "wall" || unit === "none" : true));
  return (
    <div>
      <span className="label">{t(which)}</span>
      <div className="flex gap-2">
        {typed.unit !== "none" && (
          <Input
            className="w-[84px] shrink-0"
            aria-label={t("amount", words)}
            type="number"
            inputMode="decimal"
            min={typed.unit === "days" ? 1 : 0.25}
            step={typed.unit === "days" ? 1 : 0.25}
            value={typed.amount}
            onChange={(event) => change({ ...typed, amount: event.target.value })}
          />
        )}
        <span className="grow min-w-0">
          <Select
            aria-label={t("unit", words)}
            value={typed.unit}
            onChange={(event) => change({ amount: typed.amount || "1", unit: event.target.value as Unit })}
          >
            {offered.map((unit) => (
              <option key={unit} value={unit}>
                {t(`units.${unit}`)}
              </option>
            ))}
          </Select>
        </span>
      </div>
    </div>
  );
}

function Example({
  kind,
  typed,
  calendar,
  received,
}: {
  kind: string;
  typed: Record<Which, Typed>;
  calendar: WorkingCalendar;
  received: Date;
}) {
  const t = useTranslations("hours.targets");
  const chosen = useLocale();
  const write = (at: Date) => formatInstant(at, calendar.zone, isLocale(chosen) ? chosen : "id", "near");
  const [a, b] = both.map((which) => targetOf(typed[which]));
  if (![a, b].every((target) => isWhole(target ?? null))) return null;
  const words = {
    kind,
    received: write(received),
    first: a ? write(instantAfter(received, a, calendar)) : "",
    last: b ? write(instantAfter(received, b, calendar)) : "",
  };
  return <p className="text-13 text-ink-2">{t(a && b ? "exampleBoth" : a ? "example" : b ? "exampleLast" : "exampleNone", words)}</p>;
}

function References({ kind, typed, workday }: { kind: ResponseKind; typed: Record<Which, Typed>; workday: number }) {
  const t = useTranslations("hours.targets");
  const found = both.flatMap((which) => {
    const reference = references[which][kind];
    return reference ? [{ which, ...reference, exceeds: exceedsReference(which, kind, targetOf(typed[which]), workday) }] : [];
  });
  if (found.length === 0)
    return both.some((which) => typed[which].unit !== "none") && <p className="text-13 text-ink-3">{t("proposal")}</p>;
  return found.map(({ which, days, basis, exceeds }) => (
    <p key={which} className="text-13 text-ink-3">
      {t(which)}. {t(`reference.${kind === "complaint" && which === "resolution" ? "field" : basis}`, { days })}
      {exceeds && <strong className="text-ink"> {t("exceeds")}</strong>}
    </p>
  ));
}
