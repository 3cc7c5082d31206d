import { Prisma } from "../../core/db.ts";
import type { Subject } from "./types.ts";

/** The units that a report tells of, as a table `member`: the subject and what lies below it in its government; for the ministry, in every one. */
export const members = ({ id, kind, governmentId }: Subject) => Prisma.sql`
  member AS MATERIALIZED (
    SELECT u.id, u.short_name, u.kind, u.score_class, u.zone, u.government_id, ${kind === "ministry" ? Prisma.sql`u.government_id` : Prisma.sql`u.id`} AS key
    FROM unit_closure c JOIN unit u ON u.id = c.unit_id
    WHERE c.ancestor_id = ${id}::uuid AND u.active AND ${
      kind === "ministry" ? Prisma.sql`u.government_id <> ${governmentId}::uuid` : Prisma.sql`u.government_id = ${governmentId}::uuid`
    })`;
