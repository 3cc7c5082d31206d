import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { may } from "#lib/core/access.ts";
import { now } from "#lib/core/clock.ts";
import { page } from "#lib/core/doors.ts";
import { currentUnit, isGovernment } from "#lib/units/queries.ts";
import { Alarms } from "@/components/delivery/alarms.tsx";
import { CrisisBanner } from "@/components/inbox/crisis-note.tsx";
import { LiveRefresh } from "@/components/live/live-refresh.tsx";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { ButtonLink } from "@/components/ui/button-link.tsx";
import { Icon } from "@/components/ui/icon.tsx";
import { Skeleton } from "@/components/ui/skeleton.tsx";
import { Time } from "@/components/ui/time.tsx";
import { Regions } from "./today/regions.tsx";
import { ActivityPanel, ScorePanel } from "./today/score-panel.tsx";
import { Upcoming } from "./today/upcoming.tsx";
import { Waiting } from "./today/waiting.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("today"))("title") });

export default page("today.read", async ({ actor }) => {
  const [t, unit] = await Promise.all([getTranslations("today"), currentUnit(actor)]);
  const at = now();
  const waits = (["inbox.read", "post.review", "post.write"] as const).some((permission) => may(actor, permission));
  return (
    <>
      <PageHeader
        title={t("title")}
        purpose={<Time at={at} zone={unit.zone} />}
        action={
          may(actor, "post.write") && (
            <ButtonLink kind="primary" href={"/posts/new"} icon={<Icon name="pencil" />}>
              {t("write")}
            </ButtonLink>
          )
        }
      />
      <Page>
        <LiveRefresh topics={["case", "post", "score"]} />
        <Suspense>
          <Alarms actor={actor} unit={unit} at={at} />
        </Suspense>
        <Suspense>
          <CrisisBanner actor={actor} unit={unit} />
        </Suspense>
        <div className="with-rail">
          <Suspense fallback={<WaitingSkeleton />}>
            {waits ? <Waiting actor={actor} unit={unit} at={at} /> : <Regions actor={actor} unit={unit} at={at} />}
          </Suspense>
          <div className="rail">
            {may(actor, "post.read") && (
              <Suspense fallback={<Skeleton rows={4} height={52} />}>
                <Upcoming actor={actor} unit={unit} at={at} />
              </Suspense>
            )}
            {unit.kind !== "ministry" && (
              <Suspense fallback={<Skeleton rows={4} height={32} />}>
                {isGovernment(unit) ? <ActivityPanel actor={actor} unit={unit} at={at} /> : <ScorePanel actor={actor} unit={unit} />}
              </Suspense>
            )}
          </div>
        </div>
      </Page>
    </>
  );
});

/** On a phone its rows wrap, as many as there are: what follows starts below the screen, so that it does not jump. */
const WaitingSkeleton = () => (
  <div className="max-md:min-h-dvh">
    <Skeleton rows={6} height={58} />
  </div>
);
