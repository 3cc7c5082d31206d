import type { Route } from "next";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { type Actor, may } from "#lib/core/access.ts";
import { readLocale } from "#lib/core/i18n.ts";
import { formatInstant } from "#lib/core/text.ts";
import { countCases, listCases } from "#lib/inbox/lists/lists.ts";
import { countForReview, postsToMend, reviewQueue, stuckPublications } from "#lib/posts/queries.ts";
import type { UnitCard } from "#lib/units/queries.ts";
import { isGovernment } from "#lib/units/queries.ts";
import { CaseDeadline } from "@/components/inbox/deadline-pill.tsx";
import { ButtonLink } from "@/components/ui/button-link.tsx";
import { Deadline } from "@/components/ui/deadline.tsx";
import { Empty } from "@/components/ui/empty.tsx";
import { Icon, type IconName } from "@/components/ui/icon.tsx";
import Link from "@/components/ui/link.tsx";
import { MaskedText } from "@/components/ui/masked-text.tsx";
import { PlatformMark } from "@/components/ui/platform-mark.tsx";
import { Section } from "@/components/ui/section.tsx";
import { StateBadge } from "@/components/ui/state-badge.tsx";

type Props = { actor: Actor; unit: UnitCard; at: Date };

/** What waits for this person: citizens to answer, posts to verify, posts to mend; what is late comes first. */
export async function Waiting({ actor, unit, at }: Props) {
  const reads = may(actor, "inbox.read");
  const [t, inbox, locale, counts, cases, reviews, queue, mend, stuck] = await Promise.all([
    getTranslations("today"),
    getTranslations("inbox"),
    readLocale(),
    reads ? countCases(actor, unit) : { open: 0, overdue: 0 },
    reads ? listCases(actor, unit, "open", at, null, 5) : { rows: [] },
    countForReview(actor),
    may(actor, "post.review") ? reviewQueue(actor) : [],
    may(actor, "post.write") ? postsToMend(actor, unit) : [],
    may(actor, "post.settle") ? stuckPublications(actor, unit) : [],
  ]);
  const works = may(actor, "inbox.work");
  const count = (works ? counts.open : 0) + reviews + mend.length + stuck.length;
  const watches = reads && !works && counts.open > 0;
  return (
    <div>
      <h2 className="lead">
        {count === 0 && watches ? t("leadWatch", { count: counts.open, unit: unit.shortName }) : t("lead", { count })}{" "}
        {counts.overdue > 0 && (works || count === 0) && <em>{t("late", { count: counts.overdue })}</em>}
      </h2>
      <p className="text-13 text-ink-3 mb-6">{count || watches ? t("sorted") : t("allDone")}</p>
      <div className="grid gap-7">
        {queue.length > 0 && (
          <Section
            id="verifikasi"
            title={t("verify")}
            count={reviews}
            aside={
              <Link className="link" href="/review">
                {t("openReview")}
              </Link>
            }
          >
            <ul className="rows">
              {queue.slice(0, 4).map((item, index) => (
                <Row
                  key={item.id}
                  icon="stamp"
                  href={`/review/${item.id}` as Route}
                  title={item.title}
                  meta={[item.unit.shortName, item.round > 1 && t("round", { round: item.round })]}
                  end={
                    item.publishAt && (
                      <Deadline
                        label={t("goesOut", { time: formatInstant(item.publishAt, item.unit.zone, locale, "short") })}
                        over={item.publishAt < at}
                      />
                    )
                  }
                  action={t("check")}
                  primary={index === 0 && !(works && counts.overdue)}
                />
              ))}
            </ul>
          </Section>
        )}
        {reads && (
          <Section
            id="jawab"
            title={t("answer")}
            count={counts.open}
            aside={
              <Link className="link" href="/inbox">
                {t("openInbox")}
              </Link>
            }
          >
            {cases.rows.length ? (
              <ul className="rows">
                {cases.rows.map((row, index) => (
                  <Row
                    key={row.id}
                    icon={row.kind === "hoax" ? "shieldAlert" : "message"}
                    href={`/inbox/${row.id}` as Route}
                    title={
                      <>
                        “<MaskedText text={row.excerpt} />”
                      </>
                    }
                    meta={[
                      <PlatformMark key="p" platform={row.platform} />,
                      inbox(`kind.${row.kind}`),
                      isGovernment(unit) ? row.unitShortName : row.authorName,
                    ]}
                    end={<CaseDeadline duty={row.duty} />}
                    action={t(works ? "reply" : "read")}
                    primary={works && index === 0 && Boolean(counts.overdue || !queue.length)}
                  />
                ))}
              </ul>
            ) : (
              <Empty>{t("noCases")}</Empty>
            )}
          </Section>
        )}
        {mend.length + stuck.length > 0 && (
          <Section id="bereskan" title={t("mend")} count={mend.length + stuck.length}>
            <ul className="rows">
              {stuck.map((p) => (
                <Row
                  key={p.id}
                  icon="link"
                  href={`/posts/${p.postId}` as Route}
                  title={p.state === "manual" ? t("publishYourself", { title: p.title || t("untitled") }) : p.title}
                  meta={[
                    <PlatformMark key="p" platform={p.platform} />,
                    <StateBadge key="s" state={p.state} />,
                    p.state === "manual" && isLateByHand(p.dueAt, at) && formatInstant(p.dueAt, unit.zone, locale, "short"),
                  ]}
                  end={
                    p.state === "manual" && isLateByHand(p.dueAt, at) ? (
                      <Deadline label={t("lateBy", lateness(p.dueAt, at))} over />
                    ) : (
                      <Deadline label={formatInstant(p.dueAt, unit.zone, locale, "short")} over={p.dueAt < at && p.state !== "manual"} />
                    )
                  }
                  action={t(p.state === "manual" ? "pasteLink" : "settle")}
                />
              ))}
              {mend.map((p) => (
                <Row
                  key={p.id}
                  icon={p.state === "returned" ? "returned" : "calendarClock"}
                  href={`/posts/${p.id}` as Route}
                  title={p.title || t("untitled")}
                  meta={[<StateBadge key="s" state={p.state} />, p.note && `“${p.note}”`]}
                  end={
                    p.publishAt && (
                      <Deadline
                        label={t("goesOut", { time: formatInstant(p.publishAt, p.unit.zone, locale, "short") })}
                        over={p.publishAt < at}
                      />
                    )
                  }
                  action={t(p.state === "returned" ? "repair" : "plan")}
                />
              ))}
            </ul>
          </Section>
        )}
      </div>
    </div>
  );
}

