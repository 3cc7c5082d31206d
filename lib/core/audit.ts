import type { Actor, Place } from "./access.ts";
import { now } from "./clock.ts";
import { canonical, sha256 } from "./crypto.ts";
import { Prisma, type Tx } from "./db.ts";

export type AuditEntry = {
  type: string;
  subjectType: string;
  subjectId: string;
  place: Place | null;
  payload?: Record<string, unknown>;
};

/**
 * Writes what happened in the transaction that makes it happen. The payload stands apart, under its digest, so that it
 * can be erased without breaking the trail. `actor` null: the product itself.
 */
export async function record(tx: Tx, actor: Pick<Actor, "personId"> | null, entry: AuditEntry) {
  const payload = canonical(entry.payload ?? {});
  await tx.$executeRaw(Prisma.sql`
    WITH event AS (
      INSERT INTO audit_event (actor_id, type, subject_type, subject_id, unit_id, government_id, at, payload_digest)
      VALUES (${actor?.personId ?? null}::uuid, ${entry.type}, ${entry.subjectType}, ${entry.subjectId}::uuid,
        ${entry.place?.unitId ?? null}::uuid, ${entry.place?.governmentId ?? null}::uuid, ${now()}, ${sha256(payload)})
      RETURNING id)
    INSERT INTO audit_payload (event_id, payload) SELECT id, ${payload}::jsonb FROM event`);
}

/** The same for many things at once, in one statement. */
export async function recordAll(tx: Tx, actor: Pick<Actor, "personId"> | null, entries: readonly AuditEntry[]) {
  if (!entries.length) return;
  const rows = entries.map(({ type, subjectType, subjectId, place, payload }) => {
    const written = canonical(payload ?? {});
    const of = { unit_id: place?.unitId ?? null, government_id: place?.governmentId ?? null };
    return { type, subject_type: subjectType, subject_id: subjectId, ...of, payload: written, payload_digest: sha256(written) };
  });
  await tx.$executeRaw(Prisma.sql`
    WITH entry AS MATERIALIZED (
      SELECT garda_uuidv7() AS id, x.* FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        AS x(type text, subject_type text, subject_id uuid, unit_id uuid, government_id uuid, payload text, payload_digest text)),
    event AS (
      INSERT INTO audit_event (id, actor_id, type, subject_type, subject_id, unit_id, government_id, at, payload_digest)
      SELECT id, ${actor?.personId ?? null}::uuid, type, subject_type, subject_id, unit_id, government_id, ${now()}, payload_digest FROM entry)
    INSERT INTO audit_payload (event_id, payload) SELECT id, payload::jsonb FROM entry`);
}
