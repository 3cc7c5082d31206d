"use client";

import type { Route } from "next";
import { useState } from "react";
import type { Meeting } from "#lib/coaching/cases/detail.ts";
import Link from "@/components/ui/link.tsx";
import { Button } from "../ui/button.tsx";
import { MinutesForm, SealForm } from "./minutes-forms.tsx";
import { useCoachingWords } from "./words.ts";

type Props = {
  caseId: string;
  meetings: Meeting[];
  zone: string;
  writes: boolean;
  seals: boolean;
  /** The number that the next berita acara would have. */
  number: string;
  /** The present minute on the unit's clock, as a field shows it. */
  now: string;
};

/** Meetings, the latest first: drafts of minutes are written and sealed here, what is sealed is only read. */
export function Meetings({ caseId, meetings, zone, writes, seals, number, now }: Props) {
  const { t, instant } = useCoachingWords();
  const [editing, setEditing] = useState<string | null>(null);
  const stop = () => setEditing(null);
  return (
    <>
      {meetings.length === 0 && <p className="text-13 text-ink-2">{t("meeting.none")}</p>}
      <ul className="grid gap-5">
        {meetings.map((meeting) => (
          <li key={meeting.id} className="border-b border-line pb-4">
            <p>
              <b className="font-strong">{instant(meeting.heldAt, zone, "full")}</b>{" "}
              <span className={`state ${meeting.sealedAt ? "state-ok" : "state-warn"}`}>
                {t(meeting.sealedAt ? "meeting.sealed" : "meeting.draft")}
              </span>
            </p>
            <p className="text-13 text-ink-3">
              {t(`meeting.modes.${meeting.mode}`)}, {meeting.place}
            </p>
            <p className="mt-2 whitespace-pre-line break-words">{meeting.minutes}</p>
            <p className="mt-2 text-13 font-strong">{t("meeting.agreed")}</p>
            <p className="whitespace-pre-line break-words">{meeting.agreed}</p>
            {meeting.sealedAt ? (
              <p className="mt-2 text-13 text-ink-3">
                {t("meeting.numberedBy", {
                  number: meeting.number ?? "",
                  day: instant(meeting.sealedAt, zone),
                  by: meeting.sealedBy ?? "",
                })}
              </p>
            ) : (
              editing === meeting.id && (
                <div className="mt-4">
                  <MinutesForm key={meeting.revision} caseId={caseId} meeting={meeting} zone={zone} now={now} onDone={stop} />
                </div>
              )
            )}
            <div className="mt-3 flex flex-wrap items-center gap-3">
              <Link className="link" href={`/coaching/${caseId}/minutes/${meeting.id}` as Route}>
                {t("meeting.print")}
              </Link>
              {!meeting.sealedAt && writes && (
                <Button small aria-expanded={editing === meeting.id} onClick={() => setEditing(editing === meeting.id ? null : meeting.id)}>
                  {t(editing === meeting.id ? "meeting.cancel" : "meeting.edit")}
                </Button>
              )}
            </div>
            {!meeting.sealedAt && seals && editing !== meeting.id && (
              <div className="mt-4">
                <SealForm key={meeting.revision} meetingId={meeting.id} revision={meeting.revision} proposed={number} />
              </div>
            )}
          </li>
        ))}
      </ul>
      {writes && (
        <div className="mt-4">
          <Button aria-expanded={editing === "new"} onClick={() => setEditing(editing === "new" ? null : "new")}>
            {t(editing === "new" ? "meeting.cancel" : "meeting.new")}
          </Button>
          {editing === "new" && (
            <div className="mt-4">
              <MinutesForm caseId={caseId} meeting={null} zone={zone} now={now} onDone={stop} />
            </div>
          )}
        </div>
      )}
    </>
  );
}