const HOUR = 3_600_000;
/** A person needs some minutes; after a quarter of an hour nobody has seen to it. */
const isLateByHand = (dueAt: Date, at: Date) => at.getTime() - dueAt.getTime() > HOUR / 4;
function lateness(dueAt: Date, at: Date) {
  const hours = Math.floor((at.getTime() - dueAt.getTime()) / HOUR);
  return { hours: hours < 48 ? hours : 0, days: hours < 48 ? 0 : Math.floor(hours / 24) };
}

type RowProps = { icon: IconName; href: Route; title: ReactNode; meta: ReactNode[]; end: ReactNode; action: string; primary?: boolean };

function Row({ icon, href, title, meta, end, action, primary = false }: RowProps) {
  return (
    <li>
      <div className="row">
        <Icon name={icon} />
        <div className="min-w-0">
          <p className="row-title">
            <Link href={href}>{title}</Link>
          </p>
          <p className="meta">
            {meta.filter(Boolean).map((part, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: parts of one line in their order
              <span key={index}>{part}</span>
            ))}
          </p>
        </div>
        {end || <span />}
        <ButtonLink href={href} kind={primary ? "primary" : "plain"} tabIndex={-1} aria-hidden="true">
          {action}
        </ButtonLink>
      </div>
    </li>
  );
}
