import type { Platform } from "#lib/platforms/contract.ts";
import type { AnswerTimes } from "#lib/scores/engagement/answers.ts";
import type { Breakdown, Hours, PostFigures } from "#lib/scores/engagement/figures.ts";
import type { Followers } from "#lib/scores/engagement/followers.ts";
import { changeOf, type Periods } from "#lib/scores/engagement/rules.ts";
import type { Zone } from "#lib/units/calendar.ts";
import { platformNames } from "@/components/posts/platform-names.ts";
import { Section } from "@/components/ui/section.tsx";
import { type EngagementAddress, exportHref } from "./address.ts";
import { FollowerLine } from "./follower-line.tsx";
import { Groups } from "./groups.tsx";
import { AnswerHours, BestHours } from "./hours.tsx";
import { Overview } from "./overview.tsx";
import { PostList } from "./post-list.tsx";
import { useWords } from "./words.ts";

type Props = {
  address: EngagementAddress;
  periods: Periods;
  zone: Zone;
  byUnit: boolean;
  figures: Breakdown;
  hours: Hours;
  followers: Followers;
  answers: AnswerTimes;
  posts: readonly PostFigures[];
};

/** Everything that is told of a place's engagement, the answer first. */
export function Report({ address, periods, zone, byUnit, figures, hours, followers, answers, posts }: Props) {
  const { t, count, percent, pillar } = useWords();
  const csv = (table: string) => (
    <a className="link text-13 print:hidden" href={exportHref(address, table)} download>
      CSV<span className="sr-only"> {t(`section.${table as "platforms"}`)}</span>
    </a>
  );
  const { now, before } = figures;
  const change = changeOf(now.interactions, before.interactions);
  const lead =
    now.posts === 0
      ? t("lead.noPosts")
      : now.interactions === null
        ? t("lead.missing", { posts: now.posts })
        : t(change === null ? "lead.first" : change > 0 ? "lead.more" : change < 0 ? "lead.fewer" : "lead.same", {
            interactions: count(now.interactions),
            posts: now.posts,
            change: percent(Math.abs(change ?? 0)),
          });
  return (
    <>
      <h2 className="lead">{lead}</h2>
      <Overview figures={figures} periods={periods} />
      {now.posts > 0 && (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-10 mt-10">
          <div className="grid grid-cols-[minmax(0,1fr)] xl:grid-cols-[minmax(0,1fr)_minmax(0,1fr)] gap-10">
            <Section id="platform-bagian" title={t("section.platforms")} aside={csv("platforms")}>
              <Groups
                groups={figures.platforms}
                nameOf={(key) => platformNames[key as Platform]}
                column={t("section.platforms")}
                title={(name, rate) => t("platforms.title", { name, rate })}
                aside={t("platforms.note")}
              />
            </Section>
            <Section id="isi" title={t("section.categories")} aside={csv("categories")}>
              <Groups
                groups={figures.categories}
                nameOf={(key) => t(`category.${key as "other"}`)}
                column={t("section.categories")}
                title={(name, rate) => t("categories.title", { name, rate })}
                aside={t("categories.note")}
              />
            </Section>
          </div>
          <Section id="pilar" title={t("section.pillars")} aside={figures.pillars.length > 0 && csv("pillars")}>
            {figures.pillars.length > 0 ? (
              <Groups
                groups={figures.pillars}
                nameOf={pillar}
                column={t("section.pillars")}
                title={(name, rate) => t("pillars.title", { name, rate })}
                aside={t("pillars.note", { count: now.posts - figures.pillars.reduce((sum, { posts: n }) => sum + n, 0) })}
              />
            ) : (
              <p className="text-ink-2">{t("pillars.missing")}</p>
            )}
          </Section>
          <Section id="jam" title={t("section.hours")} aside={csv("hours")}>
            <BestHours hours={hours} zone={zone} aside={null} />
          </Section>
          <Section id="daftar-unggahan" title={t("section.posts")} aside={csv("posts")}>
            <PostList posts={posts} address={address} zone={zone} byUnit={byUnit} />
          </Section>
        </div>
      )}
      <div className="grid grid-cols-[minmax(0,1fr)] gap-10 mt-10">
        <Section id="pengikut" title={t("section.followers")} aside={csv("followers")}>
          <FollowerLine followers={followers} />
        </Section>
        <Section id="jawaban" title={t("section.answers")} aside={csv("answers")}>
          <AnswerHours answers={answers} zone={zone} aside={null} />
        </Section>
      </div>
    </>
  );
}
