import type { Route } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import type { Actor } from "#lib/core/access.ts";
import { formatInstant, isLocale } from "#lib/core/text.ts";
import type { Period } from "#lib/inbox/topics/period-rules.ts";
import { casesBehind, namesBehind } from "#lib/inbox/topics/week-figures.ts";
import { isGovernment, type UnitCard } from "#lib/units/queries.ts";
import { CaseState } from "@/components/inbox/case-state.tsx";
import { Empty } from "@/components/ui/empty.tsx";
import Link from "@/components/ui/link.tsx";
import { MaskedText } from "@/components/ui/masked-text.tsx";
import { PlatformMark } from "@/components/ui/platform-mark.tsx";
import { Time } from "@/components/ui/time.tsx";
import { type TopicsAddress, topicsHref } from "./address.ts";

type Props = {
  actor: Actor;
  unit: UnitCard;
  address: TopicsAddress & { behind: NonNullable<TopicsAddress["behind"]> };
  period: Period;
};

/** The sentences that a figure was counted from, each leading to its case. */
export async function BehindFigure({ actor, unit, address: { week, behind, after }, period: { from, to } }: Props) {
  const [t, kind, locale, { rows, next }, names] = await Promise.all([
    getTranslations("topics"),
    getTranslations("inbox.kind"),
    getLocale(),
    casesBehind(actor, unit, { ...behind, from, to }, after),
    namesBehind(unit, behind),
  ]);
  const day = (at: Date) => formatInstant(at, unit.zone, isLocale(locale) ? locale : "id", "date");
  const what = [
    behind.topic !== undefined && (behind.topic ? t(`name.${behind.topic}`) : t("unsorted")),
    behind.kind && kind(behind.kind),
    behind.place !== undefined && (behind.place === null ? t("noPlace") : (names.place ?? behind.place)),
    behind.unitId && names.unit,
  ].filter(Boolean);
  const [first, last] = [day(from), day(new Date(Math.max(from.getTime(), to.getTime() - 1)))];
  return (
    <>
      <h2 className="lead">{t("behind.heading")}</h2>
      <p className="text-ink-2">
        {what.join(", ")}: {first === last ? first : t("week.span", { from: first, to: last })}
      </p>
      <p className="mb-4">
        <Link className="link" href={topicsHref(week)}>
          {t("behind.back")}
        </Link>
      </p>
      {rows.length === 0 ? (
        <Empty>{t("behind.none")}</Empty>
      ) : (
        <ul className="rows max-w-[860px]" aria-label={t("behind.heading")}>
          {rows.map((row) => (
            <li key={row.id} className="py-2.5 min-w-0">
              <Link className="wrap-anywhere hover:underline" href={`/inbox/${row.id}?view=all` as Route}>
                {row.excerpt ? <MaskedText text={row.excerpt} /> : t("noWords")}
              </Link>
              <span className="meta">
                <PlatformMark platform={row.platform} quiet />
                <span>{kind(row.kind)}</span>
                <CaseState state={row.state} />
                {isGovernment(unit) && <span>{row.unitShortName}</span>}
                <Time at={row.receivedAt} zone={row.zone} style="short" />
              </span>
            </li>
          ))}
        </ul>
      )}
      {(after || next) && (
        <nav className="flex gap-5 mt-5" aria-label={t("behind.heading")}>
          {after && (
            <Link className="link" href={topicsHref(week, { behind })}>
              {t("behind.newest")}
            </Link>
          )}
          {next && (
            <Link className="link" href={topicsHref(week, { behind, after: next })}>
              {t("behind.older")}
            </Link>
          )}
        </nav>
      )}
    </>
  );
}
