import type { Route } from "next";
import { getTranslations } from "next-intl/server";
import { outgoingText } from "#lib/platforms/outgoing.ts";
import type { PostContent } from "#lib/posts/content.ts";
import type { PostDetail, PostPublication } from "#lib/posts/detail.ts";
import { titleOf } from "#lib/posts/shown.ts";
import { type Zone, zoneLabel } from "#lib/units/calendar.ts";
import { LiveRefresh } from "@/components/live/live-refresh.tsx";
import { Messages } from "@/components/messages.tsx";
import type { Handwork } from "@/components/posts/manual-package.tsx";
import { PostActions } from "@/components/posts/post-actions.tsx";
import { PostCopy } from "@/components/posts/post-copy.tsx";
import { PostTies } from "@/components/posts/post-ties.tsx";
import { PublicationLine } from "@/components/posts/publication-line.tsx";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { Icon } from "@/components/ui/icon.tsx";
import Link from "@/components/ui/link.tsx";
import { Note } from "@/components/ui/note.tsx";
import { PlatformMark } from "@/components/ui/platform-mark.tsx";
import { Section } from "@/components/ui/section.tsx";
import { StateBadge } from "@/components/ui/state-badge.tsx";
import { Time } from "@/components/ui/time.tsx";
import { History } from "./history.tsx";
import { PostTools } from "./post-tools.tsx";

type May = { write: boolean; schedule: boolean; settle: boolean; review: boolean };

/** A post that is no longer being written: what it says, where it stands on each channel, and what can be done. */
export async function PostView({ post, may }: { post: PostDetail; may: May }) {
  const [t, emergency] = await Promise.all([getTranslations("posts.detail"), getTranslations("approvals.emergency")]);
  const zone = post.unit.zone as Zone;
  return (
    <>
      <PageHeader title={titleOf(post.content.text) || t("title")} purpose={t("purpose", { unit: post.unit.shortName })} />
      <Page>
        <LiveRefresh topics={["post"]} />
        <div className="with-rail">
          <div>
            <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
              <StateBadge state={post.shown} />
              {post.publishAt && (
                <span className="text-13 text-ink-3">
                  {t(post.shown === "published" ? "publishedAt" : "publishAt")} <Time at={post.publishAt} zone={zone} style="near" />
                </span>
              )}
            </div>
            {post.state === "rejected" && post.lastDecision?.note && (
              <div className="mt-4">
                <Note kind="danger" icon={<Icon name="returned" />}>
                  <b>{t("rejectedBy", { name: post.lastDecision.by })}</b> “{post.lastDecision.note}”
                </Note>
              </div>
            )}
            {post.emergency && (
              <div className="mt-4">
                <Note kind="warn" icon={<Icon name="warning" />}>
                  <b>{emergency("published", { name: post.emergency.by })}</b> “{post.emergency.reason}”{" "}
                  {emergency(post.emergency.seenAt ? "seen" : "unseen")}
                </Note>
              </div>
            )}
            {post.state === "submitted" && may.write && (
              <p className="mt-4">
                <Link className="link" href={`/posts/${post.id}/emergency` as Route}>
                  {emergency("open")}
                </Link>
              </p>
            )}
            {post.state === "submitted" && may.review && (
              <p className="mt-4">
                <Link className="link" href={`/review/${post.id}`}>
                  {t("toReview")}
                </Link>
              </p>
            )}
            <PostTies post={post} />
            <PostCopy post={post} />
            <Section id="terbitan" title={t("channels")}>
              {post.publications.length ? (
                <Messages namespaces={["posts", "problems"]}>
                  <ul className="border-t border-line">
                    {post.publications.map((p) => (
                      <PublicationLine
                        key={p.id}
                        publication={p}
                        zone={zone}
                        maySettle={may.settle}
                        handwork={p.state === "manual" && may.settle ? handworkOf(post.content, p) : undefined}
                      />
                    ))}
                  </ul>
                </Messages>
              ) : (
                <p className="flex flex-wrap gap-4 text-13 text-ink-2">
                  {post.content.channels.map((c) => (
                    <PlatformMark key={c.channelId} platform={c.platform} />
                  ))}
                </p>
              )}
            </Section>
          </div>
          <div className="rail">
            <section aria-labelledby="tindakan">
              <h2 id="tindakan" className="text-14 font-heading mb-3">
                {t("next")}
              </h2>
              <Messages namespaces={["posts", "problems", "ui"]}>
                <PostActions
                  post={{
                    id: post.id,
                    revision: post.revision,
                    state: post.state,
                    shown: post.shown,
                    publishAt: post.publishAt?.toISOString() ?? null,
                    begun: post.publications.some((p) => !["due", "held", "manual", "failed"].includes(p.state)),
                  }}
                  may={{ write: may.write, schedule: may.schedule }}
                  zone={zone}
                  zoneLabel={zoneLabel(zone)}
                />
              </Messages>
              {may.write && (
                <div className="mt-3">
                  <PostTools post={post} />
                </div>
              )}
            </section>
            <section aria-labelledby="riwayat">
              <h2 id="riwayat" className="text-14 font-heading mb-3">
                {t("history")}
              </h2>
              <History post={post} />
            </section>
          </div>
        </div>
      </Page>
    </>
  );
}

function handworkOf({ text, link, media, channels }: PostContent, { channelId, platform }: PostPublication): Handwork {
  const own = channels.find((channel) => channel.channelId === channelId);
  return {
    // By hand a link goes into the text wherever it is: nobody fills in a card.
    text: outgoingText(platform, { text: own?.text ?? text, link, withPictures: true }),
    files: media.map(({ mediaId, mime }) => ({ mediaId, mime })),
    firstComment: own?.firstComment ?? null,
  };
}
