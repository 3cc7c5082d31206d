import { useTranslations } from "next-intl";
import type { JudgedReply as Judged } from "#lib/inbox/thread/replies.ts";
import { Icon, type IconName } from "../ui/icon.tsx";
import { Time } from "../ui/time.tsx";
import { InsertButton } from "./insert-button.tsx";
import { ReplyDecision, WithdrawReply } from "./reply-decision.tsx";

const faces: Record<Judged["state"], { tone: string; icon: IconName }> = {
  submitted: { tone: "state-accent", icon: "stamp" },
  returned: { tone: "state-warn", icon: "returned" },
  rejected: { tone: "state-danger", icon: "wrong" },
};

type Props = { entry: Judged; zone: string; revision: number; mayWork: boolean };

/** An answer that somebody else has to say yes to: who is asked, what was said so far, and the decision beside it. */
export function JudgedReply({ entry, zone, revision, mayWork }: Props) {
  const t = useTranslations("inbox.judged");
  const role = useTranslations("people.role");
  const { tone, icon } = faces[entry.state];
  const asked = entry.asked.map((one) => (one.kind === "role" ? role(one.role as "verifier") : one.name));
  return (
    <article className={`pending ${entry.state === "submitted" ? "" : "pending-over"}`}>
      <p className="message-head">
        <span className={`mark state ${tone}`}>
          <Icon name={icon} size={14} />
          {t(entry.state)}
        </span>
        <span>
          {entry.authorName}, <Time at={entry.at} zone={zone} style="near" />
        </span>
      </p>
      <p className="said">{entry.text}</p>
      {entry.step && (
        <p className="text-13 text-ink-2">
          {entry.step.of > 1 && `${t("step", { number: entry.step.number, of: entry.step.of })} `}
          {t("asks", { who: asked.join(", ") })}
        </p>
      )}
      {entry.votes.map((vote) => (
        <p key={vote.id} className="text-13 text-ink-2">
          <b>{vote.by}</b> {t(`vote.${vote.decision as "approve"}`)}, <Time at={vote.at} zone={zone} style="near" />
          {vote.note && `: ${vote.note}`}
        </p>
      ))}
      {entry.mayDecide && <ReplyDecision replyId={entry.id} revision={revision} />}
      {entry.state === "submitted" && entry.own && <WithdrawReply replyId={entry.id} text={entry.text} />}
      {entry.state === "returned" && mayWork && (
        <div>
          <InsertButton text={entry.text}>{t("again")}</InsertButton>
        </div>
      )}
    </article>
  );
}
