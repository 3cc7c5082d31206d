import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { reaches } from "#lib/core/access.ts";
import { page } from "#lib/core/doors.ts";
import { reportCard } from "#lib/scores/cards.ts";
import { regionInReach } from "#lib/scores/regions.ts";
import { currentUnit } from "#lib/units/queries.ts";
import { LiveRefresh } from "@/components/live/live-refresh.tsx";
import { ReportCard } from "@/components/scores/report-card.tsx";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { ButtonLink } from "@/components/ui/button-link.tsx";
import { Empty } from "@/components/ui/empty.tsx";
import { Icon } from "@/components/ui/icon.tsx";
import Link from "@/components/ui/link.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("scores.card"))("title") });

export default page("score.read", async ({ actor, params }) => {
  const { unit, card } = await reportCard(actor, decodeURIComponent(params.unit ?? ""));
  const place = { unitId: unit.id, governmentId: unit.governmentId };
  const [t, region, chosen] = await Promise.all([
    getTranslations("scores"),
    regionInReach(actor, { id: unit.governmentId }),
    currentUnit(actor),
  ]);
  const connects = reaches(actor, "channel.manage", place);
  const boardOf = {
    ...(region && region.id !== chosen.governmentId && { region: region.code }),
    ...(unit.kind === "district" && { group: "district" }),
  };
  const way = (permission: Parameters<typeof reaches>[1], href: string) => (reaches(actor, permission, place) ? (href as Route) : null);
  return (
    <>
      <PageHeader
        title={t("card.title")}
        purpose={t("card.purpose", { unit: unit.name, class: unit.scoreClass, region: unit.governmentName })}
        action={
          region && (
            <ButtonLink kind="quiet" icon={<Icon name="arrowLeft" />} href={`/scores?${new URLSearchParams(boardOf)}` as Route}>
              {t("board.title")}
            </ButtonLink>
          )
        }
      />
      <Page>
        <LiveRefresh topics={["score"]} />
        {card ? (
          <ReportCard
            card={card}
            ways={{ write: way("post.write", "/posts/new"), answer: way("inbox.work", "/inbox"), posts: way("post.read", "/posts") }}
          />
        ) : (
          <Empty
            action={
              connects && (
                <Link className="link" href={"/settings/channels" as Route}>
                  {t("card.connect")}
                </Link>
              )
            }
          >
            {t("card.empty", { unit: unit.name })}
          </Empty>
        )}
      </Page>
    </>
  );
});
