import { useTranslations } from "next-intl";
import type { CaseDetail } from "#lib/inbox/queries.ts";
import { isOpenReferral } from "#lib/inbox/referrals/rules.ts";
import type { ReferralEvent, ReferralItem } from "#lib/inbox/thread/referrals.ts";
import { Icon, type IconName } from "../ui/icon.tsx";
import { Time } from "../ui/time.tsx";
import { InsertButton } from "./insert-button.tsx";
import { ReferralSteps } from "./referral-steps.tsx";

const icons: Record<ReferralEvent["kind"], IconName> = {
  asked: "forward",
  accepted: "check",
  bounced: "returned",
  upheld: "stamp",
  returned: "returned",
  redirected: "forward",
  delivered: "verified",
  withdrawn: "close",
};

type Props = { entry: ReferralItem; detail: CaseDetail; mayWork: boolean };

/** One disposisi as a chain: asked, taken on or sent back, decided, delivered; with the steps that the reader may take. */
export function ReferralCard({ entry, detail, mayWork }: Props) {
  const t = useTranslations("inbox.referral");
  const open = isOpenReferral(entry.state);
  return (
    <article className="referral" aria-label={t("label", { unit: entry.to.shortName })}>
      <p className="message-head">
        <span className={`mark state ${entry.state === "delivered" ? "state-ok" : open ? "state-accent" : ""}`}>
          <Icon name="forward" size={14} />
          {t(`state.${entry.state}`)}
        </span>
        <span>{t("between", { from: entry.from.shortName, to: entry.to.shortName })}</span>
        {open && (
          <span>
            {t("due")} <Time at={entry.dueAt} zone={detail.zone} style="near" />
          </span>
        )}
      </p>
      <ol className="chain">
        {entry.events.map((event) => (
          <li key={event.kind}>
            <Icon name={icons[event.kind]} size={14} />
            <div>
              <p className="text-13 text-ink-2">
                <b className="text-ink">{t(`event.${event.kind}`, { unit: whoDid(event, entry) })}</b>
                {event.by && ` · ${event.by}`}
                {event.at && (
                  <>
                    {" · "}
                    <Time at={event.at} zone={detail.zone} style="near" />
                  </>
                )}
              </p>
              {event.text && <p className="said text-14">{event.text}</p>}
            </div>
          </li>
        ))}
      </ol>
      {entry.result && mayWork && !answeredSince(entry, detail) && (
        <div>
          <InsertButton text={entry.result}>{t("useResult")}</InsertButton>
        </div>
      )}
      {Object.keys(entry.may).length > 0 && <ReferralSteps entry={entry} />}
    </article>
  );
}

/** The citizen has an answer, or one is on its way, since the agency delivered. */
function answeredSince({ events }: ReferralItem, { thread }: CaseDetail): boolean {
  const delivered = events.find(({ kind }) => kind === "delivered")?.at;
  if (!delivered) return false;
  return thread.some((item) => {
    if (item.at <= delivered) return false;
    if (item.type === "message") return item.direction === "out";
    return item.type === "reply" ? item.state !== "failed" : item.type === "judged" && item.state === "submitted";
  });
}

const whoDid = ({ kind }: ReferralEvent, { from, to }: ReferralItem) =>
  kind === "asked" || kind === "accepted" || kind === "bounced" || kind === "delivered" || kind === "upheld"
    ? to.shortName
    : from.shortName;
