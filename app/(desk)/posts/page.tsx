import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { may } from "#lib/core/access.ts";
import { page } from "#lib/core/doors.ts";
import { calendarTags } from "#lib/posts/calendar.ts";
import { listPosts, postFilters } from "#lib/posts/queries.ts";
import { readTag } from "#lib/posts/tags.ts";
import { currentUnit } from "#lib/units/queries.ts";
import { LiveRefresh } from "@/components/live/live-refresh.tsx";
import { PostTable } from "@/components/posts/post-table.tsx";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { ButtonLink } from "@/components/ui/button-link.tsx";
import { ChipLink } from "@/components/ui/chip.tsx";
import { Empty } from "@/components/ui/empty.tsx";
import { Icon } from "@/components/ui/icon.tsx";
import Link from "@/components/ui/link.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("posts.list"))("title") });

const filterOf = z.enum(postFilters).catch("all");
const cursorOf = z
  .string()
  .regex(/^\d+_[0-9a-f-]{36}$/)
  .transform((v) => ({ updatedAt: new Date(Number(v.split("_")[0])), id: v.split("_")[1]! }))
  .nullable()
  .catch(null);

export default page("post.read", async ({ actor, search }) => {
  const t = await getTranslations("posts.list");
  const filter = filterOf.parse(search.state ?? "all");
  const tag = readTag(search.tag);
  const unit = await currentUnit(actor);
  const known = (await calendarTags(actor, unit, null)).slice(0, 12);
  const { rows, more } = await listPosts(actor, unit, filter, cursorOf.parse(search.after ?? null), tag);
  const last = rows.at(-1);
  const href = (state: string, after?: string, tagged: string | null = tag) =>
    `/posts?${new URLSearchParams({ ...(state === "all" ? {} : { state }), ...(tagged ? { tag: tagged } : {}), ...(after ? { after } : {}) })}` as Route;
  return (
    <>
      <PageHeader
        title={t("title")}
        purpose={t("purpose", { unit: unit.shortName })}
        tools={
          <>
            {may(actor, "figures.read") && (
              <ButtonLink kind="quiet" small href={"/posts/figures" as Route}>
                {t("figures")}
              </ButtonLink>
            )}
            {may(actor, "schedule.pause") && (
              <ButtonLink kind="quiet" small href={"/operations/pause" as Route}>
                {t("pause")}
              </ButtonLink>
            )}
            {may(actor, "post.write") && (
              <ButtonLink kind="quiet" small href={"/posts/import" as Route}>
                {t("importPlan")}
              </ButtonLink>
            )}
            <ButtonLink kind="quiet" small href={"/posts/series" as Route}>
              {t("series")}
            </ButtonLink>
            <ButtonLink kind="quiet" small href={"/media" as Route} icon={<Icon name="image" />}>
              {t("media")}
            </ButtonLink>
          </>
        }
        action={
          may(actor, "post.write") && (
            <ButtonLink kind="primary" href={"/posts/new"} icon={<Icon name="pencil" />}>
              {t("write")}
            </ButtonLink>
          )
        }
      />
      <Page>
        <LiveRefresh topics={["post"]} />
        <nav className="chips mb-5" aria-label={t("filter")}>
          {postFilters.map((each) => (
            <ChipLink key={each} current={each === filter} href={href(each)}>
              {t(`filters.${each}`)}
            </ChipLink>
          ))}
        </nav>
        {(known.length > 0 || tag) && (
          <nav className="chips mb-5" aria-label={t("tags")}>
            {[...new Set([...(tag ? [tag] : []), ...known])].map((each) => (
              <ChipLink key={each} current={each === tag} href={href(filter, undefined, each === tag ? null : each)}>
                {each}
              </ChipLink>
            ))}
          </nav>
        )}
        {rows.length ? (
          <PostTable rows={rows} />
        ) : (
          <Empty
            action={
              may(actor, "post.write") && (
                <Link className="link" href="/posts/new">
                  {t("write")}
                </Link>
              )
            }
          >
            {t(filter === "all" && !tag ? "empty" : "emptyFilter")}
          </Empty>
        )}
        {more && last && (
          <p className="mt-5">
            <Link className="link" href={href(filter, `${last.updatedAt.getTime()}_${last.id}`)}>
              {t("older")}
            </Link>
          </p>
        )}
      </Page>
    </>
  );
});
