"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { formatInstant, isLocale, zoneName } from "#lib/core/text.ts";
import type { BulkResult } from "#lib/inbox/work/bulk.ts";
import { choicesAt, type SnoozeUntil } from "#lib/inbox/work/snoozing-rules.ts";
import { zoneOf } from "#lib/units/calendar.ts";
import { ScriptForm } from "@/components/ui/script-form.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field, Input } from "../ui/field.tsx";

type Props = {
  open: boolean;
  count: number;
  zone: string;
  busy: boolean;
  onClose: () => void;
  onChoose: (until: SnoozeUntil, refused: (text: string) => void) => void;
};

/** Until when cases are put off; each on the clock and by the working days of its own unit. */
export function SnoozeDialog({ open, count, zone, busy, onClose, onChoose }: Props) {
  const t = useTranslations("inbox.snooze");
  const [field, setField] = useState("");
  const [error, setError] = useState<string>();
  const choose = (until: SnoozeUntil) => {
    if (busy) return;
    setError(undefined);
    onChoose(until, setError);
  };
  const close = () => {
    setError(undefined);
    onClose();
  };
  return (
    <Dialog open={open} onClose={close} title={t("title", { count })} closeLabel={t("close")}>
      <div className="grid gap-2">
        {(open ? choicesAt(new Date(), zoneOf(zone)) : []).map((choice) => (
          <Button key={choice} className="snooze-choice" aria-disabled={busy || undefined} onClick={() => choose({ choice })}>
            {t(`choice.${choice}`)}
          </Button>
        ))}
      </div>
      <ScriptForm
        className="snooze-own"
        onSubmit={(event) => {
          event.preventDefault();
          choose({ field });
        }}
      >
        <Field id="tunda-sampai" label={t("own", { zone: zoneName(zone) })} error={error}>
          {(control) => (
            <Input {...control} type="datetime-local" required value={field} onChange={(event) => setField(event.target.value)} />
          )}
        </Field>
        <Button type="submit" kind="primary" aria-disabled={busy || undefined}>
          {t("save")}
        </Button>
      </ScriptForm>
      <p className="mt-3 text-13 text-ink-3">{t("hint")}</p>
    </Dialog>
  );
}

/** Until when the cases that were put off stay away, and whether a deadline made it earlier than was asked. */
export function useSnoozedText(zone: string) {
  const t = useTranslations("inbox.snooze");
  const locale = useLocale();
  return (results: readonly BulkResult[]): string => {
    const put = results.filter(({ until }) => until);
    const until = put.map((one) => one.until!).reduce((a, b) => (a < b ? a : b));
    const at = formatInstant(until, zone, isLocale(locale) ? locale : "id", "near");
    return t(put.some(({ capped }) => capped) ? "doneCapped" : "done", { count: put.length, at });
  };
}
