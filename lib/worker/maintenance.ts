import { forgetConsents } from "../channels/consent.ts";
import { forgetLimits } from "../channels/limits.ts";
import { now } from "../core/clock.ts";
import { db } from "../core/db.ts";
import { forgetWebhooks } from "../inbox/intake/webhooks.ts";
import { forgetPresence } from "../inbox/replies/attending.ts";
import { forgetNotices } from "../notices/reading.ts";

const DAY = 86_400_000;

/** Makes next quarters' partitions ahead of time, and forgets sessions, throttles, limits, consents, webhook bodies and signs of presence that are over. */
export async function maintain() {
  const at = now();
  await db.$queryRaw`SELECT garda_ensure_partitions(${new Date(at.getTime() + 400 * DAY)}::date)`;
  await db.session.deleteMany({ where: { expiresAt: { lt: new Date(at.getTime() - 90 * DAY) } } });
  await db.loginThrottle.deleteMany({ where: { windowStart: { lt: new Date(at.getTime() - DAY) } } });
  await forgetConsents(at);
  await forgetLimits(new Date(at.getTime() - DAY));
  await forgetNotices(new Date(at.getTime() - 180 * DAY));
  await forgetWebhooks(new Date(at.getTime() - 3 * DAY));
  await forgetPresence(new Date(at.getTime() - DAY));
}
