import { publicRoute } from "#lib/core/doors.ts";
import { LATE_SECONDS, oldestDueSeconds } from "#lib/delivery/lateness.ts";

export const dynamic = "force-dynamic";

/** 200 while the database answers; `schedule` tells whether publications go out in time. */
export const GET = publicRoute("health", async () => {
  try {
    const late = await oldestDueSeconds();
    return Response.json({ ok: true, database: "up", schedule: late > LATE_SECONDS ? "late" : "on time", oldestDueSeconds: late });
  } catch {
    return Response.json({ ok: false, database: "down" }, { status: 503 });
  }
});
