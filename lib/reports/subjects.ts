import { type Actor, authorize, inScope, permissions, reaches } from "../core/access.ts";
import { db, type Tx } from "../core/db.ts";
import { Refusal } from "../core/errors.ts";
import type { Role } from "../core/roles.ts";
import type { Subject, SubjectKind } from "./figures/types.ts";

const columns = {
  id: true,
  code: true,
  name: true,
  shortName: true,
  kind: true,
  governmentId: true,
  zone: true,
  government: { select: { name: true } },
} as const;
type Row = {
  id: string;
  code: string;
  name: string;
  shortName: string;
  kind: string;
  governmentId: string;
  zone: string;
  government: { name: string };
};

const kindOf = ({ id, kind, governmentId }: Row): SubjectKind =>
  kind === "ministry" ? "ministry" : kind === "component" ? "component" : id === governmentId ? "government" : "unit";

const subjectOf = (row: Row): Subject => {
  const { government, kind: _, ...rest } = row;
  return { ...rest, kind: kindOf(row), governmentName: government.name };
};

/** What may be reported on and by whom: `issuer` is the government whose report it becomes. */
export type Reported = { subject: Subject; issuer: string };

const makers = (actor: Actor): Actor => ({
  ...actor,
  authorities: actor.authorities.filter(({ role }) => (permissions["report.make"] as readonly Role[]).includes(role)),
});

/**
 * A unit that the actor may report on: of his own government any that he reaches; of others, from above, the region as a whole,
 * and then the report is the upper government's.
 */
export async function findSubject(tx: Tx, actor: Actor, unitId: string): Promise<Reported> {
  const row = await tx.unit.findFirst({
    where: { AND: [{ id: unitId, active: true }, inScope(makers(actor), "score.read", "id")] },
    select: columns,
  });
  if (!row) throw new Refusal("not-found");
  const subject = subjectOf(row);
  const place = { unitId: subject.id, governmentId: subject.governmentId };
  if (reaches(actor, "report.make", place)) return { subject, issuer: subject.governmentId };
  const above = makers(actor).authorities.find(({ reach }) => reach === "subtree");
  if (!above || subject.kind !== "government") throw new Refusal("not-found");
  authorize(actor, "report.make", above);
  return { subject, issuer: above.governmentId };
}

/** The subject of a report that exists. */
export async function subjectById(tx: Tx, unitId: string): Promise<Subject> {
  return subjectOf(await tx.unit.findUniqueOrThrow({ where: { id: unitId }, select: columns }));
}

/** A filter on rows with unitId and governmentId: those of the unit, or all of a government. */
export const within = ({ id, governmentId }: { id: string; governmentId: string }) =>
  id === governmentId ? { governmentId: id } : { unitId: id };

export type SubjectChoice = { id: string; name: string; group: "whole" | "component" | "region" | "agency" | "district" };
const MOST_CHOICES = 800;

/** What the actor may choose from while he works for a government or a unit of it. */
export async function subjectChoices(actor: Actor, { id, governmentId }: { id: string; governmentId: string }): Promise<SubjectChoice[]> {
  const rows = await db.unit.findMany({
    where: {
      AND: [
        { active: true, ancestors: { some: { ancestorId: id } } },
        inScope(makers(actor), "score.read", "id"),
        {
          OR: [
            { governmentId, kind: { not: "administrative_area" } },
            { id: { not: governmentId }, kind: { in: ["province", "regency", "city"] } },
          ],
        },
      ],
    },
    select: columns,
    orderBy: [{ code: "asc" }],
    take: MOST_CHOICES,
  });
  return rows.map((row) => ({ id: row.id, name: row.name, group: groupOf(row, id) }));
}

function groupOf(row: Row, own: string): SubjectChoice["group"] {
  if (row.id === own) return "whole";
  if (row.kind === "component" || row.kind === "district") return row.kind;
  return row.id === row.governmentId ? "region" : "agency";
}
