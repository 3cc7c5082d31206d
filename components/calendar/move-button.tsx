"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { type Zone, zoneLabel } from "#lib/units/calendar.ts";
import { fieldOfInstant, instantOfField } from "#lib/units/local-time.ts";
import { useProblemText } from "../problems.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field, Input } from "../ui/field.tsx";
import type { PlanItem } from "./item.ts";
import { useMoving } from "./use-moving.ts";

const clock = (
  <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
    <path d="M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 1 0 0-17M12 7v5.25l3.25 2" />
  </svg>
);

/** Another time by date and clock: where there is nothing to drag on. A list has many; the dialog is made when it is asked for. */
export function MoveButton({ item, zone }: { item: PlanItem; zone: Zone }) {
  const t = useTranslations("calendar.move");
  const ui = useTranslations("ui");
  const problemText = useProblemText();
  const { move, busy } = useMoving(zone);
  const id = useId();
  const [open, setOpen] = useState(false);
  const [begun, setBegun] = useState(false);
  const [time, setTime] = useState("");
  const [error, setError] = useState<string>();
  const begin = () => {
    setTime(fieldOfInstant(item.at, zone));
    setError(undefined);
    setBegun(true);
    setOpen(true);
  };
  const send = () => {
    const at = instantOfField(time, zone);
    if (!at) return setError(problemText({ code: "time-required" }));
    setOpen(false);
    if (at !== item.at) move(item, at);
  };
  return (
    <>
      <Button
        small
        kind="quiet"
        icon={clock}
        aria-label={t("label", { title: item.title })}
        aria-disabled={busy || undefined}
        onClick={begin}
      />
      {begun && (
        <Dialog
          open={open}
          onClose={() => setOpen(false)}
          title={t("title")}
          closeLabel={ui("close")}
          actions={
            <Button kind="primary" onClick={send}>
              {t("send")}
            </Button>
          }
        >
          <p className="mb-3 font-label">{item.title}</p>
          <Field id={id} label={t("time", { zone: zoneLabel(zone) })} error={error}>
            {(control) => <Input {...control} type="datetime-local" value={time} onChange={(event) => setTime(event.target.value)} />}
          </Field>
        </Dialog>
      )}
    </>
  );
}
