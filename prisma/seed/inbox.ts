import { Prisma, type Tx } from "#lib/core/db.ts";
import { clockOf } from "#lib/inbox/deadlines/deadlines.ts";
import { searchVector } from "#lib/inbox/intake/facts.ts";
import { pseudonymOf } from "#lib/inbox/intake/ingest.ts";
import { type Districts, districtsOf } from "#lib/inbox/topics/naming.ts";
import { placeOf, topicOf } from "#lib/inbox/topics/topic-rules.ts";
import { kindOf } from "./comments.ts";
import { DAY, MINUTE } from "./days.ts";
import { idAt } from "./ids.ts";
import type { Said, Thread } from "./threads.ts";

const HALF_MINUTE = MINUTE / 2;

/** Threads as ingest would have left them: cases, messages, duties to answer, and the register of remote ids. */
export async function fillInbox(tx: Tx, threads: readonly Thread[], now: Date): Promise<{ cases: number; messages: number }> {
  const citizens = new Map<string, { id: string; channel_id: string; remote_id: string; pseudonym: string; first_seen_at: Date }>();
  for (const { channel, citizen, said } of threads) {
    const key = `${channel.id} ${citizen.remoteId}`;
    const at = said[0]!.sentAt;
    const known = citizens.get(key);
    if (!known) {
      const pseudonym = pseudonymOf(channel.id, citizen.remoteId);
      citizens.set(key, { id: idAt(at), channel_id: channel.id, remote_id: citizen.remoteId, pseudonym, first_seen_at: at });
    } else if (at < known.first_seen_at) known.first_seen_at = at;
  }
  const districts = await districtsOf(
    tx,
    threads.map(({ channel }) => channel.governmentId),
  );
  const rows = threads.map((thread) => rowsOf(thread, districts, citizens.get(`${thread.channel.id} ${thread.citizen.remoteId}`)!.id, now));
  await insertCitizens(tx, [...citizens.values()]);
  await insertCases(
    tx,
    rows.map((row) => row.found),
  );
  const messages = rows.flatMap((row) => row.messages);
  await insertMessages(tx, messages);
  await insertDuties(
    tx,
    rows.flatMap((row) => row.duty ?? []),
  );
  return { cases: rows.length, messages: messages.length };
}

function rowsOf(thread: Thread, districts: Districts, citizenId: string, now: Date) {
  const { channel, post, comment, said, due, answeredAt, closedAt } = thread;
  const first = said[0]!;
  const id = idAt(first.sentAt);
  const place = { channel_id: channel.id, unit_id: channel.unitId, government_id: channel.governmentId };
  const postNumber = post.remoteId.split("_")[1]!;
  const remoteId = ({ number }: Said) => `${postNumber}_${number}`;
  const messages = said.map((one) => ({
    id: idAt(one.sentAt),
    channel_id: channel.id,
    government_id: channel.governmentId,
    case_id: id,
    remote_id: remoteId(one),
    parent_remote_id: one === first ? null : remoteId(first),
    direction: one.own ? "out" : "in",
    author_name: one.authorName,
    text: one.text,
    masked: one.masked,
    sent_at: one.sentAt,
    received_at: new Date(Math.min(now.getTime(), one.sentAt.getTime() + HALF_MINUTE)),
  }));
  const waits = due !== null && answeredAt === null;
  const open = waits && closedAt === null;
  const found = {
    id,
    ...place,
    post_remote_id: post.remoteId,
    root_remote_id: remoteId(first),
    citizen_id: citizenId,
    author_name: first.authorName,
    excerpt: first.text.slice(0, 200),
    state: open ? "open" : stateOf(thread, now),
    kind: comment.judged.kind,
    confidence: Math.round(comment.judged.confidence * 100),
    reasons: comment.judged.reasons,
    urgent: comment.judged.urgent,
    sensitive: comment.judged.sensitive,
    has_pii: comment.found.length > 0,
    topic: comment.judged.kind === "spam" ? null : (topicOf(first.text)?.topic ?? null),
    place: placeOf(first.text, districts.get(channel.governmentId) ?? []),
    received_at: first.sentAt,
    last_message_at: said.at(-1)!.sentAt,
    last_remote_id: remoteId(said.findLast((one) => !one.own)!),
    due_at: waits ? due.dueAt : null,
    due_since: waits ? first.sentAt : null,
    due_clock: clockOf(kindOf(comment.judged)),
    answered_at: answeredAt,
    done_at: closedAt ?? (answeredAt && stateOf(thread, now) === "done" ? new Date(answeredAt.getTime() + 2 * DAY) : null),
    revision: 1 + said.length,
  };
  const duty = due && {
    case_id: id,
    message_id: messages[0]!.id,
    ...place,
    opened_at: first.sentAt,
    due_at: due.dueAt,
    late_until: due.lateUntil,
    answered_at: answeredAt,
  };
  return { found, messages, duty };
}

