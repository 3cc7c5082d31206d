import type { Route } from "next";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { CaseDetail } from "#lib/inbox/queries.ts";
import { isOpenReferral } from "#lib/inbox/referrals/rules.ts";
import Link from "@/components/ui/link.tsx";
import { Icon } from "../ui/icon.tsx";
import { Note } from "../ui/note.tsx";
import { type Assignable, CaseActions } from "./case-actions.tsx";
import { CaseStanding } from "./case-state.tsx";
import { CitizenName } from "./citizen-words.tsx";
import { Presence } from "./presence.tsx";
import { ReferSheet } from "./refer-sheet.tsx";
import { ReplyBox, type ReplyBoxProps } from "./reply-box.tsx";
import { PostCard, ThreadEntry } from "./thread-entry.tsx";
import type { LastSaid } from "./use-moved.ts";

type Props = {
  detail: CaseDetail;
  people: Assignable[];
  mayWork: boolean;
  /** Works for an agency that was asked to act. */
  mayNote: boolean;
  maySendAgain: boolean;
  back: Route;
  /** What the box to answer needs beside the case. */
  box: Pick<ReplyBoxProps, "personId" | "draft" | "people" | "canned" | "filling">;
  suggestions: ReactNode;
};

/** One conversation: its head with what can be done, what was said, and the box to answer, which never scrolls away. */
export function Thread({ detail, people, mayWork, mayNote, maySendAgain, back, box, suggestions }: Props) {
  const t = useTranslations("inbox");
  const name = detail.authorName || t("citizen.unnamed");
  const referred = detail.thread.some((entry) => entry.type === "referral" && isOpenReferral(entry.state));
  return (
    <section className="thread" aria-label={t("thread.label", { name })}>
      <header className="thread-head">
        <Link className="thread-back" href={back} aria-label={t("back")}>
          <Icon name="arrowLeft" size={20} />
        </Link>
        <h2>
          <CitizenName name={name} />
        </h2>
        <CaseStanding {...detail} />
        <button type="button" className="thread-more btn btn-quiet btn-small" popoverTarget="rincian">
          <Icon name="info" />
          <span>{t("context")}</span>
        </button>
        {mayWork && (
          <CaseActions caseId={detail.id} revision={detail.revision} state={detail.state} assigneeId={detail.assigneeId} people={people}>
            {!referred && detail.state !== "done" && (
              <ReferSheet key={detail.id} caseId={detail.id} revision={detail.revision} excerpt={detail.excerpt} name={name} />
            )}
          </CaseActions>
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
              mayWork={mayWork}
            />
          ))}
          {mayWork && (detail.state === "open" || detail.state === "snoozed") && suggestions}
        </div>
      </section>
      {mayWork || mayNote ? (
        <ReplyBox
          {...box}
          key={detail.id}
          caseId={detail.id}
          revision={detail.revision}
          platform={detail.platform}
          isPrivate={detail.private}
          name={name}
          kind={detail.kind}
          zone={detail.zone}
          mayAnswer={mayWork}
          last={lastSaid(detail)}
        />
      ) : (
        <div className="reply">
          <Presence key={detail.id} caseId={detail.id} writing={false} />
          <Note icon={<Icon name="eye" />}>{t("compose.readOnly", { unit: detail.unit.shortName })}</Note>
        </div>
      )}
    </section>
  );
}

function lastSaid({ thread, channel }: CaseDetail): LastSaid {
  const last = thread.findLast((entry) => entry.type === "message");
  if (last?.type !== "message") return null;
  const { id, authorName, text, at, direction } = last;
  return { id, name: authorName || channel.handle, text, at, ours: direction === "out" };
}
