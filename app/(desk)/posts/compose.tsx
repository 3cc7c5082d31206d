import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { channelsOf, type PostDetail } from "#lib/posts/detail.ts";
import { remarksOf } from "#lib/posts/remarks.ts";
import { type Zone, zoneLabel } from "#lib/units/calendar.ts";
import type { UnitCard } from "#lib/units/queries.ts";
import { Messages } from "@/components/messages.tsx";
import { Composer } from "@/components/posts/composer.tsx";
import { type Draft, draftOf } from "@/components/posts/draft.ts";
import { PostTies } from "@/components/posts/post-ties.tsx";
import { RemarkList } from "@/components/posts/remark-list.tsx";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { Icon } from "@/components/ui/icon.tsx";
import { Note } from "@/components/ui/note.tsx";
import { StateBadge } from "@/components/ui/state-badge.tsx";
import { PostTools } from "./[id]/post-tools.tsx";

const blank: Draft = {
  title: "",
  text: "",
  link: "",
  pillar: null,
  source: "",
  sourceLink: "",
  sourceDocument: "",
  publishAt: null,
  channels: [],
  pictures: [],
  video: null,
  firstComment: "",
  collaborators: "",
  tags: [],
};

type Props = {
  unit: UnitCard;
  post: PostDetail | null;
  tools?: ReactNode;
  /** What a new post is written for, shown above it. */
  occasion?: ReactNode;
  /** Words that a new post begins with. */
  words?: string;
};

/** The composer for a new post of a unit or for one that may still be changed. */
export async function Compose({ unit, post, tools, occasion, words }: Props) {
  const [t, channels] = await Promise.all([getTranslations("posts.composer"), channelsOf(unit.id)]);
  const zone = unit.zone as Zone;
  const connected = channels.filter((c) => c.state === "connected");
  const initial = post
    ? draftOf(post.content, { publishAt: post.publishAt?.toISOString() ?? null, tags: post.tags })
    : { ...blank, channels: connected.slice(0, 1).map((c) => ({ channelId: c.id, text: null })) };
  const returned = post?.state === "returned" && post.lastDecision?.note ? post.lastDecision : null;
  const remarks =
    post && returned ? (await remarksOf(post.id)).filter((remark) => remark.round === returned.round || !remark.resolvedAt) : [];
  return (
    <>
      <PageHeader title={t("title")} purpose={t("purpose", { unit: unit.shortName })} tools={tools} />
      <Page work>
        <Messages namespaces={["posts", "approvals", "bank", "media", "problems", "ui"]}>
          <Composer
            key={post?.id ?? `new-${unit.id}`}
            initial={initial}
            words={words}
            post={{ postId: post?.id ?? null, revision: post?.revision ?? 0 }}
            unit={{ id: unit.id, zone, zoneLabel: zoneLabel(zone) }}
            channels={channels}
            state={<StateBadge state={post?.state === "returned" ? "returned" : "draft"} />}
            note={
              <>
                {occasion}
                {post && (
                  // The header shows its tools on wide screens alone.
                  <div className="flex flex-wrap gap-2 md:hidden">
                    <PostTools post={post} />
                  </div>
                )}
                {post && <PostTies post={{ ...post, tags: [] }} />}
                {returned && (
                  <Note kind="warn" icon={<Icon name="returned" />}>
                    <b>{t("returnedBy", { name: returned.by, round: returned.round })}</b> “{returned.note}”
                    <RemarkList remarks={remarks} resolves />
                  </Note>
                )}
              </>
            }
          />
        </Messages>
      </Page>
    </>
  );
}
