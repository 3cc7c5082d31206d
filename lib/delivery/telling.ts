import { now } from "../core/clock.ts";
import { db, Prisma, type Tx } from "../core/db.ts";
import type { Role } from "../core/roles.ts";
import { type News, notify } from "../notices/notifying.ts";
import { holdersOf, peopleWithRole } from "../people/holders.ts";
import { frozenContent } from "./content.ts";
import { pausedSql } from "./pausing.ts";

const HOUR = 3_600_000;
const TITLE = 90;

const columns = {
  id: true,
  subjectType: true,
  subjectId: true,
  unitId: true,
  governmentId: true,
  state: true,
  content: true,
  dueAt: true,
  problem: true,
  unit: { select: { shortName: true, zone: true } },
  channel: { select: { platform: true, handle: true } },
} as const satisfies Prisma.PublicationSelect;
type Told = Prisma.PublicationGetPayload<{ select: typeof columns }>;

/**
 * A publication was settled: where a person has to do something now, those who settle publications of its unit hear of it. Of an
 * answer to a citizen its author hears (inbox/replies/telling.ts). Safe to run twice.
 */
export async function tellOfPublication(publicationId: string) {
  await db.$transaction(async (tx) => {
    const row = await tx.publication.findUnique({ where: { id: publicationId }, select: columns });
    if (!row || row.subjectType === "reply") return;
    const news = await newsOf(tx, row);
    if (news) await notify(tx, { ...news, to: await peopleWithRole(tx, row, "post.settle") } as News);
  });
}

/** What is the matter with it, if anything; each new try may fail anew, and is told anew. */
async function newsOf(tx: Tx, row: Told): Promise<Omit<News, "to"> | null> {
  const { text, title } = frozenContent.parse(row.content);
  if (row.state === "manual") return handwork(row);
  const type =
    row.state === "failed"
      ? ("publication.failed" as const)
      : row.state === "unknown" && (row.problem as { code?: string } | null)?.code === "ask-person"
        ? ("publication.asks-person" as const)
        : null;
  if (!type) return null;
  const tries = await tx.publicationAttempt.count({ where: { publicationId: row.id } });
  const params = { ...namesOf(row), title: (title ?? text.trim().split("\n")[0] ?? "").slice(0, TITLE) };
  return { ...common(row), type, params, key: `${row.id} ${tries}` };
}

function handwork(row: Told): Omit<Extract<News, { type: "publication.manual-due" }>, "to"> {
  const { title, text, link, pictures, video } = frozenContent.parse(row.content);
  const files = pictures.length + (video ? 1 : 0);
  const words = [title, text, link].filter(Boolean).join("\n\n");
  return {
    ...common(row),
    type: "publication.manual-due",
    params: { ...namesOf(row), ...timeOf(row), files, text: words },
    key: `${row.id} ${row.dueAt.toISOString()}`,
  };
}

const common = (row: Told) => ({
  by: null,
  subject: { type: "publication", id: row.id },
  unitId: row.unitId,
  link: `/posts/${row.subjectId}#terbitan`,
});
const namesOf = ({ unit, channel }: Told) => ({ unit: unit.shortName, platform: channel.platform, handle: channel.handle });
const timeOf = ({ dueAt, unit }: Told) => ({ at: dueAt.toISOString(), zone: unit.zone });

/** Who hears of handwork that nobody did, and how long after it was due; each once. */
const reminders: { after: number; role: Role; name: string }[] = [
  { after: 2 * HOUR, role: "admin", name: "again" },
  { after: 24 * HOUR, role: "supervisor", name: "up" },
];
/** Older handwork was given up; it stands in the lists all the same. */
const GIVEN_UP = 30 * 24 * HOUR;
const AT_ONCE = 500;

/** Looks for publications that a person should have made long ago; during a pause nobody is urged, save to warn. Safe to run twice. */
export async function remindOfHandwork() {
  const at = now().getTime();
  for (const { after, role, name } of reminders) {
    await db.$transaction(async (tx) => {
      const found = await tx.$queryRaw<{ id: string }[]>(Prisma.sql`
        SELECT p.id FROM publication p WHERE p.state = 'manual' AND p.subject_type = 'post'
          AND p.due_at BETWEEN ${new Date(at - GIVEN_UP)} AND ${new Date(at - after)}
          AND NOT EXISTS (SELECT FROM notice n WHERE n.subject_id = p.id AND n.type = 'publication.manual-overdue'
            AND n.key = 'publication.manual-overdue ' || p.id || ' ' || ${name}::text)
          AND (NOT ${pausedSql("p")} OR EXISTS (SELECT FROM post e WHERE e.id = p.subject_id AND e.emergency_by IS NOT NULL))
        ORDER BY p.due_at DESC LIMIT ${AT_ONCE}`);
      const rows = await tx.publication.findMany({ where: { id: { in: found.map(({ id }) => id) } }, select: columns });
      const holders = await holdersOf(
        tx,
        rows.map(({ unitId }) => unitId),
        [role],
      );
      await notify(
        tx,
        rows.map((row) => ({
          ...common(row),
          type: "publication.manual-overdue" as const,
          to: holders.filter(({ unitId }) => unitId === row.unitId).map(({ personId }) => personId),
          params: { ...namesOf(row), ...timeOf(row) },
          key: `${row.id} ${name}`,
        })),
      );
    });
  }
}
