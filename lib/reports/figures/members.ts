import { Prisma } from "../../core/db.ts";
import { everOf, homeOn, on, there } from "../../scores/standing.ts";
import type { Subject } from "./types.ts";

/**
 * The units that a report tells of, as a table `member`, as they were on its last day: the subject and what lay below it in its
 * government; for the ministry, in every one. A unit that merged or moved since counts where it was.
 */
export const members = (subject: Subject, lastDay: string) => Prisma.sql`
  member AS MATERIALIZED (
    SELECT u.id, u.short_name, u.kind, u.score_class, u.zone, u.home AS government_id, ${subject.kind === "ministry" ? Prisma.sql`u.home` : Prisma.sql`u.id`} AS key
    FROM (SELECT u.*, CASE WHEN u.id = u.government_id THEN u.id ELSE ${homeOn(on(lastDay))} END AS home FROM unit u WHERE ${there(on(lastDay))} AND u.id IN (${candidates(subject, lastDay)})) u
    WHERE ${subject.kind === "ministry" ? Prisma.sql`u.home <> ${subject.governmentId}::uuid` : Prisma.sql`u.home = ${subject.governmentId}::uuid`})`;

const candidates = ({ id, kind, governmentId }: Subject, lastDay: string) =>
  kind === "government"
    ? everOf(governmentId, on(lastDay))
    : Prisma.sql`SELECT c.unit_id FROM unit_closure c WHERE c.ancestor_id = ${id}::uuid`;
