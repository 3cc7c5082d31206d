import { useTranslations } from "next-intl";
import type { SentReply } from "#lib/inbox/thread/replies.ts";
import { Icon, type IconName } from "../ui/icon.tsx";
import { Time } from "../ui/time.tsx";
import { SendAgain } from "./send-again.tsx";

type Reply = SentReply;
type Face = "sending" | "failed" | "checking" | "unsure";

const faces: Record<Face, { tone: string; icon: IconName }> = {
  sending: { tone: "state-accent", icon: "send" },
  failed: { tone: "state-danger", icon: "wrong" },
  checking: { tone: "state-warn", icon: "question" },
  unsure: { tone: "state-danger", icon: "question" },
};

const faceOf = (reply: Reply): Face =>
  reply.state === "failed" ? "failed" : reply.state !== "unknown" ? "sending" : reply.asksPerson ? "unsure" : "checking";

/** An answer that is not a message of the thread yet: where it is, and what to do. */
export function ReplyOnItsWay({ entry, zone, maySendAgain }: { entry: Reply; zone: string; maySendAgain: boolean }) {
  const t = useTranslations("inbox.reply");
  const face = faceOf(entry);
  const { tone, icon } = faces[face];
  const stuck = face === "failed" || face === "unsure";
  // "not-entitled-audit" and its like say the same to whoever answers.
  const why = entry.problem?.startsWith("not-entitled") ? "not-entitled" : entry.problem;
  const known = [entry.reason, why].find((code) => code && t.has(`why.${code}` as "why.other"));
  const reason = known ? t(`why.${known}` as "why.other") : null;
  return (
    <article className={`pending ${stuck ? "pending-stuck" : ""}`}>
      <p className="message-head">
        <span className={`mark state ${tone}`}>
          <Icon name={icon} size={14} />
          {t(face)}
        </span>
        <span>
          {entry.authorName}, <Time at={entry.at} zone={zone} style="near" />
        </span>
      </p>
      <p className="said">{entry.text}</p>
      <p className="text-13 text-ink-2">
        {face === "failed" ? (reason ?? t("why.other")) : face === "sending" ? (reason ?? t("sendingText")) : t(`${face}Text`)}
      </p>
      {stuck &&
        (maySendAgain ? (
          <SendAgain publicationId={entry.publicationId} unsure={entry.state === "unknown"} />
        ) : (
          <p className="text-13 text-ink-2">{t("askAdmin")}</p>
        ))}
    </article>
  );
}
