import { now } from "../core/clock.ts";
import { db } from "../core/db.ts";

/** A publication that is later than this deserves a person's attention. */
export const LATE_SECONDS = 120;

/** Seconds by which the oldest due publication is late; 0 when none is. Rejects while the database is away. */
export async function oldestDueSeconds(): Promise<number> {
  const [row] = await db.$queryRaw<{ oldest: Date | null }[]>`SELECT min(run_at) AS oldest FROM publication WHERE state = 'due'`;
  return row?.oldest ? Math.max(0, Math.round((now().getTime() - row.oldest.getTime()) / 1000)) : 0;
}
