import type { CaseDetail, Meeting } from "#lib/coaching/cases/detail.ts";
import { useCoachingWords } from "./words.ts";

/** A berita acara: what was held, said and agreed, its number, and room for two signatures. A draft says that it is one. */
export function Minutes({ one, meeting }: { one: CaseDetail; meeting: Meeting }) {
  const { t, instant } = useCoachingWords();
  const { zone } = one.unit;
  return (
    <article className="minutes">
      <h2>{t("minutes.title")}</h2>
      <p className="text-center">
        {meeting.number ? t("minutes.number", { number: meeting.number }) : <span className="state state-warn">{t("minutes.draft")}</span>}
      </p>
      <p className="mt-6">{t("minutes.opening", { day: instant(meeting.heldAt, zone, "day") })}</p>
      <dl className="facts mt-4">
        <dt>{t("minutes.unit")}</dt>
        <dd>{one.unit.name}</dd>
        <dt>{t("minutes.region")}</dt>
        <dd>{one.unit.governmentName}</dd>
        <dt>{t("minutes.time")}</dt>
        <dd>{instant(meeting.heldAt, zone, "full")}</dd>
        <dt>{t("minutes.mode")}</dt>
        <dd>{t(`meeting.modes.${meeting.mode}`)}</dd>
        <dt>{t("minutes.place")}</dt>
        <dd className="break-words">{meeting.place}</dd>
        <dt>{t("minutes.attendees")}</dt>
        <dd className="whitespace-pre-line break-words">{meeting.attendees}</dd>
      </dl>
      <h3 className="mt-5 font-strong">{t("minutes.content")}</h3>
      <p className="whitespace-pre-line break-words">{meeting.minutes}</p>
      <h3 className="mt-5 font-strong">{t("minutes.agreed")}</h3>
      <p className="whitespace-pre-line break-words">{meeting.agreed}</p>
      <p className="mt-5">{t("minutes.closing")}</p>
      <div className="signs">
        <div>{t("minutes.mentor")}</div>
        <div>{t("minutes.unitSign")}</div>
      </div>
      {meeting.sealedAt && (
        <p className="mt-6 text-12 text-ink-3 break-all">
          {t("minutes.sealedLine", {
            day: instant(meeting.sealedAt, zone, "long"),
            by: meeting.sealedBy ?? "",
            digest: meeting.digest ?? "",
          })}
        </p>
      )}
    </article>
  );
}
