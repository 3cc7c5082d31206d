import { getTranslations } from "next-intl/server";
import { type Actor, may } from "#lib/core/access.ts";
import { alarmsOf } from "#lib/delivery/queries.ts";
import { titleOf } from "#lib/posts/shown.ts";
import type { UnitCard } from "#lib/units/queries.ts";
import { Icon } from "@/components/ui/icon.tsx";
import Link from "@/components/ui/link.tsx";
import { Note } from "@/components/ui/note.tsx";
import { PlatformMark } from "@/components/ui/platform-mark.tsx";
import { Time } from "@/components/ui/time.tsx";

/** Says when posts go out late, and which cannot go out because their account lost its access. Nothing while all is well. */
export async function Alarms({ actor, unit, at }: { actor: Actor; unit: UnitCard; at: Date }) {
  const seesChannels = may(actor, "channel.read");
  if (!seesChannels && !may(actor, "post.write")) return null;
  const [t, { late, atRisk }] = await Promise.all([getTranslations("today.alarms"), alarmsOf(actor, unit, at)]);
  if (!late && !atRisk.length) return null;
  return (
    <div className="grid gap-3 mb-6">
      {late > 0 && (
        <Note kind="danger" icon={<Icon name="alert" />} role="status">
          {t("late", { count: late })}{" "}
          {seesChannels && (
            <Link className="underline" href="/operations">
              {t("openOperations")}
            </Link>
          )}
        </Note>
      )}
      {atRisk.length > 0 && (
        <Note kind="danger" icon={<Icon name="warning" />} role="status">
          <p>
            <b>{t("atRisk")}</b>{" "}
            {seesChannels && (
              <Link className="underline" href="/settings/channels">
                {t("openChannels")}
              </Link>
            )}
          </p>
          <ul className="grid gap-1 mt-1">
            {atRisk.map((post) => (
              <li key={post.id} className="flex flex-wrap gap-x-2">
                <PlatformMark platform={post.platform} /> <span>{post.handle}</span> <Time at={post.dueAt} zone={post.zone} style="short" />
                {post.text !== null && (
                  <Link className="underline" href={`/posts/${post.postId}`}>
                    {titleOf(post.text) || t("untitled")}
                  </Link>
                )}
              </li>
            ))}
          </ul>
        </Note>
      )}
    </div>
  );
}
