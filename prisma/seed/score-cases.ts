import type { Actor } from "#lib/core/access.ts";
import { record } from "#lib/core/audit.ts";
import { db, Prisma } from "#lib/core/db.ts";
import { relabel } from "#lib/scores/cases/correcting.ts";
import { grantSpan } from "#lib/scores/cases/excusing.ts";
import { fileObjection } from "#lib/scores/cases/objecting.ts";
import { lastFullDay, rescore, rescoreAfter } from "#lib/scores/recompute.ts";
import { addDays, startOfDay } from "#lib/units/calendar.ts";
import { DAY, zone } from "./days.ts";
import { actorOf, during } from "./desk.ts";
import { named } from "./people.ts";
import { governments } from "./units.ts";

const HOUR = 3_600_000;

/** What people said of scores: an objection that waits, one that was decided, a corrected post, days without a platform. Returns how much. */
export async function fillScoreCases(now: Date): Promise<number> {
  await forget();
  const lastDay = lastFullDay(now, zone);
  const { id } = await db.person.findUniqueOrThrow({ where: { email: named.supervisor.email }, select: { id: true } });
  const retno = await actorOf(id);
  await excusedDays(retno, now, lastDay);
  await correctedPost(retno, now, lastDay);
  await decidedObjection(retno, now, addDays(lastDay, -7));
  await openObjection(now, addDays(lastDay, -7));
  return (await db.scoreObjection.count()) + (await db.excusedSpan.count()) + (await db.postCorrection.count());
}

/** Forgets what a start that was killed left. */
async function forget() {
  const subjects = ["score_objection", "excused_span", "remote_post"];
  await db.$executeRaw`DELETE FROM audit_payload WHERE event_id IN (SELECT id FROM audit_event WHERE subject_type = ANY(${subjects}))`;
  await db.$executeRaw`DELETE FROM audit_event WHERE subject_type = ANY(${subjects})`;
  await db.notice.deleteMany({ where: { subjectType: "score_objection" } });
  await db.postCorrection.deleteMany();
  await db.excusedSpan.deleteMany();
  await db.scoreObjection.deleteMany();
}

type Scored = { id: string; code: string; governmentId: string; zone: string; channelId: string; snapshotId: string };

/** Units of Kabupaten Tegal that stood on a level on a day, with a greeting or ceremony in the week that ended with it: no earlier score looks at that. */
const scored = (kind: string, level: Prisma.Sql, day: string) =>
  db.$queryRaw<Scored[]>(Prisma.sql`
    SELECT u.id, u.code, u.government_id AS "governmentId", u.zone, s.channel_id AS "channelId", s.id AS "snapshotId" FROM unit u JOIN unit g ON g.id = u.government_id AND g.code = ${governments.tegal}
    JOIN LATERAL (SELECT s.id, s.channel_id, s.level FROM score_snapshot s WHERE s.unit_id = u.id AND s.is_primary AND s.day <= ${day}::date ORDER BY s.day DESC, s.version DESC LIMIT 1) s ON true
    WHERE u.kind = ${kind} AND ${level} AND u.code <> ${`${governments.tegal}-dinsos`}
      AND EXISTS (SELECT FROM remote_post r WHERE r.channel_id = s.channel_id AND r.removed_at IS NULL AND r.category IN ('greeting', 'ceremony')
        AND r.published_at >= ${startOfDay(addDays(day, -6), zone)} AND r.published_at < ${startOfDay(addDays(day, 1), zone)})
    ORDER BY u.code`);

const occasionOf = ({ channelId }: Scored, day: string) =>
  db.remotePost.findFirstOrThrow({
    where: {
      ...{ channelId, removedAt: null, category: { in: ["greeting", "ceremony"] } },
      publishedAt: { gte: startOfDay(addDays(day, -6), zone), lt: startOfDay(addDays(day, 1), zone) },
    },
    select: { id: true, unitId: true, governmentId: true, category: true },
    orderBy: [{ publishedAt: "desc" }, { id: "asc" }],
  });

