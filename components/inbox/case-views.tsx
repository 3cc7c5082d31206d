import { useTranslations } from "next-intl";
import type { CaseCounts } from "#lib/inbox/lists/lists.ts";
import { type CaseView, caseViews } from "#lib/inbox/rules.ts";
import Link from "@/components/ui/link.tsx";
import { ChipLink } from "../ui/chip.tsx";
import { Icon } from "../ui/icon.tsx";
import { type InboxAddress, inboxHref, viewAddress } from "./address.ts";
import { PickMany } from "./selection.tsx";

/** At hand; the others stand in the menu. */
const near: readonly CaseView[] = ["open", "overdue", "mine"];

type Props = { address: InboxAddress; counts: CaseCounts; answers: boolean };

/** The views of the inbox: the three that matter all day as chips, the others in a menu beside them. */
export function CaseViews({ address: { view, narrowed, words }, counts, answers }: Props) {
  const t = useTranslations("inbox");
  const shown = caseViews.filter((each) => answers || each !== "mine");
  const isFar = !words && !near.includes(view);
  const countOf = (each: CaseView) => (Object.hasOwn(counts, each) ? counts[each as keyof CaseCounts] : undefined);
  return (
    <nav className="inbox-views" aria-label={t("views")}>
      <button type="button" className="chip" popoverTarget="tampilan" aria-pressed={isFar}>
        {t(isFar ? `view.${view}` : "moreViews")}
        <Icon name="chevronDown" size={16} />
      </button>
      <div key={`${view} ${words}`} id="tampilan" popover="auto" className="inbox-menu">
        <ul>
          {shown
            .filter((each) => !near.includes(each))
            .map((each) => (
              <li key={each}>
                <Link
                  href={inboxHref(viewAddress(each, narrowed))}
                  aria-current={each === view && !words ? "true" : undefined}
                  scroll={false}
                >
                  <span>{t(`view.${each}`)}</span>
                  {!!countOf(each) && <span className="tabular-nums">{countOf(each)}</span>}
                </Link>
              </li>
            ))}
        </ul>
      </div>
      {near
        .filter((each) => shown.includes(each))
        .map((each) => (
          <ChipLink
            key={each}
            current={each === view && !words}
            href={inboxHref(viewAddress(each, narrowed))}
            count={countOf(each) || undefined}
          >
            {t(`view.${each}`)}
          </ChipLink>
        ))}
      {answers && <PickMany />}
    </nav>
  );
}
