import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { formatPercent, isLocale } from "#lib/core/text.ts";
import { firstResponseTargets } from "#lib/inbox/deadlines/deadlines.ts";
import { kinds } from "#lib/inbox/kinds.ts";
import type { CaseDetail } from "#lib/inbox/queries.ts";
import { topics } from "#lib/inbox/topics/topic-rules.ts";
import Link from "@/components/ui/link.tsx";
import { Icon } from "../ui/icon.tsx";
import { MaskedText } from "../ui/masked-text.tsx";
import { PlatformMark } from "../ui/platform-mark.tsx";
import { Section } from "../ui/section.tsx";
import { Time } from "../ui/time.tsx";
import { type InboxAddress, inboxHref } from "./address.ts";
import { CaseForms } from "./case-forms.tsx";
import { CaseState } from "./case-state.tsx";
import { KindSelect } from "./kind-select.tsx";
import { MarkButtons } from "./mark-buttons.tsx";
import { TopicSelect } from "./topic-select.tsx";
import { WaitingButton } from "./waiting-button.tsx";

type Props = {
  detail: CaseDetail;
  mayWork: boolean;
  address: InboxAddress;
  /** How many others ask the same; comes a little later. */
  like: ReactNode;
};

const usePercent = () => {
  const locale = useLocale();
  return (share: number) => formatPercent(share, isLocale(locale) ? locale : "id");
};

/** What one should know before answering. Beside the thread on wide screens, a sheet of its own on narrower ones. */
export function CaseContext({ detail, mayWork, address, like }: Props) {
  const t = useTranslations("inbox");
  const open = detail.post?.permalink && /^https?:\/\//i.test(detail.post.permalink) ? detail.post.permalink : null;
  return (
    <aside id="rincian" popover="auto" className="inbox-context" aria-label={t("context")}>
      <DutyFacts detail={detail} mayWork={mayWork} />
      <KindFacts detail={detail} mayWork={mayWork} />
      <CitizenFacts citizen={detail.citizen} zone={detail.zone} address={address} />
      {like}
      <CaseForms caseId={detail.id} requests={mayWork} />
      <Section id="akun" title={t("account.heading")}>
        <dl className="facts">
          <dt>{t("account.handle")}</dt>
          <dd className="break-words">
            <PlatformMark platform={detail.platform} quiet /> {detail.channel.handle}
          </dd>
          <dt>{t("account.unit")}</dt>
          <dd>{detail.unit.name}</dd>
          {open && (
            <>
              <dt>{t("account.origin")}</dt>
              <dd>
                <a className="link" href={open} target="_blank" rel="noopener noreferrer">
                  {t("account.open")}
                </a>
              </dd>
            </>
          )}
        </dl>
      </Section>
    </aside>
  );
}

function DutyFacts({ detail, mayWork }: { detail: CaseDetail; mayWork: boolean }) {
  const t = useTranslations("inbox.deadline");
  const first = useFirstResponse(detail);
  const { resolution, waitingFor } = detail;
  const pending = resolution && !resolution.metAt ? resolution : null;
  return (
    <Section id="tenggat" title={t("heading")}>
      {first || pending ? (
        <dl className="facts">
          {first}
          {pending && (
            <>
              <dt>{t("resolution")}</dt>
              <dd>{waitingFor ? t(`stands.${waitingFor}`) : <Time at={pending.dueAt} zone={detail.zone} style="near" />}</dd>
            </>
          )}
        </dl>
      ) : (
        <p className="text-13 text-ink-2">
          {t(detail.state === "open" && firstResponseTargets[detail.kind] === null ? "optional" : "none")}
        </p>
      )}
      {mayWork && detail.state !== "done" && pending && waitingFor !== "agency" && (
        <WaitingButton caseId={detail.id} revision={detail.revision} waits={waitingFor === "citizen"} />
      )}
    </Section>
  );
}

/** The duty to answer, while one is open. */
function useFirstResponse(detail: CaseDetail) {
  const t = useTranslations("inbox.deadline");
  const kind = useTranslations("inbox.kind");
  const percent = usePercent();
  const { duty } = detail;
  const target = firstResponseTargets[detail.kind];
  // An answered case shows the time of its resolution.
  if (!detail.dueAt || !duty || detail.dueAt.getTime() === detail.resolution?.dueAt.getTime()) return null;
  const { given } = duty;
  const time = given.clock === "wall" ? t("hours", { count: given.minutes / 60 }) : t("days", { count: given.days });
  // The kind may have been corrected since, or another message of the thread began the wait.
  const explains = target?.clock === given.clock && (target.clock === "wall" || (given.clock === "working" && target.days === given.days));
  return (
    <>
      <dt>{t("due")}</dt>
      <dd>
        <Time at={detail.dueAt} zone={detail.zone} style="near" />
      </dd>
      <dt>{t("basis")}</dt>
      <dd>{explains ? t("basisOf", { kind: kind(detail.kind), time }) : time}</dd>
      <dt>{t("used")}</dt>
      <dd>{duty.over ? t("past") : t(given.clock === "wall" ? "usedWall" : "usedWorking", { share: percent(duty.share) })}</dd>
    </>
  );
}

