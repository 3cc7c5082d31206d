import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { type Actor, may } from "#lib/core/access.ts";
import { countCases, listCases } from "#lib/inbox/lists.ts";
import { isGovernment, type UnitCard } from "#lib/units/queries.ts";
import { LiveRefresh } from "../live/live-refresh.tsx";
import { Messages } from "../messages.tsx";
import { Page, PageHeader } from "../shell/page-header.tsx";
import type { InboxAddress } from "./address.ts";
import { CaseList } from "./case-list.tsx";
import { Shortcuts } from "./shortcuts.tsx";
import { Working } from "./work.tsx";

/** What every page of the inbox shows of its list. */
export async function readList(actor: Actor, unit: UnitCard, { view, after }: InboxAddress, now: Date) {
  const [{ rows, next }, counts] = await Promise.all([listCases(actor, unit, view, now, after), countCases(actor, unit)]);
  return { rows, next, counts, withUnit: isGovernment(unit), answers: may(actor, "inbox.work") };
}

type Props = { list: Awaited<ReturnType<typeof readList>>; address: InboxAddress; selected?: string; now: Date; children: ReactNode };

/** The inbox around what is open in it: title, list, and the children at its side. */
export async function InboxFrame({ list, address, selected, now, children }: Props) {
  const t = await getTranslations("inbox");
  return (
    <Messages namespaces={["inbox", "problems"]}>
      <PageHeader title={t("title")} purpose={t("purpose", list.counts)} tools={<Shortcuts />} />
      <Page work>
        <LiveRefresh topics={["case"]} />
        <div className={`inbox ${selected ? "inbox-open" : ""}`}>
          <CaseList {...list} address={address} selected={selected} now={now} />
          <Working>{children}</Working>
        </div>
      </Page>
    </Messages>
  );
}
