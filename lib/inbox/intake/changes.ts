import { now } from "../../core/clock.ts";
import { db, Prisma, type Tx } from "../../core/db.ts";
import { recordset } from "../../core/recordset.ts";
import { cut } from "../../core/text.ts";
import { excerptLength } from "../rules.ts";
import { signalCases } from "../signalling.ts";
import { triage } from "../sorting/triage.ts";
import { tellAlarming } from "./alarming.ts";
import { searchVector } from "./facts.ts";
import type { JudgedComment, Via } from "./ingest.ts";
import { keyOf } from "./places.ts";

type Known = {
  channelId: string;
  remoteId: string;
  messageId: string;
  caseId: string;
  unitId: string;
  direction: "in" | "out";
  /** Written here: a platform may tell our own words otherwise (shortened links), which is no edit. */
  isOurs: boolean;
  isRoot: boolean;
  /** The words as they were told first, and each time since, the newest last. */
  versions: string[];
  changedAt: Date | null;
  removed: boolean;
};

/**
 * Follows what became of messages that are known: other words than those known were edited, and those that a platform said were
 * removed before they came are marked so. Returns the cases that changed, with their units.
 */
export async function follow(tx: Tx, heard: readonly JudgedComment[], via: Via): Promise<Map<string, string>> {
  const known = new Map((await knownMessages(tx, heard)).map((one) => [keyOf(one.channelId, one.remoteId), one]));
  const changed = new Map<string, string>();
  for (const { channel, comment, judgement } of heard) {
    const found = known.get(keyOf(channel.id, comment.remoteId));
    if (!found) continue;
    const { text, masked } = judgement;
    if (!isNews(found, text, comment.editedAt ?? null, via)) continue;
    const at = comment.editedAt ?? now();
    await noteEdit(tx, channel.governmentId, found, { text, masked, at });
    found.versions.push(text);
    found.changedAt = at;
    changed.set(found.caseId, found.unitId);
  }
  const removedBefore = await tx.$queryRaw<{ channelId: string; remoteId: string }[]>(Prisma.sql`
    DELETE FROM removed_key r USING message m, remote_key k, ${keysOf(heard)}
    WHERE r.channel_id = x.channel_id AND r.remote_id = x.remote_id AND k.channel_id = r.channel_id AND k.remote_id = r.remote_id
      AND k.subject = 'message' AND m.id = k.subject_id
    RETURNING r.channel_id AS "channelId", r.remote_id AS "remoteId"`);
  for (const { channelId, remoteId } of removedBefore) {
    const found = known.get(keyOf(channelId, remoteId));
    if (found && (await noteRemoval(tx, found))) changed.set(found.caseId, found.unitId);
  }
  return changed;
}

/** A reading of the platform tells how it is now; a notification may be an old one that comes late. */
function isNews({ isOurs, versions, changedAt }: Known, text: string, editedAt: Date | null, via: Via): boolean {
  const said = versions.map(plain);
  if (isOurs) return false;
  // Even the same words: that they were changed before they came here tells what is older.
  if (editedAt) return !changedAt || editedAt > changedAt;
  if (plain(text) === said.at(-1)) return false;
  return via === "poll" || (!changedAt && !said.includes(plain(text)));
}

/** Words as they are compared: platforms space them differently. */
export const plain = (text: string) => text.normalize("NFC").replace(/\s+/g, " ").trim();

/** A removal that a platform tells. One of a comment that has not come yet is kept until it does. Returns the case that changed. */
export async function noteRemoved(tx: Tx, channel: { id: string }, remoteId: string): Promise<{ caseId: string; unitId: string } | null> {
  const [found] = await knownMessages(tx, [{ channel, comment: { remoteId } }]);
  if (found) return (await noteRemoval(tx, found)) ? found : null;
  await tx.removedKey.createMany({ data: [{ channelId: channel.id, remoteId, at: now() }], skipDuplicates: true });
  return null;
}

type Listing = { since: Date; posts: readonly string[]; listed: readonly string[] };

/**
 * What an account's reading did not list any more though it lists all that stands there (`posts`): it was removed. What we hid
 * is not listed either, nor what stands below something that is gone: of those nothing is known.
 */
