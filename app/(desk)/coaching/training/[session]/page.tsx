import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { libraryChoices, trainingOf } from "#lib/coaching/training/queries.ts";
import { now } from "#lib/core/clock.ts";
import { page } from "#lib/core/doors.ts";
import { Refusal } from "#lib/core/errors.ts";
import { zoneOf } from "#lib/units/calendar.ts";
import { fieldOfInstant } from "#lib/units/local-time.ts";
import { AttendanceForm } from "@/components/coaching/attendance-form.tsx";
import { TrainingForm } from "@/components/coaching/training-form.tsx";
import { LiveRefresh } from "@/components/live/live-refresh.tsx";
import { Messages } from "@/components/messages.tsx";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import Link from "@/components/ui/link.tsx";
import { Section } from "@/components/ui/section.tsx";
import { Time } from "@/components/ui/time.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("coaching.training"))("title") });

/** A training with its materials and who came. */
export default page("coaching.read", async ({ actor, params }) => {
  const id = z.uuid().safeParse(params.session);
  if (!id.success) throw new Refusal("not-found");
  const training = await trainingOf(actor, id.data);
  const [files, t] = await Promise.all([libraryChoices(actor, training.governmentId), getTranslations("coaching.training")]);
  return (
    <Messages namespaces={["coaching", "problems"]}>
      <PageHeader title={training.title} purpose={<Time at={training.heldAt} zone={training.zone} style="full" />} />
      <Page>
        <LiveRefresh topics={["coaching"]} />
        <p className="mb-6">
          <Link className="link" href={"/coaching/training" as Route}>
            {t("back")}
          </Link>
        </p>
        <div className="grid gap-8 max-w-[840px]">
          <div>
            <dl className="facts">
              <dt>{t("place")}</dt>
              <dd className="break-words">{training.place}</dd>
              <dt>{t("speaker")}</dt>
              <dd className="break-words">{training.speaker}</dd>
            </dl>
            {training.summary && <p className="mt-3 whitespace-pre-line break-words max-w-[70ch]">{training.summary}</p>}
          </div>
          <Section id="materi" title={t("materials")}>
            {training.materials.length === 0 ? (
              <p className="text-13 text-ink-2">{t("noMaterials")}</p>
            ) : (
              <ul className="grid gap-1.5">
                {training.materials.map((one) => (
                  <li key={"url" in one ? one.url : one.mediaId}>
                    <a
                      className="link break-words"
                      href={"url" in one ? one.url : `/coaching/training/${training.id}/files/${one.mediaId}`}
                      target="_blank"
                      rel="noreferrer"
                    >
                      {one.name}
                    </a>
                  </li>
                ))}
              </ul>
            )}
          </Section>
          <Section id="hadir" title={t("attendance")} count={training.attendance.filter(({ names }) => names).length}>
            {!training.manages && <p className="mb-2 text-13 text-ink-3">{t("ownHint")}</p>}
            {training.attendance.length === 0 ? (
              <p className="text-13 text-ink-2">{t("noAttendance")}</p>
            ) : (
              <dl className="facts">
                {training.attendance.map(({ unitId, unit, names }) => (
                  <div key={unitId} className="contents">
                    <dt>{unit}</dt>
                    <dd className="break-words">{names || <span className="text-ink-3">{t("absent")}</span>}</dd>
                  </div>
                ))}
              </dl>
            )}
            {training.manages && training.units.length > 0 && (
              <AttendanceForm key={training.attendance.length} sessionId={training.id} units={training.units} />
            )}
          </Section>
          {training.manages && (
            <TrainingForm
              key={training.revision}
              governmentId={training.governmentId}
              zone={training.zone}
              now={fieldOfInstant(now().toISOString(), zoneOf(training.zone))}
              session={training}
              files={files}
            />
          )}
        </div>
      </Page>
    </Messages>
  );
});
