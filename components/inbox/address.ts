import type { Route } from "next";
import { z } from "zod";
import type { CaseCursor } from "#lib/inbox/lists.ts";
import { type CaseView, caseViews } from "#lib/inbox/rules.ts";

/** Which part of the inbox is shown: the view and where its page begins. Kept in the address. */
export type InboxAddress = { view: CaseView; after: CaseCursor | null };

const viewOf = z.enum(caseViews).catch("open");
// An instant in milliseconds and a case; "none.…" among the cases without a deadline.
const cursorOf = z
  .string()
  .regex(/^(none|\d{1,15})\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  .transform((text): CaseCursor => {
    const [at, id] = text.split(".") as [string, string];
    return { at: at === "none" ? null : new Date(Number(at)), id };
  })
  .nullable()
  .catch(null);

/** Anything malformed reads as the first page of what needs an answer. */
export const readAddress = (search: Record<string, string | string[] | undefined>): InboxAddress => {
  const view = viewOf.parse(search.view);
  const after = cursorOf.parse(search.after ?? null);
  return { view, after: after?.at === null && !["open", "overdue", "mine"].includes(view) ? null : after };
};

/** The list, or one case beside the list. */
export const inboxHref = ({ view, after }: InboxAddress, caseId?: string): Route => {
  const query = new URLSearchParams();
  if (view !== "open") query.set("view", view);
  if (after) query.set("after", `${after.at ? after.at.getTime() : "none"}.${after.id}`);
  return `/inbox${caseId ? `/${caseId}` : ""}${query.size ? `?${query}` : ""}` as Route;
};
