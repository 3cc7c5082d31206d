import { useTranslations } from "next-intl";
import type { CaseRow } from "#lib/inbox/lists.ts";
import { Icon } from "../ui/icon.tsx";
import { Time } from "../ui/time.tsx";
import { CaseDeadline } from "./deadline-pill.tsx";

type Props = Pick<CaseRow, "state" | "dueAt" | "dueSince" | "zone" | "snoozedUntil"> & { now: Date };

/** How a case stands: time left while somebody waits, else the word for its state. */
export function CaseStanding({ state, snoozedUntil, now, ...duty }: Props) {
  const t = useTranslations("inbox");
  if (state === "snoozed" && snoozedUntil)
    return (
      <span className="mark state">
        <Icon name="clock" size={14} />
        {t("snooze.until")} <Time at={snoozedUntil} zone={duty.zone} style="short" />
      </span>
    );
  if (state !== "open") return <CaseState state={state} />;
  return duty.dueAt ? <CaseDeadline {...duty} now={now} /> : <span className="text-12 text-ink-3">{t("optional")}</span>;
}

const faces = { open: "", snoozed: "", answered: "state-ok", done: "" } as const;

export function CaseState({ state }: Pick<CaseRow, "state">) {
  const t = useTranslations("inbox.state");
  return (
    <span className={`mark state ${faces[state]}`}>
      <Icon name={state === "open" || state === "snoozed" ? "clock" : state === "answered" ? "verified" : "check"} size={14} />
      {t(state)}
    </span>
  );
}

/** Which way a case was referred, where it was. */
export function CaseWay({ referredTo, referredFrom }: Pick<CaseRow, "referredTo" | "referredFrom">) {
  const t = useTranslations("inbox");
  if (!referredTo && !referredFrom) return null;
  return (
    <span className="mark case-way">
      <Icon name={referredTo ? "forward" : "returned"} size={14} />
      <span className="truncate">
        {referredTo ? t("referredTo", { unit: referredTo }) : t("referredFrom", { unit: referredFrom ?? "" })}
      </span>
    </span>
  );
}
