import type { Route } from "next";
import type { Kind } from "#lib/inbox/kinds.ts";
import type { CaseCursor } from "#lib/inbox/lists/lists.ts";
import type { CaseView } from "#lib/inbox/rules.ts";
import type { Platform } from "#lib/platforms/contract.ts";

/** What narrows the list down. */
export type Narrowed = { kind: Kind | null; platform: Platform | null; urgent: boolean; unit: string | null };

/**
 * Which part of the inbox is shown: the view, what narrows it down and where its page begins; or, with `words`, what was found.
 * Kept in the address.
 */
export type InboxAddress = {
  view: CaseView;
  after: CaseCursor | null;
  narrowed: Narrowed;
  words: string;
  /** Where a page of what was found begins. */
  before: { id: string; at: Date } | null;
};

export const longestSearch = 200;
export const notNarrowed: Narrowed = { kind: null, platform: null, urgent: false, unit: null };
/** How many filters narrow the list down. */
export const narrowings = ({ kind, platform, urgent, unit }: Narrowed): number => [kind, platform, urgent, unit].filter(Boolean).length;

/** A view's first page, narrowed down as `narrowed` says. */
export const viewAddress = (view: CaseView, narrowed: Narrowed = notNarrowed): InboxAddress => ({
  view,
  after: null,
  narrowed,
  words: "",
  before: null,
});

/** The list, or one case beside the list. */
export const inboxHref = ({ view, after, narrowed, words, before }: InboxAddress, caseId?: string): Route => {
  const query = new URLSearchParams();
  if (view !== "open") query.set("view", view);
  if (narrowed.kind) query.set("kind", narrowed.kind);
  if (narrowed.platform) query.set("platform", narrowed.platform);
  if (narrowed.urgent) query.set("urgent", "1");
  if (narrowed.unit) query.set("unit", narrowed.unit);
  if (words) query.set("q", words);
  if (after) query.set("after", `${after.at ? after.at.getTime() : "none"}.${after.id}`);
  if (before) query.set("before", `${before.at.getTime()}.${before.id}`);
  return `/inbox${caseId ? `/${caseId}` : ""}${query.size ? `?${query}` : ""}` as Route;
};
