import { Prisma, type Tx } from "../core/db.ts";
import { liveChannel } from "../core/live.ts";

/** Tells the open inboxes of every unit that sees these cases, owners and those they were referred to, that something changed; when the transaction commits. */
export const signalCases = (tx: Tx, caseIds: readonly string[]) =>
  tx.$executeRaw(Prisma.sql`
    SELECT pg_notify(${liveChannel}, json_build_object('topic', 'case', 'unitId', unit_id, 'id', case_id)::text)
    FROM case_unit WHERE case_id = ANY(${[...caseIds]}::uuid[])`);
