import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { page } from "#lib/core/doors.ts";
import { heldBy, openPauses, pausableUnits } from "#lib/delivery/pauses.ts";
import { titleOf } from "#lib/posts/shown.ts";
import { type Zone, zoneLabel } from "#lib/units/calendar.ts";
import { currentUnit } from "#lib/units/queries.ts";
import { LiveRefresh } from "@/components/live/live-refresh.tsx";
import { Messages } from "@/components/messages.tsx";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { Empty } from "@/components/ui/empty.tsx";
import { Section } from "@/components/ui/section.tsx";
import { Time } from "@/components/ui/time.tsx";
import { BeginPause } from "./begin-pause.tsx";
import { EndPause } from "./end-pause.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("delivery.pause"))("title") });

export default page("schedule.pause", async ({ actor }) => {
  const [t, unit] = await Promise.all([getTranslations("delivery.pause"), currentUnit(actor)]);
  const [pauses, units] = await Promise.all([openPauses(actor, unit), pausableUnits(actor, unit)]);
  const held = await Promise.all(pauses.map((pause) => (pause.mayEnd ? heldBy(actor, pause.id) : null)));
  return (
    <Messages namespaces={["delivery", "problems"]}>
      <PageHeader title={t("title")} purpose={t("purpose", { unit: unit.shortName })} />
      <Page>
        <LiveRefresh topics={["post"]} />
        <div className="grid gap-7">
          <Section id="jeda-berjalan" title={t("running")} count={pauses.length}>
            {pauses.length === 0 && <Empty>{t("none")}</Empty>}
            <div className="grid gap-6">
              {pauses.map((pause, index) => (
                <article key={pause.id} className="panel p-5 grid gap-4">
                  <div>
                    <h3>{pause.unit}</h3>
                    <p className="text-13 text-ink-2">
                      {t("since", { name: pause.by })} <Time at={pause.at} zone={pause.zone} style="short" />
                    </p>
                    <p className="wrap-anywhere">{t("because", { reason: pause.reason })}</p>
                    <p className="text-13 text-ink-2">{t("held", { count: pause.held })}</p>
                  </div>
                  {pause.mayEnd ? (
                    <EndPause
                      pauseId={pause.id}
                      unit={pause.unit}
                      zone={pause.zone as Zone}
                      zoneLabel={zoneLabel(pause.zone as Zone)}
                      count={held[index]?.count ?? 0}
                      posts={postsOf(held[index]?.rows ?? [])}
                    />
                  ) : (
                    <p className="text-13 text-ink-2">{t("onlyWatchers")}</p>
                  )}
                </article>
              ))}
            </div>
          </Section>
          {units.length > 0 && <BeginPause units={units} />}
        </div>
      </Page>
    </Messages>
  );
});

/** One choice a post: a first comment that waits goes the way of its post. */
function postsOf(rows: Awaited<ReturnType<typeof heldBy>>["rows"]) {
  const posts = new Map<string, { id: string; title: string; dueAt: string; comment: boolean }>();
  for (const row of rows)
    if (!posts.has(row.subjectId))
      posts.set(row.subjectId, {
        id: row.subjectId,
        title: titleOf(row.text),
        dueAt: row.dueAt.toISOString(),
        comment: row.subjectType === "first-comment",
      });
  return [...posts.values()];
}
