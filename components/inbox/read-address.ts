import { z } from "zod";
import { kinds } from "#lib/inbox/kinds.ts";
import type { CaseCursor } from "#lib/inbox/lists/lists.ts";
import { caseViews, comesByDeadline } from "#lib/inbox/rules.ts";
import { platforms } from "#lib/platforms/contract.ts";
import { type InboxAddress, longestSearch } from "./address.ts";

const viewOf = z.enum(caseViews).catch("open");
const kindOf = z.enum(kinds).nullable().catch(null);
const platformOf = z.enum(platforms).nullable().catch(null);
const unitOf = z.uuid().nullable().catch(null);
const wordsOf = z.string().trim().max(longestSearch).catch("");
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
  const before = cursorOf.parse(search.before ?? null);
  return {
    view,
    after: after?.at === null && !comesByDeadline(view) ? null : after,
    narrowed: {
      kind: kindOf.parse(search.kind || null),
      platform: platformOf.parse(search.platform || null),
      urgent: search.urgent === "1",
      unit: unitOf.parse(search.unit || null),
    },
    words: wordsOf.parse(search.q),
    before: before?.at ? { at: before.at, id: before.id } : null,
  };
};
