import { randomBytes } from "node:crypto";
import { now } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import { hashPassword } from "#lib/people/password.ts";
import { ministryCode } from "./regions.ts";

/** The first administrator of an installation that has nobody yet; null where there is somebody. The password is told once. */
export async function firstAdministrator(wanted: {
  email?: string;
  password?: string;
}): Promise<{ email: string; password: string } | null> {
  if (await db.person.count()) return null;
  const email = (wanted.email || "admin@garda.local").toLowerCase();
  const password = wanted.password || randomBytes(12).toString("base64url");
  const ministry = await db.unit.findUniqueOrThrow({ where: { code: ministryCode }, select: { id: true } });
  const grant = { unitId: ministry.id, role: "system_admin", reach: "subtree", validFrom: now() };
  await db.person.create({
    data: { email, name: "Administrator", passwordHash: await hashPassword(password), createdAt: now(), grants: { create: grant } },
  });
  return { email, password };
}
