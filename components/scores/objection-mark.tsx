import { useTranslations } from "next-intl";
import type { ObjectionState } from "#lib/scores/cases/rules.ts";
import { Icon, type IconName } from "../ui/icon.tsx";

const faces: Record<ObjectionState, { icon: IconName; tone: string }> = {
  open: { icon: "clock", tone: "state-warn" },
  accepted: { icon: "check", tone: "state-ok" },
  partly: { icon: "check", tone: "state-accent" },
  rejected: { icon: "close", tone: "state-danger" },
  withdrawn: { icon: "returned", tone: "" },
};

/** Where an objection stands: a sign and the word. */
export function ObjectionMark({ state }: { state: ObjectionState }) {
  const t = useTranslations("objections.state");
  const { icon, tone } = faces[state];
  return (
    <span className={`mark state ${tone}`}>
      <Icon name={icon} size={14} />
      {t(state)}
    </span>
  );
}
