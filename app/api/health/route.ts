import { now } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import { publicRoute } from "#lib/core/doors.ts";

export const dynamic = "force-dynamic";

const LATE_SECONDS = 120;

/** 200 while the database answers; `schedule` tells whether publications go out in time. */
export const GET = publicRoute("health", async () => {
  try {
    const [row] = await db.$queryRaw<{ oldest: Date | null }[]>`SELECT min(run_at) AS oldest FROM publication WHERE state = 'due'`;
    const late = row?.oldest ? Math.max(0, Math.round((now().getTime() - row.oldest.getTime()) / 1000)) : 0;
    return Response.json({ ok: true, database: "up", schedule: late > LATE_SECONDS ? "late" : "on time", oldestDueSeconds: late });
  } catch {
    return Response.json({ ok: false, database: "down" }, { status: 503 });
  }
});
