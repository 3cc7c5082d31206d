import type { Actor } from "../../core/access.ts";
import { now } from "../../core/clock.ts";
import { sha256 } from "../../core/crypto.ts";
import { db, type Tx } from "../../core/db.ts";
import { plainHeading } from "./columns.ts";
import type { Columns, DayOrder } from "./rules.ts";
import { mappingSchema } from "./schema.ts";

export type Mapping = { columns: Columns; dayOrder: DayOrder | null; zone: string | null };
export type Remembered = Mapping & { by: string; at: Date };

/** The same headings in the same order are the same kind of table. */
export const signatureOf = (headings: readonly string[]) => sha256(JSON.stringify(headings.map(plainHeading)));

/** How somebody said that such a table of this account is read; null while nobody did. */
export async function rememberedMapping(channelId: string, signature: string): Promise<Remembered | null> {
  const row = await db.importMapping.findUnique({ where: { channelId_signature: { channelId, signature } } });
  const mapping = row && mappingSchema.safeParse({ columns: row.columns, dayOrder: row.dayOrder, zone: row.zone });
  if (!row || !mapping?.success) return null;
  const person = await db.person.findUnique({ where: { id: row.decidedBy }, select: { name: true } });
  return { ...mapping.data, by: person?.name ?? "", at: row.decidedAt };
}

/** Keeps it for the next table with these headings. */
export async function rememberMapping(tx: Tx, actor: Actor, channelId: string, signature: string, mapping: Mapping) {
  const data = { ...mapping, decidedBy: actor.personId, decidedAt: now() };
  await tx.importMapping.upsert({
    where: { channelId_signature: { channelId, signature } },
    create: { channelId, signature, ...data },
    update: data,
  });
}