/** Of what nobody waits for: answered lately, else put away as done. */
const stateOf = ({ answeredAt }: Thread, now: Date) => (answeredAt && answeredAt.getTime() > now.getTime() - 4 * DAY ? "answered" : "done");

const recordset = (rows: readonly object[], columns: string) =>
  Prisma.sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS x(${Prisma.raw(columns)})`;

const insertCitizens = (tx: Tx, rows: readonly object[]) =>
  tx.$executeRaw(Prisma.sql`
  INSERT INTO citizen (id, channel_id, remote_id, pseudonym, first_seen_at)
  SELECT * FROM ${recordset(rows, "id uuid, channel_id uuid, remote_id text, pseudonym text, first_seen_at timestamptz")}`);

const insertCases = (tx: Tx, rows: readonly object[]) =>
  tx.$executeRaw(Prisma.sql`
  WITH given AS MATERIALIZED (SELECT * FROM ${recordset(
    rows,
    `id uuid, channel_id uuid, unit_id uuid, government_id uuid, post_remote_id text, root_remote_id text, citizen_id uuid, author_name text, excerpt text,
     state text, kind text, confidence int, reasons jsonb, urgent boolean, sensitive boolean, has_pii boolean, topic text, place text, received_at timestamptz, last_message_at timestamptz,
     last_remote_id text, due_at timestamptz, due_since timestamptz, due_clock text, answered_at timestamptz, done_at timestamptz, revision int`,
  )}), made AS (
    INSERT INTO inbox_case (id, channel_id, unit_id, government_id, remote_post_id, root_remote_id, citizen_id, author_name, excerpt, state, kind, confidence, reasons,
      urgent, sensitive, has_pii, topic, place, received_at, last_message_at, last_remote_id, due_at, due_since, due_clock, answered_at, done_at, revision)
    SELECT g.id, g.channel_id, g.unit_id, g.government_id, r.id, g.root_remote_id, g.citizen_id, g.author_name, g.excerpt, g.state, g.kind, g.confidence, g.reasons,
      g.urgent, g.sensitive, g.has_pii, g.topic, g.place, g.received_at, g.last_message_at, g.last_remote_id, g.due_at, g.due_since, g.due_clock, g.answered_at, g.done_at, g.revision
    FROM given g LEFT JOIN remote_post r ON r.channel_id = g.channel_id AND r.remote_id = g.post_remote_id)
  INSERT INTO case_unit (case_id, unit_id, role, state, due_at, last_message_at, government_id, channel_id, kind, urgent)
  SELECT id, unit_id, 'owner', state, due_at, last_message_at, government_id, channel_id, kind, urgent FROM given`);

const insertMessages = (tx: Tx, rows: readonly object[]) =>
  tx.$executeRaw(Prisma.sql`
  WITH given AS MATERIALIZED (SELECT * FROM ${recordset(
    rows,
    `id uuid, channel_id uuid, government_id uuid, case_id uuid, remote_id text, parent_remote_id text, direction text, author_name text, text text,
     masked text[], sent_at timestamptz, received_at timestamptz`,
  )}), keyed AS (INSERT INTO remote_key (channel_id, remote_id, subject, subject_id) SELECT channel_id, remote_id, 'message', id FROM given)
  INSERT INTO message (id, channel_id, case_id, remote_id, parent_remote_id, direction, author_name, text, masked, sent_at, received_at, search)
  SELECT id, channel_id, case_id, remote_id, parent_remote_id, direction, author_name, text, masked, sent_at, received_at,
    ${searchVector(Prisma.sql`text`, Prisma.sql`government_id::text`)} FROM given`);

const insertDuties = (tx: Tx, rows: readonly object[]) =>
  tx.$executeRaw(Prisma.sql`
  INSERT INTO reply_duty (case_id, message_id, channel_id, unit_id, government_id, opened_at, due_at, late_until, answered_at)
  SELECT case_id, message_id, channel_id, unit_id, government_id, opened_at, due_at, late_until, answered_at FROM ${recordset(
    rows,
    `case_id uuid, message_id uuid, channel_id uuid, unit_id uuid, government_id uuid, opened_at timestamptz, due_at timestamptz, late_until timestamptz, answered_at timestamptz`,
  )}`);