function KindFacts({ detail, mayWork }: { detail: CaseDetail; mayWork: boolean }) {
  const t = useTranslations("inbox");
  const percent = usePercent();
  const reasons = detail.reasons.filter(({ code }) => t.has(`reason.${code}` as "reason.asks"));
  return (
    <Section id="jenis" title={t("kinds.heading")}>
      <p className="text-13">
        <b>{t(`kind.${detail.kind}`)}</b>{" "}
        <span className="text-ink-3">
          {detail.kindBy === "person" ? t("kinds.corrected") : t("kinds.sure", { share: percent(detail.confidence / 100) })}
        </span>
      </p>
      {detail.unsure && <p className="mt-1 text-13 text-warn-text">{t("kinds.unsure")}</p>}
      {detail.kindBy === "rule" && (
        <ul className="mt-1 text-13 text-ink-2">
          {reasons.map(({ code, words }) => (
            <li key={code}>{t(`reason.${code}` as "reason.asks", { words: words.map((word) => `“${word}”`).join(", ") })}</li>
          ))}
          {reasons.length === 0 && <li>{t("reason.none")}</li>}
        </ul>
      )}
      {detail.hasPii && <p className="mt-1 text-13 text-ink-2">{t("kinds.pii")}</p>}
      {detail.urgent && <p className="mt-1 text-13 text-danger-text">{t("kinds.urgent")}</p>}
      {detail.sensitive && <p className="mt-1 text-13 text-warn-text">{t("kinds.sensitive")}</p>}
      {mayWork && <KindSelect caseId={detail.id} kind={detail.kind} kinds={kinds} />}
      {mayWork && <MarkButtons caseId={detail.id} marked={detail} />}
      <TopicFact detail={detail} mayWork={mayWork} />
    </Section>
  );
}

function TopicFact({ detail: { id, revision, topic }, mayWork }: { detail: CaseDetail; mayWork: boolean }) {
  const t = useTranslations("crisis.topic");
  const name = useTranslations("topics.name");
  if (!mayWork) return <p className="mt-2 text-13 text-ink-2">{t("is", { name: topic ? name(topic) : t("unknown") })}</p>;
  const choices = topics.map((each) => ({ topic: each, name: name(each) }));
  return (
    <TopicSelect
      caseId={id}
      revision={revision}
      topic={topic}
      choices={choices}
      words={{ label: t("label"), unknown: t("unknown"), saved: t("saved") }}
    />
  );
}

type CitizenProps = { citizen: CaseDetail["citizen"]; zone: string; address: InboxAddress };

function CitizenFacts({ citizen, zone, address }: CitizenProps) {
  const t = useTranslations("inbox.citizen");
  return (
    <Section id="warga" title={t("heading")}>
      <p className="text-13 text-ink-2">{t("text", { pseudonym: citizen.pseudonym, total: citizen.total })}</p>
      {citizen.earlier.length > 0 && (
        <ul className="mt-2 grid gap-2">
          {citizen.earlier.map((each) => (
            <li key={each.id} className="min-w-0">
              <Link className="block truncate link" href={inboxHref(address, each.id)}>
                <MaskedText text={each.excerpt} />
              </Link>
              <span className="meta">
                <EndedHow {...each} />
                <Time at={each.at} zone={zone} style="date" />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

type Earlier = CaseDetail["citizen"]["earlier"][number];

/** An answered conversation says how soon it was. */
function EndedHow({ state, at, answeredAt }: Earlier) {
  const t = useTranslations("inbox.citizen");
  if (state !== "answered" || !answeredAt) return <CaseState state={state} />;
  const minutes = Math.max(1, Math.round((answeredAt.getTime() - at.getTime()) / 60_000));
  const unit = minutes < 60 ? "minute" : minutes < 2880 ? "hour" : "day";
  const value = { minute: minutes, hour: Math.round(minutes / 60), day: Math.round(minutes / 1440) }[unit];
  return (
    <span className="mark state state-ok">
      <Icon name="verified" size={14} />
      {t(`answered.${unit}`, { value })}
    </span>
  );
}
