import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { reaches } from "#lib/core/access.ts";
import { page } from "#lib/core/doors.ts";
import { templateColumns } from "#lib/posts/imports/columns.ts";
import { accountFigures } from "#lib/posts/imports/queries.ts";
import { Messages } from "@/components/messages.tsx";
import { platformNames } from "@/components/posts/platform-names.ts";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { ButtonLink } from "@/components/ui/button-link.tsx";
import { Icon } from "@/components/ui/icon.tsx";
import Link from "@/components/ui/link.tsx";
import { Note } from "@/components/ui/note.tsx";
import { Section } from "@/components/ui/section.tsx";
import { FollowersForm } from "./followers-form.tsx";
import { ImportTable } from "./import-table.tsx";
import { Known, RecentFollowers, RecentPosts } from "./known.tsx";
import { RegisterPost } from "./register-post.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("figures"))("title") });

export default page("channel.read", async ({ actor, params }) => {
  const figures = await accountFigures(actor, params.channel ?? "");
  const { channel, manages } = figures;
  const t = await getTranslations("figures");
  const place = { unitId: channel.unit.id, governmentId: channel.unit.governmentId };
  return (
    <Messages namespaces={["figures", "problems"]}>
      <PageHeader
        title={t("title")}
        purpose={t("purpose", { account: channel.handle, platform: platformNames[channel.platform], unit: channel.unit.shortName })}
        action={
          <ButtonLink kind="quiet" icon={<Icon name="arrowLeft" />} href="/settings/channels">
            {t("back")}
          </ButtonLink>
        }
      />
      <Page>
        <div className="with-rail">
          <div className="grid grid-cols-[minmax(0,1fr)] gap-9">
            {manages && (
              <Section id="impor" title={t("import.title")}>
                <ImportTable channelId={channel.id} zone={channel.zone} template={templateColumns} />
              </Section>
            )}
            {manages && (
              <Section id="catat" title={t("register.title")}>
                <RegisterPost channelId={channel.id} zone={channel.zone} />
              </Section>
            )}
            {!manages && channel.mode === "api" && <Note>{t("byApi", { platform: platformNames[channel.platform] })}</Note>}
            <Section id="unggahan" title={t("recent.title")} count={figures.posts}>
              <RecentPosts figures={figures} />
            </Section>
          </div>
          <aside className="rail" aria-label={t("known.title")}>
            <Section id="diketahui" title={t("known.title")}>
              <Known figures={figures} />
              {reaches(actor, "score.read", place) && (
                <p className="mt-3 text-13">
                  <Link className="link" href={`/scores/${encodeURIComponent(channel.unit.code)}` as Route}>
                    {t("toCard")}
                  </Link>
                </p>
              )}
            </Section>
            <Section id="pengikut" title={t("followers.title")}>
              <RecentFollowers figures={figures} />
              {manages && <FollowersForm channelId={channel.id} zone={channel.zone} />}
            </Section>
          </aside>
        </div>
      </Page>
    </Messages>
  );
});
