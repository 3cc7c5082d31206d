import { useLocale, useTranslations } from "next-intl";
import { formatInstant, isLocale } from "#lib/core/text.ts";
import type { Delivery, Try } from "#lib/delivery/queries.ts";
import { titleOf } from "#lib/posts/shown.ts";
import Link from "@/components/ui/link.tsx";
import { PlatformMark } from "@/components/ui/platform-mark.tsx";
import { StateBadge } from "@/components/ui/state-badge.tsx";
import { SendAgain } from "./send-again.tsx";

/** Deliveries with their tries: a table on wide screens, cards on phones. */
export function DeliveryTable({ rows }: { rows: Delivery[] }) {
  const t = useTranslations("operations.column");
  return (
    <div className="panel">
      <table className="tbl post-table">
        <thead>
          <tr>
            <th scope="col">{t("what")}</th>
            <th scope="col">{t("state")}</th>
            <th scope="col">{t("time")}</th>
            <th scope="col">{t("tries")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <DeliveryRow key={row.id} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function DeliveryRow({ row }: { row: Delivery }) {
  const t = useTranslations("operations");
  const time = useTime(row.unit.zone);
  return (
    <tr className="align-top">
      <td className="title">
        {row.text === null ? (
          t(row.subjectType)
        ) : (
          <Link href={`/posts/${row.subjectId}`} className="hover:underline">
            {titleOf(row.text) || t("post")}
          </Link>
        )}
        {row.text !== null && row.subjectType === "first-comment" && <p className="text-13 text-ink-2">{t("first-comment")}</p>}
        <p className="meta font-body">
          <PlatformMark platform={row.platform} />
          <span>{row.handle}</span>
          <span>{row.unit.shortName}</span>
        </p>
      </td>
      <td>
        <StateBadge state={row.state === "due" ? "scheduled" : row.state} />
        {row.late && <span className="text-13 text-danger-text"> {t("late")}</span>}
        <Problem problem={row.problem} asksHere={row.mayConfirm} />
        {row.maySendAgain && (
          <p className="mt-2">
            <SendAgain publicationId={row.id} unsure={row.state === "unknown"} mayConfirm={row.mayConfirm} />
          </p>
        )}
      </td>
      <td className="quiet whitespace-nowrap">
        <p>{t("due", { time: time(row.dueAt) })}</p>
        {row.publishedAt && <p>{t("publishedAt", { time: time(row.publishedAt) })}</p>}
        {row.nextAt && <p>{t("nextAt", { time: time(row.nextAt) })}</p>}
      </td>
      <td className="quiet">
        <Tries tries={row.tries} zone={row.unit.zone} />
      </td>
    </tr>
  );
}

/** `asksHere`: the person answers by the buttons below, not by an address. */
function Problem({ problem, asksHere }: Pick<Delivery, "problem"> & { asksHere: boolean }) {
  const t = useTranslations("posts.publication.problem");
  const ask = useTranslations("operations")("askHere");
  if (!problem) return null;
  if (asksHere && problem.code === "ask-person") return <p className="text-13 text-ink-2 max-w-[44ch]">{ask}</p>;
  return (
    <p className="text-13 text-ink-2 max-w-[44ch]">
      {t(t.has(problem.code as "gave-up") ? (problem.code as "gave-up") : "other")} {problem.detail && `(${problem.detail})`}
    </p>
  );
}

function Tries({ tries, zone }: { tries: Try[]; zone: string }) {
  const t = useTranslations("operations");
  const time = useTime(zone);
  const outcome = ({ outcome }: Try) => t(`outcome.${t.has(`outcome.${outcome}` as "outcome.done") ? (outcome as "done") : "running"}`);
  if (!tries.length) return t("tries", { count: 0 });
  return (
    <details>
      <summary className="cursor-pointer whitespace-nowrap">{t("tries", { count: tries.length })}</summary>
      <ol className="grid gap-1 mt-1">
        {tries.map((each) => (
          <li key={each.id}>
            {time(each.startedAt)} · {t(each.purpose === "publish" ? "publish" : "lookUp")}: {outcome(each)}
          </li>
        ))}
      </ol>
    </details>
  );
}

function useTime(zone: string) {
  const locale = useLocale();
  return (at: Date) => formatInstant(at, zone, isLocale(locale) ? locale : "id", "short");
}
