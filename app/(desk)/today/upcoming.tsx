import { getTranslations } from "next-intl/server";
import type { Actor } from "#lib/core/access.ts";
import { readLocale } from "#lib/core/i18n.ts";
import { formatInstant } from "#lib/core/text.ts";
import { upcomingPosts } from "#lib/posts/queries.ts";
import { localDay, type Zone } from "#lib/units/calendar.ts";
import type { UnitCard } from "#lib/units/queries.ts";
import Link from "@/components/ui/link.tsx";
import { PlatformMark } from "@/components/ui/platform-mark.tsx";
import { Section } from "@/components/ui/section.tsx";
import { StateBadge } from "@/components/ui/state-badge.tsx";

/** What goes out next, whatever its state. */
export async function Upcoming({ actor, unit, at }: { actor: Actor; unit: UnitCard; at: Date }) {
  const [t, locale, posts] = await Promise.all([getTranslations("today"), readLocale(), upcomingPosts(actor, unit, at)]);
  const day = (when: Date) => localDay(when, unit.zone as Zone);
  return (
    <Section
      id="berikutnya"
      title={t("upcoming")}
      aside={
        <Link className="link" href="/posts">
          {t("allPosts")}
        </Link>
      }
    >
      {posts.length ? (
        <ol className="timeline">
          {posts.map((p) => (
            <li key={p.id}>
              <time dateTime={p.publishAt!.toISOString()}>
                {formatInstant(p.publishAt!, p.unit.zone, locale, "time").replace(/ WI.*$/, "")}
                <small>
                  {day(p.publishAt!) === day(at) ? t("todayWord") : formatInstant(p.publishAt!, p.unit.zone, locale, "dayShort")}
                </small>
              </time>
              <div className="min-w-0">
                <p className="font-label truncate">
                  <Link href={`/posts/${p.id}`} className="hover:underline">
                    {p.title || t("untitled")}
                  </Link>
                </p>
                <p className="meta">
                  <StateBadge state={p.state} />
                  {p.platforms.map((platform) => (
                    <PlatformMark key={platform} platform={platform} />
                  ))}
                </p>
              </div>
            </li>
          ))}
        </ol>
      ) : (
        <p className="text-13 text-ink-2">{t("nothingNext")}</p>
      )}
    </Section>
  );
}
