import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { caseDetail } from "#lib/coaching/cases/detail.ts";
import { proposedNumber } from "#lib/coaching/cases/meetings.ts";
import { mentorsFor } from "#lib/coaching/cases/mentors.ts";
import { progressOf } from "#lib/coaching/cases/progress.ts";
import { unitLink } from "#lib/coaching/links.ts";
import { now } from "#lib/core/clock.ts";
import { page } from "#lib/core/doors.ts";
import { Refusal } from "#lib/core/errors.ts";
import { ska1 } from "#lib/scores/settings.ts";
import { localDay, zoneOf } from "#lib/units/calendar.ts";
import { fieldOfInstant } from "#lib/units/local-time.ts";
import { BeginButton } from "@/components/coaching/begin-button.tsx";
import { CaseSummary } from "@/components/coaching/case-summary.tsx";
import { Causes } from "@/components/coaching/causes.tsx";
import { CloseCase, GiveMentor, PlanForm } from "@/components/coaching/lead-forms.tsx";
import { Meetings } from "@/components/coaching/meetings.tsx";
import { Progress } from "@/components/coaching/progress.tsx";
import { Reminders } from "@/components/coaching/reminders.tsx";
import { Tasks } from "@/components/coaching/tasks.tsx";
import { LiveRefresh } from "@/components/live/live-refresh.tsx";
import { Messages } from "@/components/messages.tsx";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import Link from "@/components/ui/link.tsx";
import { Note } from "@/components/ui/note.tsx";
import { Section } from "@/components/ui/section.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("coaching"))("title") });

/** A case from its causes to its outcome: plan, tasks, meetings, reminders, and how the score moved. */
export default page("coaching.read", async ({ actor, params }) => {
  const id = z.uuid().safeParse(params.case);
  if (!id.success) throw new Refusal("not-found");
  const one = await caseDetail(actor, id.data);
  const { unit, may, state } = one;
  const place = { unitId: unit.id, governmentId: unit.governmentId };
  const today = localDay(now(), zoneOf(unit.zone));
  const works = may.work && state === "open";
  const [t, progress, mentors, number] = await Promise.all([
    getTranslations("coaching"),
    one.startsOn ? progressOf(unit, one.startsOn, one.closedAt ? localDay(one.closedAt, zoneOf(unit.zone)) : null) : [],
    works && may.manage ? mentorsFor(place) : [],
    works ? proposedNumber({ governmentId: unit.governmentId, zone: unit.zone }) : "",
  ]);
  const ref = { caseId: one.id, revision: one.revision };
  const nowField = fieldOfInstant(now().toISOString(), zoneOf(unit.zone));
  return (
    <Messages namespaces={["coaching", "problems", "ui"]}>
      <PageHeader
        title={t("case.title", { unit: unit.shortName })}
        purpose={t("case.purpose", { unit: unit.name, region: unit.governmentName })}
        action={may.manage && state === "proposed" && <BeginButton primary what={ref} label={t("case.takeWide")} />}
      />
      <Page>
        <LiveRefresh topics={["coaching", "score"]} />
        <p className="mb-6 flex flex-wrap gap-x-5 gap-y-1">
          {(may.work || !may.answer) && (
            <Link className="link" href={"/coaching" as Route}>
              {t("case.back")}
            </Link>
          )}
          <Link className="link" href={unitLink(unit.code) as Route}>
            {t("case.unitPage", { unit: unit.shortName })}
          </Link>
        </p>
        {may.answer && !may.work && state === "open" && (
          <div className="mb-6">
            <Note kind="info">{t("case.forUnit")}</Note>
          </div>
        )}
        <div className="with-rail">
          <div className="grid gap-8 grid-cols-[minmax(0,1fr)]">
            {one.startsOn && (
              <Section id="kemajuan" title={t("progress.heading")}>
                <Progress weeks={progress} target={{ level: one.targetLevel, posts: one.targetPosts }} levels={ska1.levels} />
              </Section>
            )}
            <Section id="tugas" title={t("task.heading")}>
              <Tasks
                caseId={one.id}
                tasks={one.tasks}
                today={today}
                zone={unit.zone}
                adds={works}
                ticks={works || (may.answer && state === "open")}
              />
            </Section>
            <Section id="pertemuan" title={t("meeting.heading")}>
              <Meetings
                caseId={one.id}
                meetings={one.meetings}
                zone={unit.zone}
                writes={works}
                seals={may.work}
                number={number}
                now={nowField}
              />
            </Section>
            {works ? (
              <Section id="rencana" title={t("plan.heading")}>
                <PlanForm
                  key={one.revision}
                  {...ref}
                  plan={one.plan}
                  targetLevel={one.targetLevel ?? "less_active"}
                  targetPosts={one.targetPosts ?? 1}
                  startsOn={one.startsOn ?? today}
                  endsOn={one.endsOn ?? today}
                />
              </Section>
            ) : (
              one.startsOn && (
                <Section id="rencana" title={t("plan.plan")}>
                  <p className="whitespace-pre-line break-words max-w-[70ch]">{one.plan || t("plan.none")}</p>
                </Section>
              )
            )}
          </div>
          <aside className="rail" aria-label={t("case.summary")}>
            <Section id="ringkas" title={t("case.summary")}>
              <CaseSummary one={one} today={today} />
            </Section>
            <Section id="sebab" title={t("cause.heading")}>
              <Causes causes={one.causes} zone={unit.zone} />
            </Section>
            {one.reminders.length > 0 && (
              <Section id="pengingat" title={t("reminder.heading")}>
                <Reminders caseId={one.id} reminders={one.reminders} zone={unit.zone} today={today} works={works} />
              </Section>
            )}
            {works && may.manage && (
              <Section id="pendamping" title={t("mentor.heading")}>
                <GiveMentor key={one.mentor?.id} {...ref} mentors={mentors.filter(({ id: other }) => other !== one.mentor?.id)} />
              </Section>
            )}
            {may.work && state !== "closed" && (
              <Section id="tutup" title={state === "open" ? t("close.heading") : t("close.setAside")}>
                <CloseCase {...ref} open={state === "open"} />
              </Section>
            )}
          </aside>
        </div>
      </Page>
    </Messages>
  );
});
