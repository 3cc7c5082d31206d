"use client";

import { useState } from "react";
import { keepMeetingAction, sealMeetingAction } from "#lib/coaching/actions.ts";
import type { Meeting } from "#lib/coaching/cases/detail.ts";
import { type MeetingMode, meetingModes } from "#lib/coaching/rules.ts";
import { zoneName } from "#lib/core/text.ts";
import { zoneOf } from "#lib/units/calendar.ts";
import { fieldOfInstant, instantOfField } from "#lib/units/local-time.ts";
import { ScriptForm } from "@/components/ui/script-form.tsx";
import { useSaving } from "../inbox/use-saving.ts";
import { Button } from "../ui/button.tsx";
import { Field, Input, Select, Textarea } from "../ui/field.tsx";
import { useCoachingWords } from "./words.ts";

type Props = { caseId: string; meeting: Meeting | null; zone: string; now: string; onDone: () => void };

/** The minutes of a meeting: who met when and where, what was said and agreed. */
export function MinutesForm({ caseId, meeting, zone, now, onDone }: Props) {
  const { t } = useCoachingWords();
  const known = zoneOf(zone);
  const [at, setAt] = useState(meeting ? fieldOfInstant(new Date(meeting.heldAt).toISOString(), known) : now);
  const [mode, setMode] = useState<MeetingMode>(meeting?.mode ?? "visit");
  const [form, setForm] = useState({
    place: meeting?.place ?? "",
    attendees: meeting?.attendees ?? "",
    minutes: meeting?.minutes ?? "",
    agreed: meeting?.agreed ?? "",
  });
  const { busy, save, errorOf, refused } = useSaving();
  const texts = { attendees: 2, minutes: 5, agreed: 3 } as const;
  const limits = { place: 200, attendees: 1000, minutes: 8000, agreed: 4000 } as const;
  return (
    <ScriptForm
      className="grid gap-4 rounded-md border border-line p-4"
      onSubmit={(event) => {
        event.preventDefault();
        const heldAt = instantOfField(at, known) ?? "";
        save(async () => {
          const answer = await keepMeetingAction({
            ...{ caseId, meetingId: meeting?.id ?? null, revision: meeting?.revision ?? 0 },
            ...{ heldAt, mode, ...form },
          });
          if (answer.ok) onDone();
          return answer;
        }, t("meeting.kept"));
      }}
    >
      <div className="grid gap-4 md:grid-cols-2">
        <Field id="notula-waktu" label={t("meeting.at", { zone: zoneName(zone) })} error={errorOf("heldAt")}>
          {(control) => (
            <Input {...control} type="datetime-local" required max={now} value={at} onChange={(event) => setAt(event.target.value)} />
          )}
        </Field>
        <Field id="notula-cara" label={t("meeting.mode")} error={errorOf("mode")}>
          {(control) => (
            <Select {...control} value={mode} onChange={(event) => setMode(event.target.value as MeetingMode)}>
              {meetingModes.map((each) => (
                <option key={each} value={each}>
                  {t(`meeting.modes.${each}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      <Field id="notula-tempat" label={t("meeting.place")} error={errorOf("place")}>
        {(control) => (
          <Input
            {...control}
            value={form.place}
            maxLength={limits.place}
            onChange={(event) => setForm({ ...form, place: event.target.value })}
          />
        )}
      </Field>
      {(Object.keys(texts) as (keyof typeof texts)[]).map((name) => (
        <Field
          key={name}
          id={`notula-${name}`}
          label={t(`meeting.${name}`)}
          hint={name === "attendees" ? t("meeting.attendeesHint") : undefined}
          error={errorOf(name)}
        >
          {(control) => (
            <Textarea
              {...control}
              rows={texts[name]}
              maxLength={limits[name]}
              value={form[name]}
              onChange={(event) => setForm({ ...form, [name]: event.target.value })}
            />
          )}
        </Field>
      ))}
      <div role="status">{refused && <p className="error">{refused}</p>}</div>
      <div>
        <Button type="submit" kind="primary" aria-disabled={busy || undefined}>
          {t("meeting.keep")}
        </Button>
      </div>
    </ScriptForm>
  );
}

/** Makes a berita acara of a draft; nobody changes it afterwards. */
export function SealForm({ meetingId, revision, proposed }: { meetingId: string; revision: number; proposed: string }) {
  const { t } = useCoachingWords();
  const [number, setNumber] = useState(proposed);
  const { busy, save, errorOf, refused } = useSaving();
  return (
    <ScriptForm
      className="grid gap-3 max-w-[420px]"
      onSubmit={(event) => {
        event.preventDefault();
        save(() => sealMeetingAction({ meetingId, revision, number }), t("meeting.sealedDone"));
      }}
    >
      <Field id={`segel-${meetingId}`} label={t("meeting.number")} hint={t("meeting.sealHint")} error={errorOf("number")}>
        {(control) => <Input {...control} value={number} maxLength={60} onChange={(event) => setNumber(event.target.value)} />}
      </Field>
      <div role="status">{refused && <p className="error">{refused}</p>}</div>
      <div>
        <Button type="submit" small aria-disabled={busy || undefined}>
          {t("meeting.seal")}
        </Button>
      </div>
    </ScriptForm>
  );
}
