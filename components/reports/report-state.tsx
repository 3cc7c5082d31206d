import { useTranslations } from "next-intl";
import type { ReportState } from "#lib/reports/rules.ts";
import { Icon } from "../ui/icon.tsx";

const faces = {
  draft: { icon: "pencil", tone: "" },
  waiting: { icon: "clock", tone: "state-accent" },
  making: { icon: "refresh", tone: "state-accent" },
  ready: { icon: "check", tone: "state-ok" },
  failed: { icon: "alert", tone: "state-danger" },
  final: { icon: "stamp", tone: "state-ok" },
} as const;

/** Where a report stands: a glyph and the word. */
export function ReportStateMark({ state, final }: { state: ReportState; final: boolean }) {
  const t = useTranslations("reports.state");
  const shown = final ? "final" : state;
  return (
    <span className={`mark state ${faces[shown].tone}`}>
      <Icon name={faces[shown].icon} size={14} />
      {t(shown)}
    </span>
  );
}