export async function noteMissing(channelId: string, { since, posts, listed }: Listing) {
  if (!posts.length) return;
  await db.$transaction(async (tx) => {
    const gone = await tx.$queryRaw<{ caseId: string; unitId: string }[]>(Prisma.sql`
      WITH missing AS (
        SELECT m.id, m.case_id FROM message m JOIN inbox_case c ON c.id = m.case_id JOIN remote_post p ON p.id = c.remote_post_id
        WHERE m.channel_id = ${channelId}::uuid AND p.channel_id = ${channelId}::uuid AND p.remote_id = ANY(${posts}::text[]) AND m.direction = 'in'
          AND m.sent_at > ${new Date(since.getTime() + MARGIN_MS)} AND m.received_at < ${new Date(now().getTime() - MARGIN_MS)}
          AND m.id >= garda_uuid_floor(${since}) AND m.remote_id <> ALL(${listed}::text[])
          AND (m.parent_remote_id IS NULL OR m.parent_remote_id = p.remote_id OR m.parent_remote_id = ANY(${listed}::text[]))
          AND NOT EXISTS (SELECT FROM moderation h WHERE h.message_id = m.id AND h.action = 'hide' AND h.state IN ('waiting', 'done')
            AND NOT EXISTS (SELECT FROM moderation s WHERE s.message_id = m.id AND s.action = 'unhide' AND s.state = 'done' AND s.id > h.id))),
      noted AS (
        INSERT INTO message_change (case_id, message_id, kind, at) SELECT case_id, id, 'removed', ${now()} FROM missing
        ON CONFLICT (message_id) WHERE kind = 'removed' DO NOTHING RETURNING case_id)
      UPDATE inbox_case c SET revision = revision + 1 WHERE id IN (SELECT case_id FROM noted) RETURNING c.id AS "caseId", c.unit_id AS "unitId"`);
    await signalCases(
      tx,
      gone.map(({ caseId }) => caseId),
    );
  });
}

/** Clocks differ, and a platform may list late. */
const MARGIN_MS = 5 * 60_000;

async function noteRemoval(tx: Tx, { caseId, messageId, removed }: Known): Promise<boolean> {
  if (removed) return false;
  const { count } = await tx.messageChange.createMany({ data: [{ caseId, messageId, kind: "removed", at: now() }], skipDuplicates: true });
  if (count) await tx.inboxCase.update({ where: { id: caseId }, data: { revision: { increment: 1 } } });
  return count > 0;
}

/** Keeps the words of before; what a citizen asks by an edit is a person's to see, and opens the case without a deadline. What becomes urgent is told. */
async function noteEdit(tx: Tx, governmentId: string, found: Known, edit: { text: string; masked: string[]; at: Date }) {
  const { caseId, messageId, isRoot, direction } = found;
  await tx.messageChange.create({ data: { caseId, messageId, kind: "edited", ...edit } });
  await tx.$executeRaw(Prisma.sql`
    UPDATE message SET search = ${searchVector(Prisma.sql`${edit.text}::text`, Prisma.sql`${governmentId}::text`)} WHERE id = ${messageId}::uuid`);
  const [before, after] = direction === "in" ? [triage(found.versions.at(-1) ?? ""), triage(edit.text)] : [];
  const asks = after?.needsReply && !triage(found.versions[0] ?? "").needsReply;
  const alarms = after?.urgent && !before?.urgent;
  await tx.inboxCase.update({
    where: { id: caseId },
    data: {
      revision: { increment: 1 },
      ...(isRoot && direction === "in" ? { excerpt: cut(edit.text, excerptLength) } : {}),
      ...(edit.masked.length ? { hasPii: true } : {}),
      ...(alarms ? { urgent: true } : {}),
      ...(asks ? { state: "open", unsure: true, doneAt: null } : {}),
    },
  });
  if (alarms) await tellAlarming(tx, [{ caseId, messageId, excerpt: cut(edit.text, excerptLength), sentAt: edit.at }]);
}

type Named = { channel: { id: string }; comment: { remoteId: string } };
const keysOf = (heard: readonly Named[]) =>
  recordset(
    heard.map(({ channel, comment }) => ({ channel_id: channel.id, remote_id: comment.remoteId })),
    "channel_id uuid, remote_id text",
  );

const knownMessages = (tx: Tx, heard: readonly Named[]): Promise<Known[]> =>
  tx.$queryRaw<Known[]>(Prisma.sql`
    SELECT DISTINCT ON (m.id) m.channel_id AS "channelId", m.remote_id AS "remoteId", m.id AS "messageId", m.case_id AS "caseId", c.unit_id AS "unitId",
      m.direction, m.reply_id IS NOT NULL AS "isOurs", c.root_remote_id = m.remote_id AS "isRoot", array_prepend(m.text, coalesce(e.texts, '{}')) AS versions, e.at AS "changedAt",
      EXISTS (SELECT FROM message_change r WHERE r.message_id = m.id AND r.kind = 'removed') AS removed
    FROM ${keysOf(heard)} JOIN remote_key k ON k.channel_id = x.channel_id AND k.remote_id = x.remote_id AND k.subject = 'message'
    JOIN message m ON m.id = k.subject_id JOIN inbox_case c ON c.id = m.case_id
    LEFT JOIN LATERAL (SELECT array_agg(text ORDER BY id) AS texts, max(at) AS at FROM message_change WHERE case_id = m.case_id AND message_id = m.id AND kind = 'edited') e ON true`);
