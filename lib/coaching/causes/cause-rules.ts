/** Why an account may be silent, from what the product sees: a surmise (dugaan) with its evidence, never a verdict. Pure. */

import { addDays } from "../../units/calendar.ts";

export const causes = [
  "no_operator",
  "lost_password",
  "transferred",
  "no_decree",
  "access_lost",
  "idle",
  "not_connected",
  "other",
] as const;
export type Cause = (typeof causes)[number];
/** Those that a unit can name itself, in the order in which it is asked. */
export const toldCauses = [
  "no_operator",
  "lost_password",
  "transferred",
  "no_decree",
  "access_lost",
  "other",
] as const satisfies readonly Cause[];

export const causeSources = ["confirmed", "told", "inferred"] as const;
/** `inferred` reads "dugaan" until the unit said or a mentor confirmed it. */
export type CauseSource = (typeof causeSources)[number];

/** What is known of a unit's account and of those who should serve it. Days are local, "2026-11-22". */
export type CauseFacts = {
  account: {
    /** The platform itself said that the access is gone. */
    refused: "expired" | "revoked" | "scope" | null;
    /** The day on which access ended of itself; null while it lasts. */
    endedOn: string | null;
  } | null;
  /** People who hold the role of admin on the unit now. */
  admins: number;
  /** When the last one who held it left, or was disabled; null when nobody ever held it. */
  lastAdminLeftOn: string | null;
  /** The last login of one of the admins of now that is on record (for about ninety days); null: none is. */
  lastLoginOn: string | null;
  lastPostOn: string | null;
  today: string;
};

export type Evidence = Record<string, string | number | null>;
export type Inferred = { cause: Cause; evidence: Evidence };

/** After so many days without a login nobody looks after the account, as far as can be seen. */
const ABSENT_DAYS = 60;
/** An account that posted in so many days is served by somebody. */
const SERVED_DAYS = 28;

/** What may be the cause; several at once, or none when nothing points anywhere. */
export function inferCauses({ account, admins, lastAdminLeftOn, lastLoginOn, lastPostOn, today }: CauseFacts): Inferred[] {
  const found: Inferred[] = [];
  if (!account) found.push({ cause: "not_connected", evidence: {} });
  else if (account.refused) found.push({ cause: "access_lost", evidence: { refused: account.refused } });
  else if (account.endedOn) found.push({ cause: "access_lost", evidence: { endedOn: account.endedOn } });

  // Somebody posts, be it from a phone past the product: that he never logs in here explains nothing.
  if (lastPostOn !== null && lastPostOn >= addDays(today, -SERVED_DAYS)) return found;
  if (admins === 0)
    found.push(
      lastAdminLeftOn ? { cause: "transferred", evidence: { leftOn: lastAdminLeftOn } } : { cause: "no_operator", evidence: { admins } },
    );
  else if (lastLoginOn === null || lastLoginOn < addDays(today, -ABSENT_DAYS))
    found.push({ cause: "no_operator", evidence: { admins, lastLoginOn } });
  // Somebody is there and everything works: he came after the last post, and wrote nothing.
  else if (found.length === 0 && (lastPostOn === null || lastLoginOn > lastPostOn))
    found.push({ cause: "idle", evidence: { lastLoginOn, lastPostOn } });
  return found;
}

export type Said = { cause: Cause; source: CauseSource };

/** The causes to be shown: what a mentor confirmed, else what the unit said, else every surmise. */
export function standingCauses<T extends Said>(said: readonly T[]): T[] {
  for (const source of causeSources) {
    const of = said.filter((one) => one.source === source);
    if (of.length) return of;
  }
  return [];
}
