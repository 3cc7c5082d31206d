import { now } from "#lib/core/clock.ts";
import type { PostDetail } from "#lib/posts/detail.ts";
import { isEditable } from "#lib/posts/rules.ts";
import { addDays, localDay, type Zone, zoneLabel } from "#lib/units/calendar.ts";
import { fieldOfInstant } from "#lib/units/local-time.ts";
import { Messages } from "@/components/messages.tsx";
import { CorrectionButton } from "@/components/posts/correction-button.tsx";
import { RepeatButton } from "@/components/posts/repeat-button.tsx";

const seriesDays = 90;

/** What a writer can make of a post: a series that begins the day after it, and of a draft a correction. */
export function PostTools({ post }: { post: PostDetail }) {
  const zone = post.unit.zone as Zone;
  const today = localDay(now(), zone);
  const planned = post.publishAt ? localDay(post.publishAt, zone) : today;
  const from = addDays(planned > today ? planned : today, 1);
  const time = fieldOfInstant(post.publishAt?.toISOString() ?? null, zone).slice(11, 16) || "08:00";
  return (
    <Messages namespaces={["series", "correction", "problems", "ui"]}>
      <RepeatButton postId={post.id} zone={zone} zoneLabel={zoneLabel(zone)} begin={{ from, until: addDays(from, seriesDays), time }} />
      {isEditable(post.state) && <CorrectionButton postId={post.id} corrects={post.corrects} zone={zone} />}
    </Messages>
  );
}