async function adminOf({ id }: Scored): Promise<Actor> {
  const { personId } = await db.roleGrant.findFirstOrThrow({ where: { unitId: id, role: "admin" }, select: { personId: true } });
  return actorOf(personId);
}

async function excusedDays(retno: Actor, now: Date, lastDay: string) {
  const [unit] = await scored("district", Prisma.sql`true`, lastDay);
  if (!unit) return;
  const days = { fromDay: addDays(lastDay, -11), toDay: addDays(lastDay, -10), channelId: null, objectionId: null };
  const evidence = "Gangguan platform, tiket layanan 2026-1142; unggahan tidak dapat dikirim dua hari.";
  await during(new Date(now.getTime() - 8 * DAY), () =>
    db.$transaction((tx) => grantSpan(tx, retno, unit, { ...days, cause: "outage", evidence })),
  );
  await rescore([unit.channelId], days.fromDay);
}

async function correctedPost(retno: Actor, now: Date, lastDay: string) {
  const unit = (await scored("district", Prisma.sql`true`, lastDay))[1];
  if (!unit) return;
  const post = await occasionOf(unit, lastDay);
  const reason = "Isinya jadwal dan syarat layanan; salam hanya kalimat pembuka.";
  await during(new Date(now.getTime() - 2 * DAY), () =>
    db.$transaction((tx) => relabel(tx, retno, post, { from: post.category, to: "substantive", reason, objectionId: null })),
  );
  await rescore([unit.channelId], lastDay);
}

/** Of a unit on the highest level: what it is granted can move it no further. */
async function decidedObjection(retno: Actor, now: Date, day: string) {
  const [unit] = [
    ...(await scored("agency", Prisma.sql`s.level = 'very_active'`, day)),
    ...(await scored("district", Prisma.sql`true`, day)),
  ];
  if (!unit) return;
  const post = await occasionOf(unit, day);
  const statement = "Unggahan ini menjelaskan hasil kegiatan dan cara mendapat layanannya, tetapi dihitung sebagai seremonial.";
  const filed = await during(new Date(now.getTime() - 5 * DAY), async () => file(unit, day, "d", statement, [post.id]));
  const note = "Diterima sebagian: unggahan ini memuat informasi layanan. Teks alternatif gambarnya tetap belum ada.";
  const place = { unitId: unit.id, governmentId: unit.governmentId };
  const decidedAt = new Date(now.getTime() - DAY - 3 * HOUR);
  await during(decidedAt, () =>
    db.$transaction(async (tx) => {
      await tx.scoreObjection.update({
        where: { id: filed },
        data: { state: "partly", decisionNote: note, decidedBy: retno.personId, decidedAt, revision: 2 },
      });
      await relabel(tx, retno, post, { from: post.category, to: "substantive", reason: note, objectionId: filed });
      const payload = { decision: "partly", note };
      await record(tx, retno, { type: "score.objection-decided", subjectType: "score_objection", subjectId: filed, place, payload });
    }),
  );
  await rescoreAfter({ channelIds: [unit.channelId], fromDay: day, objectionId: filed });
}

async function openObjection(now: Date, day: string) {
  const [unit] = await scored("agency", Prisma.sql`s.level = 'less_active'`, day);
  if (!unit) return;
  const post = await occasionOf(unit, day);
  const statement = "Unggahan ini memuat jadwal pelayanan pekan itu. Mohon dihitung penuh, bukan sebagai ucapan.";
  await during(new Date(now.getTime() - 26 * HOUR), () => file(unit, day, "a", statement, [post.id]));
}

async function file(unit: Scored, day: string, component: "a" | "d", statement: string, postIds: string[]): Promise<string> {
  const input = {
    snapshotId: unit.snapshotId,
    day,
    component,
    statement,
    evidence: "Tangkapan layar terlampir di surat 480/112.",
    postIds,
  };
  const answer = await fileObjection(await adminOf(unit), input);
  if (!answer.ok) throw new Error(`demo objection: ${JSON.stringify(answer.problems)}`);
  return answer.objectionId;
}
