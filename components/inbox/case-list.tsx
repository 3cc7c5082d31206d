import { useTranslations } from "next-intl";
import type { CaseCounts, CaseCursor, CaseRow as Row } from "#lib/inbox/lists.ts";
import { caseViews } from "#lib/inbox/rules.ts";
import Link from "@/components/ui/link.tsx";
import { ChipLink } from "../ui/chip.tsx";
import { Empty } from "../ui/empty.tsx";
import { type InboxAddress, inboxHref } from "./address.ts";
import { CaseRow } from "./case-row.tsx";
import { KeepScroll } from "./keep-scroll.tsx";

type Props = {
  address: InboxAddress;
  rows: Row[];
  next: CaseCursor | null;
  counts: CaseCounts;
  /** The case that is open beside the list. */
  selected?: string;
  withUnit: boolean;
  /** Cases are assigned to those who answer; others have none of their own. */
  answers: boolean;
  now: Date;
};

/** The views as chips, then the cases; the address holds what is shown. */
export function CaseList({ address, rows, next, counts, selected, withUnit, answers, now }: Props) {
  const t = useTranslations("inbox");
  const { view, after } = address;
  return (
    <section className="inbox-list" aria-label={t("list")}>
      <nav className="inbox-views" aria-label={t("views")}>
        {caseViews
          .filter((each) => answers || each !== "mine")
          .map((each) => (
            <ChipLink
              key={each}
              current={each === view}
              href={inboxHref({ view: each, after: null })}
              count={each === "open" || each === "overdue" ? counts[each] : undefined}
            >
              {t(`view.${each}`)}
            </ChipLink>
          ))}
      </nav>
      <KeepScroll name={inboxHref(address)}>
        {after && (
          <p className="inbox-more">
            <Link className="link" href={inboxHref({ view, after: null })}>
              {t("newest")}
            </Link>
          </p>
        )}
        {rows.length === 0 ? (
          <Nothing address={address} />
        ) : (
          <ul>
            {rows.map((row) => (
              <CaseRow
                key={row.id}
                row={row}
                href={inboxHref(address, row.id)}
                current={row.id === selected}
                withUnit={withUnit}
                now={now}
              />
            ))}
          </ul>
        )}
        {next && (
          <p className="inbox-more">
            <Link className="link" href={inboxHref({ view, after: next })}>
              {t(view === "open" || view === "overdue" || view === "mine" ? "following" : "older")}
            </Link>
          </p>
        )}
      </KeepScroll>
    </section>
  );
}

function Nothing({ address: { view } }: { address: InboxAddress }) {
  const t = useTranslations("inbox.empty");
  const elsewhere = view === "open" ? "all" : "open";
  return (
    <div className="px-4">
      <Empty
        action={
          <Link className="link" href={inboxHref({ view: elsewhere, after: null })}>
            {t(elsewhere === "all" ? "seeAll" : "seeOpen")}
          </Link>
        }
      >
        {t(view)}
      </Empty>
    </div>
  );
}
