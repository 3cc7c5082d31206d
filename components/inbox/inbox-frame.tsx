import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { type Actor, may } from "#lib/core/access.ts";
import { kinds } from "#lib/inbox/kinds.ts";
import { type CaseCursor, countCases, inboxChannels, inboxUnits, listCases, searchCases } from "#lib/inbox/lists/lists.ts";
import { assignableBy } from "#lib/inbox/queries.ts";
import { isGovernment, type UnitCard } from "#lib/units/queries.ts";
import { LiveRefresh } from "../live/live-refresh.tsx";
import { Messages } from "../messages.tsx";
import { Page, PageHeader } from "../shell/page-header.tsx";
import type { InboxAddress } from "./address.ts";
import { CaseList, type Listed } from "./case-list.tsx";
import { InboxStatus, readStatus } from "./inbox-status.tsx";
import { Shortcuts } from "./shortcuts.tsx";
import { Working } from "./work.tsx";

/** What every page of the inbox shows of its list. */
export async function readList(actor: Actor, unit: UnitCard, address: InboxAddress, now: Date) {
  const channels = await inboxChannels(actor, unit);
  const [{ rows, next }, counts, units, people, status] = await Promise.all([
    readRows(actor, unit, address, channels, now),
    countCases(actor, unit),
    inboxUnits(actor, unit),
    assignableBy(actor, { unitId: unit.id, governmentId: unit.governmentId }),
    readStatus(actor, unit),
  ]);
  const choices = { kinds, platforms: [...new Set(channels.map(({ platform }) => platform))].sort(), units };
  const answers = may(actor, "inbox.work");
  return { rows, next, counts, choices, handed: { people, zone: unit.zone }, withUnit: isGovernment(unit), answers, status };
}

type Channels = Awaited<ReturnType<typeof inboxChannels>>;

/** The page of the view, or of what was found. */
async function readRows(
  actor: Actor,
  unit: UnitCard,
  { view, after, narrowed, words, before }: InboxAddress,
  channels: Channels,
  now: Date,
): Promise<{ rows: Listed[]; next: CaseCursor | null }> {
  if (words) return searchCases(actor, unit, words, before);
  const { kind, platform, urgent, unit: unitId } = narrowed;
  const channelIds = platform && channels.filter((channel) => channel.platform === platform).map(({ id }) => id);
  return listCases(actor, unit, view, now, after, undefined, { kind, channelIds, urgent, unitId });
}

type Props = {
  list: Awaited<ReturnType<typeof readList>>;
  address: InboxAddress;
  selected?: string;
  /** The selected case, where it may be worked on. */
  open?: { caseId: string; revision: number };
  now: Date;
  children: ReactNode;
};

/** The inbox around what is open in it: title, list, and the children at its side. */
export async function InboxFrame({ list: { status, ...list }, address, selected, open, now, children }: Props) {
  const t = await getTranslations("inbox");
  return (
    <Messages namespaces={["inbox", "problems"]}>
      <PageHeader title={t("title")} purpose={t("purpose", list.counts)} tools={<Shortcuts />} />
      <Page work>
        <LiveRefresh topics={["case"]} />
        <div className={`inbox ${selected ? "inbox-open" : ""}`}>
          <CaseList {...list} head={<InboxStatus {...status} />} address={address} selected={selected} open={open} now={now} />
          <Working>{children}</Working>
        </div>
      </Page>
    </Messages>
  );
}
