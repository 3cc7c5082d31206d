import { useTranslations } from "next-intl";
import type { CaseDetail, ThreadItem } from "#lib/inbox/queries.ts";
import { titleOf } from "#lib/posts/shown.ts";
import { Avatar } from "../ui/avatar.tsx";
import { Icon } from "../ui/icon.tsx";
import { MaskedText } from "../ui/masked-text.tsx";
import { PlatformMark } from "../ui/platform-mark.tsx";
import { Time } from "../ui/time.tsx";
import { ReplyOnItsWay } from "./reply-on-its-way.tsx";

type Props = {
  entry: ThreadItem;
  detail: CaseDetail;
  /** Said by the citizen whose case this is. */
  asks: boolean;
  maySendAgain: boolean;
};

/** A message, an internal note, or an answer that is not on the platform yet. */
export function ThreadEntry({ entry, detail, asks, maySendAgain }: Props) {
  const t = useTranslations("inbox");
  if (entry.type === "reply") return <ReplyOnItsWay entry={entry} zone={detail.zone} maySendAgain={maySendAgain} />;
  if (entry.type === "note")
    return (
      <article className="case-note">
        <p className="case-note-line">
          <Icon name="noteSheet" /> {t("thread.noteHead")}
        </p>
        <p className="said">{entry.text}</p>
        <p className="case-note-line">
          {entry.authorName}, <Time at={entry.at} zone={detail.zone} style="near" />
        </p>
      </article>
    );
  const ours = entry.direction === "out";
  const name = entry.authorName || (ours ? detail.channel.handle : t("citizen.unnamed"));
  return (
    <article className={`message ${ours ? "message-ours" : ""}`}>
      <Avatar name={name} large />
      <div>
        <p className="message-head">
          <b className="text-14 text-ink">{name}</b>
          {ours && <span className="state state-accent">{t("thread.official")}</span>}
          <span>
            {!ours && !asks && `${t("thread.replies")}, `}
            <Time at={entry.at} zone={detail.zone} style="near" />
          </span>
        </p>
        {entry.text.trim() !== "" && (
          <p className="said">
            <MaskedText text={entry.text} />
          </p>
        )}
        {entry.attachment && <p className="text-13 text-ink-3">{t(`thread.attachment.${entry.attachment}`)}</p>}
      </div>
    </article>
  );
}

type PostProps = Pick<CaseDetail, "post" | "platform" | "zone" | "private">;

/** The post that the conversation stands under. */
export function PostCard({ post, platform, zone, private: isPrivate }: PostProps) {
  const t = useTranslations("inbox.thread");
  if (isPrivate) return <p className="post-card text-ink-3">{t("private")}</p>;
  if (!post) return <p className="post-card text-ink-3">{t("postUnknown")}</p>;
  const open = post.permalink && /^https?:\/\//i.test(post.permalink) ? post.permalink : null;
  return (
    <div className="post-card">
      <span className="min-w-0 grow">
        <b className="block truncate">{titleOf(post.text) || t("noText")}</b>
        <span className="meta">
          <PlatformMark platform={platform} />
          <Time at={post.publishedAt} zone={zone} style="date" />
          {post.comments !== null && <span>{t("comments", { count: post.comments })}</span>}
        </span>
      </span>
      {open && (
        <a className="btn btn-quiet btn-icon btn-small" href={open} target="_blank" rel="noopener noreferrer" aria-label={t("openPost")}>
          <Icon name="external" />
        </a>
      )}
    </div>
  );
}
