import { publicRoute } from "#lib/core/doors.ts";
import { heldByPlatform, LATE_SECONDS, oldestDueSeconds } from "#lib/delivery/lateness.ts";

export const dynamic = "force-dynamic";

/** 200 while the database answers; `schedule` tells whether publications go out in time, `held` how many wait for a platform's limit to end. */
export const GET = publicRoute("health", async () => {
  try {
    const [late, held] = await Promise.all([oldestDueSeconds(), heldByPlatform()]);
    const schedule = late > LATE_SECONDS ? "late" : "on time";
    return Response.json({ ok: true, database: "up", schedule, oldestDueSeconds: late, held });
  } catch {
    return Response.json({ ok: false, database: "down" }, { status: 503 });
  }
});
