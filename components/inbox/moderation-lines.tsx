import { useTranslations } from "next-intl";
import type { MessageModeration, Order } from "#lib/inbox/thread/moderations.ts";
import { Icon } from "../ui/icon.tsx";
import { Time } from "../ui/time.tsx";
import { ModerationButtons } from "./moderation-buttons.tsx";
import { ModerationDecision, WithdrawModeration } from "./moderation-decision.tsx";

type Props = { moderation: MessageModeration; caseId: string; messageId: string; revision: number; zone: string };

/** What was done with a comment without words, what is on its way, and what can be done. */
export function ModerationLines({ moderation, zone, ...ref }: Props) {
  const t = useTranslations("inbox.moderation");
  const { hidden, liked, last, may, second, mayDecide } = moderation;
  return (
    <>
      {hidden && (
        <p className="message-became">
          <Icon name="eyeOff" size={14} /> {t("hiddenBy", { by: hidden.by, reason: hidden.reason ? t(`reason.${hidden.reason}`) : "" })}
          {hidden.decided && ` ${t("decidedBy", { by: hidden.decided.by })}`}, <Time at={hidden.at} zone={zone} style="near" />
          {hidden.note && `. ${t("noted", { note: hidden.note })}`}
        </p>
      )}
      {liked && (
        <p className="message-became">
          <Icon name="check" size={14} /> {t("likedBy", { by: liked.by })}, <Time at={liked.at} zone={zone} style="near" />
        </p>
      )}
      {last && <LastOrder order={last} zone={zone} />}
      {last?.state === "asked" && mayDecide && <ModerationDecision moderationId={last.id} revision={ref.revision} />}
      {last?.state === "asked" && last.own && <WithdrawModeration moderationId={last.id} />}
      {may.length > 0 && <ModerationButtons {...ref} may={may} second={second} />}
    </>
  );
}

/** One that was not done: asked for, on its way, refused or failed. */
function LastOrder({ order, zone }: { order: Order; zone: string }) {
  const t = useTranslations("inbox.moderation");
  const { state, action, by, reason, note, problem, decided, at } = order;
  const why = problem && (t.has(`why.${problem}` as "why.other") ? problem : problem.startsWith("rejected") ? "rejected" : "other");
  return (
    <p className={`message-became ${state === "failed" ? "text-danger-text" : ""}`}>
      <Icon name={state === "failed" ? "wrong" : state === "asked" ? "stamp" : state === "refused" ? "returned" : "clock"} size={14} />{" "}
      {t(`${state as "asked" | "refused" | "waiting" | "failed"}Line.${action}`, { by })}
      {reason && `, ${t(`reason.${reason}`)}`}, <Time at={at} zone={zone} style="near" />.{note && ` ${t("noted", { note })}`}
      {state === "refused" && decided && decided.by !== by && ` ${t("refusedBy", { by: decided.by, note: decided.note ?? "" })}`}
      {why && (state === "failed" || state === "waiting") && ` ${t(`why.${why}` as "why.other")}`}
    </p>
  );
}
