import type { Route } from "next";
import { useTranslations } from "next-intl";
import type { HiddenRow } from "#lib/inbox/moderation/queries.ts";
import Link from "@/components/ui/link.tsx";
import { PlatformMark } from "../ui/platform-mark.tsx";
import { Time } from "../ui/time.tsx";
import { CitizenName, CitizenWords } from "./citizen-words.tsx";
import { ModerationButtons } from "./moderation-buttons.tsx";

/** One comment of the register of what was hidden. */
export function HiddenLine({ row, withUnit }: { row: HiddenRow; withUnit: boolean }) {
  const t = useTranslations("inbox.moderation");
  const state = row.stillHidden ? "hidden" : row.state;
  return (
    <li className="py-3">
      <p className="meta">
        <PlatformMark platform={row.platform} quiet />
        <b>
          <CitizenName name={row.authorName || t("register.unnamed")} />
        </b>
        {withUnit && <span>{row.unit.shortName}</span>}
        <Time at={row.at} zone={row.unit.zone} style="short" />
        <span>{t(`register.state.${state}`)}</span>
      </p>
      {row.text.trim() !== "" && <CitizenWords text={row.text} className="said-removed" />}
      <p className="meta">
        <span>{t("register.reason", { reason: t(`reason.${row.reason}`) })}</span>
        <span>{t("register.by", { by: row.by })}</span>
        {row.decidedBy && <span>{t("register.decidedBy", { by: row.decidedBy })}</span>}
        <Link className="link" href={`/inbox/${row.caseId}` as Route}>
          {t("register.open")}
        </Link>
      </p>
      {row.note && <p className="text-13 text-ink-2">{t("noted", { note: row.note })}</p>}
      {row.mayShow && (
        <ModerationButtons may={["unhide"]} second={false} caseId={row.caseId} messageId={row.messageId} revision={row.revision} />
      )}
    </li>
  );
}
