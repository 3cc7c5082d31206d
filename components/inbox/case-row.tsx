import type { Route } from "next";
import { useTranslations } from "next-intl";
import { foundMarks } from "#lib/inbox/lists/found-marks.ts";
import { localDay, type Zone } from "#lib/units/calendar.ts";
import Link from "@/components/ui/link.tsx";
import { Avatar } from "../ui/avatar.tsx";
import { MaskedText } from "../ui/masked-text.tsx";
import { PlatformMark } from "../ui/platform-mark.tsx";
import { Time } from "../ui/time.tsx";
import type { Listed } from "./case-list.tsx";
import { CaseStanding, CaseWay } from "./case-state.tsx";
import { PickableRow } from "./selection.tsx";

type Props = { row: Listed; href: Route; current: boolean; withUnit: boolean; answers: boolean; now: Date };

/** One case of the list: who, when, the first words, how long is left. `withUnit` names the unit, where several share a list. */
export function CaseRow({ row, href, current, withUnit, answers, now }: Props) {
  const t = useTranslations("inbox");
  const waits = row.state === "open";
  const today = localDay(row.lastMessageAt, row.zone as Zone) === localDay(now, row.zone as Zone);
  const name = row.authorName || t("citizen.unnamed");
  const quiet = withUnit || (row.urgent && waits) || row.referredTo !== null || row.referredFrom !== null || row.unsure;
  return (
    <PickableRow id={row.id} name={name} may={answers && row.role === "owner"}>
      <Link className={`case ${waits ? "case-waits" : ""}`} href={href} aria-current={current ? "true" : undefined} scroll={false}>
        <span className="case-name">
          <b>{name}</b>
          {waits && <span className="sr-only">, {t("waiting")}</span>}
        </span>
        <span className="case-time">
          <Time at={row.lastMessageAt} zone={row.zone} style={today ? "time" : "dayShort"} />
        </span>
        <span className={`case-words ${row.words ? "case-words-found" : ""}`}>
          {row.words ? <Found words={row.words} /> : <MaskedText text={row.excerpt} />}
        </span>
        <span className="case-foot">
          <CaseStanding {...row} />
          <CaseWay referredTo={row.referredTo} referredFrom={row.referredFrom} />
          {row.urgent && waits && <span className="state state-danger">{t("urgent")}</span>}
          {row.unsure && <span className="state state-warn">{t("unsure")}</span>}
          <span>{t(`kind.${row.kind}`)}</span>
          <PlatformMark platform={row.platform} quiet={quiet} />
          {withUnit && <span className="truncate">{row.unitShortName}</span>}
          {row.assigneeName && (
            <span className="case-assignee" title={t("assignedTo", { name: row.assigneeName })}>
              <span className="sr-only">{t("assignedTo", { name: row.assigneeName })}</span>
              <Avatar name={row.assigneeName} />
            </span>
          )}
        </span>
      </Link>
    </PickableRow>
  );
}

/** A citizen's words, with those marked that were looked for. */
function Found({ words }: { words: string }) {
  const pieces = words.split(new RegExp(`[${foundMarks.from}${foundMarks.to}]`));
  return pieces.map((piece, index) =>
    index % 2 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: stored text does not change
      <mark key={index}>{piece}</mark>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: stored text does not change
      <MaskedText key={index} text={piece} />
    ),
  );
}
