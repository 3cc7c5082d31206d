import { useTranslations } from "next-intl";
import type { CaseDetail } from "#lib/coaching/cases/detail.ts";
import { caseWeeks, weekOfCase } from "#lib/coaching/rules.ts";
import { Note } from "../ui/note.tsx";
import { useCoachingWords } from "./words.ts";

/** How the case began, who coaches, what it aims at, how long is left or how it ended. */
export function CaseSummary({ one, today }: { one: CaseDetail; today: string }) {
  const { t, day, instant, points } = useCoachingWords();
  const level = useTranslations("ui.level");
  const { unit, state, startsOn, endsOn } = one;
  const late = state === "open" && endsOn !== null && today > endsOn;
  return (
    <>
      <p className="text-13 text-ink-2">
        {one.openedBy
          ? t("case.openedBy", { by: one.openedBy, day: instant(one.openedAt, unit.zone) })
          : t("case.proposedBy", { day: instant(one.openedAt, unit.zone), level: one.level ? level(one.level) : "" })}{" "}
        {startsOn &&
          (one.level && one.scoreTenths !== null
            ? t("case.startedAt", { start: day(startsOn), level: level(one.level), score: points(one.scoreTenths / 10) })
            : t("case.startedNoScore", { start: day(startsOn) }))}
      </p>
      <dl className="facts mt-3">
        <dt>{t("case.mentor")}</dt>
        <dd>{one.mentor?.name ?? t("case.noMentor")}</dd>
        {one.targetLevel && one.targetPosts && (
          <>
            <dt>{t("case.target")}</dt>
            <dd>{t("case.targetText", { level: level(one.targetLevel), posts: one.targetPosts })}</dd>
          </>
        )}
        {startsOn && endsOn && state === "open" && (
          <>
            <dt>{t("case.until")}</dt>
            <dd>
              {day(endsOn)}
              {!late && (
                <span className="text-ink-3">
                  , {t("case.weekNow", { week: Math.max(1, weekOfCase(startsOn, today)), weeks: caseWeeks })}
                </span>
              )}
            </dd>
          </>
        )}
        {one.outcome && one.closedAt && (
          <>
            <dt>{t("case.outcomeIs")}</dt>
            <dd>
              <b className="font-strong">{t(`outcome.${one.outcome}`)}</b>
              {one.closedLevel && one.outcome === "moved_up" && <>: {level(one.closedLevel)}</>}
              <br />
              <span className="text-ink-3">{t("case.closedOn", { day: instant(one.closedAt, unit.zone) })}</span>
            </dd>
          </>
        )}
        {one.outcomeNote && (
          <>
            <dt>{t("case.note")}</dt>
            <dd className="break-words">{one.outcomeNote}</dd>
          </>
        )}
      </dl>
      {late && (
        <div className="mt-3">
          <Note kind="warn">{t("case.overdue")}</Note>
        </div>
      )}
    </>
  );
}
