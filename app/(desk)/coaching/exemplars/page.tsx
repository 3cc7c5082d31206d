import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { listExemplars } from "#lib/coaching/exemplars/exemplars.ts";
import { coachableUnits } from "#lib/coaching/queries.ts";
import { reaches } from "#lib/core/access.ts";
import { page } from "#lib/core/doors.ts";
import { currentUnit, isGovernment } from "#lib/units/queries.ts";
import { ExemplarCards } from "@/components/coaching/exemplar-cards.tsx";
import { ExemplarForm } from "@/components/coaching/exemplar-form.tsx";
import { CoachingTabs } from "@/components/coaching/tabs.tsx";
import { LiveRefresh } from "@/components/live/live-refresh.tsx";
import { Messages } from "@/components/messages.tsx";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { Empty } from "@/components/ui/empty.tsx";
import Link from "@/components/ui/link.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("coaching.exemplars"))("title") });

/** Posts that worked, as cards that other units begin from. */
export default page("coaching.read", async ({ actor, search }) => {
  const after = z
    .uuid()
    .nullable()
    .catch(null)
    .parse(search.after ?? null);
  const unit = await currentUnit(actor);
  const [{ cards, next }, units, t] = await Promise.all([
    listExemplars(actor, unit.governmentId, after),
    coachableUnits(actor, unit.governmentId),
    getTranslations("coaching.exemplars"),
  ]);
  const writes = !isGovernment(unit) && reaches(actor, "post.write", { unitId: unit.id, governmentId: unit.governmentId });
  return (
    <Messages namespaces={["coaching", "problems"]}>
      <PageHeader title={t("title")} purpose={t("purpose")} />
      <Page>
        <LiveRefresh topics={["coaching"]} />
        <CoachingTabs current="exemplars" />
        {units.length > 0 && <ExemplarForm key={cards[0]?.id} units={units} />}
        {cards.length ? <ExemplarCards cards={cards} writesFor={writes ? unit.id : null} /> : <Empty>{t("empty")}</Empty>}
        {(after || next) && (
          <nav className="flex gap-5 mt-5" aria-label={t("title")}>
            {after && (
              <Link className="link" href={"/coaching/exemplars" as Route}>
                {t("newest")}
              </Link>
            )}
            {next && (
              <Link className="link" href={`/coaching/exemplars?after=${next}` as Route}>
                {t("older")}
              </Link>
            )}
          </nav>
        )}
      </Page>
    </Messages>
  );
});
