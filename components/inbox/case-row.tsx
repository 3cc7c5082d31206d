import type { Route } from "next";
import { useTranslations } from "next-intl";
import type { CaseRow as Row } from "#lib/inbox/lists.ts";
import { localDay, type Zone } from "#lib/units/calendar.ts";
import Link from "@/components/ui/link.tsx";
import { MaskedText } from "../ui/masked-text.tsx";
import { PlatformMark } from "../ui/platform-mark.tsx";
import { Time } from "../ui/time.tsx";
import { CaseStanding } from "./case-state.tsx";

type Props = { row: Row; href: Route; current: boolean; withUnit: boolean; now: Date };

/** One case of the list: who, when, the first words, how long is left. `withUnit` names the unit, where several share a list. */
export function CaseRow({ row, href, current, withUnit, now }: Props) {
  const t = useTranslations("inbox");
  const waits = row.state === "open";
  const today = localDay(row.lastMessageAt, row.zone as Zone) === localDay(now, row.zone as Zone);
  return (
    <li>
      <Link className={`case ${waits ? "case-waits" : ""}`} href={href} aria-current={current ? "true" : undefined} scroll={false}>
        <span className="case-name">
          <b>{row.authorName || t("citizen.unnamed")}</b>
          {waits && <span className="sr-only">, {t("waiting")}</span>}
        </span>
        <span className="case-time">
          <Time at={row.lastMessageAt} zone={row.zone} style={today ? "time" : "dayShort"} />
        </span>
        <span className="case-words">
          <MaskedText text={row.excerpt} />
        </span>
        <span className="case-foot">
          <CaseStanding {...row} now={now} />
          {row.urgent && waits && <span className="state state-danger">{t("urgent")}</span>}
          <span>{t(`kind.${row.kind}`)}</span>
          <PlatformMark platform={row.platform} quiet={withUnit || (row.urgent && waits)} />
          {withUnit && <span className="truncate">{row.unitShortName}</span>}
        </span>
      </Link>
    </li>
  );
}
