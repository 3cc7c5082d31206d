import { getTranslations } from "next-intl/server";
import type { Actor } from "#lib/core/access.ts";
import { readLocale } from "#lib/core/i18n.ts";
import { formatInstant } from "#lib/core/text.ts";
import { maskPersonalData } from "#lib/inbox/masking.ts";
import { changedParts, changesBetween } from "#lib/posts/changes.ts";
import { contentOfLastRound, postDetail } from "#lib/posts/detail.ts";
import { type QueueItem, reviewQueue } from "#lib/posts/queries.ts";
import { titleOf } from "#lib/posts/shown.ts";
import { LiveRefresh } from "@/components/live/live-refresh.tsx";
import { Messages } from "@/components/messages.tsx";
import { PostCopy } from "@/components/posts/post-copy.tsx";
import { ReviewForm } from "@/components/posts/review-form.tsx";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { Deadline } from "@/components/ui/deadline.tsx";
import { Empty } from "@/components/ui/empty.tsx";
import { Icon } from "@/components/ui/icon.tsx";
import Link from "@/components/ui/link.tsx";
import { Note } from "@/components/ui/note.tsx";
import { PlatformMark } from "@/components/ui/platform-mark.tsx";
import { StateBadge } from "@/components/ui/state-badge.tsx";
import { Time } from "@/components/ui/time.tsx";

/** The verifier's desk: the queue, one post with what changed since the last round, and the six points. */
export async function ReviewDesk({ actor, id }: { actor: Actor; id: string | null }) {
  const [t, queue] = await Promise.all([getTranslations("posts.review"), reviewQueue(actor)]);
  const open = id ?? queue[0]?.id ?? null;
  return (
    <>
      <PageHeader
        title={t("title")}
        purpose={t("purpose", { count: queue.length })}
        tools={
          <span className="text-13 text-ink-3 flex items-center gap-1">
            <kbd>J</kbd> <kbd>K</kbd> {t("moveKeys")}
          </span>
        }
      />
      <Page work>
        <LiveRefresh topics={["post"]} />
        {!queue.length && !open ? (
          <div className="page">
            <Empty
              action={
                <Link className="link" href="/posts?state=submitted">
                  {t("toPosts")}
                </Link>
              }
            >
              {t("empty")}
            </Empty>
          </div>
        ) : (
          <div className={`review ${id ? "" : "unchosen"}`}>
            <Queue queue={queue} current={open} />
            {open && <Opened actor={actor} id={open} queue={queue} />}
          </div>
        )}
      </Page>
    </>
  );
}

async function Queue({ queue, current }: { queue: QueueItem[]; current: string | null }) {
  const [t, locale] = await Promise.all([getTranslations("posts.review"), readLocale()]);
  return (
    <nav className="review-queue" aria-label={t("queue")}>
      {queue.map((item) => (
        <Link key={item.id} href={`/review/${item.id}`} aria-current={item.id === current ? "page" : undefined}>
          <span className="flex justify-between items-center gap-2 text-12 text-ink-3">
            <span className="truncate">{item.unit.shortName}</span>
            {item.publishAt && <Deadline label={t("goesOut", { time: formatInstant(item.publishAt, item.unit.zone, locale, "short") })} />}
          </span>
          <span className="title">{item.title}</span>
          <span className="flex justify-between gap-2 text-12 text-ink-3">
            <span>
              {t("submitted")} <Time at={item.submittedAt} zone={item.unit.zone} style="short" />
            </span>
            {item.round > 1 && <span>{t("round", { round: item.round })}</span>}
          </span>
        </Link>
      ))}
    </nav>
  );
}

async function Opened({ actor, id, queue }: { actor: Actor; id: string; queue: QueueItem[] }) {
  const post = await postDetail(actor, id);
  const [t, before] = await Promise.all([getTranslations("posts.review"), contentOfLastRound(post)]);
  const place = queue.findIndex((item) => item.id === id);
  const changes = before && before.text !== post.content.text ? changesBetween(before.text, post.content.text) : null;
  const parts = before ? changedParts(before, post.content) : [];
  const personal = [
    post.content.title ?? "",
    post.content.text,
    ...post.content.channels.flatMap((c) => [c.text ?? "", c.firstComment ?? ""]),
  ]
    .flatMap((text) => maskPersonalData(text).found)
    .filter((kind) => kind !== "email" && kind !== "phone");
  return (
    <>
      <div className="review-doc">
        <div className="flex flex-wrap items-center gap-x-4 gap-y-1 mb-3">
          <StateBadge state={post.shown} />
          <span className="text-13 text-ink-2">{post.unit.shortName}</span>
          {post.publishAt && (
            <span className="text-13 text-ink-2">
              {t("willGoOut")} <Time at={post.publishAt} zone={post.unit.zone} style="near" />
            </span>
          )}
        </div>
        <h2 className="text-22 font-heading mb-4">{titleOf(post.content.text)}</h2>
        {post.lastDecision?.note && post.round > 1 && (
          <Note kind="warn" icon={<Icon name="returned" />}>
            <b>{t("lastNote", { name: post.lastDecision.by, round: post.lastDecision.round })}</b> “{post.lastDecision.note}”
          </Note>
        )}
        {changes && <p className="text-13 text-ink-3 mt-4">{t("changes")}</p>}
        {parts.length > 0 && (
          <p className="text-13 text-ink-3 mt-1">{t("changedParts", { parts: parts.map((part) => t(`parts.${part}`)).join(", ") })}</p>
        )}
        <PostCopy
          post={post}
          copy={
            changes && (
              <p className="post-copy">
                {changes.map((change, index) => {
                  const key = index;
                  if (change.kind === "added") return <ins key={key}>{change.text}</ins>;
                  if (change.kind === "removed") return <del key={key}>{change.text}</del>;
                  return <span key={key}>{change.text}</span>;
                })}
              </p>
            )
          }
        />
        <p className="flex flex-wrap gap-x-4 gap-y-1 text-13 text-ink-2 mb-3">
          {post.content.channels.map((c) => (
            <PlatformMark key={c.channelId} platform={c.platform} />
          ))}
        </p>
        <p className="text-13 text-ink-3">{t("covers")}</p>
      </div>
      {post.state === "submitted" && place >= 0 ? (
        <Messages namespaces={["posts", "problems"]}>
          <ReviewForm
            key={`${post.id}-${post.revision}-${post.round}`}
            post={{ id: post.id, revision: post.revision }}
            next={queue[place + 1]?.id ?? queue[place - 1]?.id ?? null}
            previous={queue[place - 1]?.id ?? null}
            schedules={post.publishAt !== null}
            personalData={personal.length > 0}
          />
        </Messages>
      ) : (
        <aside className="review-check">
          <p className="text-13 text-ink-2">{t("notWaiting")}</p>
          <p className="mt-2">
            <Link className="link" href={`/posts/${post.id}`}>
              {t("toPost")}
            </Link>
          </p>
        </aside>
      )}
    </>
  );
}
