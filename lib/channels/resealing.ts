import { setTimeout as sleep } from "node:timers/promises";
import { open, seal, sealingKey } from "../core/crypto.ts";
import { db, Prisma } from "../core/db.ts";

/** Where sealed values stand: the row's key, the value in it, and how a new one is put there. */
type Place = { name: string; table: string; key: string; value: Prisma.Sql; put: Prisma.Sql };

const column = (table: string, key: string, name: string): Place => ({
  ...{ name: `${table}.${name}`, table, key },
  ...{ value: Prisma.raw(`t.${name}`), put: Prisma.raw(`${name} = x.fresh`) },
});

/** Besides the grants and consents, what a connector sealed to answer a citizen by: on his message, and frozen into an answer. */
const places: Place[] = [
  column("channel_grant", "channel_id", "sealed"),
  column("consent_attempt", "id", "verifier"),
  column("consent_attempt", "id", "opened"),
  column("webhook_delivery", "id", "events"),
  column("information_request", "id", "form"),
  {
    ...{ name: "message.ref", table: "message", key: "id" },
    ...{ value: Prisma.raw("CASE jsonb_typeof(t.ref) WHEN 'string' THEN t.ref #>> '{}' END"), put: Prisma.raw("ref = to_jsonb(x.fresh)") },
  },
  {
    ...{ name: "publication.content", table: "publication", key: "id" },
    ...{
      value: Prisma.raw("t.content #>> '{replyTo,ref}'"),
      put: Prisma.raw("content = jsonb_set(t.content, '{replyTo,ref}', to_jsonb(x.fresh))"),
    },
  },
];

const BATCH = 200;
const PASSES = 120;
const PAUSE_MS = 500;

/** `closed`: values that no key opens; `left`: others that are not under the first key, since their rows were held all the while. */
export type Resealed = { resealed: number; closed: number; left: number };

/**
 * Seals everything anew that is not under the first key, while the product runs. Each batch is a transaction of its own: one
 * that is killed leaves every value as it was or as it is to be. A row that somebody holds (a token that is being renewed) is
 * passed over and looked at again.
 */
export async function resealAll(): Promise<Record<string, Resealed>> {
  const done: Record<string, Resealed> = {};
  for (const place of places) done[place.name] = await resealPlace(place);
  return done;
}

async function resealPlace(place: Place): Promise<Resealed> {
  let resealed = 0;
  for (let pass = 1; ; pass += 1) {
    const seen = await onePass(place);
    resealed += seen.resealed;
    const left = (await countOthers(place)) - seen.closed;
    if (left <= 0 || pass === PASSES) return { resealed, closed: seen.closed, left: Math.max(0, left) };
    await sleep(PAUSE_MS);
  }
}

/** Values in the form that `seal` gives them, under another key than the first. */
const others = ({ value }: Place) => Prisma.sql`
  ${value} ~ '^v1[.][A-Za-z0-9_-]+[.][A-Za-z0-9_-]{16}[.][A-Za-z0-9_-]{22}[.]' AND split_part(${value}, '.', 2) <> ${sealingKey()}`;

async function countOthers(place: Place): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>(
    Prisma.sql`SELECT count(*)::int AS count FROM ${Prisma.raw(place.table)} t WHERE ${others(place)}`,
  );
  return row?.count ?? 0;
}

async function onePass(place: Place): Promise<{ resealed: number; closed: number }> {
  const seen = { resealed: 0, closed: 0 };
  for (let last: string | null = "00000000-0000-0000-0000-000000000000"; last !== null; ) {
    const batch = await oneBatch(place, last);
    last = batch.last;
    seen.resealed += batch.resealed;
    seen.closed += batch.closed;
  }
  return seen;
}

function oneBatch(place: Place, after: string): Promise<{ resealed: number; closed: number; last: string | null }> {
  const [table, key] = [Prisma.raw(place.table), Prisma.raw(place.key)];
  return db.$transaction(async (tx) => {
    const rows = await tx.$queryRaw<{ id: string; sealed: string }[]>(Prisma.sql`
      SELECT t.${key}::text AS id, ${place.value} AS sealed FROM ${table} t WHERE t.${key} > ${after}::uuid AND ${others(place)}
      ORDER BY t.${key} LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`);
    const fresh = rows.flatMap(({ id, sealed }) => {
      const again = resealed(sealed);
      return again === null ? [] : [{ id, again }];
    });
    if (fresh.length)
      await tx.$executeRaw(Prisma.sql`
        UPDATE ${table} t SET ${place.put}
        FROM unnest(${fresh.map(({ id }) => id)}::uuid[], ${fresh.map(({ again }) => again)}::text[]) AS x(id, fresh) WHERE t.${key} = x.id`);
    return { resealed: fresh.length, closed: rows.length - fresh.length, last: rows.length === BATCH ? rows.at(-1)!.id : null };
  });
}

function resealed(sealed: string): string | null {
  try {
    return seal(open(sealed));
  } catch {
    return null;
  }
}
