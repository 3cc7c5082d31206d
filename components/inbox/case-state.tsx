import { useTranslations } from "next-intl";
import type { CaseRow } from "#lib/inbox/lists/lists.ts";
import { Icon } from "../ui/icon.tsx";
import { Time } from "../ui/time.tsx";
import { CaseDeadline } from "./deadline-pill.tsx";

type Props = Pick<CaseRow, "state" | "duty" | "zone" | "snoozedUntil">;

/** How a case stands: time left while somebody waits, else the word for its state. */
export function CaseStanding({ state, snoozedUntil, duty, zone }: Props) {
  const t = useTranslations("inbox");
  if (state === "snoozed" && snoozedUntil)
    return (
      <span className="mark state">
        <Icon name="clock" size={14} />
        {t("snooze.until")} <Time at={snoozedUntil} zone={zone} style="short" />
      </span>
    );
  // Answered, but not settled, and the time for that is running out.
  const isPressing = state === "answered" && duty !== null && duty.share >= 0.75;
  if (state !== "open" && !isPressing) return <CaseState state={state} />;
  return duty ? <CaseDeadline duty={duty} /> : <span className="text-12 text-ink-3">{t("optional")}</span>;
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
