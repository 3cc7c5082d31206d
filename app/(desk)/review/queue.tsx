import { getTranslations } from "next-intl/server";
import { readLocale } from "#lib/core/i18n.ts";
import { formatInstant } from "#lib/core/text.ts";
import type { QueueItem } from "#lib/posts/queries.ts";
import { Deadline } from "@/components/ui/deadline.tsx";
import Link from "@/components/ui/link.tsx";
import { Time } from "@/components/ui/time.tsx";

/** What waits for this person, with its step, for how long that has waited, and when it is to go out. */
export async function Queue({ queue, current }: { queue: QueueItem[]; current: string | null }) {
  const [t, steps, emergency, locale] = await Promise.all([
    getTranslations("posts.review"),
    getTranslations("approvals.round"),
    getTranslations("approvals.emergency"),
    readLocale(),
  ]);
  const wordsOf = ({ round, step }: QueueItem) =>
    [
      round > 1 && t("round", { round }),
      step.of > 1 && steps("queueStep", { number: step.number, of: step.of }),
      step.idleHours >= 1 && steps("queueIdle", { hours: Math.floor(step.idleHours) }),
      step.asDeputy && steps("queueDeputy"),
    ].filter((words) => words !== false);
  return (
    <nav className="review-queue" aria-label={t("queue")}>
      {queue.map((item) => (
        <Link key={item.id} href={`/review/${item.id}`} aria-current={item.id === current ? "page" : undefined}>
          <span className="flex flex-wrap justify-between items-center gap-x-2 gap-y-1 text-12 text-ink-3">
            <span className="truncate">{item.unit.shortName}</span>
            {item.emergency ? (
              <Deadline over label={emergency("review")} />
            ) : (
              item.publishAt && <Deadline label={t("goesOut", { time: formatInstant(item.publishAt, item.unit.zone, locale, "short") })} />
            )}
          </span>
          <span className="title">{item.title}</span>
          <span className="flex flex-wrap justify-between gap-x-2 text-12 text-ink-3">
            {!item.emergency && (
              <span>
                {t("submitted")} <Time at={item.submittedAt} zone={item.unit.zone} style="short" />
              </span>
            )}
            <span>{wordsOf(item).join(", ")}</span>
          </span>
        </Link>
      ))}
    </nav>
  );
}
