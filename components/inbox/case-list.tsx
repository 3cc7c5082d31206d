import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { CaseCounts, CaseCursor, CaseRow as Row } from "#lib/inbox/lists/lists.ts";
import { comesByDeadline } from "#lib/inbox/rules.ts";
import Link from "@/components/ui/link.tsx";
import { Empty } from "../ui/empty.tsx";
import { type InboxAddress, inboxHref, narrowings, viewAddress } from "./address.ts";
import { BulkBar, type Handed } from "./bulk-bar.tsx";
import { CaseFilters, type FilterChoices } from "./case-filters.tsx";
import { CaseRow } from "./case-row.tsx";
import { CaseViews } from "./case-views.tsx";
import { KeepScroll } from "./keep-scroll.tsx";
import { Selection } from "./selection.tsx";

/** A row of the list; of what was found with the words around it. */
export type Listed = Row & { words?: string };

type Props = {
  address: InboxAddress;
  rows: Listed[];
  next: CaseCursor | null;
  counts: CaseCounts;
  choices: FilterChoices;
  /** The case that is open beside the list. */
  selected?: string;
  /** The same, where it may be worked on. */
  open?: { caseId: string; revision: number };
  handed: Handed;
  withUnit: boolean;
  /** What stands above the list. */
  head: ReactNode;
  /** Cases are assigned to those who answer; others have none of their own. */
  answers: boolean;
  now: Date;
};

/** The views, the words that are looked for, then the cases; the address holds what is shown. */
export function CaseList({ address, rows, next, counts, choices, selected, open, handed, withUnit, head, answers, now }: Props) {
  const t = useTranslations("inbox");
  const first = { ...address, after: null, before: null };
  const further: InboxAddress = address.words
    ? { ...first, before: next?.at ? { id: next.id, at: next.at } : null }
    : { ...first, after: next };
  const list = inboxHref(address);
  return (
    <section className="inbox-list" aria-label={t("list")}>
      {head}
      <Selection rows={rows.map(({ id, revision }) => ({ id, revision }))} list={inboxHref(first)} may={answers}>
        <CaseViews address={address} counts={counts} answers={answers} />
        <CaseFilters key={inboxHref(first)} address={address} choices={choices} />
        <KeepScroll name={list}>
          {(address.after || address.before) && (
            <p className="inbox-more">
              <Link className="link" href={inboxHref(first)}>
                {t("newest")}
              </Link>
            </p>
          )}
          {address.words && <p className="inbox-more text-ink-3">{t("search.span")}</p>}
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
                  answers={answers}
                  now={now}
                />
              ))}
            </ul>
          )}
          {next && (
            <p className="inbox-more">
              <Link className="link" href={inboxHref(further)}>
                {t(!address.words && comesByDeadline(address.view) ? "following" : "older")}
              </Link>
            </p>
          )}
        </KeepScroll>
        {answers && <BulkBar open={open} {...handed} />}
      </Selection>
    </section>
  );
}

/** Why there is nothing, and where there may be something. */
function Nothing({ address }: { address: InboxAddress }) {
  const t = useTranslations("inbox.empty");
  const { view, words, narrowed } = address;
  const elsewhere = view === "open" ? "all" : "open";
  const to = (href: ReturnType<typeof inboxHref>, text: string) => (
    <Link className="link" href={href}>
      {text}
    </Link>
  );
  if (words)
    return (
      <div className="px-4">
        <Empty action={to(inboxHref(viewAddress(view, narrowed)), t("closeSearch"))}>{t("found", { words })}</Empty>
      </div>
    );
  if (narrowings(narrowed))
    return (
      <div className="px-4">
        <Empty action={to(inboxHref(viewAddress(view)), t("clear"))}>{t("narrowed")}</Empty>
      </div>
    );
  return (
    <div className="px-4">
      <Empty action={to(inboxHref(viewAddress(elsewhere)), t(elsewhere === "all" ? "seeAll" : "seeOpen"))}>{t(view)}</Empty>
    </div>
  );
}
