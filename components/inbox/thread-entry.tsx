import { useTranslations } from "next-intl";
import type { CaseDetail } from "#lib/inbox/queries.ts";
import { mentionParts } from "#lib/inbox/thread/rules.ts";
import type { ThreadItem, ThreadMessage, ThreadNote } from "#lib/inbox/thread/thread.ts";
import { titleOf } from "#lib/posts/shown.ts";
import { Avatar } from "../ui/avatar.tsx";
import { Icon } from "../ui/icon.tsx";
import { PlatformMark } from "../ui/platform-mark.tsx";
import { Time } from "../ui/time.tsx";
import { CitizenName, CitizenWords } from "./citizen-words.tsx";
import { JudgedReply } from "./judged-reply.tsx";
import { ModerationLines } from "./moderation-lines.tsx";
import { ReferralCard } from "./referral-card.tsx";
import { ReplyOnItsWay } from "./reply-on-its-way.tsx";

type Props = {
  entry: ThreadItem;
  detail: CaseDetail;
  /** Said by the citizen whose case this is. */
  asks: boolean;
  maySendAgain: boolean;
  mayWork: boolean;
};

/** What was said or done, of whatever sort. */
export function ThreadEntry({ entry, detail, asks, maySendAgain, mayWork }: Props) {
  switch (entry.type) {
    case "reply":
      return <ReplyOnItsWay entry={entry} zone={detail.zone} maySendAgain={maySendAgain} />;
    case "judged":
      return <JudgedReply entry={entry} zone={detail.zone} revision={detail.revision} mayWork={mayWork} />;
    case "referral":
      return <ReferralCard entry={entry} detail={detail} mayWork={mayWork} />;
    case "note":
      return <Note entry={entry} zone={detail.zone} />;
    case "message":
      return <Message entry={entry} detail={detail} asks={asks} />;
  }
}

function Note({ entry, zone }: { entry: ThreadNote; zone: string }) {
  const t = useTranslations("inbox.thread");
  return (
    <article className="case-note">
      <p className="case-note-line">
        <Icon name="noteSheet" /> {t("noteHead")}
      </p>
      <p className="said">
        {mentionParts(entry.text, entry.mentions).map(({ text, mention }, index) =>
          mention ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: a note does not change
            <b key={index} className="mention">
              {text}
            </b>
          ) : (
            text
          ),
        )}
      </p>
      <p className="case-note-line">
        {entry.authorName}, <Time at={entry.at} zone={zone} style="near" />
      </p>
    </article>
  );
}

function Message({ entry, detail, asks }: { entry: ThreadMessage; detail: CaseDetail; asks: boolean }) {
  const t = useTranslations("inbox");
  const ours = entry.direction === "out";
  const name = entry.authorName || (ours ? detail.channel.handle : t("citizen.unnamed"));
  return (
    <article className={`message message-depth-${entry.depth} ${ours ? "message-ours" : ""}`}>
      <Avatar name={name} large />
      <div>
        <p className="message-head">
          <b className="text-14 text-ink">
            <CitizenName name={name} />
          </b>
          {ours && <span className="state state-accent">{t("thread.official")}</span>}
          <span>
            {entry.repliesTo && entry.depth === 2 ? (
              <>
                {t("thread.repliesTo")} <CitizenName name={entry.repliesTo} />,{" "}
              </>
            ) : (
              !ours && !asks && `${t("thread.replies")}, `
            )}
            <Time at={entry.at} zone={detail.zone} style="near" />
          </span>
        </p>
        {entry.text.trim() !== "" && (
          <CitizenWords text={entry.text} className={entry.removedAt || entry.moderation?.hidden ? "said-removed" : ""} />
        )}
        {entry.attachment && <p className="text-13 text-ink-3">{t(`thread.attachment.${entry.attachment}`)}</p>}
        {entry.removedAt && (
          <p className="message-became">
            <Icon name="trash" size={14} /> {t(ours ? "thread.removedOurs" : "thread.removed")},{" "}
            <Time at={entry.removedAt} zone={detail.zone} style="near" />
          </p>
        )}
        <EarlierWords entry={entry} zone={detail.zone} />
        {entry.moderation && (
          <ModerationLines
            moderation={entry.moderation}
            caseId={detail.id}
            messageId={entry.id}
            revision={detail.revision}
            zone={detail.zone}
          />
        )}
      </div>
    </article>
  );
}

function EarlierWords({ entry: { earlier, editedAt }, zone }: { entry: ThreadMessage; zone: string }) {
  const t = useTranslations("inbox.thread");
  if (!editedAt) return null;
  return (
    <details className="message-earlier">
      <summary>
        <Icon name="pencil" size={14} /> {t("edited")} <Time at={editedAt} zone={zone} style="near" />. {t("seeEarlier")}
      </summary>
      {earlier.map(({ text, at }) => (
        <div key={at.getTime()} className="earlier-words">
          <p>
            {t("wordsOf")} <Time at={at} zone={zone} style="near" />
          </p>
          {text.trim() ? <CitizenWords text={text} /> : <p>{t("noWords")}</p>}
        </div>
      ))}
    </details>
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
