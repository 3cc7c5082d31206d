import type { Route } from "next";
import { useTranslations } from "next-intl";
import type { CaseDetail } from "#lib/inbox/queries.ts";
import Link from "@/components/ui/link.tsx";
import { Icon } from "../ui/icon.tsx";
import { Note } from "../ui/note.tsx";
import { type Assignable, CaseActions } from "./case-actions.tsx";
import { CaseStanding } from "./case-state.tsx";
import { ReplyBox } from "./reply-box.tsx";
import { PostCard, ThreadEntry } from "./thread-entry.tsx";

type Props = {
  detail: CaseDetail;
  /** Whose drafts the boxes keep. */
  personId: string;
  people: Assignable[];
  mayWork: boolean;
  maySendAgain: boolean;
  back: Route;
  now: Date;
};

/** One conversation: its head with what can be done, what was said, and the box to answer, which never scrolls away. */
export function Thread({ detail, personId, people, mayWork, maySendAgain, back, now }: Props) {
  const t = useTranslations("inbox");
  const name = detail.authorName || t("citizen.unnamed");
  return (
    <section className="thread" aria-label={t("thread.label", { name })}>
      <header className="thread-head">
        <Link className="thread-back" href={back} aria-label={t("back")}>
          <Icon name="arrowLeft" size={20} />
        </Link>
        <h2>{name}</h2>
        <CaseStanding {...detail} now={now} />
        <button type="button" className="thread-more btn btn-quiet btn-small" popoverTarget="rincian">
          <Icon name="info" />
          <span>{t("context")}</span>
        </button>
        {mayWork && (
          <CaseActions caseId={detail.id} revision={detail.revision} state={detail.state} assigneeId={detail.assigneeId} people={people} />
        )}
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="thread-body" aria-label={t("thread.messages")} tabIndex={0}>
        <div className="thread-entries">
          <PostCard post={detail.post} platform={detail.platform} zone={detail.zone} private={detail.private} />
          {detail.thread.map((entry) => (
            <ThreadEntry
              key={`${entry.type}-${entry.id}`}
              entry={entry}
              detail={detail}
              asks={entry.type === "message" && entry.direction === "in" && entry.authorName === detail.authorName}
              maySendAgain={maySendAgain}
            />
          ))}
        </div>
      </section>
      {mayWork ? (
        <ReplyBox
          key={detail.id}
          caseId={detail.id}
          revision={detail.revision}
          platform={detail.platform}
          isPrivate={detail.private}
          name={name}
          personId={personId}
        />
      ) : (
        <div className="reply">
          <Note icon={<Icon name="eye" />}>{t("compose.readOnly", { unit: detail.unit.shortName })}</Note>
        </div>
      )}
    </section>
  );
}
