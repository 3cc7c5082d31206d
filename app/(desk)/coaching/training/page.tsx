import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { libraryChoices, listTrainings, type TrainingCursor } from "#lib/coaching/training/queries.ts";
import { reaches } from "#lib/core/access.ts";
import { now } from "#lib/core/clock.ts";
import { page } from "#lib/core/doors.ts";
import { zoneOf } from "#lib/units/calendar.ts";
import { fieldOfInstant } from "#lib/units/local-time.ts";
import { currentUnit } from "#lib/units/queries.ts";
import { CoachingTabs } from "@/components/coaching/tabs.tsx";
import { TrainingForm } from "@/components/coaching/training-form.tsx";
import { LiveRefresh } from "@/components/live/live-refresh.tsx";
import { Messages } from "@/components/messages.tsx";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { Empty } from "@/components/ui/empty.tsx";
import Link from "@/components/ui/link.tsx";
import { Time } from "@/components/ui/time.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("coaching.training"))("title") });

const cursor = z
  .string()
  .regex(/^\d{1,15}\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  .transform((text): TrainingCursor => {
    const [at, id] = text.split(".") as [string, string];
    return { at: new Date(Number(at)).toISOString(), id };
  })
  .nullable()
  .catch(null);

/** Trainings of the government for its units. */
export default page("coaching.read", async ({ actor, search }) => {
  const after = cursor.parse(search.after ?? null);
  const unit = await currentUnit(actor);
  const manages = reaches(actor, "coaching.manage", { unitId: unit.governmentId, governmentId: unit.governmentId });
  const [{ rows, next }, files, t] = await Promise.all([
    listTrainings(actor, unit.governmentId, after),
    libraryChoices(actor, unit.governmentId),
    getTranslations("coaching.training"),
  ]);
  return (
    <Messages namespaces={["coaching", "problems"]}>
      <PageHeader title={t("title")} purpose={t("purpose", { region: unit.government.name })} />
      <Page>
        <LiveRefresh topics={["coaching"]} />
        <CoachingTabs current="training" />
        {manages && (
          <TrainingForm
            key={rows[0]?.id}
            governmentId={unit.governmentId}
            zone={unit.zone}
            now={fieldOfInstant(now().toISOString(), zoneOf(unit.zone))}
            session={null}
            files={files}
          />
        )}
        {rows.length === 0 && <Empty>{t("empty")}</Empty>}
        {rows.length > 0 && (
          <div className="panel">
            <table className="tbl cards trainings">
              <caption className="sr-only">{t("caption")}</caption>
              <thead>
                <tr>
                  {(["name", "when", "place", "speaker", "units"] as const).map((name) => (
                    <th key={name} scope="col">
                      {t(name)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.id}>
                    <td className="name whitespace-normal!">
                      <Link className="link" href={`/coaching/training/${row.id}` as Route}>
                        {row.title}
                      </Link>
                    </td>
                    <td className="quiet">
                      <Time at={row.heldAt} zone={unit.zone} style="long" />
                    </td>
                    <td className="quiet">{row.place}</td>
                    <td className="quiet">{row.speaker}</td>
                    <td className="quiet">{t("attended", { count: row.units })}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        {(after || next) && (
          <nav className="flex gap-5 mt-5" aria-label={t("title")}>
            {after && (
              <Link className="link" href={"/coaching/training" as Route}>
                {t("newest")}
              </Link>
            )}
            {next && (
              <Link className="link" href={`/coaching/training?after=${Date.parse(next.at)}.${next.id}` as Route}>
                {t("older")}
              </Link>
            )}
          </nav>
        )}
      </Page>
    </Messages>
  );
});
