import { now } from "../core/clock.ts";
import { Prisma, type Tx } from "../core/db.ts";
import { isLocale, type Locale } from "../core/text.ts";
import type { Zone } from "../units/calendar.ts";
import { type Category, categories, type Hours, type MailHabit, usualHabits, usualHours } from "./types.ts";

/** A person as one who is told things: how he wants to hear of them, and on which clock. */
export type Reader = {
  personId: string;
  name: string;
  email: string;
  locale: Locale;
  zone: Zone;
  habits: Record<Category, MailHabit>;
  hours: Hours;
};

type Row = {
  id: string;
  name: string;
  email: string;
  locale: string;
  zone: string | null;
  habits: Record<string, MailHabit> | null;
  quiet_from: string | null;
  quiet_to: string | null;
  digest_at: string | null;
};

/** Of these people those who are not disabled, by id. A person's zone is that of the unit whose role he was given first. */
export async function readersOf(tx: Tx, personIds: readonly string[]): Promise<Map<string, Reader>> {
  if (!personIds.length) return new Map();
  const at = now();
  const rows = await tx.$queryRaw<Row[]>(Prisma.sql`
    SELECT p.id, p.name, p.email, p.locale, h.quiet_from, h.quiet_to, h.digest_at,
      (SELECT u.zone FROM role_grant g JOIN unit u ON u.id = g.unit_id
        WHERE g.person_id = p.id AND g.valid_from <= ${at} AND (g.valid_to IS NULL OR g.valid_to > ${at}) ORDER BY g.id LIMIT 1) AS zone,
      (SELECT jsonb_object_agg(n.category, n.mail) FROM notice_preference n WHERE n.person_id = p.id) AS habits
    FROM person p LEFT JOIN notice_hours h ON h.person_id = p.id
    WHERE p.id = ANY(${[...personIds]}::uuid[]) AND p.disabled_at IS NULL`);
  return new Map(rows.map((row) => [row.id, readerOf(row)]));
}

const readerOf = ({ id, name, email, locale, zone, habits, quiet_from, quiet_to, digest_at }: Row): Reader => ({
  personId: id,
  name,
  email,
  locale: isLocale(locale) ? locale : "id",
  zone: (zone ?? "Asia/Jakarta") as Zone,
  habits: Object.fromEntries(categories.map((category) => [category, habits?.[category] ?? usualHabits[category]])) as Reader["habits"],
  hours:
    digest_at === null ? usualHours : { digestAt: digest_at, quiet: quiet_from && quiet_to ? { from: quiet_from, to: quiet_to } : null },
});
