import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { type Actor, may } from "#lib/core/access.ts";
import { type Alarms as AlarmList, alarmsOf } from "#lib/delivery/queries.ts";
import { titleOf } from "#lib/posts/shown.ts";
import type { UnitCard } from "#lib/units/queries.ts";
import { Icon } from "../ui/icon.tsx";
import Link from "../ui/link.tsx";
import { Note } from "../ui/note.tsx";
import { PlatformMark } from "../ui/platform-mark.tsx";
import { Time } from "../ui/time.tsx";

type Words = Awaited<ReturnType<typeof getTranslations<"delivery.alarms">>>;

/**
 * Says when posts go out late or wait for a platform, whose access ends soon, and which posts may not go out in time. Nothing
 * while all is well. `here`: the page that lists deliveries itself.
 */
export async function Alarms({ actor, unit, at, here = false }: { actor: Actor; unit: UnitCard; at: Date; here?: boolean }) {
  const seesChannels = may(actor, "channel.read");
  if (!seesChannels && !may(actor, "post.write")) return null;
  const [t, { late, held, ending, atRisk }] = await Promise.all([getTranslations("delivery.alarms"), alarmsOf(actor, unit, at)]);
  if (!late && !held.length && !ending.length && !atRisk.length) return null;
  const toChannels = seesChannels && (
    <Link className="underline" href="/settings/channels">
      {t("openChannels")}
    </Link>
  );
  return (
    <div className="grid gap-3 mb-6">
      {late > 0 && (
        <Note kind="danger" icon={<Icon name="alert" />} role="status">
          {t("late", { count: late })}{" "}
          {seesChannels && !here && (
            <Link className="underline" href="/operations">
              {t("openOperations")}
            </Link>
          )}
        </Note>
      )}
      {held.length > 0 && (
        <Alarm kind="warn" icon="clock" title={t("held")}>
          {held.map(({ platform, count, until }) => (
            <Line key={platform}>
              <PlatformMark platform={platform} /> <span>{t("heldCount", { count })}</span>{" "}
              <Time at={until} zone={unit.zone} style="short" />
            </Line>
          ))}
        </Alarm>
      )}
      {ending.length > 0 && (
        <Alarm kind={ending[0]!.within === "week" ? "warn" : "danger"} icon="clock" title={t("ending")} link={toChannels}>
          {ending.map(({ channelId, platform, handle, at: end, zone, within }) => (
            <Line key={channelId}>
              <PlatformMark platform={platform} /> <span>{handle}</span> <Time at={end} zone={zone} style="short" />
              {within !== "week" && <b>{t(within === "over" ? "isOver" : "withinHour")}</b>}
            </Line>
          ))}
        </Alarm>
      )}
      {atRisk.length > 0 && (
        <Alarm kind="danger" icon="warning" title={t("atRisk")} link={toChannels}>
          <Risky posts={atRisk} t={t} />
        </Alarm>
      )}
    </div>
  );
}

function Risky({ posts, t }: { posts: AlarmList["atRisk"]; t: Words }) {
  return posts.map((post) => (
    <Line key={post.id}>
      <PlatformMark platform={post.platform} /> <span>{post.handle}</span> <Time at={post.dueAt} zone={post.zone} style="short" />
      {post.text !== null && (
        <Link className="underline" href={`/posts/${post.postId}`}>
          {titleOf(post.text) || t("untitled")}
        </Link>
      )}
      <span>{t(`reason.${post.reason}`)}</span>
    </Line>
  ));
}

type AlarmProps = { kind: "warn" | "danger"; icon: "clock" | "warning"; title: string; link?: ReactNode; children: ReactNode };

function Alarm({ kind, icon, title, link, children }: AlarmProps) {
  return (
    <Note kind={kind} icon={<Icon name={icon} />} role="status">
      <p>
        <b>{title}</b> {link}
      </p>
      <ul className="grid gap-1 mt-1">{children}</ul>
    </Note>
  );
}

const Line = ({ children }: { children: ReactNode }) => <li className="flex flex-wrap gap-x-2">{children}</li>;
